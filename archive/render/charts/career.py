"""A person's career as reports show it: a row a post, a mark a report at its date, gaps left empty.

In: posts with their marks. Out: rows along a time axis, a key, a table; nothing where no year is known.
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


def career(posts: Sequence[Lane], *, words: Words, label: str, counted: str, link: Link = str) -> Markup:
    """`posts` stand in the order given, the latest first; `label` names the table, `counted` is `{n} bài`."""
    drawn = rows(posts, words=words, counted=counted, link=link)
    if not drawn:
        return svg.NOTHING
    marks = [mark for post in posts for mark in post.marks]
    said = {Shape.SPEAKS: words["speaks"], Shape.ATTENDS: words["attends"], Shape.HAPPENS: words["named"]}
    shapes = [pair for pair in said.items() if any(mark.shape is pair[0] for mark in marks)]
    kinds = [
        *((dot_sample(shape), said) for shape, said in shapes),
        *([(unsure_sample(), words["unsure"])] if any(not mark.is_sure for mark in marks) else []),
        *([("", words["by_quarter"].format(many=MANY))] if is_binned(posts) else []),
    ]
    heads = [words["post"], words["year"], *(said for _, said in shapes), words["unsure"]]
    table = _table(posts, [shape for shape, _ in shapes], words)
    return svg.picture(*drawn, svg.key(kinds), svg.twin(words, label, heads, table, names=2))


def _table(posts: Sequence[Lane], shapes: Sequence[Shape], words: Words) -> list[tuple[object, ...]]:
    return [
        (
            post.name,
            years,
            *(sum(mark.is_sure and mark.shape is shape for mark in marks) for shape in shapes),
            sum(not mark.is_sure for mark in marks),
        )
        for post in posts
        for years, marks in year_rows(post, words)
    ]
