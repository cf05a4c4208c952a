"""Whether a date agrees with the words it rests on: they print no other day, month or year.

In: a date, how it is known, and the dates that the words print. Out: problems.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from archive.model.dates import Date, Point
from archive.model.printed_date import PrintedDate
from archive.model.records import DateBasis, Record
from archive.problems import Report, either

ReadDates = Callable[[str], Sequence[PrintedDate]]
_LEAP_YEAR = 2000


def check_date_basis(record: Record, date: Date, basis: DateBasis, read: ReadDates, report: Report) -> None:
    """`date` and `date_basis` of an article or event."""
    printed = read(basis.words)
    path, place = record.origin.path, record.origin.at("date")
    known = {"date": date, "words": basis.words, "field": "date"}
    is_other = contradicts(date, printed) or _is_of_another_time(date, printed)
    if is_other or not (basis.note or agrees(date, printed)):
        meant = either(dict.fromkeys(one.edtf for one in printed))
        report.add("date-contradicts-words", path, place, suggestion=meant, **known)
    elif basis.kind == "stated" and not gives(date, printed) and date.years:
        report.add("stated-not-in-words", path, record.origin.at("date_basis.words"), **known)
    elif basis.kind == "inferred" and not basis.note and not gives(date, printed):
        report.add("inferred-without-note", path, record.origin.at("date_basis"), **known)


def contradicts(date: Date, printed: Sequence[PrintedDate]) -> bool:
    """Whether words print days, or at least months, and all of them are others; a year alone leaves more open.

    A year, quarter or half may be what a meeting looks back on: `tổng kết năm 2023`, held in January 2024.
    """
    days = [one for one in printed if one.day and one.month] or [one for one in printed if one.month]
    return bool(days) and not any(_may_be(date, one) for one in days)


def _is_of_another_time(date: Date, printed: Sequence[PrintedDate]) -> bool:
    """Whether the words print years, and the date lies more than a year away from all of them."""
    years = [one.year for one in printed if one.year]
    return bool(years) and bool(date.years) and all(abs(year - own) > 1 for year in years for own in date.years)


def agrees(date: Date, printed: Sequence[PrintedDate]) -> bool:
    """Whether one of the dates that words print may be this one; True if they print none."""
    return not printed or any(_may_be(date, one) for one in printed)


def gives(date: Date, printed: Sequence[PrintedDate]) -> bool:
    """Whether the words print everything that the date claims."""
    years = {one.year for one in printed if one.year}
    points = [point for point in date.points if isinstance(point, Point)]
    return all(any(_gives(one, point, years) for one in printed) for point in points)


def _gives(one: PrintedDate, point: Point, years: set[int]) -> bool:
    """Whether a printed date says what a point claims; `years` are all that the words print."""
    year = int(point.year) if point.year and point.year.isdigit() else None
    if year and one.year and one.day and point.month and point.day:  # its days may go over the turn of a year
        first, last = _span(one, one.year)
        return first <= _day(year, point.month, point.day) <= last
    if year and year not in ({one.year} if one.year else years):
        return False
    return one.part == point.part if point.part else _gives_day(one, point)


def _gives_day(one: PrintedDate, point: Point) -> bool:
    """Month and day alone."""
    if point.month is None:
        return point.day is None or point.day == one.day
    if one.month is None:
        return False
    if point.day is None:
        return one.month <= point.month <= (one.last_month or one.month)
    first, last = _span(one, _LEAP_YEAR)
    return one.day is not None and first <= _day(_LEAP_YEAR, point.month, point.day) <= last


def _may_be(date: Date, one: PrintedDate) -> bool:
    """Whether a printed date may lie within the date; what isn't printed excludes nothing."""
    bounds = _bounds(date)
    if bounds is None:
        return True
    years = [one.year] if one.year and date.years else list(date.years) or [_LEAP_YEAR]
    return any(_overlaps(_span(one, year), bounds) for year in years)


def _bounds(date: Date) -> tuple[datetime.date, datetime.date] | None:
    """First and last possible day; without a year those in a leap year, None where an end is open or unknown."""
    if date.earliest and date.latest:
        return date.earliest, date.latest
    points = [point for point in date.points if isinstance(point, Point) and point.month and not point.year]
    if not points or len(points) < len(date.points):
        return None
    spans = [_span(PrintedDate(None, point.month, point.day), _LEAP_YEAR) for point in points]
    return spans[0][0], max(spans[-1][1], spans[0][0])


def _overlaps(one: tuple[datetime.date, datetime.date], other: tuple[datetime.date, datetime.date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _span(one: PrintedDate, year: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of a printed date in a year; of the whole year where no month is printed."""
    if one.part:
        months = (3 * (one.part - 33) + 1, 3 * (one.part - 33) + 3) if one.part < 37 else (6 * (one.part - 40) + 1, 0)
        return _day(year, months[0], 1), _day(year, months[1] or months[0] + 5, 31)
    if one.month is None:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    last_month = one.last_month or one.month
    last_year = year + (last_month < one.month)
    return _day(year, one.month, one.day or 1), _day(last_year, last_month, one.last_day or one.day or 31)


def _day(year: int, month: int, day: int) -> datetime.date:
    """The day, or the last one of a month that has fewer."""
    for last in range(day, 27, -1):
        try:
            return datetime.date(year, month, last)
        except ValueError:
            continue
    return datetime.date(year, month, min(day, 27))
