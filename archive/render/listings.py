"""Listings: the lists that have pages, and how each is divided once it is long.

In: what the archive knows. Out: `Listing` values; the address, the words and the order of their parts.
A part is a year, a month, a letter or a type; its page is below the page of the whole list.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from archive.date_words import DateWords
from archive.knowledge import Kind, Knowledge
from archive.model.edtf import parse_date
from archive.rules.addresses import PartAddresses
from archive.rules.vocabularies import Term

_TELEX = {"\u0302": "", "\u0306": "w", "\u031b": "w"}  # â is aa, ă is aw, ơ is ow: as Vietnamese is typed


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the index and its page.

    `by` says what its parts are (years, months, letters, types), `shows` how its records look,
    `below` is the address under which its parts stand, `count` the words for a number of its
    records, `trail` the sections above its page.
    """

    list: str
    address: str
    below: str
    by: str
    shows: str
    title: str
    count: str
    trail: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """By what it is found again (`Listings.by_key`)."""
        return self.address, self.list

    @property
    def newest_first(self) -> bool:
        return self.shows in ("articles", "corrections", "moments")


class Listings:
    """The listings of one archive."""

    def __init__(self, knowledge: Knowledge, dates: DateWords) -> None:
        self.knowledge = knowledge
        self.labels = knowledge.labels
        self.pages = knowledge.addresses.pages
        self.parts = knowledge.addresses.parts
        self.dates = dates

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str], Listing]:
        """Every listing by its key."""
        terms = self.knowledge.vocabularies
        whole = [self.timeline, self.years, self.events, self.articles, *self.people, *self.documents]
        whole += [self.unresolved, self.corrections, *map(self.entities, self.knowledge.added_kinds.values())]
        whole += [*map(self.level, terms["levels"].values()), *map(self.place, terms["places"].values())]
        return {listing.key: listing for listing in whole}

    def of_kind(self, kind: Kind) -> Listing:
        """The one to which the index page of a kind belongs."""
        ways = {
            "events": self.events,
            "articles": self.articles,
            "officials": self.people[0],
            "documents": self.documents[0],
        }
        return ways.get(kind.id) or self.entities(kind)

    @property
    def timeline(self) -> Listing:
        """Its parts are the pages of the years."""
        return self._moments("moments", self.pages.timeline, self.pages.years, self.labels["timeline"]["title"])

    @property
    def years(self) -> Listing:
        return self._moments("moments", self.pages.years, self.pages.years, self.labels["years"]["title"])

    @property
    def events(self) -> Listing:
        address = f"{self.knowledge.kinds['events'].address}/"
        return self._moments(
            "moments/events", address, f"{address}{self.parts.year}/", self.knowledge.kinds["events"].plural
        )

    def level(self, term: Term) -> Listing:
        above = self.pages.levels
        address, trail = f"{above}{term.code}/", ((above, self.labels["nav"]["levels"]),)
        return self._moments(f"moments/level:{term.code}", address, address, term.name, trail)

    def place(self, term: Term) -> Listing:
        above = self.pages.places
        address, trail = f"{above}{term.code}/", ((above, self.labels["nav"]["places"]),)
        return self._moments(f"moments/place:{term.code}", address, address, term.name, trail)

    @property
    def articles(self) -> Listing:
        address, title = f"{self.knowledge.kinds['articles'].address}/", self.knowledge.kinds["articles"].plural
        count = self.labels["common"]["count_articles"]
        return Listing("articles", address, f"{address}{self.parts.year}/", "years", "articles", title, count)

    @property
    def people(self) -> tuple[Listing, Listing]:
        """By given name, and by full name."""
        kind, count = self.knowledge.kinds["officials"], self.labels["common"]["count_people"]
        given, full = f"{kind.address}/", self.pages.people_by_full_name
        trail = ((given, self.labels["nav"]["officials"]),)
        by_full = f"{kind.plural} {self.labels['official']['by_full'].lower()}"
        return (
            Listing("officials/given", given, f"{given}{self.parts.letter}/", "letters", "people", kind.plural, count),
            Listing("officials/full", full, f"{full}{self.parts.letter}/", "letters", "people", by_full, count, trail),
        )

    @property
    def documents(self) -> tuple[Listing, Listing, Listing]:
        """By type, by issuer, by year: three ways through one list, on one page."""
        kind, words = self.knowledge.kinds["documents"], self.labels["common"]["count_documents"]
        address = f"{kind.address}/"

        def way(name: str, below: str, by: str, shows: str) -> Listing:
            return Listing(f"documents/{name}", address, f"{address}{below}/", by, shows, kind.plural, words)

        return (
            way("type", self.parts.type, "types", "documents"),
            way("issuer", self.parts.issuer, "letters", "issuers"),
            way("year", self.parts.year, "years", "documents"),
        )

    def entities(self, kind: Kind) -> Listing:
        address, count = f"{kind.address}/", self.labels["common"]["count_entries"]
        return Listing(
            f"entities:{kind.id}", address, f"{address}{self.parts.letter}/", "letters", "entities", kind.plural, count
        )

    @property
    def unresolved(self) -> Listing:
        """By month, which an article knows of itself: its citations link here."""
        words, trail = (
            self.labels["document"],
            ((f"{self.knowledge.kinds['documents'].address}/", self.labels["nav"]["documents"]),),
        )
        at, count = self.pages.unresolved, self.labels["common"]["count_times"]
        return Listing("unresolved", at, at, "months", "unresolved", words["unresolved"], count, trail)

    @property
    def corrections(self) -> Listing:
        at, words = self.pages.corrections, self.labels["corrections"]
        return Listing("corrections", at, at, "years", "corrections", words["title"], words["count"])

    def _moments(
        self, list: str, address: str, below: str, title: str, trail: tuple[tuple[str, str], ...] = ()
    ) -> Listing:
        counted = "count_events" if list == "moments/events" else "count_moments"
        return Listing(list, address, below, "years", "moments", title, self.labels["common"][counted], trail)

    # parts

    def ordered(self, way: Listing, parts: Iterable[str]) -> list[str]:
        """Parts as a reader expects them: what is unknown comes last; some lists begin with the latest."""
        order, parts = self.knowledge.collation.key, list(parts)
        if way.by == "types":
            return sorted(parts, key=lambda part: order(self.words(way, part)))
        if way.by == "letters":
            return sorted(parts, key=lambda part: (not part, order(part)))
        known = sorted(filter(None, parts), reverse=way.newest_first)
        return [*known, *([""] if "" in parts else [])]

    def address(self, way: Listing, part: str) -> str:
        return f"{way.below}{part_slug(way.by, part, self.parts)}/"

    def words(self, way: Listing, part: str) -> str:
        """A part in a list of parts: `2024`, `Tháng 4`, `Đ`, `Nghị quyết`."""
        if way.by == "types":
            return self.knowledge.name_of("document_types", part)
        if way.by == "letters":
            return str(self.labels["common"]["other"]) if part == "#" else part or self._unknown(way)
        if way.by == "months" and part:
            words = self.labels["timeline"]
            month = part.partition("-")[2]
            return str(words["month"].format(m=int(month)) if month else words["without_month"])
        return str(int(part)) if part else self._unknown(way)

    def title(self, way: Listing, part: str) -> str:
        """The part in a title: `Bài viết: năm 2024`."""
        words = self.words(way, part)
        if part and way.by in ("years", "months"):
            words = self.dates.display(parse_date(part))
        elif part and way.by == "letters" and part != "#":
            named = "issuer" if way.shows == "issuers" else "letter"
            words = self.labels["parts"][named].format(letter=part)
        return f"{way.title}: {words[:1].lower() + words[1:] if way.by != 'types' else words}"

    def _unknown(self, way: Listing) -> str:
        group, name = {
            "documents": ("document", "no_year"),
            "issuers": ("document", "no_issuer"),
        }.get(way.shows, ("timeline", "without_year"))
        return str(self.labels[group][name])


def part_slug(by: str, part: str, words: PartAddresses) -> str:
    """The part as the last piece of an address, `dd` for Đ, `aw` for Ă; different parts never share one."""
    if not part:
        return words.unknown
    if by == "years":
        return str(int(part))
    return (
        "".join(words.other if letter == "#" else _letter_slug(letter) for letter in part) if by == "letters" else part
    )


def _letter_slug(letter: str) -> str:
    lowered = letter.lower()
    if lowered == "đ":
        return "dd"
    split = unicodedata.normalize("NFD", lowered)
    base, marks = split[0], split[1:]
    if base.isascii() and base.isalnum() and all(mark in _TELEX for mark in marks):
        return base + "".join(_TELEX[mark] or base for mark in marks)
    return f"u{ord(letter):x}"
