"""Grids of counts as real tables: years × months, place × year, level × year.

In: dates, or rows of counts. Out: a table with shades and a key; nothing for no counts.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from archive.model.dates import Date
from archive.render.charts import svg
from archive.render.charts.shades import Bounds, bounds_of, shade, shade_key
from archive.render.charts.svg import Link, Words, text

_NO_MONTHS = (0,) * 12
_MOST_COLUMNS = 18  # without a bar to scroll along
_THREE_DIGITS, _MOST_OF_THREE_DIGITS = 100, 13


@dataclass(frozen=True, slots=True)
class YearCounts:
    """What falls in a year: by month, and without a month that is sure; `year` is None where none is known.

    `spans` are the months (1 to 12) in which something falls that may fall in others, too; `goes_on` and `came_on`
    say that it reaches into the next year, or out of the one before.
    """

    year: int | None
    months: tuple[int, ...] = _NO_MONTHS
    without_month: int = 0
    spans: frozenset[int] = frozenset()
    came_on: bool = False
    goes_on: bool = False

    @property
    def total(self) -> int:
        return sum(self.months) + self.without_month


@dataclass(frozen=True, slots=True)
class Cell:
    """A count and the address that lists what it counts.

    `title` is the pattern of its name where its column has another one; `span` are classes of a bar below it; one
    that stands aside is not shaded, as it is no count like the others.
    """

    count: int
    to: str = ""
    title: str = ""
    span: str = ""
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a grid; `total` is told apart, as what is counted twice in a row counts once in it."""

    name: str
    cells: tuple[Cell, ...]
    total: int
    to: str = ""


@dataclass(slots=True)
class _Year:
    months: list[int] = field(default_factory=lambda: [0] * 12)
    without_month: int = 0
    spans: set[int] = field(default_factory=set)
    came_on: bool = False
    goes_on: bool = False

    def cover(self, first: int, last: int, *, came_on: bool, goes_on: bool) -> None:
        """Something that falls in these months; one that may fall anywhere in the year says nothing of months."""
        if (first, last) == (1, 12):
            return
        self.spans.update(range(first, last + 1))
        self.came_on |= came_on
        self.goes_on |= goes_on


def count_by_month(dates: Iterable[Date | None]) -> tuple[YearCounts, ...]:
    """Every year from the first to the last, the newest first, and at the end what has no year.

    What may fall in two years counts in both, as it does in the bars of years; an interval with one known end counts
    in the year of that end, and covers the months from there on, or up to there.
    """
    found: dict[int, _Year] = {}
    unknown = 0
    for date in dates:
        if date is None or not date.years:
            unknown += 1
            continue
        first, last = date.earliest or datetime.date.min, date.latest or datetime.date.max
        if (first.year, first.month) == (last.year, last.month):
            found.setdefault(first.year, _Year()).months[first.month - 1] += 1
            continue
        for year in date.years:
            one = found.setdefault(year, _Year())
            one.without_month += 1
            came_on, goes_on = year > first.year, year < last.year
            one.cover(1 if came_on else first.month, 12 if goes_on else last.month, came_on=came_on, goes_on=goes_on)
    years = range(max(found), min(found) - 1, -1) if found else ()
    known = [_frozen(year, found.get(year) or _Year()) for year in years]
    return (*known, *([YearCounts(None, without_month=unknown)] if unknown else []))


def _frozen(year: int, one: _Year) -> YearCounts:
    return YearCounts(year, tuple(one.months), one.without_month, frozenset(one.spans), one.came_on, one.goes_on)


def months(
    years: Sequence[YearCounts],
    *,
    words: Words,
    label: str,
    counted: str,
    to_year: str = "",
    to_month: str = "",
    to_unknown: str = "",
    link: Link = str,
) -> Markup:
    """Years × months. `to_year` and `to_month` are patterns of addresses with `{year}` and `{month}`, `to_unknown` is
    the address of what has no year.
    """
    columns = (*(str(month) for month in range(1, 13)), words["no_month"])
    rows = [_row(one, words, to_year, to_month, to_unknown) for one in years]
    spans = [words["span"]] if any(one.spans for one in years) else []
    without = [f"{words['no_month']} {words['no_month_means']}"] if any(one.without_month for one in years) else []
    return grid(
        rows,
        columns,
        words=words,
        label=label,
        counted=counted,
        corner=words["year"],
        sum_name=words["whole_year"],
        link=link,
        kind="c-heat--months",
        also=svg.key(
            [(svg.sample('<rect class="c-unsure" y="4" width="24" height="4" rx="2"/>', 24), one) for one in spans]
            + [("", one) for one in without]
        ),
        title=words["in_month"],
    )


