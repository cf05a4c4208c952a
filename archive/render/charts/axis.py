"""A time axis of whole years: where a day stands on it, its ticks, and how far a date reaches.

In: dates. Out: shares of the width, 0 at the left and 1 at the right, and SVG of the ticks.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from archive.model.dates import Date
from archive.render.charts.svg import Words, number, percent, stretched, text

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200)
_MOST_TICKS = 9
_EDGE = 0.04  # words so near to an end are set from it
_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Axis:
    """From the first day of the year `first` to the last day of the year `last`."""

    first: int
    last: int

    @property
    def years(self) -> int:
        return self.last - self.first + 1

    def at(self, day: datetime.date) -> float:
        """Where a day begins, as a share of the width."""
        start, end = datetime.date(self.first, 1, 1).toordinal(), datetime.date(self.last + 1, 1, 1).toordinal()
        return (day.toordinal() - start) / (end - start)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a date reaches on an axis; an end that nobody knows is None, and never both are."""

    start: float | None
    end: float | None


def axis_of(dates: Iterable[Date | None]) -> Axis | None:
    """The whole years that hold all known days; None if no year is known."""
    days = [day for date in dates if date for day in (date.earliest, date.latest) if day]
    return Axis(min(days).year, max(days).year) if days else None


def reach(date: Date | None, axis: Axis) -> Reach | None:
    """None if no year is known."""
    if date is None or not (date.earliest or date.latest):
        return None
    return Reach(
        start=axis.at(date.earliest) if date.earliest else None,
        end=axis.at(date.latest + datetime.timedelta(days=1)) if date.latest else None,
    )


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick with its words; `is_minor` ones stay away where there is little room."""

    at: float
    words: str
    is_minor: bool


def ticks(axis: Axis, words: Words) -> tuple[Tick, ...]:
    """Years, at most ten of them; quarters, too, where there are one or two years."""
    if axis.years <= 2:
        return _quarters(axis, words)
    step = next(step for step in _STEPS if axis.years / step <= _MOST_TICKS)
    base = axis.first if step <= 2 else axis.first + -axis.first % step
    return tuple(
        Tick(axis.at(datetime.date(year, 1, 1)), str(year), axis.years / step > 4 and at % 2 == 1)
        for at, year in enumerate(range(base, axis.last + 2, step))
    )


def _quarters(axis: Axis, words: Words) -> tuple[Tick, ...]:
    found = [
        Tick(
            axis.at(datetime.date(year, month, 1)),
            str(year) if month == 1 else words["month_short"].format(month=month),
            axis.years == 2 and month in (4, 10),
        )
        for year in range(axis.first, axis.last + 1)
        for month in (1, 4, 7, 10)
    ]
    return (*found, Tick(1, str(axis.last + 1), is_minor=False))


def tick_lines(marks: Iterable[Tick], height: int) -> str:
    """A thin line at every tick."""
    path = "".join(f"M{number(tick.at * _WIDTH)} 0v{height}" for tick in marks)
    return stretched(_WIDTH, height, f'<path class="c-grid" d="{path}"/>')


def tick_words(marks: Iterable[Tick], y: int = 13) -> str:
    """The words below the ticks."""
    return "".join(
        f'<text x="{percent(tick.at)}" y="{y}" class="c-{side_of(tick.at)}{" c-wide" if tick.is_minor else ""}">'
        f"{text(tick.words)}</text>"
        for tick in marks
    )


def side_of(at: float) -> str:
    """From which side words at this place are set, so that none leaves the picture: `start`, `mid` or `end`."""
    return "start" if at < _EDGE else "end" if at > 1 - _EDGE else "mid"
