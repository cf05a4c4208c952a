"""Which year a day without a year belongs to: every year that anything speaks for, weighed together.

In: the day, the passages of the text, stamps and addresses of its page, and the weights of site-config/event-dates.yml
(`years`, `year_weights`). Out: `Judged`, with a year or, where nothing gives it or two things disagree, without.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.ingest.date_patterns import QUARTERS, DatePatterns, Pattern
from archive.ingest.dated_passages import HEAD, Passage
from archive.ingest.day_candidates import REPORTED_WITHIN
from archive.ingest.event_day import Day, real_day
from archive.ingest.rules.event_dates import YearRule
from archive.model.edtf import parse_date

_PRINTED_WITHIN = 2  # days between event and a date without a clock time, which may be the day the page was opened
_LATE_WITHIN = 45
_CLOCKS_APART = 1
_BEFORE_ANNIVERSARY, _AFTER_ANNIVERSARY = 60, 30
_NEAR_BEFORE, _NEAR_AFTER = 45, 45  # days from the event to another full date of the text
_MOST_NEAR = 2
_MONTH = 30
_PRINTED_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?!\d)")
_ISO_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_ADDRESS_DAY = re.compile(r"(?<!\d)(20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:\d{6,})?(?!\d)")
_ADDRESS_MONTH = re.compile(r"/(20\d\d)[/-]?(0[1-9]|1[0-2])(?=/)")
_INDEX_MONTH = re.compile(r"(?<![\d-])(20\d\d)-(0[1-9]|1[0-2])(?![\d-])")
_ENOUGH, _WIDE = 2.5, 2.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that speaks for a year or, with a weight below 0, against it."""

    year: int
    rule: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Judged:
    """The year, and how sure it is.

    `note` is the kind of note that explains the year, `why` the code of a doubt, empty where the margin is wide;
    `other` is the year that came second, `evidence` all that was weighed.
    """

    year: int | None = None
    note: str = ""
    words: str = ""
    why: str = ""
    other: int | None = None
    evidence: tuple[Evidence, ...] = ()


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
        self.published = days_of(stamps)
        self.addresses = addresses
        self.printed = printed
        self.documents = [date for passage in passages for date in passage.documents]
        named = (int(m["year"]) for p in passages for m in patterns.named_year.finditer(p.uncited))
        self.latest_named = max((year for year in named if year not in patterns.goals), default=0)

    def judge(self, day: Day, passage: Passage) -> Judged:
        """The year of a day that is printed without one."""
        evidence = self.evidence(day, passage)
        sums = totals(evidence)
        if not sums:
            return Judged(why="no-year" if self.latest_named else "")
        ranked = sorted(sums, key=lambda year: (-sums[year], year))
        best, second = ranked[0], ranked[1] if len(ranked) > 1 else None
        margin = sums[best] - max(sums[second] if second else 0.0, 0.0)
        strongest = max((e for e in evidence if e.year == best), key=lambda e: e.weight)
        given = tuple(evidence)
        if contradiction := self.contradiction(day, best):
            return Judged(None, "", strongest.words, contradiction, best, given)
        if sums[best] < _ENOUGH:
            return Judged(None, "", strongest.words, "no-year", best, given)
        if margin < _WIDE:
            return Judged(None, "", strongest.words, "years-disagree", best, given)
        return Judged(best, _note(strongest), strongest.words, "", None, given)

    def evidence(self, day: Day, passage: Passage) -> list[Evidence]:
        """All that speaks for or against a year, each kind once a year."""
        spoken: dict[tuple[int, str], Evidence] = {}
        for item in (*self._said(day, passage), *self._outside(day), *self._near(day)):
            known = spoken.get((item.year, item.rule))
            if known is None or item.weight > known.weight:
                spoken[item.year, item.rule] = item
        years = {item.year for item in spoken.values()}
        return [*spoken.values(), *(item for year in sorted(years) for item in self._against(day, year, passage))]

    def contradiction(self, day: Day, year: int) -> str:
        """A document cited in the text can't be later than the event, nor the event later than its report."""
        latest, earliest = day.last_day_of(year), day.first_day_of(year)
        if latest and any(d.earliest and d.earliest > latest for d in self.documents):
            return "document-is-later"
        if earliest and any((earliest - stamp).days > _CLOCKS_APART for stamp in self.published):
            return "published-before"
        return ""

    def _said(self, day: Day, passage: Passage) -> list[Evidence]:
        """What the words of the text say; the one year that a sentence names counts only where they say nothing."""
        said = [item for pattern in self.patterns.years for item in self._by_pattern(pattern, day, passage)]
        if said:
            return said
        fallbacks = (pattern for pattern in self.patterns.years if pattern.rule.fallback)
        return [item for pattern in fallbacks for item in self._only_year(pattern, day, passage)]

    def _by_pattern(self, pattern: Pattern[YearRule], day: Day, passage: Passage) -> Iterator[Evidence]:
        if pattern.rule.fallback:
            return
        if pattern.rule.where == "sentence":
            for place, start, end in self._sentence_and_title(day, passage):
                yield from self._matching(pattern, day, place, start, end)
            return
        for place in self.passages:
            far = pattern.rule.where == "head" and place.order > HEAD
            for item in self._matching(pattern, day, place, 0, len(place.uncited)):
                yield replace(item, weight=item.weight / 2) if far else item

    def _sentence_and_title(self, day: Day, passage: Passage) -> Iterator[tuple[Passage, int, int]]:
        yield passage, *day.sentence
        yield from ((p, 0, len(p.shown)) for p in self.passages if p.kind == "title" and p is not passage)

    def _only_year(self, pattern: Pattern[YearRule], day: Day, passage: Passage) -> Iterator[Evidence]:
        """The one year that the sentence names and that the title names, unless they look back on it."""
        for place, start, end in self._sentence_and_title(day, passage):
            if not self.patterns.looking_back.search(place.uncited, start, end):
                found = list(self._matching(pattern, day, place, start, end))
                if len({item.year for item in found}) == 1:
                    in_title = self.patterns.year_weights["year-in-title"] if place.kind == "title" else 0.0
                    yield replace(found[0], weight=found[0].weight + in_title)

    def _matching(
        self, pattern: Pattern[YearRule], day: Day, passage: Passage, start: int, end: int
    ) -> Iterator[Evidence]:
        text = passage.shown if pattern.rule.special == "same-day" else passage.uncited
        for match in pattern.regex.finditer(text, start, end):
            year = _year_of(pattern, match, day)
            if year is not None and year not in self.patterns.goals and day.first_day_of(year):
                words = passage.text[match.start() : match.end()]
                yield Evidence(year, pattern.id, words, pattern.rule.weight)

    def _outside(self, day: Day) -> Iterator[Evidence]:
        weights = self.patterns.year_weights
        for date in self.published:
            if year := just_before(day, date):
                yield Evidence(year, "stamp", date.isoformat(), weights["stamp"])
            elif year := just_before(day, date, _LATE_WITHIN):
                yield Evidence(year, "late-stamp", date.isoformat(), weights["late-stamp"])
        for rule, year, words in (*self._in_address(day), *self._in_page(day)):
            yield Evidence(year, rule, words, weights[rule])

    def _in_address(self, day: Day) -> Iterator[tuple[str, int, str]]:
        for address in self.addresses:
            for match in _ADDRESS_DAY.finditer(address):
                date = real_day(*map(int, match.groups()))
                if date and (year := just_before(day, date)):
                    yield "address", year, match.group()
            for match in _ADDRESS_MONTH.finditer(address):
                if year := _month_of_address(day, int(match[1]), int(match[2])):
                    yield "address", year, match.group()

    def _in_page(self, day: Day) -> Iterator[tuple[str, int, str]]:
        """A date without a clock time tells the year only if it is that of the event or of the next days.

        A month that an index keeps with the page tells it if the event lies in it or ended the one before.
        """
        for line in self.printed:
            for date, words in _days_printed(line):
                if year := just_before(day, date, _PRINTED_WITHIN):
                    yield "printed", year, words
                elif year := just_before(day, date):
                    yield "printed-later", year, words
            for match in _INDEX_MONTH.finditer(line):
                if year := _month_of_address(day, int(match[1]), int(match[2])):
                    yield "index-month", year, match.group()

    def _near(self, day: Day) -> Iterator[Evidence]:
        """Other full dates of the text that lie about the event, in the year that brings it next to them."""
        found: dict[datetime.date, tuple[int, str]] = {}
        for passage in self.passages:
            for date, words in _days_printed(passage.plain):
                year = _around(day, date)
                if year is not None and year not in self.patterns.goals and date.year >= self.patterns.first_year:
                    found.setdefault(date, (year, words))
        weights = self.patterns.year_weights
        counts: dict[int, int] = defaultdict(int)
        for date in sorted(found, reverse=True):
            year, words = found[date]
            counts[year] += 1
            if counts[year] <= _MOST_NEAR:
                rule = "near-date" if counts[year] == 1 else "second-near-date"
                yield Evidence(year, rule, words, weights[rule])

    def _against(self, day: Day, year: int, passage: Passage) -> Iterator[Evidence]:
        rules = {
            self.contradiction(day, year): "",
            "era": self._missing(day, year),
            # A report may look ahead to the next year, not further.
            "later-year-named": str(self.latest_named) if self.latest_named > year + 1 else "",
            "other-weekday": day.words if self._is_other_weekday(day, year) else "",
        }
        for rule, words in rules.items():
            if words or rule in ("document-is-later", "published-before"):
                yield Evidence(year, rule, words, self.patterns.year_weights[rule])

    def _missing(self, day: Day, year: int) -> str:
        """What the text speaks of though it wasn't there yet, or no longer, in that year."""
        first, last = day.first_day_of(year), day.last_day_of(year)
        eras = (era for era in self.patterns.eras if first and last and not era.rule.holds(first, last))
        found = (era.regex.search(place.plain) for era in eras for place in self.passages)
        return next((match.group() for match in found if match), "")

    def _is_other_weekday(self, day: Day, year: int) -> bool:
        weekday, first = self.patterns.weekday_in(day.words), day.first_day_of(year)
        return weekday is not None and first is not None and first.weekday() != weekday


