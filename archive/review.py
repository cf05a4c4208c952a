"""Two built sites side by side: what the later one has and the earlier one had not.

In: two folders, each a site with its data files. Out: a `Review`: pages and records that came, went
or changed, citations gained, lost and settled, and what the new records leave open. A folder that
is not there is a site without anything.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_MENTIONS = "mentions"
_PEOPLE = ("speakers", "attendees", "mentioned")
_MISSING = {"event": "no-event", "level": "no-level", "publisher": "no-publisher", "source_url": "no-source-url"}

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """A record as the review names it; `fields` are those that differ, for one that was there before."""

    kind: str
    id: str
    name: str
    row: Row
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Cited:
    """The words by which an article cites a document, and the records they may mean."""

    article: str
    printed: str
    records: tuple[str, ...]
    before: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that a new or changed record leaves open, and the words it is about."""

    kind: str
    id: str
    why: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What came, went and changed of one kind, and how many there are now."""

    added: tuple[Listed, ...]
    removed: tuple[Listed, ...]
    changed: tuple[Listed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Review:
    pages_added: tuple[str, ...]
    pages_removed: tuple[str, ...]
    pages: int
    records: Mapping[str, Change]
    gained: tuple[Cited, ...]
    lost: tuple[Cited, ...]
    settled: tuple[Cited, ...]  # the same words mean other records than before
    citations: Mapping[str, int]  # how many name one record, several, none
    citations_before: Mapping[str, int]
    doubts: tuple[Doubt, ...]


class Unreadable(Exception):
    """A table of a site is no JSON; the argument is its path."""


def review(before: Path, after: Path, data: str) -> Review:
    old_pages, new_pages = _pages(before), _pages(after)
    old, new = _tables(before / data), _tables(after / data)
    old_cited, new_cited = _citations(old.pop(_MENTIONS, [])), _citations(new.pop(_MENTIONS, []))
    records = {kind: _change(kind, old.get(kind, []), new.get(kind, [])) for kind in sorted({*old, *new})}
    return Review(
        pages_added=tuple(sorted(new_pages - old_pages)),
        pages_removed=tuple(sorted(old_pages - new_pages)),
        pages=len(new_pages),
        records=records,
        gained=_only_in(new_cited, old_cited),
        lost=_only_in(old_cited, new_cited),
        settled=_settled(old_cited, new_cited),
        citations=_counts(new_cited),
        citations_before=_counts(old_cited),
        doubts=tuple(doubt for change in records.values() for doubt in _doubts(change)),
    )


def _pages(site: Path) -> set[str]:
    """The addresses of all pages, with a slash at both ends."""
    return {f"/{page.parent.relative_to(site).as_posix()}/".replace("/./", "/") for page in site.rglob("index.html")}


def _tables(folder: Path) -> dict[str, list[Row]]:
    """The tables of the data files by name; other files beside them are none of ours."""
    tables = {}
    for file in sorted(folder.glob("*.json")):
        try:
            rows = json.loads(file.read_bytes())
        except (ValueError, RecursionError) as error:  # a page of the site before a pull request, or half a file
            raise Unreadable(file) from error
        if file.stem == _MENTIONS or _are_records(rows):
            tables[file.stem] = rows
    return tables


def _are_records(rows: object) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) and {"id", "url"} <= row.keys() for row in rows)


def _change(kind: str, old: list[Row], new: list[Row]) -> Change:
    was, now = {row["id"]: row for row in old}, {row["id"]: row for row in new}
    both = sorted(id for id in was.keys() & now.keys() if was[id] != now[id])
    return Change(
        added=tuple(_listed(kind, now[id]) for id in sorted(now.keys() - was.keys())),
        removed=tuple(_listed(kind, was[id]) for id in sorted(was.keys() - now.keys())),
        changed=tuple(_listed(kind, now[id], was[id]) for id in both),
        total=len(now),
    )


def _listed(kind: str, row: Row, was: Row | None = None) -> Listed:
    fields = () if was is None else tuple(sorted(k for k in {*row, *was} if row.get(k) != was.get(k)))
    return Listed(kind, row["id"], str(row.get("name") or row.get("title") or row["id"]), row, fields)


def _citations(mentions: list[Row]) -> dict[tuple[str, str], list[tuple[str, ...]]]:
    """Article and words → what each such mention may mean, in the order of the text.

    Where in the text is left out: a word put in further up moves everything and changes nothing.
    """
    found: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for mention in mentions:
        if mention["kind"] == "documents":
            found[mention["article"], mention["printed"]].append(tuple(mention["records"]))
    return found


def _only_in(
    these: Mapping[tuple[str, str], list[tuple[str, ...]]], those: Mapping[tuple[str, str], list[tuple[str, ...]]]
) -> tuple[Cited, ...]:
    return tuple(
        Cited(*words, records) for words in sorted(these) for records in these[words][len(those.get(words, [])) :]
    )


def _settled(
    old: Mapping[tuple[str, str], list[tuple[str, ...]]], new: Mapping[tuple[str, str], list[tuple[str, ...]]]
) -> tuple[Cited, ...]:
    return tuple(
        Cited(*words, now, was)
        for words in sorted(old.keys() & new.keys())
        for was, now in zip(old[words], new[words], strict=False)
        if was != now
    )


def _counts(cited: Mapping[tuple[str, str], list[tuple[str, ...]]]) -> Mapping[str, int]:
    names = ("none", "one", "several")
    counts = Counter(names[min(len(records), 2)] for found in cited.values() for records in found)
    return {name: counts[name] for name in names}


def _doubts(change: Change) -> Iterator[Doubt]:
    for listed in (*change.added, *change.changed):
        for why, words in _open(listed.kind, listed.row):
            yield Doubt(listed.kind, listed.id, why, words)


def _open(kind: str, row: Row) -> Iterator[tuple[str, str]]:
    """What a record leaves open, as codes with the words of the record."""
    if kind == "articles":
        if row["date"] is None:
            yield "no-date", ""
        elif row["date_basis"] == "inferred":
            yield "date-inferred", f"{row['date']}: {row['date_words'] or ''}"
        if row["title_by"] == "editor":
            yield "title-by-editor", ""
        yield from ((why, "") for field, why in _MISSING.items() if row[field] is None)
        if (place := row["place"]) and place["printed"] and not place["unit"]:
            yield "no-unit", place["printed"]
        for person in (person for group in _PEOPLE for person in row[group] if not person["official"]):
            yield "no-official", person["name"]
        for cited in (cited for cited in row["documents"] if not cited["document"]):
            yield "no-document", cited["printed"]
    if row.get("dates_differ"):
        yield "dates-differ", ""
    for other in row.get("possibly_same_as", ()):
        yield "possibly-same", other
