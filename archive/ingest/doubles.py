"""Tells whether a text is in the archive already: how much of its wording is there, and whether the facts agree.

In: a text, and the sketches and facts of the articles that are there. Out: a `Double`, sure or not. Ledes are formulas:
two short reports share most of their words and are of two events, so likeness alone refuses nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archive.ingest.jurisdiction import JurisdictionReader, Relation
from archive.ingest.same_event import EventReport, most_alike, relation_of_homes
from archive.known import Sketch
from archive.language.shingles import FEWEST, NEAR, share
from archive.model.dates import Date, End, Shape
from archive.model.draft import Reason
from archive.model.edtf import parse_date

_LONG = 24  # common runs of words, of eight times as many: a text of some 200 words, of which formulas are a part
_MOST_AGAINST = 1  # facts that speak against a short text's being another: with more there is nothing to ask
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
        self._tiny: dict[tuple[int, ...], list[str]] = defaultdict(list)  # texts too short for likeness to be told

    def remember(self, id: str, sketch: Sketch) -> None:
        self._sketches[id] = sketch
        for hash in sketch.hashes:
            self._holders[hash].append(id)
        if len(sketch.hashes) < FEWEST:
            self._tiny[sketch.hashes].append(id)

    def find(self, sketch: Sketch, own: EventReport) -> Double | None:
        """The article that shares most of a text's runs of words, if it shares enough."""
        if len(sketch.hashes) < FEWEST:
            return self._same_facts(self._tiny.get(sketch.hashes, ()), own)
        common = Counter(id for hash in sketch.hashes for id in self._holders.get(hash, ()))
        near = []
        for id, count in common.items():
            held, covered = self._sketches[id], self._sketches[id].covers(sketch.hashes)
            near.append((share(count, covered, len(held.hashes)), count / max(covered, len(held.hashes)), count, id))
        smaller, larger, count, id = max(near, default=(0.0, 0.0, 0, ""))
        if smaller < NEAR:
            return None
        against = list(self._against(own, self._report(id), is_short=count < _LONG))
        if count < _LONG and len(against) > _MOST_AGAINST:
            return None
        likeness = Reason("event", id, "text-alike", f"{smaller:.0%}", round(smaller, 2))
        reasons = (Reason("event", id, rule, words, -1) for rule, words in against)
        return Double(id, _is_sure(against, larger, count), (likeness, *reasons))

    def _same_facts(self, ids: Iterable[str], own: EventReport) -> Double | None:
        """Of texts of a sentence or two: one of the same facts; sure if day, unit, people and title are known."""
        same = (id for id in ids if own.date and not list(self._against(own, self._report(id), is_short=True)))
        is_sure = bool(own.home and own.people and own.titles)
        return next((Double(id, is_sure, (Reason("event", id, "text-alike"),)) for id in same), None)

    def _against(self, own: EventReport, other: EventReport, *, is_short: bool) -> Iterator[tuple[str, str]]:
        """The facts that make two texts reports of two events; of a short text none may be wanting in the other."""
        relation = relation_of_homes(self._units, own.home, other.home)
        found = {
            "day-other": (not _may_be_one_date(own.date, other.date), own.date != other.date),
            "nobody-shared": (own.shares_nobody_with(other), False),
            "unit-other": (relation is Relation.OTHER, own.home != other.home),
            "place-other": (own.is_elsewhere(other), False),
            "words-differ": (False, most_alike(own.titles, other.titles) < _SAME_TITLE),
        }
        words = {"day-other": other.date or "", "unit-other": other.organiser, "place-other": other.place}
        for rule, (contradicts, is_wanting) in found.items():
            if contradicts or (is_short and is_wanting):
                yield rule, words.get(rule, " / ".join(other.titles))


def _is_sure(against: list[tuple[str, str]], larger: float, count: int) -> bool:
    """A short text has to be the whole of the other; a long one with the very words is the other, whatever its day."""
    if not against:
        return count >= _LONG or larger >= _WHOLE
    return count >= _LONG and larger == 1 and {rule for rule, _ in against} <= {"day-other"}


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
    if date.shape is not Shape.POINT or isinstance(point, End) or not point.month or not point.day:
        return None
    return point.month, point.day
