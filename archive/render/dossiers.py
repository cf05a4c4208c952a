"""Long dossiers: what a record's page shows of them, and the pages that hold the whole.

In: a record and its dossier. Out: the dossier with each long section cut to a few of its entries,
and for each such section numbered pages with all of them. What is short is left as it is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from archive.kinds import AnySubject, RenderContext, Section, module_of
from archive.render.lists import Way


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

    def __init__(self, context: RenderContext) -> None:
        self.context = context

    def shown(self, subject: AnySubject) -> ShownDossier:
        """The dossier of a record as its page shows it; a kind without sections has nothing to cut."""
        module, dossier = module_of(subject.kind), subject.dossier
        cuts, few, pages = {}, {}, []
        slugs = self.context.knowledge.addresses.sections.get(module.group, {})
        for section in module.sections:
            entries = list(_apart(getattr(dossier, section.field), section.parts))
            if len(entries) > self.context.settings.section_size:
                found = list(self._pages(entries, f"{subject.address}{slugs[section.field]}/", module.group, section))
                few[section.field] = self._few(entries, section)
                cuts[section.field] = Cut(
                    min(self.context.settings.newest_of_many, len(entries)),
                    len(entries),
                    section.date is not None,
                    found[0].ways,
                )
                pages += found
        shown = dataclasses.replace(dossier, **few) if few else dossier
        return ShownDossier(shown, module.totals(dossier), cuts, tuple(pages))

    def _few(self, entries: Sequence[Any], section: Section) -> tuple[Any, ...]:
        many = self.context.settings.newest_of_many
        if section.date:  # in order of time, what has no date behind the newest
            dated = [entry for entry in entries if section.date(self.context, entry)] or entries
            return tuple(_together(dated[-many:], section.parts))
        return tuple(_together(entries[:many], section.parts))

    def _pages(self, entries: Sequence[Any], address: str, group: str, section: Section) -> Iterator[SectionPage]:
        size = self.context.settings.list_size
        chunks = [entries[start : start + size] for start in range(0, len(entries), size)]
        numbered = self.context.knowledge.addresses.parts.numbered
        ways = tuple(
            Way(
                numbered(address, number),
                str(number),
                self._years(chunk, section),
            )
            for number, chunk in enumerate(chunks, 1)
        )
        for number, chunk in enumerate(chunks, 1):
            items = tuple(_together(chunk, section.parts))
            yield SectionPage(ways[number - 1].address, group, section, items, number, ways)

    def _years(self, chunk: Sequence[Any], section: Section) -> str:
        """The years of the first and the last entry: `2019–2021`; empty where one has none."""
        dates = [section.date(self.context, entry) for entry in (chunk[0], chunk[-1])] if section.date else []
        years = [str(date.years[0]) for date in dates if date and date.years]
        return "–".join(dict.fromkeys(years)) if len(years) == len(dates) else ""


def _apart(entries: Iterable[Any], parts: str) -> Iterator[Any]:
    """Entries that have several parts as one for each of them."""
    for entry in entries:
        many = getattr(entry, parts) if parts else ()
        if len(many) > 1:
            yield from (dataclasses.replace(entry, **{parts: (one,)}) for one in many)
        else:
            yield entry


def _together(entries: Iterable[Any], parts: str) -> Iterator[Any]:
    """The reverse of `_apart`."""
    if not parts:
        yield from entries
        return
    for _, group in groupby(entries, key=lambda entry: dataclasses.replace(entry, **{parts: ()})):
        first, *rest = group
        many = tuple(one for entry in (first, *rest) for one in getattr(entry, parts))
        yield dataclasses.replace(first, **{parts: many})
