"""The ledger: every address that was ever published, with the days of its first publication and its last change.

In: the lines of content/ledger/<year>.tsv, and what is published now. Out: entries, and the lines as they are to be.
A line is an address (`/nguoi/a/`, of a paragraph `/bai-viet/b/#doan-4`), the record it is about (`officials/a`, or
empty), the first day, the last day, and a digest. A digest begins with the number of the recipe it was made by; `-`
before it says that the paragraph is gone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from archive.problems import Position, Report

FOLDER = "ledger"
ENDING = ".tsv"
COLUMNS = ("address", "record", "first", "changed", "digest")
RECIPE = 1  # of digests; a higher one rewrites them all, and moves no day
GONE = "-"
_YEAR = re.compile(r"[0-9]{4}")
_ADDRESS = re.compile(r"(/(?:[^\s/#]+/)*)(?:#([^\s#]+))?")
_RECORD = re.compile(r"(?:[^\s/]+/[^\s/]+)?")
_DIGEST = re.compile(r"-?[0-9]+:[0-9a-f]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Entry(NamedTuple):
    """One address; `anchor` is that of a paragraph, empty for a page. Days are ISO dates."""

    address: str
    anchor: str
    record: str
    first: str
    changed: str
    digest: str

    @property
    def place(self) -> str:
        """The address with its anchor: entries are in its order."""
        return f"{self.address}#{self.anchor}" if self.anchor else self.address

    @property
    def is_gone(self) -> bool:
        return self.digest.startswith(GONE)


class Published(NamedTuple):
    """What is published at an address now; `digest` without recipe, empty where nothing is to be compared."""

    record: str
    digest: str


def is_day(text: str) -> bool:
    """Whether a text is a day such as 2026-12-01."""
    try:
        return bool(_DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def is_ledger(name: str) -> bool:
    """Whether a file of content/ledger/ is called as one of a year is."""
    year, dot, ending = name.partition(".")
    return bool(_YEAR.fullmatch(year)) and dot + ending == ENDING


def parse_ledger(text: str, path: str, report: Report) -> list[Entry]:
    """The entries of a file of the ledger; lines that are none, or that stand in the wrong order, are told."""
    entries: list[Entry] = []
    head, *lines = text.split("\n")
    if head != "\t".join(COLUMNS):
        report.add("ledger-line", path, Position(1, 1), written=head[:60], why="ledger-head")
        return []
    year, last = path.rpartition("/")[2].removesuffix(ENDING), ""
    for number, line in enumerate(lines, 2):
        if not line and number == len(lines) + 1:
            break
        entry = _entry(line)
        why = "ledger-form" if entry is None else _fault(entry, year, last)
        if entry is None or why:
            report.add("ledger-line", path, Position(number, 1), written=line[:60], why=why)
            continue
        entries.append(entry)
        last = entry.place
    return entries


def _entry(line: str) -> Entry | None:
    values = line.split("\t")
    if len(values) != len(COLUMNS):
        return None
    place, record, first, changed, digest = values
    found = _ADDRESS.fullmatch(place)
    if not (found and _RECORD.fullmatch(record) and _DIGEST.fullmatch(digest) and is_day(first) and is_day(changed)):
        return None
    return Entry(found[1], found[2] or "", record, first, changed, digest)


def _fault(entry: Entry, year: str, last: str) -> str:
    if entry.first[:4] != year or entry.changed < entry.first:
        return "ledger-day"
    return "" if entry.place > last else "ledger-order"


def format_ledger(entries: Iterable[Entry]) -> dict[str, str]:
    """File name → text: a file a year of first publication, in the order of addresses."""
    years: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        years[entry.first[:4]].append(entry)
    head = "\t".join(COLUMNS)
    return {
        f"{year}{ENDING}": "\n".join([head, *map(_line, sorted(found, key=lambda entry: entry.place)), ""])
        for year, found in sorted(years.items())
    }


def _line(entry: Entry) -> str:
    return "\t".join((entry.place, *entry[2:]))


def renewed(
    before: Iterable[Entry], now: Mapping[tuple[str, str], Published], day: str, removed: Container[str] = ()
) -> Iterator[Entry]:
    """The ledger of what is published from `day` on; `now` is all of it by address and anchor.

    An entry stays for good. Its day moves if its digest is another one by the same recipe; the number of a paragraph
    that is gone stays taken. Of records that were taken down (`removed`: `kind/id`) not even a digest stays.
    """
    there = set[tuple[str, str]]()
    for entry in before:
        key = entry.address, entry.anchor
        if key not in there:
            there.add(key)
            one = _renewed(entry, now.get(key), day)
            is_removed = one.is_gone and one.record in removed
            yield one._replace(digest=f"{GONE}{RECIPE}:") if is_removed else one
    for (address, anchor), published in now.items():
        if (address, anchor) not in there:
            yield Entry(address, anchor, published.record, day, day, _written(published.digest))


def _renewed(entry: Entry, now: Published | None, day: str) -> Entry:
    if now is None:
        is_over = entry.anchor and not entry.is_gone
        return entry._replace(digest=GONE + entry.digest, changed=max(day, entry.changed)) if is_over else entry
    digest = _written(now.digest)
    recipe = entry.digest.removeprefix(GONE).partition(":")[0]
    if entry.digest == digest:
        return entry
    changed = max(day, entry.changed) if recipe == str(RECIPE) else entry.changed
    return entry._replace(record=now.record or entry.record, digest=digest, changed=changed)


def _written(digest: str) -> str:
    return f"{RECIPE}:{digest}"
