"""The ledger brought up to date, and what of it is lost.

In: an archive and a day. Out: the files of content/ledger/ as they are to be committed once the site is published.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.build.worker import Worker
from archive.check.addresses import check_lost
from archive.config import Paths
from archive.database import Database
from archive.ledger import FOLDER, Entry, format_ledger, is_ledger, parse_ledger, renewed
from archive.outputs.published_addresses import NAME as COPY
from archive.outputs.published_addresses import published_now
from archive.problems import Position, Problem, Report

_LOST = "SELECT address FROM published WHERE substr(address, 2) NOT IN (SELECT page FROM page_anchor) ORDER BY address"
_KNOWN = "SELECT address FROM published"
_PAGES = "SELECT page FROM page_anchor"


@dataclass(frozen=True, slots=True)
class Renewed:
    """How many addresses are new, changed, gone since (paragraphs), and all there are; which files were written."""

    new: int
    changed: int
    gone: int
    all: int
    files: tuple[str, ...]


def renew(worker_: Worker, paths: Paths, day: str, report: Report) -> Renewed | None:
    """Compares the ledger with what the site has now, and writes it; None if an address is lost, which is told."""
    before = read_ledger(paths)
    now = dict(published_now(worker_.outputs.site))
    pages = {address for address, anchor in now if not anchor}
    lost = [one.address for one in before if not one.anchor and one.address not in pages]
    if lost:
        check_lost(places_of(paths, lost), pages, {one.address for one in before}, report)
        return None
    removed = {f"{stone.kind}/{id}" for id, stone in worker_.tasks.corpus.removed.items()}
    after = list(renewed(before, now, day, removed))
    return _counted(before, after, _write(paths, after))


def read_ledger(paths: Paths) -> list[Entry]:
    """All entries, in the order of their files and lines; lines that are none are left out."""
    entries: list[Entry] = []
    for file in _files(paths):
        entries += parse_ledger(file.read_bytes().decode("utf-8", "replace"), _shown(file), Report())
    return entries


def places_of(paths: Paths, addresses: Iterable[str]) -> Mapping[str, tuple[str, Position]]:
    """File and line of some addresses of the ledger."""
    wanted, found = set(addresses), dict[str, tuple[str, Position]]()
    for file in _files(paths):
        for number, line in enumerate(file.read_bytes().decode("utf-8", "replace").split("\n"), 1):
            address = line.partition("\t")[0]
            if address in wanted:
                found.setdefault(address, (_shown(file), Position(number, 1)))
    return found


def lost_addresses(db: Database, paths: Paths) -> list[Problem]:
    """What of the ledger is no page of the site that has just been made."""
    report = Report()
    if lost := [address for (address,) in db.rows(_LOST)]:
        known = {address for (address,) in db.rows(_KNOWN)}
        check_lost(places_of(paths, lost), pages_of(db), known, report)
    return report.found


def check_published(db: Database, published: Iterable[str], report: Report) -> None:
    """The same for addresses that a live site says were published, in the order of its table."""
    pages, known = pages_of(db), {address for (address,) in db.rows(_KNOWN)}
    rows = enumerate(published, 2)  # behind the names of columns
    there = {*pages, *known}  # what the ledger knows is told of the ledger
    lost = {address: (COPY, Position(row, 1)) for row, address in rows if address not in there}
    check_lost(lost, pages, known, report)


def pages_of(db: Database) -> Collection[str]:
    """Addresses of all pages that were made, with a slash before them."""
    return {f"/{page}" for (page,) in db.rows(_PAGES)}


def _files(paths: Paths) -> list[Path]:
    folder = paths.content / FOLDER
    return sorted(file for file in folder.iterdir() if is_ledger(file.name)) if folder.is_dir() else []


def _shown(file: Path) -> str:
    return f"content/{FOLDER}/{file.name}"


def _write(paths: Paths, entries: Iterable[Entry]) -> tuple[str, ...]:
    """Only files that differ; each takes the place of the old one whole."""
    folder, written = paths.content / FOLDER, []
    for name, text in format_ledger(entries).items():
        file, data = folder / name, text.encode()
        if file.is_file() and file.read_bytes() == data:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / f".{name}"
        aside.write_bytes(data)
        aside.replace(file)
        written.append(_shown(file))
    return tuple(written)


def _counted(before: list[Entry], after: list[Entry], files: tuple[str, ...]) -> Renewed:
    old = {one.place: one for one in before}
    new = sum(one.place not in old for one in after)
    gone = sum(one.is_gone and not old[one.place].is_gone for one in after if one.place in old)
    changed = sum(one.changed != old[one.place].changed for one in after if one.place in old)
    return Renewed(new, changed - gone, gone, len(after), files)
