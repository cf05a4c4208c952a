"""Judges whether two reports are of one event by day, place, organiser, people and words of their titles together.

In: two `EventReport`s of one day. Out: a `Verdict`, whose score is a sum of the weights of site-config/linking.yml, and
whose reasons say what spoke for and against.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.ingest.jurisdiction import Home, JurisdictionReader, Relation, Scope
from archive.ingest.rules.linking import EventLinking
from archive.language.spelling import comparable
from archive.model.draft import Extracted, Reason

_FEWEST_WORDS = 4  # in a title, for its words to say anything
_MOST_SHARED = 2
_WORD = re.compile(r"\w+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NEARLY = (Relation.SAME, Relation.NEAR)


@dataclass(frozen=True, slots=True)
class EventReport:
    """What a report says of its event, as far as it tells it from others.

    `people` are those who chair or speak, `everybody` all who are named, where that is known; names in compared form.
    """

    event: str | None
    titles: tuple[str, ...]
    date: str | None
    level: str | None = None
    organiser: str = ""
    home: Home = ()
    place: str = ""
    people: frozenset[str] = frozenset()
    everybody: frozenset[str] = frozenset()

    @property
    def day(self) -> str | None:
        """The date, if it is one certain day."""
        return self.date if self.date and _DAY.fullmatch(self.date) else None

    def shared_with(self, other: EventReport) -> frozenset[str]:
        """Those of the other report's people whom this one names."""
        return (self.everybody or self.people) & other.people

    def shares_nobody_with(self, other: EventReport) -> bool:
        """True where both name people, and none is the same."""
        return bool(self.people and other.people) and not self.shared_with(other)

    def is_elsewhere(self, other: EventReport) -> bool:
        """True where both name places, and neither is part of the other's words."""
        one, two = self.place, other.place
        return bool(one and two) and one not in two and two not in one


@dataclass(frozen=True, slots=True)
class Verdict:
    """How much speaks for one event; `is_sure`: enough to say so without asking."""

    score: float
    is_sure: bool
    reasons: tuple[Reason, ...]


class EventJudge:
    """Compares one report with others."""

    def __init__(self, words: EventLinking, units: JurisdictionReader) -> None:
        self._weights = words.weights
        self.least, self._enough = words.doubt, words.link
        self._alike, self._differ = words.alike, words.differ
        self._units = units

    def judge(self, own: EventReport, other: EventReport) -> Verdict:
        """`own` is of a text in hand, `other` of a report of the same day."""
        found = list(self._features(own, other))
        weighed = [(name, words, self._weights[name]) for name, words in found]
        reasons = tuple(Reason("event", other.event or "", name, words, weight) for name, words, weight in weighed)
        score = sum(weight for _, _, weight in weighed)
        names = {name for name, _ in found}
        is_sure = score >= self._enough and {"organiser-same", "person-shared", "words-alike"} <= names
        return Verdict(score, is_sure, reasons)

    def _features(self, own: EventReport, other: EventReport) -> Iterator[tuple[str, str]]:
        yield from self._of_units(own, other)
        yield from _of_places(own, other)
        yield from _of_people(own, other)
        alike = most_alike(own.titles, other.titles)
        if alike >= self._alike:
            yield "words-alike", other.titles[0]
        elif alike < self._differ:
            yield "words-differ", " / ".join(other.titles[:1])
        if own.level and other.level and own.level != other.level:
            yield "level-other", other.level

    def _of_units(self, own: EventReport, other: EventReport) -> Iterator[tuple[str, str]]:
        relation = relation_of_homes(self._units, own.home, other.home)
        if relation is Relation.OTHER:
            yield "unit-other", other.organiser
        elif relation in _NEARLY:
            yield "organiser-same" if is_one_body(own.organiser, other.organiser) else "unit-same", other.organiser


def _of_places(own: EventReport, other: EventReport) -> Iterator[tuple[str, str]]:
    if own.place and other.place:
        yield "place-other" if own.is_elsewhere(other) else "place-same", other.place


def _of_people(own: EventReport, other: EventReport) -> Iterator[tuple[str, str]]:
    yield from (("person-shared", name) for name in sorted(own.shared_with(other))[:_MOST_SHARED])
    if own.shares_nobody_with(other):
        yield "nobody-shared", ", ".join(sorted(other.people))


def relation_of_homes(units: JurisdictionReader, one: Home, other: Home) -> Relation:
    """How the smallest units of two events stand to each other."""
    return units.relation(one[0], other[0]) if one and other else units.relation(Scope(), Scope())


def is_one_body(one: str, other: str) -> bool:
    """Two organisers in compared form, one of which may be printed without its unit."""
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def most_alike(titles: Iterable[str], others: Iterable[str]) -> float:
    """The greatest share of the syllables of the shorter title that stand in the longer, over all pairs."""
    words = [frozenset(_WORD.findall(comparable(title))) for title in titles]
    held = [frozenset(_WORD.findall(comparable(title))) for title in others]
    pairs = ((one, other) for one in words for other in held if min(len(one), len(other)) >= _FEWEST_WORDS)
    return max((len(one & other) / min(len(one), len(other)) for one, other in pairs), default=0.0)


def report_of(extracted: Extracted, title: str, event: str | None, home: Home) -> EventReport:
    """What a text in hand says."""
    who, where, date = extracted.who, extracted.where, extracted.when.date
    names = [comparable(person.name) for person in who.speakers]
    others = [comparable(person.name) for person in (*who.attendees, *who.mentioned)]
    return EventReport(
        event=event,
        titles=tuple(filter(None, (extracted.meeting, title))),
        date=date.edtf if date else None,
        level=where.level,
        organiser=comparable(where.organiser or ""),
        home=home,
        place=comparable((where.place.printed or "") if where.place else ""),
        people=frozenset(names),
        everybody=frozenset((*names, *others)),
    )
