"""Which year a day without a year belongs to, by the order of trust of site-config/event-dates.yml.

In: the day, the passages of the text, stamps and addresses of its page. Out: the year and the
words it rests on, or None where nothing gives it or two things disagree.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.ingest.date_patterns import DatePatterns, Pattern
from archive.ingest.event_day import Day
from archive.model.dates import Date
from archive.model.edtf import parse_date

_HEAD = 3
_REPORTED_WITHIN = 10  # days between event and publication
_PRINTED_WITHIN = 2  # the same for a date without a clock time, which may be the day the page was opened
_BEFORE_ANNIVERSARY, _AFTER_ANNIVERSARY = 60, 30
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PRINTED_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?!\d)")
_ADDRESS_DAY = re.compile(r"(?<!\d)(20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:\d{6,})?(?!\d)")
_ADDRESS_MONTH = re.compile(r"/(20\d\d)[/-]?(0[1-9]|1[0-2])(?=/)")


@dataclass(frozen=True, slots=True)
class Passage:
    """Title, paragraph (`body`), line of the page or caption. `plain` is one form of the text; `uncited` has the
    documents blanked out, `shown` also the days that never are the event's. `order`: title 0, paragraphs from 1
    (lines of the page count as the paragraph before), captions from 1000."""

    order: int
    kind: str
    text: str
    plain: str
    uncited: str
    shown: str
    documents: tuple[Date, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    year: int
    note: str
    words: str


class YearFinder:
    """The evidence of one text and its page."""

    def __init__(
        self,
        patterns: DatePatterns,
        passages: Sequence[Passage],
        stamps: Sequence[str],
        addresses: Sequence[str],
        printed: Sequence[str] = (),
    ) -> None:
        self.patterns = patterns
        self.passages = passages
        self.stamps = stamps
        self.addresses = addresses
        self.printed = printed

    def find(self, day: Day, passage: Passage) -> tuple[int | None, str, str]:
        """The year, the kind of note that explains it, and its words; without a year, why there is none."""
        outside = [*self._published(day), *self._in_address(day)]
        tiers: tuple[Callable[[], Iterable[_Evidence]], ...] = (
            lambda: self._in_sentence(day, passage),
            lambda: self._anywhere(day),
            lambda: self._in_head(day),
            lambda: outside,
            lambda: self._in_page(day),
            lambda: self._only_year(day, passage),
        )
        first = next((found for tier in tiers if (found := list(tier()))), [])
        years = {evidence.year for evidence in first}
        if not years:
            return None, "", ""
        words = first[0].words
        if len(years) > 1 or (outside and {evidence.year for evidence in outside} != years):
            return None, "years-disagree", words
        year = first[0].year
        if self.contradiction(day, year):
            return None, "document-is-later", words
        return year, first[0].note, words

    def contradiction(self, day: Day, year: int) -> str | None:
        """A document cited in the text can't be later than the event, nor the event later than its report."""
        latest = day.date(year).latest
        if latest and any(d.earliest and d.earliest > latest for p in self.passages for d in p.documents):
            return "document-is-later"
        earliest = day.date(year).earliest
        published = [date for stamp in self.stamps if (date := _as_day(stamp))]
        if earliest and any(date < earliest for date in published):
            return "published-before"
        return None

    def _in_sentence(self, day: Day, passage: Passage) -> Iterator[_Evidence]:
        start, end = day.sentence
        titles = [(p, 0, len(p.shown)) for p in self.passages if p.kind == "title" and p is not passage]
        for where, a, b in [(passage, start, end), *titles]:
            for pattern in self.patterns.years:
                if pattern.facts["where"] != "text" and "fallback" not in pattern.facts:
                    yield from self._matching(pattern, day, where, a, b)

    def _anywhere(self, day: Day) -> Iterator[_Evidence]:
        for pattern in self.patterns.years:
            if pattern.facts["where"] == "text":
                for passage in self.passages:
                    yield from self._matching(pattern, day, passage, 0, len(passage.uncited))

    def _in_head(self, day: Day) -> Iterator[_Evidence]:
        for pattern in self.patterns.years:
            if pattern.facts["where"] == "head":
                for passage in self.passages:
                    if passage.order <= _HEAD:
                        yield from self._matching(pattern, day, passage, 0, len(passage.uncited))

    def _only_year(self, day: Day, passage: Passage) -> Iterator[_Evidence]:
        """The one year that the sentence names and that the title names, unless they look back on it."""
        titles = [(p, 0, len(p.shown)) for p in self.passages if p.kind == "title" and p is not passage]
        for where, start, end in [(passage, *day.sentence), *titles]:
            if self.patterns.looking_back.search(where.uncited, start, end):
                continue
            for pattern in self.patterns.years:
                if "fallback" in pattern.facts:
                    found = list(self._matching(pattern, day, where, start, end))
                    if len({evidence.year for evidence in found}) == 1:
                        yield found[0]

    def _matching(self, pattern: Pattern, day: Day, passage: Passage, start: int, end: int) -> Iterator[_Evidence]:
        text = passage.shown if pattern.facts.get("special") == "same-day" else passage.uncited
        for match in pattern.regex.finditer(text, start, end):
            year = _year_of(pattern, match, day)
            if year is not None and year not in self.patterns.goals and _real(year, day.month, day.day):
                yield _Evidence(year, "year", passage.text[match.start() : match.end()])

    def _published(self, day: Day) -> Iterator[_Evidence]:
        for stamp in self.stamps:
            if (date := _as_day(stamp)) and (year := _just_before(day, date)):
                yield _Evidence(year, "stamp", stamp)

    def _in_address(self, day: Day) -> Iterator[_Evidence]:
        for address in self.addresses:
            for match in _ADDRESS_DAY.finditer(address):
                date = _as_day("-".join(match.groups()))
                if date and (year := _just_before(day, date)):
                    yield _Evidence(year, "address", match.group())
            for match in _ADDRESS_MONTH.finditer(address):
                year, month = int(match[1]), int(match[2])
                if month == day.last_month:
                    yield _Evidence(year, "address", match.group())
                elif month == day.last_month % 12 + 1 and day.last_day >= 20:
                    yield _Evidence(year - (month == 1), "address", match.group())

    def _in_page(self, day: Day) -> Iterator[_Evidence]:
        """A date without a clock time tells the year only if it is that of the event or of the next days."""
        for line in self.printed:
            for match in _PRINTED_DAY.finditer(line):
                date = _real(int(match[3]), int(match[2]), int(match[1]))
                if date and (year := _just_before(day, date, _PRINTED_WITHIN)):
                    yield _Evidence(year, "stamp", match.group())