def _row(one: YearCounts, words: Words, to_year: str, to_month: str, to_unknown: str) -> Row:
    if one.year is None:
        cells = (
            *(Cell(0) for _ in one.months),
            Cell(one.without_month, to_unknown, words["in_no_year"], is_aside=True),
        )
        return Row(words["no_year"], cells, one.total, to_unknown)
    to = to_year.format(year=one.year) if one.total else ""
    by_month = tuple(
        Cell(count, to_month.format(year=one.year, month=month) if count else "", span=_span(one, month))
        for month, count in enumerate(one.months, start=1)
    )
    return Row(
        str(one.year), (*by_month, Cell(one.without_month, to, words["in_no_month"], is_aside=True)), one.total, to
    )


def _span(one: YearCounts, month: int) -> str:
    if month not in one.spans:
        return ""
    is_start = month - 1 not in one.spans and not (month == 1 and one.came_on)
    is_end = month + 1 not in one.spans and not (month == 12 and one.goes_on)
    return f" c-sp{' c-sp-s' if is_start else ''}{' c-sp-e' if is_end else ''}"


def grid(
    rows: Sequence[Row],
    columns: Sequence[str],
    *,
    words: Words,
    label: str,
    counted: str,
    corner: str,
    sum_name: str,
    link: Link = str,
    kind: str = "c-heat--names",
    also: str = "",
    title: str = "",
) -> Markup:
    """A table of counts with shades; `corner` is what the rows are, `title` the pattern of a cell's name."""
    most = max((cell.count for row in rows for cell in row.cells), default=0)
    if not most:
        return svg.NOTHING
    bounds = bounds_of(cell.count for row in rows for cell in row.cells if not cell.is_aside)
    title = title or words["in_cell"]
    heads = "".join(
        f'<th scope="col"{_minor(at, len(columns), kind)}><span>{text(one)}</span></th>'
        for at, one in enumerate(columns)
    )
    body = "\n".join(_line(row, columns, bounds, title, counted, link) for row in rows)
    is_wide = len(columns) > _MOST_COLUMNS or (most >= _THREE_DIGITS and len(columns) > _MOST_OF_THREE_DIGITS)
    name = text(label)
    scrolled = f' tabindex="0" role="region" aria-label="{name}"' if is_wide else ""  # so that keys scroll it, too
    return svg.picture(
        f'<div class="c-scroll"{scrolled}>'
        f'<table class="c-heat {kind}{" c-heat--wide" if is_wide else ""}"><caption class="c-vh">{name}</caption>',
        f'<thead><tr><th scope="col">{text(corner)}</th>{heads}'
        f'<th scope="col" class="c-sum">{text(sum_name)}</th></tr></thead>',
        f"<tbody>\n{body}\n</tbody></table></div>",
        f'<div class="c-key">{shade_key(bounds, words, svg.noun(counted))}</div>{also}',
    )


def _minor(at: int, columns: int, kind: str) -> str:
    """Names of columns that a phone leaves out: all but the first, the middle and the last."""
    is_minor = kind == "c-heat--names" and columns > 6 and at not in (0, (columns - 1) // 2, columns - 1)
    return ' class="c-minor"' if is_minor else ""


def _line(row: Row, columns: Sequence[str], bounds: Bounds, title: str, counted: str, link: Link) -> str:
    href = svg.linked(row.to, link)
    name = f'<a href="{href}">{text(row.name)}</a>' if href else text(row.name)
    cells = "".join(
        _cell(row, cell, column, bounds, title, counted, link) for cell, column in zip(row.cells, columns, strict=True)
    )
    return f'<tr><th scope="row">{name}</th>{cells}<td class="c-sum">{row.total}</td></tr>'


def _cell(row: Row, cell: Cell, column: str, bounds: Bounds, title: str, counted: str, link: Link) -> str:
    kind = f"{'c-aside' if cell.is_aside else shade(cell.count, bounds)}{cell.span}"
    if not cell.count:
        return f'<td class="{kind}"></td>'
    said = text((cell.title or title).format(row=row.name, column=column, counted=counted.format(n=cell.count)))
    href = svg.linked(cell.to, link)
    inside = f'<a href="{href}" title="{said}">{cell.count}</a>' if href else str(cell.count)
    return f'<td class="{kind}">{inside}</td>' if href else f'<td class="{kind}" title="{said}">{inside}</td>'
