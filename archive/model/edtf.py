"""EDTF strings to `Date` values.

In: a string such as `2024-06/2024-08~`. Out: a `Date`. The grammar and the bounds are those of
the `edtf` library (Extended Date/Time Format, ISO 8601-2:2019, levels 0 to 2); a plain day, with
its year or without, is read by the standard library, because it is by far the commonest form and
edtf is slow.
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Any

from archive.model.dates import Date, Point, Shape

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_DAY_WITHOUT_YEAR = re.compile(r"XXXX-\d{2}-\d{2}\Z")
_LEAP_YEAR = 2000  # the 29th of February is a day of some year
_OPEN_AND_ODD = re.compile(r"\.\./(?![\dX])")  # edtf prints and fails on these instead of refusing them
_FIRST_YEAR, _LAST_YEAR = 1800, 2199
_SEASONS_OF_A_HEMISPHERE = range(25, 33)


@lru_cache(maxsize=8192)
def parse_date(text: str) -> Date:
    """The date that an EDTF string means.

    Raises ValueError for anything that is not EDTF, and for forms that no press report needs
    (times of day, years before 1800 or after 2199, exponents): far more often a slip.
    """
    if _DAY_WITHOUT_YEAR.match(text):
        day = datetime.date.fromisoformat(f"{_LEAP_YEAR}{text[4:]}")
        return Date(text, Shape.POINT, (Point(None, day.month, day.day),), None, None)
    if _DAY.match(text):
        day = datetime.date.fromisoformat(text)
        _check_year(day.year, text)
        return Date(text, Shape.POINT, (Point(text[:4], day.month, day.day),), day, day)
    return _from_edtf(text, _parse_edtf(text))


def _parse_edtf(text: str) -> Any:
    import edtf  # slow to import, and most archives hold plain days only

    if _OPEN_AND_ODD.match(text):
        raise ValueError(f"not EDTF: {text!r}")
    try:
        return edtf.parse_edtf(text)
    except edtf.parser.edtf_exceptions.EDTFParseException as error:
        raise ValueError(f"not EDTF: {text!r}") from error


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
    if not any(points):
        raise ValueError(f"no date: {text!r}")
    known = all(point is None or point.year is not None for point in points)
    earliest = _bound(parsed.lower_strict()) if known and points[0] else None
    latest = _bound(parsed.upper_strict()) if known and points[-1] else None
    if earliest and latest and earliest > latest:
        raise ValueError(f"ends before it begins: {text!r}")
    return Date(text, shape, points, earliest, latest)


def _bound(value: Any) -> datetime.date | None:
    if isinstance(value, float):
        return None
    year, month, day = value[:3]
    return datetime.date(year, month, day)


_POINT = re.compile(
    r"(?P<open>[?~%]*)(?P<year>[\dX]{4})(?P<y>[?~%]?)"
    r"(?:-(?P<m0>[?~%]?)(?P<month>\d{2}|XX)(?P<m1>[?~%]?)"
    r"(?:-(?P<d0>[?~%]?)(?P<day>\d{2}|XX)(?P<d1>[?~%]?))?)?\Z"
)


def _point(parsed: Any, whole: str) -> Point | None:
    """The parts of one point that edtf has already accepted."""
    text = str(parsed)
    if text in ("", "..", "open", "unknown"):
        return None
    match = _POINT.match(text)
    if match is None:
        raise ValueError(f"form of date not used here: {whole!r}")
    year, month = match["year"], match["month"]
    if year == "XXXX" and not re.search(r"\d", text):
        return None
    if year.isdigit():
        _check_year(int(year), whole)
    elif year != "XXXX" and not re.match(r"1[89]|2[01]|1X|2X", year):
        raise ValueError(f"year out of range: {whole!r}")
    marks = "".join(filter(None, (match["open"], match["y"], match["m0"], match["m1"], match["d0"], match["d1"])))
    number = int(month) if month and month.isdigit() else None
    if number in _SEASONS_OF_A_HEMISPHERE:
        raise ValueError(f"form of date not used here: {whole!r}")
    return Point(
        year=None if year == "XXXX" else year,
        month=number if number and number <= 12 else None,
        day=int(match["day"]) if match["day"] and match["day"].isdigit() else None,
        part=number if number and number > 12 else None,
        approximate="~" in marks or "%" in marks,
        uncertain="?" in marks or "%" in marks,
    )


def _check_year(year: int, text: str) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"year out of range: {text!r}")
