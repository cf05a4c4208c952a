"""Every day that a report prints, with what speaks for and against its being the event's, best first.

In: the passages of a report, the day of its publication, the weights of site-config/event-dates.yml (`day_weights`).
Out: `Candidate`s. A day inside a citation, an anniversary, a deadline is one, too, so that the reason it lost is told.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.ingest.date_patterns import DatePatterns
from archive.ingest.dated_passages import HEAD, Passage
from archive.ingest.event_day import Day, days_in
from archive.language.sentences import sentence_bounds

REPORTED_WITHIN = 10  # days between event and publication
_CLOCKS_APART = 1  # a stamp of another time zone may lie a day before the event
_LONGEST_LEAD = 60
_LONGEST_OPENING, _LONGEST_DEED, _LONGEST_BEFORE = 130, 600, 120


@dataclass(frozen=True, slots=True)
class Candidate:
    """A day that may be the event's, with its features, names and weights of `day_weights`."""

    day: Day
    passage: Passage
    features: Mapping[str, float]

    @property
    def score(self) -> float:
        return sum(self.features.values())

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands: passage and sentence."""
        return self.passage.order, self.day.sentence[0]


@dataclass(frozen=True, slots=True)
class _Printed:
    """A day in its sentence; `words_from` is where the words that lead to it begin."""

    day: Day
    passage: Passage
    start: int
    end: int
    words_from: int
    has_lead: bool
    sentence_number: int
    hidden_by: str


def find_candidates(
    passages: Sequence[Passage], published: Sequence[datetime.date], patterns: DatePatterns
) -> list[Candidate]:
    """All of them, the likeliest first; of two alike the one that stands first."""
    printed = [day for passage in passages for day in _printed_in(passage, patterns)]
    visible = [(item.day.key, item.passage.order, item.start) for item in printed if not item.hidden_by]
    found = []
    for item in printed:
        features = [item.hidden_by] if item.hidden_by else list(_features(item, published, patterns))
        if not item.hidden_by and any(
            key == item.day.key and (order, start) != (item.passage.order, item.start) for key, order, start in visible
        ):
            features.append("named-again")
        weights = {feature: patterns.day_weights.get(feature, patterns.hidden_weight) for feature in features}
        found.append(Candidate(item.day, item.passage, weights))
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.place))


def _printed_in(passage: Passage, patterns: DatePatterns) -> Iterator[_Printed]:
    for number, (start, end) in enumerate(sentence_bounds(passage.shown, patterns.no_sentence_end)):
        taken = start
        for match, day in days_in(passage.shown, start, end, patterns):
            lead_from = max(taken, match.start() - _LONGEST_LEAD)
            lead = patterns.before.search(passage.shown[lead_from : match.start()])
            taken = match.end()
            words_from = lead_from + lead.start() if lead else match.start()
            words = _words(passage.text, words_from, match.end())
            day = replace(day, words=words, sentence=(start, end))
            yield _Printed(day, passage, match.start(), match.end(), words_from, lead is not None, number, "")
        if passage.hidden:
            yield from _hidden_in(passage, start, end, number, patterns)


def _hidden_in(passage: Passage, start: int, end: int, number: int, patterns: DatePatterns) -> Iterator[_Printed]:
    for match, day in days_in(passage.plain, start, end, patterns):
        rule = next((h.rule for h in passage.hidden if h.start < match.end() and match.start() < h.end), "")
        if rule and passage.shown[match.start() : match.end()] != match.group():
            day = replace(day, words=passage.text[match.start() : match.end()], sentence=(start, end))
            yield _Printed(day, passage, match.start(), match.end(), match.start(), False, number, rule)


def _words(text: str, start: int, end: int) -> str:
    """The words of a date as printed, with a bracket only where both of its halves are in them."""
    closing = 1 if text[start : end + 1].endswith(")") else 0
    words = text[start : end + closing].strip(" ,(")
    return words if "(" in words else words.removesuffix(")")


def _features(item: _Printed, published: Sequence[datetime.date], patterns: DatePatterns) -> Iterator[str]:
    yield from _of_place(item)
    yield from _of_words(item, patterns)
    yield from _of_day(item, patterns)
    yield from _of_publication(item.day, published)


def _of_place(item: _Printed) -> Iterator[str]:
    passage = item.passage
    if passage.kind != "body":
        yield {"title": "in-title", "caption": "in-caption"}.get(passage.kind, "in-line")
    elif passage.order <= 1:
        yield "first-paragraph"
        if item.sentence_number == 0:
            yield "first-sentence"
    else:
        yield "early-paragraph" if passage.order <= HEAD else "later" if passage.order <= 2 * HEAD else "far-down"


def _of_words(item: _Printed, patterns: DatePatterns) -> Iterator[str]:
    """What stands before and behind the day in its sentence."""
    text, (start, end) = item.passage.shown, item.day.sentence
    before = text[start : item.words_from]
    lead = text[item.words_from : item.start]
    yield "led-in" if item.has_lead else "bare"
    if item.has_lead and patterns.part_of_day.match(lead):
        yield "part-of-day"
    if len(before) <= _LONGEST_OPENING and patterns.opening.match(before):
        yield "opens-sentence"
    elif item.has_lead and lead[:1].isupper():
        yield "capital-inside"
    has_event = patterns.event.search(text, start, end) is not None
    if has_event and patterns.held.search(before[-_LONGEST_BEFORE:]):
        yield "meeting-before"
    happens = patterns.happens.search(text, item.end, min(end, item.end + _LONGEST_DEED))
    yield "deed-behind" if has_event and happens else "no-deed"


def _of_day(item: _Printed, patterns: DatePatterns) -> Iterator[str]:
    day = item.day
    if day.length > patterns.longest_event:
        yield "too-long"
    if day.year is not None and day.year < patterns.first_year:
        yield "history"
    edtf = f"{day.year or 0:04d}-{day.month:02d}-{day.day:02d}"
    if any(date.edtf == edtf for date in item.passage.documents):
        yield "date-of-document"


def _of_publication(day: Day, published: Sequence[datetime.date]) -> Iterator[str]:
    for stamp in published:
        years = (day.year,) if day.year else (stamp.year, stamp.year - 1)
        gaps = [(stamp - last).days for year in years if (last := day.last_day_of(year))]
        if any(-_CLOCKS_APART <= gap <= REPORTED_WITHIN for gap in gaps):
            yield "just-before-publication"
            return
        if day.year and gaps and gaps[0] < -_CLOCKS_APART:
            yield "after-publication"
            return
