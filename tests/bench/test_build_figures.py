"""Runs of builds to figures and to a table."""

from __future__ import annotations

import pytest

from bench.build_archive import Texture
from bench.build_figures import CLEAN, Size, growth, growth_table, table
from bench.measure import Spent


def made(ours: list[float], theirs: list[float]) -> Size:
    size = Size(Texture(2, 900.0, 3000, 20_000), 7, 0.5)
    for wall in ours:
        size.add("engine", CLEAN, Spent(wall, 2 * wall, 10 * wall, ""))
    for wall in theirs:
        size.add("Hugo", CLEAN, Spent(wall, 2 * wall, None, ""))
    return size


@pytest.mark.parametrize(("small", "large", "times", "exponent"), [(1, 10, 10, 1), (3, 3, 10, 0), (2, 32, 4, 2)])
def test_growth(small: float, large: float, times: float, exponent: float) -> None:
    """Ten times the time for ten times the articles is N to the power of one."""
    assert growth(small, large, times) == pytest.approx(exponent)


def test_a_ratio_is_of_runs_beside_each_other() -> None:
    """A slow spell of the machine that hits both of a pair leaves the ratio as it is."""
    assert made([1, 10, 2], [2, 20, 4]).ratio("engine", "Hugo", CLEAN, "wall") == 0.5


def test_a_ratio_needs_both() -> None:
    """Nothing is compared with a run that was not made, or with a figure the system does not tell."""
    size = made([1], [2])
    assert size.ratio("engine", "Zensical", CLEAN, "wall") is None
    assert size.ratio("engine", "Hugo", CLEAN, "memory") is None


def test_the_table_says_who_did_what() -> None:
    """A line for each who did it, with figures, and with ratios for ours alone."""
    size = made([1], [2])
    size.weight["Hugo"] = (3.25, 9)
    lines = [line.split() for line in table(size, ["Hugo"])]
    assert ["engine", "1.00", "2.00", "10", "0.500", "0.500"] in lines
    assert ["Hugo", "2.00", "4.00", "3.2", "9"] in lines


def test_growth_begins_at_a_thousand() -> None:
    """Below it, starting a program is most of the time."""
    sizes = {200: made([1], []), 1000: made([2], []), 4000: made([8], [])}
    lines = list(growth_table(sizes))
    assert "1,000 to 4,000" in lines[0]
    assert lines[2].split()[-3:] == ["1.00", "1.00", "1.00"]
    assert list(growth_table({200: made([1], [])})) == []
