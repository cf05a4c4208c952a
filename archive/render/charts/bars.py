"""Bars: one a year with its number on top, or one a month over all years.

In: counts by year (`timeline.Bar`) or by month (`YearCounts`). Out: an SVG with its table; nothing for no counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from archive.render.charts import svg
from archive.render.charts.months import YearCounts
from archive.render.charts.svg import Link, Words, number, percent, text
from archive.render.timeline import Bar

_FEWEST = 7  # slots: a single year is no wall
_FILLED = 0.78  # of a slot
_ABOVE, _BELOW = 18, 22  # px for figures and for years
_YEAR = 34  # px: a year in words with air around it
_FEWEST_OF_MONTHS = 4  # slots
_STEPS = (1, 2, 5, 10, 20, 50, 100)  # years from one word to the next
_MOST_YEARS, _MOST_YEARS_ON_A_PHONE = 20, 6  # in words below the bars of months
_TURN = 0.6  # of the width: from here on words stand left of their line
_LINE = 13  # px between the words of two milestones


@dataclass(frozen=True, slots=True, order=True)
class Milestone:
    """A day on which something changed, written above the bars of months."""

    year: int
    month: int
    words: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class _Plot:
    """Sizes: `slot` as a share of the width, `scale` in px for one of what is counted, `floor` in px from above."""

    slot: float
    scale: float
    floor: int

    def rect(self, at: int, kind: str, bottom: float, height: float, share: float = _FILLED) -> str:
        return (
            f'<rect class="{kind}" x="{percent(at * self.slot)}" y="{number(bottom - height)}" '
            f'width="{percent(self.slot * share)}" height="{number(height)}"/>'
        )

    def bar(self, at: int, bar: Bar, figure: str | None) -> str:
        """The bar of a year; `figure` is the class of its number, None for no number."""
        sure, maybe = bar.certain * self.scale, bar.possible * self.scale
        top = self.floor - sure - maybe
        parts = [self.rect(at, "c-hit", self.floor, self.floor, share=1)]
        if sure:
            parts.append(self.rect(at, "c-bar", self.floor, sure))
        if maybe:
            parts.append(self.rect(at, "c-bar c-pale", self.floor - sure, maybe))
        if figure is not None:
            middle = percent((at + _FILLED / 2) * self.slot)
            parts.append(f'<text class="c-mid c-ink{figure}" x="{middle}" y="{number(top - 5)}">{bar.total}</text>')
        return "".join(parts)


def bars(
    counts: Sequence[Bar],
    *,
    words: Words,
    label: str,
    counted: str,
    to: str = "",
    link: Link = str,
    height: int = 96,
    width: int = 280,
    is_wide: bool = False,
) -> Markup:
    """One bar a year: what falls in it for sure, and paler on top of it what may fall in it.

    `label` names the picture. `counted` is the pattern of a count (`{n} bài`), `to` that of a year's address
    (`nam/{year}/`). `height` is in px, and `width` the least that the page gives it: figures that would touch
    there are left out, the smallest first, as the table has them all. `is_wide`: in the main column, where the width
    is twice as much except on a phone.
    """
    most = max((bar.total for bar in counts), default=0)
    if not most:
        return svg.NOTHING
    slots = max(len(counts), _FEWEST)
    plot = _Plot(1 / slots, (height - _ABOVE - _BELOW) / most, height - _BELOW)
    figures = _figures(counts, width / slots, is_wide=is_wide)
    drawn = "".join(
        svg.anchor(
            svg.linked(to.format(year=bar.year), link),
            text(_said(bar, words, counted)),
            plot.bar(at, bar, figures.get(at)),
        )
        for at, bar in enumerate(counts)
        if bar.total
    )
    line = f'<line class="c-axis" x1="0" x2="{percent(len(counts) / slots)}" y1="{plot.floor}" y2="{plot.floor}"/>'
    inside = line + drawn + _year_words(counts, slots, width, height - 7)
    name = svg.with_table(words, label)
    return svg.picture(svg.drawing(height, name, inside, has_links=bool(to)), *_explained(counts, words, label))


def _said(bar: Bar, words: Words, counted: str) -> str:
    pattern = words["in_year_possible"] if bar.possible else words["in_year"]
    return pattern.format(year=bar.year, counted=counted.format(n=bar.total), possible=bar.possible)


def _explained(counts: Sequence[Bar], words: Words, label: str) -> tuple[str, ...]:
    """The key, where there is something to tell apart, and the table."""
    given = [bar for bar in counts if bar.total]
    if not any(bar.possible for bar in given):
        return (svg.twin(words, label, [words["year"], words["count"]], ((bar.year, bar.certain) for bar in given)),)
    kinds = [(svg.swatch("c-bar"), words["certain"]), (svg.swatch("c-bar c-pale"), words["possible"])]
    heads = [words["year"], words["certain"], words["possible"]]
    return svg.key(kinds), svg.twin(words, label, heads, ((bar.year, bar.certain, bar.possible) for bar in given))


def _figures(counts: Sequence[Bar], slot: float, *, is_wide: bool) -> dict[int, str]:
    """Which bars have room for their figure, and the figure's class: more of them where it is wide. `slot` is in px."""
    always = dict.fromkeys(_with_room(counts, slot), "")
    return {**dict.fromkeys(_with_room(counts, 2 * slot), " c-wide"), **always} if is_wide else always


