"""EDTF strings to `Date` values.

In: a string such as `2024-06/2024-08~`. Out: a `Date`. The grammar and the bounds are those of
the `edtf` library (Extended Date/Time Format, ISO 8601-2:2019, levels 0 to 2). The forms that
nearly every record uses (a day with its year or without, a year, month, quarter or half year, and
an interval of these) are read here, because edtf takes ten milliseconds for one; a test compares
both on them.
"""

from __future__ import annotations

import calendar
import contextlib
import datetime
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from archive.model.dates import Date, End, Point, Shape

_COMMON_POINT = re.compile(r"([0-9]{4}|XXXX)(?:-(0[1-9]|1[0-2]|3[3-9]|4[01])(?:-([0-9]{2}))?)?([?~%]?)")
_MONTHS_OF_PART = {
    **{33 + quarter: (3 * quarter + 1, 3 * quarter + 3) for quarter in range(4)},
    **{37 + third: (4 * third + 1, 4 * third + 4) for third in range(3)},
    **{40 + half: (6 * half + 1, 6 * half + 6) for half in range(2)},
}
_LEAP_YEAR = "2000"  # the 29th of February is a day of some year
_OPEN_AND_ODD = re.compile(r"\.\./(?![\dX])")  # edtf prints and fails on these instead of refusing them
_LONGEST = 60
_ENDS = {end.value: end for end in End}
_Day = datetime.date | None
_FIRST_YEAR, _LAST_YEAR = 1800, 2199
_SEASONS_OF_A_HEMISPHERE = range(25, 33)


@lru_cache(maxsize=8192)
def parse_date(text: str) -> Date:
    """The date that an EDTF string means.

    Raises ValueError for anything that is not EDTF, and for forms that no press report needs
    (times of day, years before 1800 or after 2199, exponents): far more often a slip.
    """
    if len(text) > _LONGEST:  # edtf tries every way to read a long list
        raise ValueError(text[:_LONGEST])
    return _from_common(text) or _by_library(text)


def _by_library(text: str) -> Date:
    try:
        return _from_edtf(text, _parse_edtf(text))
    except (ValueError, ImportError):  # ours; and a browser has no edtf
        raise
    except Exception as error:  # what edtf raises where it reads half of a text is any of half a dozen: `../5/2024`
        raise ValueError(f"not EDTF: {text!r}") from error


def _from_common(text: str) -> Date | None:
    """A point or an interval of two points in one of the common forms; None for every other form."""
    matches = [_COMMON_POINT.fullmatch(part) for part in text.split("/")]
    if len(matches) > 2:
        return None
    points, spans = [], []
    for match in matches:
        if match is None or (span := _span(match)) is None:
            return None
        if match[1] != "XXXX":
            _check_year(int(match[1]), text)
        number, mark = int(match[2] or 0), match[4]
        points.append(
            Point(
                year=None if match[1] == "XXXX" else match[1],
                month=number if 0 < number <= 12 else None,
                day=int(match[3]) if match[3] else None,
                part=number if number > 12 else None,
                approximate=mark in ("~", "%"),
                uncertain=mark in ("?", "%"),
            )
        )
        spans.append(span)
    shape = Shape.POINT if len(points) == 1 else Shape.INTERVAL
    return _date(text, shape, points, lambda: spans[0][0], lambda: spans[-1][1])


def _date(
    text: str, shape: Shape, points: Sequence[Point | End], first: Callable[[], _Day], last: Callable[[], _Day]
) -> Date:
    """The date with the bounds that are known: of an interval each by itself, of a set both or none."""
    known = [isinstance(point, Point) and point.year is not None for point in points]
    if shape is not Shape.INTERVAL:
        known = [all(known)]
    earliest, latest = first() if known[0] else None, last() if known[-1] else None
    if earliest and latest and earliest > latest:
        raise ValueError(f"ends before it begins: {text!r}")
    return Date(text, shape, tuple(points), earliest, latest)


def _span(match: re.Match[str]) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of a common point, in a leap year if it has none; None where edtf has to decide."""
    year, number = int(match[1].replace("XXXX", _LEAP_YEAR)), int(match[2] or 0)
    is_month_alone = 0 < number <= 12 and not match[4]
    if (match[1] == "XXXX" and not match[3] and not is_month_alone) or (number > 12 and match[4]):
        return None
    first, last = _MONTHS_OF_PART.get(number, (number, number)) if number else (1, 12)
    try:
        if match[3]:
            day = datetime.date(year, number, int(match[3]))
            return day, day
        return datetime.date(year, first, 1), datetime.date(year, last, calendar.monthrange(year, last)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def _parse_edtf(text: str) -> Any:
    import edtf  # slow to import, and most archives hold plain days only

    if _OPEN_AND_ODD.match(text):
        raise ValueError(f"not EDTF: {text!r}")
    with contextlib.redirect_stdout(None):  # the library prints what it stumbles over
        return edtf.parse_edtf(text)


def _from_edtf(text: str, parsed: Any) -> Date:
    from edtf.parser import parser_classes as classes

    if isinstance(parsed, classes.Level2Interval | classes.Level1Interval | classes.Interval):
        shape, members = Shape.INTERVAL, [parsed.lower, parsed.upper]
    elif isinstance(parsed, classes.OneOfASet | classes.MultipleDates):
        shape = Shape.ONE_OF if isinstance(parsed, classes.OneOfASet) else Shape.ALL_OF
        members = list(parsed.objects)
    else:
        shape, members = Shape.POINT, [parsed]
    points = tuple(_point(member, text) for member in members)
    if not any(isinstance(point, Point) for point in points):
        raise ValueError(f"no date: {text!r}")
    return _date(text, shape, points, lambda: _bound(parsed.lower_strict()), lambda: _bound(parsed.upper_strict()))


def _bound(value: Any) -> _Day:
    if isinstance(value, float):
        return None
    year, month, day = value[:3]
    return datetime.date(year, month, day)


_POINT = re.compile(
    r"[?~%]*(?P<year>[\dX]{4})[?~%]?"
    r"(?:-[?~%]?(?P<month>\d{2}|XX)[?~%]?"
    r"(?:-[?~%]?(?P<day>\d{2}|XX)[?~%]?)?)?\Z"
)


def _point(parsed: Any, whole: str) -> Point | End:
    """The parts of one point that edtf has already accepted."""
    text = str(parsed)
    if text in _ENDS:
        return _ENDS[text]
    match = _POINT.match(text)
    if match is None:
        raise ValueError(f"form of date not used here: {whole!r}")
    if not re.search(r"\d", text):
        return End.UNKNOWN
    _check_vague_year(match["year"], whole)
    number, day = _number(match["month"]), _number(match["day"])
    if number in _SEASONS_OF_A_HEMISPHERE:
        raise ValueError(f"form of date not used here: {whole!r}")
    marks = set(re.sub(r"[\dX-]", "", text))
    return Point(
        year=None if match["year"] == "XXXX" else match["year"],
        month=number if number <= 12 and number else None,
        day=day or None,
        part=number if number > 12 else None,
        approximate=not marks.isdisjoint("~%"),
        uncertain=not marks.isdisjoint("?%"),
    )


def _number(digits: str | None) -> int:
    """Of a month or a day; 0 where it is not known."""
    return int(digits) if digits and digits.isdigit() else 0


def _check_vague_year(year: str, whole: str) -> None:
    if year.isdigit():
        _check_year(int(year), whole)
    elif year != "XXXX" and not re.match(r"1[89]|2[01]|1X|2X", year):
        raise ValueError(f"year out of range: {whole!r}")


def _check_year(year: int, text: str) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"year out of range: {text!r}")
