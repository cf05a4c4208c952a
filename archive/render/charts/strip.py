"""When something took place, as a strip of months below the date in words.

In: a date. Out: an SVG with ticks and years; nothing for an exact day, which words say better.
"""

from __future__ import annotations

from markupsafe import Markup

from archive.model.dates import Date
from archive.render.charts import svg
from archive.render.charts.svg import number
from archive.render.timeline import strip as figures

_MONTHS_IN_PX = {1: 10.0, 2: 7.5, 3: 6.0}  # a month, by the number of years
_HEIGHT = 26


def strip(date: Date | None, *, is_sure: bool = False) -> Markup:
    """The months of the date's years with what the date covers; the words of the date stand beside it on the page.

    `is_sure`: it took all the days that the date covers, as a meeting of several days does.
    """
    drawn = figures(date)
    if drawn is None or drawn.is_day or date is None:
        return svg.NOTHING
    one = _MONTHS_IN_PX[drawn.months // 12]
    width = number(drawn.months * one)
    months = "".join(f"M{number(month * one)} 8v4" for month in range(drawn.months + 1) if month % 12)
    years = "".join(f"M{number(month * one)} 3v10" for month in range(0, drawn.months + 1, 12))
    kind = "c-bar" if is_sure else "c-unsure"
    vague = " c-vague" if drawn.vague_start or drawn.vague_end else ""
    names = "".join(
        f'<text class="c-mid" x="{number((at * 12 + 6) * one)}" y="25">{year}</text>'
        for at, year in enumerate(date.years)
    )
    return Markup(
        f'<svg class="c-svg c-strip" width="{width}" height="{_HEIGHT}" aria-hidden="true">'
        f'<path class="c-grid" d="{months}"/><path class="c-axis" d="M0 8h{width}{years}"/>'
        f'<rect class="{kind}{vague}" x="{number(drawn.start * one)}" y="4" rx="2" '
        f'width="{number(max((drawn.end - drawn.start) * one, 4))}" height="8"/>{names}</svg>'
    )
