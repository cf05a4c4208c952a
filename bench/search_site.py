"""A folder to serve for each engine of the comparison: its index, what its pages load, the harness.

In: entries of an invented archive. Out: site folders below .build/bench/, and what building cost.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pagefind_bin

from archive.model.search import SearchEntry
from archive.site.assets import publish
from bench.corpus import ROOT, Archive
from bench.measure import Spent, run_measured
from bench.search_entries import WORK, entries_file, read_entries

OWN = ("syllable", "pagefind")
PEERS = ("pagefind-plain", "minisearch", "flexsearch")
ASSETS = ROOT / "templates" / "theme" / "assets" / "search"
_PEERS = ROOT / "bench" / "peers"
_INDEX = "tim-kiem/chi-muc"
_IMPORT = re.compile(r"""^(?:import|export)\b[^"']*["']\./([\w.-]+)["']""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Built:
    """A site to search and the cost of its index; `index` are the folders or files that the index is made of."""

    engine: str
    site: Path
    spent: Spent
    size: int
    files: int


def build_own(archive: Archive, engine: str) -> Built:
    """A clean build: nothing is kept from an earlier one."""
    site, work = _fresh(archive, engine), archive.folder / f"work-{engine}"
    shutil.rmtree(work, ignore_errors=True)
    spent = run_own(archive, engine, site, work)
    publish_assets(site)
    _add_harness(site, "own.js")
    modules = [f"/assets/search/{name}" for name in page_modules()]
    (site / "bench" / "page-modules.json").write_text(json.dumps(modules))
    return Built(engine, site, spent, *_weight(_index_files(site, engine)))


def publish_assets(site: Path) -> None:
    (folder := site / "assets" / "search").mkdir(parents=True, exist_ok=True)
    for path in sorted(ASSETS.iterdir()):
        (folder / path.name).write_bytes(publish(path.name, path.read_bytes()))


def run_own(archive: Archive, engine: str, site: Path, work: Path, edits: int = 0) -> Spent:
    command = [sys.executable, "-m", "bench.index_once", engine, str(entries_file(archive)), str(site), str(work)]
    return run_measured([*command, str(edits)])


def page_modules() -> list[str]:
    """The modules that the search page loads at once; the engine's own come with the first query."""
    found: list[str] = []
    queue = ["page.js"]
    while queue:
        name = queue.pop()
        if name not in found:
            found.append(name)
            queue += _IMPORT.findall((ASSETS / name).read_text(encoding="utf-8"))
    return sorted(found)


def rebuilt_equal(archive: Archive, engine: str, built: Built) -> bool:
    """Is a second clean build the same, byte for byte?"""
    site, work = archive.folder / f"again-{engine}", archive.folder / f"again-work-{engine}"
    run_own(archive, engine, site, work)
    same = digest(_index_files(site, engine), site) == digest(_index_files(built.site, engine), built.site)
    shutil.rmtree(site)
    shutil.rmtree(work)
    return same


def edit_one(archive: Archive, engine: str) -> tuple[float, bool]:
    """Seconds in the search room for one edited article, and whether the result is that of a clean build."""
    site, work = archive.folder / f"edit-{engine}", archive.folder / f"edit-work-{engine}"
    shutil.copytree(archive.folder / f"work-{engine}", work, dirs_exist_ok=True)
    seconds = float(run_own(archive, engine, site, work, 1).said)
    clean, clean_work = archive.folder / f"clean-{engine}", archive.folder / f"clean-work-{engine}"
    run_own(archive, engine, clean, clean_work, 1)
    same = digest(_index_files(site, engine), site) == digest(_index_files(clean, engine), clean)
    for folder in (site, work, clean, clean_work):
        shutil.rmtree(folder)
    return seconds, same


def build_peer(archive: Archive, engine: str) -> Built:
    """Raises CalledProcessError if the peer or its packages can't be had."""
    site = _fresh(archive, engine)
    _add_harness(site, f"{engine}.js")
    if engine == "pagefind-plain":
        _write_pages(archive, site)
        command = [str(pagefind_bin.get_executable()), "--site", str(site), "--quiet"]
        spent = run_measured(command)
        return Built(engine, site, spent, *_weight(sorted((site / "pagefind").rglob("*"))))
    modules = npm_packages()
    (site / "peer").mkdir()
    shutil.copy(_PEERS / f"{engine}-options.mjs", site / "peer")
    bundle = {
        "minisearch": "minisearch/dist/es/index.js",
        "flexsearch": "flexsearch/dist/flexsearch.bundle.module.min.mjs",
    }[engine]
    shutil.copy(modules / bundle, site / "peer" / f"{engine}.mjs")
    lines = archive.folder / "entries.jsonl"
    _write_lines(archive, lines)
    out = site / f"{engine}.json"
    command = [
        "node",
        "--max-old-space-size=12000",
        str(_PEERS / "build.mjs"),
        engine,
        str(modules),
        str(lines),
        str(out),
    ]
    return Built(engine, site, run_measured(command), *_weight([out]))


def npm_packages() -> Path:
    """The peers' packages, installed with npm below .build/bench/."""
    folder = WORK / "npm"
    if not (folder / "node_modules" / "flexsearch").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", "--no-fund", "--no-audit", "minisearch@7", "flexsearch@0.8"]
        subprocess.run(command, cwd=folder, check=True)
    return folder / "node_modules"


def _fresh(archive: Archive, engine: str) -> Path:
    site = archive.folder / f"site-{engine}"
    shutil.rmtree(site, ignore_errors=True)
    (site / "bench").mkdir(parents=True)
    return site


def _add_harness(site: Path, engine: str) -> None:
    shutil.copy(_PEERS / "harness.html", site / "bench" / "index.html")
    shutil.copy(_PEERS / engine, site / "bench" / "ask.js")


def _index_files(site: Path, engine: str) -> list[Path]:
    folders = [site / _INDEX, *([site / "pagefind"] if engine == "pagefind" else [])]
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


def _weight(files: list[Path]) -> tuple[int, int]:
    sizes = [path.stat().st_size for path in files if path.is_file()]
    return sum(sizes), len(sizes)


def digest(files: list[Path], root: Path) -> str:
    """One digest of names and contents."""
    whole = hashlib.sha256()
    for path in files:
        whole.update(f"{path.relative_to(root).as_posix()}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _text(entry: SearchEntry) -> str:
    return "\n".join(text for _, text in entry.blocks)


def _write_lines(archive: Archive, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for entry in read_entries(entries_file(archive)):
            held = {"id": entry.address, "title": entry.title, "names": "\n".join(entry.names), "text": _text(entry)}
            file.write(json.dumps(held, ensure_ascii=False) + "\n")


def _write_pages(archive: Archive, site: Path) -> None:
    for entry in read_entries(entries_file(archive)):
        page = site / entry.address / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("\n".join(_page(entry)), encoding="utf-8")


def _page(entry: SearchEntry) -> Iterator[str]:
    title = html.escape(entry.title)
    yield f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head><body>'
    yield f"<main data-pagefind-body><h1>{title}</h1>"
    yield from (f"<p>{html.escape(name)}</p>" for name in entry.names)
    yield from (f'<p id="{html.escape(anchor)}">{html.escape(text)}</p>' for anchor, text in entry.blocks)
    yield "</main></body></html>\n"
