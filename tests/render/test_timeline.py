"""Timelines as figures: bars, groups and strips agree with the dates they draw."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from archive.config import Settings
from archive.database import Database, Made, Rows
from archive.extract.lists import moment_entries
from archive.kinds import RenderContext
from archive.knowledge import Knowledge
from archive.model.derived import Moment
from archive.model.edtf import parse_date
from archive.render.lists import Lists
from archive.render.timeline import by_year_and_month, strip
from archive.resolve.moments import moment_of

DATES = ["2024-04-11", "2024-04", "2024", "2023-12/2024-02~", "2020-40", "199X", "XXXX-10-15", "2025-03-20/.."]


def moment(number: int, edtf: str | None) -> Moment:
    date = parse_date(edtf) if edtf else None
    certain = date is not None and date.is_day
    return Moment(f"events/{number}", "events", str(number), date, certain, None, (), ())


@given(st.lists(st.one_of(st.none(), st.sampled_from(DATES)), max_size=8))
@hypothesis_settings(max_examples=50)
def test_groups_hold_every_moment_once(edtfs: list[str | None]) -> None:
    """Every moment stands in exactly one year and month; what has no year stands last."""
    moments = [moment(number, edtf) for number, edtf in enumerate(edtfs)]
    groups = by_year_and_month(moments)
    held = [m.key for year in groups for month in year.months for m in month.moments]
    assert sorted(held) == sorted(m.key for m in moments)
    years = [group.year for group in groups]
    assert years == sorted(years, key=lambda year: year or 0, reverse=True) and len(set(years)) == len(years)
    assert sum(group.count for group in groups) == len(moments)


def test_bars_count_the_sure_and_the_possible(knowledge: Knowledge, settings: Settings) -> None:
    """A moment that may fall in two years counts in both as possible; empty years have an empty bar."""
    made = (moment(1, "2023-12/2024-02~"), moment(2, "2024-04-11"), moment(3, "2021"))
    rows, db = Rows(), Database(None)
    for one in made:
        rows.extend(moment_entries(moment_of(one.kind, one.id, one.date, one.certain, None, (), ())))
    db.add("event", Made("", rows))
    db.flush()
    lists = Lists(RenderContext(db, knowledge, settings))
    drawn = [(bar.year, bar.certain, bar.possible) for bar in lists.bars("moments")]
    assert drawn == [(2021, 1, 0), (2022, 0, 0), (2023, 0, 1), (2024, 1, 1)]
    assert lists.total("moments") == 3
    assert lists.newest("moments", 2) == ["events/2", "events/1"]
    assert lists.bars("moments/level:xa") == ()


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2024-01-01", (12, 0.0, 0.03, True, False, False)),
        ("2024-04", (12, 3.0, 4.0, False, False, False)),
        ("2023-12/2024-02~", (24, 11.0, 14.0, False, False, True)),
        ("2020-06~/2020-07", (12, 5.0, 7.0, False, True, False)),
        ("2024?", (12, 0.0, 12.0, False, True, True)),
    ],
)
def test_strips(edtf: str, expected: tuple[int, float, float, bool, bool, bool]) -> None:
    """A strip is as long as the time that is meant, and vague where the date is."""
    drawn = strip(parse_date(edtf))
    assert drawn is not None
    assert (drawn.months, drawn.start, drawn.end, drawn.is_day, drawn.vague_start, drawn.vague_end) == expected


@pytest.mark.parametrize("edtf", ["XXXX-10-15", "199X", "2025-03-20/.."])
def test_nothing_is_drawn_where_nothing_is_known(edtf: str) -> None:
    """Without a year, or over many years, there is no strip."""
    assert strip(parse_date(edtf)) is None
    assert strip(None) is None
