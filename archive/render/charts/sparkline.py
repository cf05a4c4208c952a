"""Sparklines: counts by year in a line of a table; and a bar for one count. All of one list have one scale.

In: counts. Out: an SVG of 84 × 22 px, named in words with all its figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from archive.render.charts import svg
from archive.render.charts.svg import Words, text

_WIDTH, _HEIGHT = 84, 22
_SHARE_WIDTH, _SHARE_HEIGHT = 60, 10


def scale_of(series: Iterable[Sequence[int]]) -> int:
    """The largest count of all lines of a list: their common scale."""
    return max((count for counts in series for count in counts), default=0)


def sparkline(counts: Sequence[int], first_year: int, most: int, *, words: Words) -> Markup:
    """Counts of consecutive years; nothing for less than two years. `most`: see `scale_of`."""
    if len(counts) < 2 or not any(counts):
        return svg.NOTHING
    slot = _WIDTH / len(counts)
    path = "".join(
        svg.column(at * slot, slot * 0.8, _HEIGHT, max(count / most * (_HEIGHT - 2), 2))
        for at, count in enumerate(counts)
        if count
    )
    label = words["by_year"].format(
        first=first_year, last=first_year + len(counts) - 1, counts=", ".join(map(str, counts))
    )
    inside = f'<path class="c-base" d="M0 {_HEIGHT - 0.5}h{_WIDTH}"/><path class="c-bar" d="{path}"/>'
    return Markup(svg.drawing(_HEIGHT, text(label), inside, has_links=False, width=str(_WIDTH), kind="c-spark"))


def share_bar(count: int, most: int) -> Markup:
    """A bar beside a number that says the same, so it has no words of its own."""
    if not most:
        return svg.NOTHING
    width = svg.number(max(count / most * _SHARE_WIDTH, 2 if count else 0))
    return Markup(
        f'<svg class="c-svg" width="{_SHARE_WIDTH}" height="{_SHARE_HEIGHT}" aria-hidden="true">'
        f'<rect class="c-bar" width="{width}" height="{_SHARE_HEIGHT}"/></svg>'
    )
