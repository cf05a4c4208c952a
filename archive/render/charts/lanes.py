"""Swimlanes: a row a level (or another group), a dot an event at its date.

In: rows with their marks. Out: rows along a time axis, a key, a table; nothing where no year is known.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from archive.render.charts import svg
from archive.render.charts.marks import (
    MANY,
    Lane,
    Shape,
    dot_sample,
    is_binned,
    rows,
    unsure_sample,
    year_rows,
)
from archive.render.charts.svg import Link, Words


def lanes(groups: Sequence[Lane], *, words: Words, label: str, counted: str, corner: str, link: Link = str) -> Markup:
    """`groups` stand in the order given; `corner` is what a row is, `counted` is `{n} sự kiện`."""
    drawn = rows(groups, words=words, counted=counted, link=link)
    if not drawn:
        return svg.NOTHING
    has_unsure = any(not mark.is_sure for group in groups for mark in group.marks)
    kinds = [
        (dot_sample(Shape.HAPPENS), words["sure"]),
        *([(unsure_sample(), words["unsure"])] if has_unsure else []),
        *([("", words["by_quarter"].format(many=MANY))] if is_binned(groups) else []),
    ]
    heads = [corner, words["year"], words["sure"], words["unsure"]]
    table = [
        (group.name, years, sum(mark.is_sure for mark in marks), sum(not mark.is_sure for mark in marks))
        for group in groups
        for years, marks in year_rows(group, words)
    ]
    return svg.picture(*drawn, svg.key(kinds), svg.twin(words, label, heads, table, names=2))
