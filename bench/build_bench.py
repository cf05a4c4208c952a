"""`python3 build.py bench build`: building the site, beside Hugo and Zensical over the same generated Markdown.

Makes an archive of each size (kept below .build/bench/), its Markdown, and a folder a peer. All builds of one kind
run in turns, so that a ratio is of runs that stood beside each other. A peer is handed its Markdown and only the page
a change is about is changed for it; the archive works out from content/ what else follows.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from archive.commands.words import Words
from archive.config import ENGINES
from bench.build_archive import CHANGES, Texture, make_root, markdown_of
from bench.build_figures import CLEAN, SAME, SEARCH, Size, growth_table, table
from bench.build_peers import PEERS, Peer, missing
from bench.corpus import ROOT
from bench.measure import Spent, run_measured
from bench.search_entries import WORK, archive_of
from bench.search_site import digest

RESULTS = ROOT / "bench" / "results"
_HUGE = 100_000
_SLOW = 1000  # articles above which Zensical is built once: it takes minutes


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    peers = ",".join(peer.package for peer in PEERS)
    parser.add_argument("--n", default="200,1000", help=words("build-n"))
    parser.add_argument("--huge", action="store_true", help=words("build-huge", huge=_HUGE))
    parser.add_argument("--peers", default=peers, help=words("build-peers", peers=peers))
    parser.add_argument("--no-peers", action="store_true", help=words("no-peers"))
    parser.add_argument("--no-search", action="store_true", help=words("build-no-search"))
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help=words("build-engine"))
    parser.add_argument("--jobs", metavar="N", help=words("build-jobs"))
    parser.add_argument("--rounds", type=int, metavar="N", help=words("build-rounds"))
    parser.add_argument("--length", type=float, default=1, metavar="N", help=words("build-length"))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=words("seed"))
    parser.add_argument("--write", metavar=words("machine"), help=words("write"))


def run(chosen: argparse.Namespace) -> int:
    asked = () if chosen.no_peers else [peer for peer in PEERS if peer.package in chosen.peers.split(",")]
    peers = [peer for peer in asked if peer.install() or _lacking(peer)]
    sizes: dict[int, Size] = {}
    lines: list[str] = []
    numbers = [int(n) for n in chosen.n.split(",") if n] + ([_HUGE] if chosen.huge else [])
    for n in numbers:
        is_huge = n >= _HUGE
        sizes[n] = _Bench(n, [] if is_huge else peers, chosen).run()
        lines += _tell(["", *table(sizes[n], [] if is_huge else [peer.name for peer in peers])])
    lines += _tell(["", *growth_table(sizes)])
    if chosen.write:
        _write(lines, chosen.write)
    return 0


def _lacking(peer: type[Peer]) -> bool:
    print(f"{peer.name} could not be installed and is left out", file=sys.stderr)
    return False


class _Bench:
    """One size: folders, and the runs in them."""

    def __init__(self, n: int, peers: Sequence[type[Peer]], chosen: argparse.Namespace) -> None:
        self.chosen = chosen
        self.folder = WORK / f"build-{n}"
        self.rounds = chosen.rounds or (5 if n <= 200 else 3 if n <= 1000 else 2 if n <= 5000 else 1)
        self.n, self.is_huge = n, n >= _HUGE
        print(f"{n:,} articles…", file=sys.stderr, flush=True)
        self.archive = archive_of(n, chosen.seed, chosen.length)
        self.root, self.out = make_root(self.archive, self.folder / "root"), self.folder / "site"
        self.docs = None if self.is_huge else markdown_of(self.archive, self.root)
        self.peers = [peer(self.folder / peer.package) for peer in peers]

    def run(self) -> Size:
        pages = [path.stat().st_size for path in self.docs.rglob("*.md")] if self.docs else []
        self.size = Size(Texture.of(self.root / "content"), len(pages), sum(pages) / 1e6)
        if self.docs:
            for peer in self.peers:
                peer.lay_out(self.docs)
        for turn in range(self.rounds):
            self._clean(turn)
        if not self.chosen.no_search:
            self._forget()
            self._add("archive", SEARCH, self._archive(search=True))
        self._clean_archive(None)  # what follows starts from a finished site
        for turn in range(self.rounds):
            self._again(SAME, turn)
            for scenario in CHANGES:
                self._change(scenario, turn)
        self._compare()
        return self.size

    def _clean(self, turn: int) -> None:
        if self.docs:
            pages = self.folder / "pages"
            shutil.rmtree(pages, ignore_errors=True)
            once = [sys.executable, "-m", "bench.build_once", self.chosen.engine]
            self._add("engine", CLEAN, self._ours([*once, str(self.root), str(self.docs), str(pages)]), pages)
            self._compare_with_markdown("engine", pages)
        for peer in self._peers_of(turn):
            peer.forget()
            self._add(peer.name, CLEAN, peer.build(), peer.out)
            self._compare_with_markdown(peer.name, peer.out)
        self._clean_archive(CLEAN)

    def _clean_archive(self, what: str | None) -> None:
        self._forget()
        spent = self._archive()
        if what:
            self._add("archive", what, spent, self.out)

    def _forget(self) -> None:
        for folder in (self.out, self.root / ".build"):
            shutil.rmtree(folder, ignore_errors=True)

    def _change(self, scenario: str, turn: int) -> None:
        address = CHANGES[scenario](self.root, turn)
        for peer in self._peers_of(turn):
            peer.change(scenario, address, turn)
        self._again(scenario, turn)
        for who, out in [("archive", self.out), *((peer.name, peer.out) for peer in self._peers_of(turn))]:
            if not (out / address / "index.html").is_file():
                self.size.said.append(f"{who}: {scenario}: {address} is missing")

    def _again(self, what: str, turn: int) -> None:
        """A build over what the last one left."""
        self._add("archive", what, self._archive())
        for peer in self._peers_of(turn):
            self._add(peer.name, what, peer.build())

    def _compare(self) -> None:
        """After all changes: is the site that of a clean build?"""
        changed = digest(sorted(path for path in self.out.rglob("*") if path.is_file()), self.out)
        self._clean_archive(None)
        clean = digest(sorted(path for path in self.out.rglob("*") if path.is_file()), self.out)
        self.size.said.append(f"archive: the site after all changes equals a clean build: {changed == clean}")

    def _compare_with_markdown(self, who: str, out: Path) -> None:
        assert self.docs
        if lost := list(missing(self.docs, out)):
            self.size.said.append(f"{who}: {len(lost)} pages lack their text, {lost[0]} among them")

    def _peers_of(self, turn: int) -> list[Peer]:
        return [peer for peer in self.peers if turn == 0 or self.n <= _SLOW or peer.name != "Zensical"]

    def _archive(self, *, search: bool = False) -> Spent:
        command = ["archive", "site", "--root", str(self.root), "--out", str(self.out), "--quiet"]
        options = ["--engine", self.chosen.engine, *([] if search else ["--no-search"])]
        options += ["--jobs", self.chosen.jobs] if self.chosen.jobs else []
        return self._ours([sys.executable, "-m", *command, *options])

    def _ours(self, command: list[str]) -> Spent:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        return run_measured(command, environment, errors=self.folder / "errors.txt")

    def _add(self, who: str, what: str, spent: Spent, out: Path | None = None) -> None:
        memory = "" if spent.peak_mb is None else f", {spent.peak_mb:,.0f} MB"
        print(f"  {what}: {who} {spent.wall:.2f} s, CPU {spent.cpu:.2f} s{memory}", file=sys.stderr, flush=True)
        self.size.add(who, what, spent)
        if out:
            sizes = [path.stat().st_size for path in out.rglob("*") if path.is_file()]
            self.size.weight[who] = sum(sizes) / 1e6, len(sizes)


def _tell(lines: list[str]) -> list[str]:
    print("\n".join(lines), flush=True)
    return lines


def _write(lines: list[str], where: str) -> None:
    """`where` ends in the date, which names the file."""
    RESULTS.mkdir(exist_ok=True)
    text = "\n".join(lines).strip("\n")
    path = RESULTS / f"build-{where.rpartition(',')[2].strip().replace(' ', '-')}.md"
    path.write_text(f"# Building, measured\n\n{where}\n\n```\n{text}\n```\n", encoding="utf-8", newline="\n")
