"""Dates: what EDTF means, how it is ordered, how it is said."""

from __future__ import annotations

import datetime
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.config import load_rules
from archive.date_words import DateWords
from archive.model import edtf
from archive.model.dates import Date, Point, Shape
from archive.model.edtf import parse_date
from archive.rules.dates import DateRules
from tests.archives import SITE_CONFIG
from tests.strategies import any_text, dates, days, without_year

HERE = Path(__file__).parent
TABLE = [
    line.split("\t")
    for line in (HERE / "dates.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
REFUSED = (HERE / "not-dates.txt").read_text(encoding="utf-8").splitlines()
FEW = settings(max_examples=25)  # the edtf library takes milliseconds a date
WORDS = DateWords(load_rules(DateRules, SITE_CONFIG, "dates"))


def parsed(edtf: str) -> Date | None:
    """A made-up date; None where making it up gave something that is none (ends before it begins)."""
    try:
        return parse_date(edtf)
    except ValueError:
        return None


@pytest.mark.parametrize(("edtf", "phrase", "short"), TABLE, ids=[row[0] for row in TABLE])
def test_display(edtf: str, phrase: str, short: str) -> None:
    """A date is said in Vietnamese exactly as far as it is known."""
    date = None if edtf == "-" else parse_date(edtf)
    assert (WORDS.display(date), WORDS.short(date)) == (phrase, short)


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    """What is no date, says nothing, or is no date of a press report is refused."""
    with pytest.raises(ValueError, match=r"."):
        parse_date(text)


@FEW
@given(any_text)
def test_refuses_with_one_exception(text: str) -> None:
    """Whatever an editor types is a date or a ValueError, nothing else."""
    with suppress(ValueError):
        assert parse_date(text).edtf == text


@FEW
@given(st.text("0123456789X-/.~?%[]{},", max_size=24))
def test_what_is_accepted_can_be_said(text: str) -> None:
    """Every string of EDTF's own characters that is accepted can be said and sorted."""
    date = parsed(text)
    if date:
        said = WORDS.display(date)
        assert said and "None" not in said
        assert date.sort_key >= (datetime.date.min, datetime.date.min, "")


@FEW
@given(dates)
def test_order_agrees_with_bounds(edtf: str) -> None:
    """The order of dates is the order of their first possible days; what has no year comes last."""
    date = parsed(edtf)
    if date is None:
        return
    start, end, last = date.sort_key
    assert last == edtf
    assert start == (date.earliest or date.latest or datetime.date.max)
    assert end == (date.latest or datetime.date.max)
    assert start <= end
    if date.earliest and date.latest:
        assert date.earliest <= date.latest
        assert all(date.earliest.year <= year <= date.latest.year for year in date.years)


@given(days, days)
def test_days_sort_as_days(one: datetime.date, other: datetime.date) -> None:
    """Certain days are ordered as the calendar orders them."""
    assert (parse_date(str(one)).sort_key < parse_date(str(other)).sort_key) == (one < other)


@FEW
@given(dates)
def test_display_invents_nothing(edtf: str) -> None:
    """No number is shown that the date does not hold, and a day is shown only where one is known."""
    date = parsed(edtf)
    if date is None:
        return
    said = WORDS.display(date)
    held = {int(number) for number in re.findall(r"\d+", edtf.replace("X", "0"))}
    season = bool(re.search(r"-(2[1-4]|3[3-9]|4[01])", edtf))
    shown = {int(number) for number in re.findall(r"\d+", said)}
    assert shown <= held | ({1999, 2099, 6} if season or "X" in edtf else set())
    assert ("ngày" in said) <= any(isinstance(point, Point) and point.day is not None for point in date.points)
    unsure = any(isinstance(point, Point) and (point.approximate or point.uncertain) for point in date.points)
    assert unsure <= ("khoảng" in said or "chưa chắc chắn" in said)


@FEW
@given(without_year)
def test_unknown_year_stays_unknown(edtf: str) -> None:
    """A day without a year has no bounds, no year, and is never one certain day."""
    date = parsed(edtf)
    if date:
        assert (date.earliest, date.latest, date.years, date.is_day) == (None, None, (), False)


@FEW
@given(dates)
def test_only_a_plain_day_is_certain(edtf: str) -> None:
    """Only a single, unmarked, complete day counts as a certain day."""
    date = parsed(edtf)
    if date:
        assert date.is_day == bool(re.fullmatch(r"\d{4}-\d\d-\d\d", edtf))


@FEW
@given(dates, dates)
def test_overlap_is_mutual(one: str, other: str) -> None:
    """If one date can be the moment of another, the other can be that of the one."""
    a, b = parsed(one), parsed(other)
    if a and b:
        assert a.overlaps(b) == b.overlaps(a)
        assert a.overlaps(a)


@pytest.mark.parametrize(
    ("edtf", "shape", "earliest", "latest", "years"),
    [
        ("2024-02", Shape.POINT, "2024-02-01", "2024-02-29", (2024,)),
        ("2023-12/2024-02~", Shape.INTERVAL, "2023-12-01", "2024-02-29", (2023, 2024)),
        ("2020-40", Shape.POINT, "2020-01-01", "2020-06-30", (2020,)),
        ("199X", Shape.POINT, "1990-01-01", "1999-12-31", tuple(range(1990, 2000))),
        ("[2019-08-20,2019-08-21]", Shape.ONE_OF, "2019-08-20", "2019-08-21", (2019,)),
        ("{2022-05-10,2022-05-11}", Shape.ALL_OF, "2022-05-10", "2022-05-11", (2022,)),
        ("2025-03-20/..", Shape.INTERVAL, "2025-03-20", "None", (2025,)),
        ("2025-03-20/", Shape.INTERVAL, "2025-03-20", "None", (2025,)),
        ("../2022", Shape.INTERVAL, "None", "2022-12-31", (2022,)),
        ("/2022", Shape.INTERVAL, "None", "2022-12-31", (2022,)),
        ("XXXX-04-11/2024-04-13", Shape.INTERVAL, "None", "2024-04-13", (2024,)),
    ],
)
def test_bounds(edtf: str, shape: Shape, earliest: str, latest: str, years: tuple[int, ...]) -> None:
    """Bounds are the first and last day a date may mean, and unknown where an end is open."""
    date = parse_date(edtf)
    assert (date.shape, str(date.earliest), str(date.latest), date.years) == (shape, earliest, latest, years)


@pytest.mark.parametrize(
    ("edtf", "certain"),
    [
        ("2024-06-22", True),
        ("2024-06-22/2024-06-23", True),
        ("2023-12/2024-02", True),
        ("{2024-03-01,2024-06-01}", True),
        ("2024-01/..", True),
        ("../2024-01", True),
        ("2024-01/", False),
        ("/2024-01", False),
        ("2024-06", False),
        ("2024", False),
        ("2024-06-22?", False),
        ("2024-06-22/2024-06-23~", False),
        ("[2024-06-22,2024-06-23]", False),
        ("{2024-03-01,2024-06-01?}", False),
        ("199X/2000", False),
        ("XXXX-04-11/XXXX-04-13", False),
        ("2024-XX-11/2024-12", False),
    ],
)
def test_long_is_not_uncertain(edtf: str, certain: bool) -> None:
    """Several days that are stated are as certain as one; a doubtful, unknown or missing end is not."""
    assert parse_date(edtf).is_certain is certain


_COMMON = st.from_regex(
    r"(2\d{3}|18\d{2}|XXXX)(-(0[0-9]|1[0-3]|3[3-9]|4[01])(-[0-3][0-9])?)?[?~%]?",
    fullmatch=True,
    alphabet="0123456789X-?~%",
)


@settings(max_examples=150, deadline=None)
@given(_COMMON, _COMMON | st.just(""))
def test_the_short_way_and_the_library_agree(first: str, second: str) -> None:
    """A common form read here is the date that the edtf library reads, with the same bounds."""
    text = f"{first}/{second}" if second else first
    with suppress(ValueError):
        if short := edtf._from_common(text):
            assert short == edtf._by_library(text)
