"""Marks of reports or events in a row along a time axis: dots, rings, bars for uncertain dates, columns for many.

In: rows of dated marks. Out: an HTML block of rows with their names, and the axis below.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.model.dates import Date
from archive.render.charts import svg
from archive.render.charts.axis import Axis, Reach, Tick, axis_of, reach, tick_lines, tick_words, ticks
from archive.render.charts.svg import Link, Words, number, percent, text

MANY = 40  # marks in a row; more are put together by quarter
_HEIGHT = 46  # px
_MIDDLE = _HEIGHT / 2
_LEAST = 0.018  # of the width: no bar is shorter
_HALF_DOT = 0.01  # of the width
_LEVELS = (0, -13, 13)  # px from the middle
_COLUMN_HEIGHT = 34


class Shape(StrEnum):
    """How a mark is drawn where its date is sure; the value is its class."""

    SPEAKS = "c-says"
    ATTENDS = "c-there"
    HAPPENS = "c-dot"


_RADII = {Shape.SPEAKS: 6, Shape.ATTENDS: 5, Shape.HAPPENS: 5}


@dataclass(frozen=True, slots=True)
class Mark:
    """One report or event; `is_sure` is whether its date is. `title` says in words what it is and when."""

    date: Date | None
    is_sure: bool
    shape: Shape = Shape.SPEAKS
    title: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A row: its name (with an address), a line of words below the name, and its marks."""

    name: str
    marks: tuple[Mark, ...]
    note: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    mark: Mark
    reach: Reach

    @property
    def is_dot(self) -> bool:
        return self.mark.is_sure and self.reach.start is not None

    @property
    def middle(self) -> float:
        ends = [end for end in (self.reach.start, self.reach.end) if end is not None]
        return sum(ends) / len(ends)

    @property
    def extent(self) -> tuple[float, float]:
        """What the mark takes of the width."""
        if self.is_dot:
            return ((self.reach.start or 0) - _HALF_DOT, (self.reach.start or 0) + _HALF_DOT)
        start, end = _ends(self.reach)
        return (start, max(end, start + _LEAST))


def rows(lanes: Sequence[Lane], *, words: Words, counted: str, link: Link) -> list[str]:
    """The rows and the axis as one block; empty if no year is known."""
    axis = axis_of(mark.date for lane in lanes for mark in lane.marks)
    if axis is None:
        return []
    placed = [_placed(lane, axis) for lane in lanes]
    most = max((_most(found, axis) for found in placed if len(found) > MANY), default=0)
    marked = ticks(axis, words)
    lines = tick_lines(marked, _HEIGHT)
    drawn = [
        _row(lane, found, lines, axis, most, words, counted, link) for lane, found in zip(lanes, placed, strict=True)
    ]
    return ['<div class="c-lanes">', *drawn, _axis(marked), "</div>"]


def is_binned(lanes: Iterable[Lane]) -> bool:
    """Whether a row has so many marks that it shows columns."""
    return any(len(lane.marks) > MANY for lane in lanes)


def unsure_sample() -> str:
    """The bar of an uncertain date as it stands in a key."""
    return svg.sample('<rect class="c-unsure" y="2" width="18" height="8" rx="2"/>', 18)


def dot_sample(shape: Shape) -> str:
    """A dot as it stands in a key."""
    return svg.sample(f'<circle class="{shape}" cx="6" cy="6" r="5"/>')


def _placed(lane: Lane, axis: Axis) -> list[_Placed]:
    found = [_Placed(mark, at) for mark in lane.marks if (at := reach(mark.date, axis))]
    return sorted(found, key=lambda one: one.middle)


def _row(
    lane: Lane, found: Sequence[_Placed], lines: str, axis: Axis, most: int, words: Words, counted: str, link: Link
) -> str:
    href = svg.linked(lane.to, link)
    name = f'<a href="{href}">{text(lane.name)}</a>' if href else f"<b>{text(lane.name)}</b>"
    undated = len(lane.marks) - len(found)
    notes = [lane.note, words["undated"].format(counted=counted.format(n=undated)) if undated else ""]
    note = " · ".join(filter(None, notes))
    drawn = _columns(found, axis, most) if len(found) > MANY else _marks(found, link)
    label = words["row"].format(row=lane.name, counted=counted.format(n=len(lane.marks)))
    has_links = len(found) <= MANY and any(one.mark.to for one in found)
    return (
        f'<div class="c-lane"><div class="c-lane__name">{name}{f"<small>{text(note)}</small>" if note else ""}</div>'
        f"{svg.drawing(_HEIGHT, svg.with_table(words, label), lines + drawn, has_links=has_links)}</div>"
    )


def _axis(marked: Sequence[Tick]) -> str:
    return (
        '<div class="c-lane c-lane--axis"><span></span>'
        f'<svg class="c-svg" width="100%" height="18" aria-hidden="true">{tick_words(marked)}</svg></div>'
    )


def _marks(found: Sequence[_Placed], link: Link) -> str:
    """Every mark by itself; those that would lie on each other are set above and below the middle, bars rather than
    dots.
    """
    taken: list[list[tuple[float, float]]] = [[] for _ in _LEVELS]
    drawn = {}
    for at, one in sorted(enumerate(found), key=lambda item: (not item[1].is_dot, item[0])):
        start, end = one.extent
        free = (level for level, others in enumerate(taken) if all(end <= a or b <= start for a, b in others))
        level = next(free, at % len(_LEVELS))
        taken[level].append((start, end))
        drawn[at] = _mark(one, _MIDDLE + _LEVELS[level], link)
    return "\n".join(drawn[at] for at in range(len(found)))