def totals(evidence: Iterable[Evidence]) -> dict[int, float]:
    """What the evidence for each year adds up to."""
    sums: dict[int, float] = defaultdict(float)
    for item in evidence:
        sums[item.year] += item.weight
    return sums


def days_of(stamps: Iterable[str]) -> list[datetime.date]:
    """Those stamps (EDTF) that are one certain day, as days."""
    return [day for stamp in stamps if (day := _as_day(stamp))]


def just_before(day: Day, published: datetime.date, within: int = REPORTED_WITHIN) -> int | None:
    """The year in which the event ended on the day of publication or shortly before."""
    for year in (published.year, published.year - 1):
        last = day.last_day_of(year)
        if last and -_CLOCKS_APART <= (published - last).days <= within:
            return year
    return None


def _note(strongest: Evidence) -> str:
    if strongest.rule in ("stamp", "late-stamp", "printed", "printed-later"):
        return "stamp"
    return "address" if strongest.rule == "address" else "year"


def _as_day(edtf: str) -> datetime.date | None:
    try:
        date = parse_date(edtf)
    except ValueError:
        return None
    return date.earliest if date.is_day else None


def _days_printed(text: str) -> Iterator[tuple[datetime.date, str]]:
    for match in _PRINTED_DAY.finditer(text):
        if date := real_day(int(match[3]), int(match[2]), int(match[1])):
            yield date, match.group()
    for match in _ISO_DAY.finditer(text):
        if date := real_day(int(match[1]), int(match[2]), int(match[3])):
            yield date, match.group()


