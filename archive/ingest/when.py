"""Reads when the reported event took place, and the period it looks back on or ahead to.

In: a cleaned text, what came with it, and the patterns of site-config/event-dates.yml. Out: `When`.
Every day of the text is weighed and the best taken; a day whose year nothing gives stays `XXXX`. A doubt stands where
the second best is near, and names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.ingest.date_patterns import DatePatterns
from archive.ingest.dated_passages import HEAD, Passage, read_passages
from archive.ingest.day_candidates import Candidate, find_candidates
from archive.ingest.event_day import Day
from archive.ingest.event_year import Judged, YearFinder, totals
from archive.ingest.review_period import find_period, find_span
from archive.model.dates import Date
from archive.model.draft import Cleaned, Reason, Received, Unsure, When
from archive.model.edtf import parse_date
from archive.model.records import DateBasis

_ADDRESS = re.compile(r"https?://[^\s)>\"]{4,300}")
_ANY_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
# A day is the event's from this score on, surely so from that one; two days are hardly to be told apart within the
# first margin, and the second best is named within the second.
_ENOUGH, _SURE = 4.0, 5.0
_EVEN, _CLOSE = 0.75, 2.0
_STATED_ELSE = 4.0  # evidence for another year than the printed one that makes a slip of the pen likely
_TOLD = 3  # candidates that `--explain` tells of


def find_when(cleaned: Cleaned, received: Received, patterns: DatePatterns) -> When:
    """The date of the event with the words it rests on, as far as the text and its page give it."""
    passages = read_passages(cleaned, patterns)
    period = find_period(passages, patterns)
    stamps = tuple(stamp for stamp in (cleaned.stamp, received.published) if stamp)
    years = YearFinder(patterns, passages, stamps, _addresses(cleaned, received), _printed_days(cleaned, passages))
    candidates = find_candidates(passages, years.published, patterns)
    likely = [candidate for candidate in candidates if candidate.score >= _ENOUGH]
    told = tuple(_told(candidates[:_TOLD]))
    if not likely:
        return _without_day(passages, candidates, years, period, told)
    best = _longest(likely[0], likely)
    rival = next((other for other in likely if not best.day.covers(other.day)), None)
    if rival and best.score - rival.score < _CLOSE:
        return _of_two(best, rival, years, period, told)
    return _dated(best, years, period, told)


def _addresses(cleaned: Cleaned, received: Received) -> list[str]:
    """Addresses of the page, and those in what was dropped and at the end of the text."""
    ends = [change.text or "" for change in cleaned.changes] + [block.text for block in cleaned.blocks[-1:]]
    links = [link for text in ends for link in _ADDRESS.findall(text)]
    return [address for address in (cleaned.url, received.url, *links) if address]


def _printed_days(cleaned: Cleaned, passages: Sequence[Passage]) -> list[str]:
    """Lines of the page with a date and no clock time; the first line of a page may show the day it was opened."""
    dropped = (
        change.text or ""
        for change in cleaned.changes
        if change.kind == "stamp" or (change.kind == "render-date" and change.line and change.line > 1)
    )
    return [*dropped, *(passage.plain for passage in passages if passage.kind == "line" and passage.order <= 1)]


def _longest(best: Candidate, likely: Sequence[Candidate]) -> Candidate:
    """`Ngày 12/5 … trong hai ngày 12 và 13/5`: the days that hold the best one, if the lede gives them."""
    holding = (other for other in likely if other.score >= _SURE or other.passage.order <= 1)
    before = (other for other in holding if other.passage.order <= max(best.passage.order, 1))
    longer = (other for other in before if other.day.length > best.day.length and other.day.covers(best.day))
    longest = next(longer, None)
    return replace(longest, features=best.features) if longest else best


def _dated(best: Candidate, years: YearFinder, period: Date | None, told: tuple[Reason, ...]) -> When:
    date, basis, doubts, reasons = _read(best, years)
    if best.score < _SURE:
        doubts = (*doubts, Unsure("date", date.edtf, "not-in-opening", best.day.words))
    return When(date, basis, period, doubts, (*told, *reasons))


def _of_two(
    best: Candidate, rival: Candidate, years: YearFinder, period: Date | None, told: tuple[Reason, ...]
) -> When:
    """Two days that are nearly as likely: the better one, or their month where there is none to choose."""
    date, basis, doubts, reasons = _read(best, years)
    other = _read(rival, years)[0]
    words = best.day.words
    is_even = best.score - rival.score < _EVEN
    if is_even and date.earliest and other.earliest and date.edtf[:7] == other.edtf[:7]:
        date = parse_date(date.edtf[:7])
        basis = DateBasis(kind="inferred", words=words)
        return When(
            date, basis, period, (Unsure("date", date.edtf, "two-dates", words, other.edtf),), (*told, *reasons)
        )
    doubt = Unsure("date", date.edtf, "two-dates", words, other.edtf)
    return When(date, basis, period, (*doubts, doubt), (*told, *reasons))


_Read = tuple[Date, DateBasis, tuple[Unsure, ...], tuple[Reason, ...]]


def _read(candidate: Candidate, years: YearFinder) -> _Read:
    """A day with its year, the words it rests on, and what is doubtful in it."""
    return _stated(candidate, years) if candidate.day.year else _inferred(candidate, years)


def _stated(candidate: Candidate, years: YearFinder) -> _Read:
    day = candidate.day
    assert day.year
    date = day.date(day.year)
    basis = DateBasis(kind="stated", words=day.words)
    if why := years.contradiction(day, day.year):
        return date, basis, (Unsure("date", date.edtf, why, day.words),), ()
    sums = totals(years.evidence(day, candidate.passage))
    others = {year: much for year, much in sums.items() if year != day.year}
    year = max(others, key=lambda year: others[year], default=day.year)
    if others.get(year, 0.0) < max(_STATED_ELSE, sums.get(day.year, 0.0) + _EVEN):
        return date, basis, (), ()
    return date, basis, (Unsure("date", date.edtf, "years-disagree", day.words, day.date(year).edtf),), ()


def _inferred(candidate: Candidate, years: YearFinder) -> _Read:
    day = candidate.day
    judged = years.judge(day, candidate.passage)
    date = day.date(judged.year)
    note = years.patterns.notes[judged.note if judged.year else "unknown-year"].format(words=judged.words)
    basis = DateBasis(kind="inferred", words=day.words, note=note)
    doubts: tuple[Unsure, ...] = ()
    if judged.why:
        other = day.date(judged.other).edtf if judged.other else ""
        doubts = (Unsure("date", date.edtf, judged.why, judged.words or day.words, other),)
    return date, basis, doubts, tuple(_weighed(day, judged))


def _without_day(
    passages: Sequence[Passage],
    candidates: Sequence[Candidate],
    years: YearFinder,
    period: Date | None,
    told: tuple[Reason, ...],
) -> When:
    """No day is printed: the day of publication, what the reviewed period leaves open, or nothing."""
    for found in (_today(passages, years), _span(passages, years), _month_of_publication(passages, years)):
        if found:
            date, basis, why = found
            reason = Reason("date", date.edtf, why, basis.words)
            doubts = () if _is_wide_enough(why, basis, passages) else (Unsure("date", date.edtf, why, basis.words),)
            return When(date, basis, period, doubts, (*told, reason))
    seen = next((candidate for candidate in candidates if "led-in" in candidate.features), None)
    if seen is None:
        recent = _recently(passages, years.patterns)
        return When(None, None, period, (Unsure("date", "", "no-date", recent),) if recent else (), told)
    other = seen.day.date(seen.day.year).edtf
    return When(None, None, period, (Unsure("date", "", "no-date", seen.day.words, other),), told)


def _recently(passages: Sequence[Passage], patterns: DatePatterns) -> str:
    """The words of an opening that reports something of late and names a year, on a page that has no date."""
    opening = (passage for passage in passages if passage.order == 1 and _ANY_YEAR.search(passage.plain))
    return next((match.group() for passage in opening if (match := patterns.recent.search(passage.shown))), "")


def _is_wide_enough(why: str, basis: DateBasis, passages: Sequence[Passage]) -> bool:
    """True if a month or span claims no more than the words give: those of the opening are of the event."""
    if why == "no-day":
        return any(basis.words in passage.text for passage in passages if passage.order <= 1)
    return why == "month-of-publication"


_Inferred = tuple[Date, DateBasis, str]


def _today(passages: Sequence[Passage], years: YearFinder) -> _Inferred | None:
    """`Sáng nay` on a page that carries the day of its publication."""
    return _by_publication(passages, years, years.patterns.today, "today", "day-of-publication")


def _month_of_publication(passages: Sequence[Passage], years: YearFinder) -> _Inferred | None:
    """`Vừa qua` on such a page: about that month."""
    return _by_publication(passages, years, years.patterns.recent, "recent", "month-of-publication")


def _by_publication(
    passages: Sequence[Passage], years: YearFinder, words_of: re.Pattern[str], note: str, why: str
) -> _Inferred | None:
    for passage in passages[: HEAD + 1] if years.published else ():
        match = words_of.search(passage.shown)
        if match and passage.kind != "caption":
            words = passage.text[match.start() : match.end()]
            day = years.published[0].isoformat()
            date = parse_date(day if note == "today" else f"{day[:7]}~")
            return (
                date,
                DateBasis(kind="inferred", words=words, note=years.patterns.notes[note].format(words=words)),
                why,
            )
    return None


def _span(passages: Sequence[Passage], years: YearFinder) -> _Inferred | None:
    span = find_span(passages, years.patterns)
    if span is None:
        return None
    basis = DateBasis(kind="inferred", words=span[1], note=years.patterns.notes["vague"])
    return _until_published(span[0], years), basis, "no-day"


def _until_published(span: Date, years: YearFinder) -> Date:
    """The span up to the month of publication, if that lies in it: nothing is reported before it took place."""
    published = next(iter(years.published), None)
    if published is None or not (span.earliest and span.latest) or not span.earliest <= published < span.latest:
        return span
    first, last = span.earliest.isoformat()[:7], published.isoformat()[:7]
    return parse_date(f"{last}~" if first == last else f"{first}/{last}~")


def _told(candidates: Sequence[Candidate]) -> Iterator[Reason]:
    """What spoke for and against the likeliest days."""
    for candidate in candidates:
        value = candidate.day.date(candidate.day.year).edtf
        for feature, weight in candidate.features.items():
            yield Reason("date", value, f"day-{feature}", candidate.day.words, weight)


def _weighed(day: Day, judged: Judged) -> Iterator[Reason]:
    """What spoke for and against each year."""
    for item in sorted(judged.evidence, key=lambda item: (-item.weight, item.year)):
        yield Reason("date", day.date(item.year).edtf, f"year-{item.rule}", item.words, item.weight)
