"""The order of reports in time: which comes before one, and which after it.

In: articles in order. Out: `Neighbour` rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.database.rows import Neighbour


def neighbours(articles: Sequence[str]) -> Iterator[Neighbour]:
    """A row for each article.

    >>> [*neighbours(["a", "b"])]
    [Neighbour(article='a', earlier=None, later='b'), Neighbour(article='b', earlier='a', later=None)]
    """
    around = [None, *articles, None]
    for article, earlier, later in zip(articles, around, around[2:], strict=False):
        yield Neighbour(article, earlier, later)