def _month_of_address(day: Day, year: int, month: int) -> int | None:
    if month == day.last_month:
        return year
    return year - (month == 1) if month == day.last_month % 12 + 1 and day.last_day >= 20 else None


def _around(day: Day, date: datetime.date) -> int | None:
    for year in (date.year, date.year - 1, date.year + 1):
        first = day.first_day_of(year)
        if first and first != date and -_NEAR_BEFORE <= (date - first).days <= _NEAR_AFTER:
            return year
    return None


def _year_of(pattern: Pattern[YearRule], match: re.Match[str], day: Day) -> int | None:
    """The year that the words of a pattern give to a day; what they mean is the pattern's `special`."""
    read = _SPECIAL.get(pattern.rule.special)
    if read:
        return read(pattern, match, day)
    offset = pattern.rule.offset(day.month)
    return None if offset is None else int(match["year"]) + offset


def _jubilee(pattern: Pattern[YearRule], match: re.Match[str], day: Day) -> int | None:
    since = pattern.rule.feasts[match.lastgroup or ""]
    return _near_anniversary(day, since.year + int(match["years"]), since.month, since.day)


def _sexagenary(pattern: Pattern[YearRule], match: re.Match[str], day: Day) -> int | None:
    """The year of a stem and a branch, `Giáp Thìn`, in the sixty years from `since`; not all pairs are years."""
    stem, branch = pattern.rule.stems.split().index(match["stem"]), match["branch"]
    since, branches = int(pattern.rule.since), pattern.rule.branches.split()
    years = range(since, since + 60)
    named = (branch, branch.replace("ị", "ỵ"))
    year = next((y for y in years if y % 10 == stem and branches[y % 12] in named), None)
    offset = pattern.rule.offset(day.month)
    return year + offset if year and offset is not None else None


