"""Long dossiers: what a record's page shows of them, and the pages that hold the whole.

In: a record and its dossier. Out: the dossier with each long section cut to a few of its entries,
and for each such section numbered pages with all of them. What is short is left as it is.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from archive.model.dates import Date
from archive.model.derived import (
    Appearance,
    DocumentDossier,
    EntityDossier,
    EventDossier,
    OfficialDossier,
    Passage,
    PrintedPost,
    ReportedPerson,
    Statement,
    UnresolvedCitation,
)
from archive.render.listings import numbered
from archive.render.lists import Way
from archive.render.view import Shelf

_PLACES = {Statement: "passages", UnresolvedCitation: "passages", ReportedPerson: "reports"}


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a dossier: its field, the address of its pages below the record, its words.

    `forward` sections are in order of time, so that the newest entries are the last.
    """

    field: str
    slug: str
    words: str
    forward: bool = True


_OFFICIAL = (
    Section("posts", "chuc-vu", "posts"),
    Section("appearances", "co-mat", "appearances"),
    Section("documents", "van-ban", "documents", forward=False),
    Section("companions", "cung-du", "companions", forward=False),
    Section("timeline", "dong-thoi-gian", "timeline"),
    Section("mentions", "nhac-ten", "mentions"),
)
_DOCUMENT = (
    Section("relations", "quan-he", "relations", forward=False),
    Section("inverse_relations", "quan-he-nguoc", "relations", forward=False),
    Section("carried_out_by", "thuc-hien", "carried_out", forward=False),
    Section("citations", "nhac-den", "cited"),
    Section("possible", "co-the", "possible"),
    Section("timeline", "dong-thoi-gian", "timeline"),
)
_EVENT = (
    Section("articles", "bai", "reports", forward=False),
    Section("dates", "ngay", "dates", forward=False),
    Section("places", "noi", "where", forward=False),
    Section("people", "nguoi", "people", forward=False),
    Section("documents", "van-ban", "documents", forward=False),
    Section("mentions", "nhac-den", "mentions", forward=False),
)
_ENTITY = (
    Section("mentions", "nhac-den", "mentions", forward=False),
    Section("timeline", "dong-thoi-gian", "timeline"),
)
_SECTIONS: Mapping[type, tuple[str, tuple[Section, ...]]] = {
    OfficialDossier: ("official", _OFFICIAL),
    DocumentDossier: ("document", _DOCUMENT),
    EventDossier: ("event", _EVENT),
    EntityDossier: ("entity", _ENTITY),
}


@dataclass(frozen=True, slots=True)
class Cut:
    """A section of which a page shows a few entries; `ways` lead to the pages that hold all."""

    shown: int
    total: int
    forward: bool
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One numbered page of a section: `group` and `section.words` name it in labels.yml."""

    address: str
    group: str
    section: Section
    items: tuple[Any, ...]
    number: int
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class ShownDossier:
    """A dossier as its page shows it. `totals` counts the entries of each section, cut or not."""

    dossier: Any
    totals: Mapping[str, int] = field(default_factory=dict)
    cuts: Mapping[str, Cut] = field(default_factory=dict)
    pages: tuple[SectionPage, ...] = ()


class Dossiers:
    """Cuts dossiers to the size that settings allow."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def shown(self, dossier: Any, address: str) -> ShownDossier:
        """The dossier of a record at `address`; of an article there is nothing to cut."""
        if type(dossier) not in _SECTIONS:
            return ShownDossier(dossier)
        group, sections = _SECTIONS[type(dossier)]
        totals = {section.field: len(getattr(dossier, section.field)) for section in sections}
        if isinstance(dossier, OfficialDossier):
            totals |= Counter(f"appearances:{appearance.capacity}" for appearance in dossier.appearances)
        cuts, few, pages = {}, {}, []
        for section in sections:
            entries = list(_apart(getattr(dossier, section.field)))
            if len(entries) > self.shelf.settings.section_size:
                found = list(self._pages(entries, f"{address}{section.slug}/", group, section))
                few[section.field] = self._few(entries, section)
                cuts[section.field] = Cut(
                    min(self.shelf.settings.newest_of_many, len(entries)), len(entries), section.forward, found[0].ways
                )
                pages += found
        return ShownDossier(dataclasses.replace(dossier, **few) if few else dossier, totals, cuts, tuple(pages))

    def _few(self, entries: Sequence[Any], section: Section) -> tuple[Any, ...]:
        many = self.shelf.settings.newest_of_many
        return tuple(_together(entries[-many:] if section.forward else entries[:many]))

    def _pages(self, entries: Sequence[Any], address: str, group: str, section: Section) -> Iterator[SectionPage]:
        size = self.shelf.settings.list_size
        chunks = [entries[start : start + size] for start in range(0, len(entries), size)]
        ways = tuple(
            Way(numbered(address, number), str(number), self._years(chunk) if section.forward else "")
            for number, chunk in enumerate(chunks, 1)
        )
        for number, chunk in enumerate(chunks, 1):
            yield SectionPage(ways[number - 1].address, group, section, tuple(_together(chunk)), number, ways)

    def _years(self, chunk: Sequence[Any]) -> str:
        """The years of the first and the last entry: `2019–2021`; empty where one has none."""
        dates = [self._date(chunk[0]), self._date(chunk[-1])]
        years = [str(date.years[0]) for date in dates if date and date.years]
        return "–".join(dict.fromkeys(years)) if len(years) == len(dates) else ""

    def _date(self, entry: Any) -> Date | None:
        if isinstance(entry, (PrintedPost, Appearance)):
            return entry.date
        if isinstance(entry, (Passage, UnresolvedCitation)):
            return self.shelf.corpus.head(entry.article).date
        return self.shelf.derived.moments[entry].date


def by_article(posts: Iterable[PrintedPost]) -> list[tuple[str, list[PrintedPost]]]:
    """Posts under the article that prints them, articles in the order in which they come."""
    found: dict[str, list[PrintedPost]] = {}
    for post in posts:
        found.setdefault(post.passage.article, []).append(post)
    return list(found.items())


def by_capacity(appearances: Iterable[Appearance]) -> list[tuple[str, list[Appearance]]]:
    """Appearances under their capacities, which stand in the order of their codes."""
    found: dict[str, list[Appearance]] = {}
    for appearance in appearances:
        found.setdefault(appearance.capacity, []).append(appearance)
    return sorted(found.items(), key=lambda group: group[0])


def _apart(entries: Sequence[Any]) -> Iterator[Any]:
    """Entries that rest on several passages as one for each of them."""
    for entry in entries:
        name = _PLACES.get(type(entry))
        many = getattr(entry, name) if name else ()
        if name and len(many) > 1:
            yield from (dataclasses.replace(entry, **{name: (one,)}) for one in many)
        else:
            yield entry


def _together(entries: Sequence[Any]) -> Iterator[Any]:
    """The reverse of `_apart`."""
    for _, group in groupby(entries, key=_identity):
        first, *rest = group
        if name := _PLACES.get(type(first)):
            many = tuple(one for entry in (first, *rest) for one in getattr(entry, name))
            yield dataclasses.replace(first, **{name: many})
        else:
            yield first
            yield from rest


def _identity(entry: Any) -> object:
    """What entries taken apart still have in common."""
    if name := _PLACES.get(type(entry)):
        return dataclasses.replace(entry, **{name: ()})
    return entry