def _year_of(pattern: Pattern, match: re.Match[str], day: Day) -> int | None:
    special = pattern.facts.get("special")
    if special == "jubilee":
        since = datetime.date.fromisoformat(pattern.facts["feasts"][match.lastgroup])
        return _near(day, since.year + int(match["years"]), since.month, since.day)
    if special == "sexagenary":
        year = _sexagenary(pattern, match)
        offset = pattern.offset(day.month)
        return year + offset if year and offset is not None else None
    year = int(match["year"])
    if special == "as-many-years" and year - int(match["first"]) != int(match["years"]):
        return None
    if special == "same-day":
        return year if (int(match["month"]), int(match["day"])) in ((day.month, day.day), day.key[2:]) else None
    if special == "near":
        return _near(day, year, int(match["month"]), int(match["day"]))
    if special == "quarter":
        return _within(day, year, range(_QUARTERS[match["quarter"]] * 3 - 3, _QUARTERS[match["quarter"]] * 3 + 2))
    if special == "month":
        return _within(day, year, range(int(match["month"]) - 1, int(match["month"]) + 2))
    offset = pattern.offset(day.month)
    return None if offset is None else year + offset


def _within(day: Day, year: int, months: range) -> int | None:
    """The year in which the day falls into months that may count below 1 or above 12."""
    return next((year + shift for shift in (0, -1, 1) if day.month + 12 * shift in months), None)


def _near(day: Day, year: int, month: int, of_month: int) -> int | None:
    """The year in which the day lies close to an anniversary."""
    try:
        anniversary = datetime.date(year, month, of_month)
    except ValueError:
        return None
    for candidate in (year, year - 1, year + 1):
        date = _real(candidate, day.month, day.day)
        if date and -_AFTER_ANNIVERSARY <= (anniversary - date).days <= _BEFORE_ANNIVERSARY:
            return candidate
    return None


def _sexagenary(pattern: Pattern, match: re.Match[str]) -> int | None:
    """The year of a stem and a branch, `Giáp Thìn`, in the sixty years from `since`; not all pairs are years."""
    stem, branch = pattern.facts["stems"].split().index(match["stem"]), match["branch"]
    since, branches = int(pattern.facts["since"]), pattern.facts["branches"].split()
    years = range(since, since + 60)
    return next((y for y in years if y % 10 == stem and branches[y % 12] in (branch, branch.replace("ị", "ỵ"))), None)


def _just_before(day: Day, published: datetime.date, within: int = _REPORTED_WITHIN) -> int | None:
    """The year in which the event ended on the day of publication or shortly before."""
    for year in (published.year, published.year - 1):
        date = _real(year, day.last_month, day.last_day)
        if date and 0 <= (published - date).days <= within:
            return year - (day.last_month < day.month)
    return None


def _real(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _as_day(edtf: str) -> datetime.date | None:
    try:
        date = parse_date(edtf)
    except ValueError:
        return None
    return date.earliest if date.is_day else None
