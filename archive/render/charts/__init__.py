"""Pictures of the site, made at build time: data in, SVG or a table out.

Every function takes small frozen values and returns markup: escaped, the same bytes for the same values, empty where
there is nothing to show (so that a template can ask `{% if picture %}`). Headings and sentences around a picture are
the template's. What all of them share:

- `words`: the group `charts` of site-config/labels.yml (`t.charts`); `counted`: what is counted (`t.charts.reports`,
  `t.charts.events`); `label`: the picture's name for those who don't see it.
- `link=v.link`: addresses in the data are those of the site (`nam/2024/`), or an anchor of the same page (`#…`).
- looks: templates/theme/assets/charts.css; no colour and no style stands in the markup.
- an SVG brings its table along, folded; tables, the map and the relations read in order and need none.

In templates, within `{% filter html_block %}` as all HTML there, and with this package as `charts`:

    {{ charts.bars(lists.bars(key), words=t.charts, label=…, counted=t.charts.events, to='nam/{year}/', link=v.link) }}
    {{ charts.month_bars(years, words=t.charts, label=…, counted=t.charts.events, milestones=…, to='nam/{year}/', …) }}
    {{ charts.months(years, words=t.charts, label=…, counted=…, to_year='#nam-{year}', to_month='…{month}…', …) }}
    {{ charts.grid(rows, columns, words=t.charts, label=…, counted=…, corner=…, sum_name=…, link=v.link) }}
    {{ charts.career(posts, words=t.charts, label=…, counted=t.charts.reports, link=v.link) }}
    {{ charts.lanes(levels, words=t.charts, label=…, counted=t.charts.events, corner=…, link=v.link) }}
    {{ charts.relations(before, document, after, heading=…, label=…, link=v.link) }}
    {{ charts.tile_map(tiles, rules, words=t.charts, label=…, counted=t.charts.reports, is_large=true, link=v.link) }}
    {{ charts.former_map(tiles, rules, …) }}: the same tiles as the 63 provinces of before July 2025
    {{ charts.sparkline(counts, first_year, most, words=t.charts) }} with one `most = charts.scale_of(lines)` for a list
    {{ charts.share_bar(count, most) }}
    {{ charts.strip(date, is_sure=…) }}

`years` is `count_by_month(dates)`, `tiles` is `tiles_of(rules, places, today, former, address)`.
"""

from archive.render.charts.bars import Milestone, bars, month_bars
from archive.render.charts.career import career
from archive.render.charts.lanes import lanes
from archive.render.charts.marks import Lane, Mark, Shape
from archive.render.charts.months import Cell, Row, YearCounts, count_by_month, grid, months
from archive.render.charts.relations import Box, Related, Side, relations
from archive.render.charts.sparkline import scale_of, share_bar, sparkline
from archive.render.charts.strip import strip
from archive.render.charts.tiles import Tile, Unit, former_map, tile_map, tiles_of
from archive.render.timeline import Bar

__all__ = [
    "Bar",
    "Box",
    "Cell",
    "Lane",
    "Mark",
    "Milestone",
    "Related",
    "Row",
    "Shape",
    "Side",
    "Tile",
    "Unit",
    "YearCounts",
    "bars",
    "career",
    "count_by_month",
    "former_map",
    "grid",
    "lanes",
    "month_bars",
    "months",
    "relations",
    "scale_of",
    "share_bar",
    "sparkline",
    "strip",
    "tile_map",
    "tiles_of",
]