def _mark(one: _Placed, y: float, link: Link) -> str:
    inside = _dot(one, y) if one.is_dot else _bar(one.reach, y)
    return svg.anchor(svg.linked(one.mark.to, link), text(one.mark.title), inside)


def _dot(one: _Placed, y: float) -> str:
    x = percent(one.reach.start or 0)
    return (
        f'<circle class="c-hit" cx="{x}" cy="{number(y)}" r="12"/>'
        f'<circle class="{one.mark.shape}" cx="{x}" cy="{number(y)}" r="{_RADII[one.mark.shape]}"/>'
    )


def _bar(at: Reach, y: float) -> str:
    """As wide as the days that are possible; an end that nobody knows fades out in three steps."""
    if at.start is None or at.end is None:
        known, way = (at.start, 1) if at.start is not None else (at.end or 0, -1)
        pieces = "".join(f"M{way * x} -4h{way * width}v8h{-way * width}z" for x, width in ((0, 9), (11, 5), (18, 2)))
        return (
            f'<svg class="c-svg" x="{percent(known or 0)}" y="{number(y)}"><path class="c-unsure" d="{pieces}"/></svg>'
        )
    width = max(at.end - at.start, _LEAST)
    x = min(max((at.start + at.end - width) / 2, 0), 1 - width)
    return f'<rect class="c-unsure" x="{percent(x)}" y="{number(y - 4)}" width="{percent(width)}" height="8" rx="2"/>'


def _quarter(share: float, axis: Axis) -> int:
    return min(int(share * axis.years * 4), axis.years * 4 - 1)


def _in_one_quarter(one: _Placed, axis: Axis) -> bool:
    start, end = one.reach.start, one.reach.end
    return one.is_dot or (
        start is not None and end is not None and _quarter(start, axis) == _quarter(max(end - 0.0005, start), axis)
    )


def _by_quarter(found: Iterable[_Placed], axis: Axis) -> dict[int, dict[str, int]]:
    """How many of which class fall in a quarter, counted from the start of the axis; uncertain dates of several
    quarters are not among them.
    """
    counts: dict[int, dict[str, int]] = {}
    for one in found:
        if _in_one_quarter(one, axis):
            kind = _COLUMN[one.mark.shape] if one.is_dot else "c-unsure"
            of = counts.setdefault(_quarter(one.reach.start or 0, axis), {})
            of[kind] = of.get(kind, 0) + 1
    return counts


_COLUMN = {Shape.SPEAKS: "c-bar", Shape.ATTENDS: "c-bar c-pale", Shape.HAPPENS: "c-bar"}
_ORDER = ("c-bar", "c-bar c-pale", "c-unsure")  # from below


def _most(found: Sequence[_Placed], axis: Axis) -> int:
    return max((sum(of.values()) for of in _by_quarter(found, axis).values()), default=1)


def _columns(found: Sequence[_Placed], axis: Axis, most: int) -> str:
    """One column a quarter, on the same scale in all rows, and below them where uncertain dates of several quarters
    lie.
    """
    paths: dict[str, list[str]] = {}
    for quarter, of in sorted(_by_quarter(found, axis).items()):
        bottom = float(_COLUMN_HEIGHT + 2)
        for kind in _ORDER:
            if count := of.get(kind):
                height = count / most * _COLUMN_HEIGHT
                paths.setdefault(kind, []).append(svg.column(quarter + 0.1, 0.8, bottom, height))
                bottom -= height
    columns = "".join(f'<path class="{kind}" d="{"".join(parts)}"/>' for kind, parts in sorted(paths.items()))
    spans = "".join(
        f'<rect class="c-unsure" x="{percent(start)}" y="{_HEIGHT - 5}" width="{percent(end - start)}" height="4"/>'
        for start, end in _spans(one.reach for one in found if not _in_one_quarter(one, axis))
    )
    return svg.stretched(axis.years * 4, _HEIGHT, columns) + spans


def _spans(reaches: Iterable[Reach]) -> list[tuple[float, float]]:
    """Stretches of the axis, joined where they touch; one with an unknown end is as short as a bar can be."""
    found: list[tuple[float, float]] = []
    for one in sorted(_ends(at) for at in reaches):
        if found and one[0] <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], one[1]))
        else:
            found.append(one)
    return found


def _ends(at: Reach) -> tuple[float, float]:
    start = at.start if at.start is not None else max((at.end or 0) - _LEAST, 0)
    return (start, at.end if at.end is not None else min(start + _LEAST, 1))


def year_rows(lane: Lane, words: Words) -> list[tuple[str, list[Mark]]]:
    """The marks of a row by year in words, for its table: what may fall in several years stands under all of them
    (2023–2024), and what has no year at the end.
    """
    found: dict[tuple[int, int], list[Mark]] = {}
    for mark in lane.marks:
        date = mark.date
        days: list[datetime.date] = [day for day in (date.earliest, date.latest) if day] if date else []
        found.setdefault((days[0].year, days[-1].year) if days else (9999, 9999), []).append(mark)
    return [(_years(first, last, words), marks) for (first, last), marks in sorted(found.items())]


def _years(first: int, last: int, words: Words) -> str:
    if first == 9999:
        return words["no_year"]
    return str(first) if first == last else words["from_to"].format(first=first, last=last)