def _with_room(counts: Sequence[Bar], slot: float) -> set[int]:
    """The tallest bars first, where no figure and no taller bar is nearer than the figure is wide."""
    totals = [bar.total for bar in counts]
    found: set[int] = set()
    for at in sorted(range(len(counts)), key=lambda at: -totals[at]):
        reach = ceil(svg.width_of_figure(totals[at]) / slot) - 1
        near = range(max(at - reach, 0), at + reach + 1)
        if totals[at] and found.isdisjoint(near) and totals[at] == max(totals[near.start : near.stop]):
            found.add(at)
    return found


def _year_words(counts: Sequence[Bar], slots: int, width: int, y: int) -> str:
    """Every year below its bar, or the first, the middle and the last where there is no room."""
    last = len(counts) - 1
    if width / slots >= _YEAR:
        return "".join(_year(bar.year, (at + _FILLED / 2) / slots, "mid", y) for at, bar in enumerate(counts))
    shown = [(0, "start"), *([(last // 2, "mid")] if last > 1 else []), (last, "end")]
    places = {"start": 0.0, "mid": _FILLED / 2, "end": _FILLED}
    return "".join(_year(counts[at].year, (at + places[side]) / slots, side, y) for at, side in shown)


def _year(year: int, at: float, side: str, y: int) -> str:
    return f'<text class="c-{side}" x="{percent(at)}" y="{y}">{year}</text>'


def month_bars(
    years: Sequence[YearCounts],
    *,
    words: Words,
    label: str,
    counted: str,
    milestones: Sequence[Milestone] = (),
    to: str = "",
    link: Link = str,
    height: int = 132,
) -> Markup:
    """Every month one bar, over all years that are known; what has no month is in the count of its year and in the
    table. `height` is in px, without the lines for milestones.
    """
    known = sorted((one for one in years if one.year is not None), key=lambda one: one.year or 0)
    if not known:
        return svg.NOTHING
    most = max((count for one in known for count in one.months), default=0) or 1
    lines = min(len(milestones), 3)
    top, floor = lines * _LINE + 4, lines * _LINE + height - _BELOW
    slots = max(len(known), _FEWEST_OF_MONTHS)
    plot = _Plot(1 / slots, (floor - top) / most, floor)
    step = next(step for step in _STEPS if slots / step <= _MOST_YEARS)
    narrow = step * next(times for times in _STEPS if slots / step / times <= _MOST_YEARS_ON_A_PHONE)
    drawn = [
        svg.anchor(
            svg.linked(to.format(year=one.year), link),
            text(words["in_year"].format(year=one.year, counted=counted.format(n=one.total))),
            plot.rect(at, "c-hit", floor, floor, share=1)
            + _months(one, at, plot)
            + (_month_year(one, at, plot, is_minor=at % narrow != 0) if at % step == 0 else ""),
        )
        for at, one in enumerate(known)
    ]
    line = f'<line class="c-axis" x1="0" x2="{percent(len(known) / slots)}" y1="{floor}" y2="{floor}"/>'
    marked = _milestones(milestones, known[0].year or 0, slots, floor, link)
    name = svg.with_table(words, label)
    has_links = bool(to) or any(one.to for one in milestones)
    heads = [words["year"], *(str(month) for month in range(1, 13)), words["no_month"], words["whole_year"]]
    rows = ((one.year, *one.months, one.without_month, one.total) for one in known)
    return svg.picture(
        svg.drawing(floor + _BELOW, name, line + "\n".join(drawn) + marked, has_links=has_links),
        svg.twin(words, label, heads, rows),
    )


def _months(one: YearCounts, at: int, plot: _Plot) -> str:
    """The twelve bars of a year as one path: 12 units wide."""
    path = "".join(
        svg.column(month + 0.14, 0.72, plot.floor, count * plot.scale)
        for month, count in enumerate(one.months)
        if count
    )
    if not path:
        return ""
    return (
        f'<svg x="{percent(at * plot.slot)}" width="{percent(plot.slot)}" height="{plot.floor}" '
        f'viewBox="0 0 12 {plot.floor}" preserveAspectRatio="none"><path class="c-bar" d="{path}"/></svg>'
    )


def _month_year(one: YearCounts, at: int, plot: _Plot, *, is_minor: bool) -> str:
    side = "start" if plot.slot < 1 / 20 and at == 0 else "mid"
    place = at * plot.slot if side == "start" else (at + 0.5) * plot.slot
    wide = " c-wide" if is_minor else ""
    return f'<text class="c-{side}{wide}" x="{percent(place)}" y="{plot.floor + 16}">{one.year}</text>'


def _milestones(milestones: Sequence[Milestone], first: int, years: int, floor: int, link: Link) -> str:
    """Dotted lines with words above. No line crosses words: those that begin at their line come first on top, those
    that end there last; three lines of words take turns.
    """
    placed = sorted(((one.year - first + (one.month - 0.5) / 12) / years, one) for one in milestones)
    inside = [(place, one) for place, one in placed if 0 <= place <= 1]
    left = [(place, one) for place, one in inside if place <= _TURN]
    right = [(place, one) for place, one in inside if place > _TURN]
    return "".join(
        _milestone(one, place, row % 3 * _LINE + 10, side, floor, link)
        for side, group in (("start", left), ("end", right[::-1]))
        for row, (place, one) in enumerate(group)
    )


def _milestone(one: Milestone, place: float, y: int, side: str, floor: int, link: Link) -> str:
    x, words = percent(place), text(one.words)
    return svg.anchor(
        svg.linked(one.to, link),
        words,
        f'<line class="c-when" x1="{x}" x2="{x}" y1="{y - 9}" y2="{floor}"/>'
        f'<text class="c-{side} c-son c-wide" x="{x}" y="{y}" dx="{5 if side == "start" else -5}">{words}</text>',
    )
