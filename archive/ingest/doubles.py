"""Tells whether a text is in the archive already: how much of its wording is there, and whether the facts agree.

In: a text, and the sketches and facts of the articles that are there. Out: a `Double`, sure or not. Ledes are formulas:
two short reports share most of their words and are of two events, so likeness alone refuses nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.ingest.jurisdiction import JurisdictionReader, Relation
from archive.ingest.same_event import EventReport, most_alike, relation_of_homes
from archive.known import Sketch
from archive.language.shingles import NEAR, share
from archive.model.dates import Date, Shape
from archive.model.draft import Reason
from archive.model.edtf import parse_date

_LONG = 16  # common runs of words, of eight times as many that a text of some 130 words has
_VERY_LONG = 24
_WHOLE = 0.9  # share of the larger sample that makes two short texts one
_SAME_TITLE = 0.8


@dataclass(frozen=True, slots=True)
class Double:
    """The article most like a text; not `is_sure`: a person has to say."""

    id: str
    is_sure: bool
    reasons: tuple[Reason, ...]


class Doubles:
    """What is there, to be asked of one text after another."""

    def __init__(self, units: JurisdictionReader, report: Callable[[str], EventReport]) -> None:
        """`report` gives the facts of an article."""
        self._units = units
        self._report = report
        self._sketches: dict[str, Sketch] = {}
        self._holders: dict[int, list[str]] = defaultdict(list)

    def remember(self, id: str, sketch: Sketch) -> None:
        self._sketches[id] = sketch
        for hash in sketch.hashes:
            self._holders[hash].append(id)

    def find(self, sketch: Sketch, own: EventReport) -> Double | None:
        """The article that shares most of a text's runs of words, if it shares enough."""
        common = Counter(id for hash in sketch.hashes for id in self._holders.get(hash, ()))
        near = []
        for id, count in common.items():
            held, covered = self._sketches[id], self._sketches[id].covers(sketch.hashes)
            near.append((share(count, covered, len(held.hashes)), count / max(covered, len(held.hashes)), count, id))
        smaller, larger, count, id = max(near, default=(0.0, 0.0, 0, ""))
        if smaller < NEAR:
            return None
        other = self._report(id)
        against = list(self._against(own, other, is_short=count < _LONG))
        is_sure = _is_sure(against, larger, count)
        likeness = Reason("article", id, "text-alike", f"{smaller:.0%}", round(smaller, 2))
        return Double(id, is_sure, (likeness, *(Reason("article", id, rule, words, -1) for rule, words in against)))

    def _against(self, own: EventReport, other: EventReport, *, is_short: bool) -> Iterator[tuple[str, str]]:
        """The facts that make two texts reports of two events."""
        if not _may_be_one_date(own.date, other.date):
            yield "day-other", other.date or ""
        if own.people and other.people and not other.people & (own.everybody or own.people):
            yield "nobody-shared", ", ".join(sorted(other.people))
        if relation_of_homes(self._units, own.home, other.home) is Relation.OTHER:
            yield "unit-other", other.organiser
        if own.place and other.place and own.place not in other.place and other.place not in own.place:
            yield "place-other", other.place
        if is_short and most_alike(own.titles, other.titles) < _SAME_TITLE:
            yield "words-differ", " / ".join(other.titles)


def _is_sure(against: list[tuple[str, str]], larger: float, count: int) -> bool:
    """A short text has to be the whole of the other; a long one with the very words is the other, whatever its day."""
    if not against:
        return count >= _LONG or larger >= _WHOLE
    return count >= _VERY_LONG and larger == 1 and {rule for rule, _ in against} <= {"day-other"}


def _may_be_one_date(one: str | None, other: str | None) -> bool:
    if not one or not other or one == other:
        return True
    try:
        a, b = parse_date(one), parse_date(other)
    except ImportError:  # a rare form, which a browser can't read
        return True
    return a.overlaps(b) and (None in (_day_of_year(a), _day_of_year(b)) or _day_of_year(a) == _day_of_year(b))


def _day_of_year(date: Date) -> tuple[int, int] | None:
    """Month and day of a single day, whose year may not be known."""
    point = date.points[0]
    if date.shape is not Shape.POINT or point is None or not point.month or not point.day:
        return None
    return point.month, point.day