def _as_many_years(pattern: Pattern[YearRule], match: re.Match[str], day: Day) -> int | None:
    return _span_of_years(pattern, match, day, int(match["years"]))


def _whole_years(pattern: Pattern[YearRule], match: re.Match[str], day: Day) -> int | None:
    """`5 năm, 2011 - 2015`: both ends counted."""
    return _span_of_years(pattern, match, day, int(match["years"]) - 1)


def _span_of_years(pattern: Pattern[YearRule], match: re.Match[str], day: Day, years: int) -> int | None:
    if int(match["year"]) - int(match["first"]) != years:
        return None
    offset = pattern.rule.offset(day.month)
    return None if offset is None else int(match["year"]) + offset


def _same_day(pattern: Pattern[YearRule], match: re.Match[str], day: Day) -> int | None:
    is_same = (int(match["month"]), int(match["day"])) in (day.key[:2], day.key[2:])
    return int(match["year"]) if is_same else None


def _anniversary(pattern: Pattern[YearRule], match: re.Match[str], day: Day) -> int | None:
    return _near_anniversary(day, int(match["year"]), int(match["month"]), int(match["day"]))


def _quarter(pattern: Pattern[YearRule], match: re.Match[str], day: Day) -> int | None:
    """A quarter is looked back on or ahead to from a month before it to a month after it."""
    quarter = QUARTERS[match["quarter"].lower()]
    return _within(day, int(match["year"]), range(quarter * 3 - 3, quarter * 3 + 2))


def _month(pattern: Pattern[YearRule], match: re.Match[str], day: Day) -> int | None:
    return _within(day, int(match["year"]), range(int(match["month"]) - 1, int(match["month"]) + 2))


def _months_since(pattern: Pattern[YearRule], match: re.Match[str], day: Day) -> int | None:
    """`sau 5 tháng vận hành …`: so many months after a day that everybody knows, give or take one."""
    then = datetime.date.fromisoformat(pattern.rule.since) + datetime.timedelta(days=_MONTH * int(match["months"]))
    for year in (then.year, then.year - 1, then.year + 1):
        first = day.first_day_of(year)
        if first and abs((first - then).days) <= _LATE_WITHIN:
            return year
    return None


_SPECIAL = {
    "jubilee": _jubilee,
    "sexagenary": _sexagenary,
    "as-many-years": _as_many_years,
    "whole-years": _whole_years,
    "same-day": _same_day,
    "near": _anniversary,
    "quarter": _quarter,
    "month": _month,
    "months-since": _months_since,
}


def _within(day: Day, year: int, months: range) -> int | None:
    """The year in which the day falls into months that may count below 1 or above 12."""
    return next((year + shift for shift in (0, -1, 1) if day.month + 12 * shift in months), None)


def _near_anniversary(day: Day, year: int, month: int, of_month: int) -> int | None:
    """The year in which the day lies close to an anniversary."""
    anniversary = real_day(year, month, of_month)
    if anniversary is None:
        return None
    for candidate in (year, year - 1, year + 1):
        date = day.first_day_of(candidate)
        if date and -_AFTER_ANNIVERSARY <= (anniversary - date).days <= _BEFORE_ANNIVERSARY:
            return candidate
    return None
