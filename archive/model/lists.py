"""Lists: which records stand in which list, in which part of it, and in which order.

In: rows, each made of one record or moment alone. Out: an `Index` of them. A list that may grow
with the archive is read through an index, one part at a time, and never by looping over records.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from archive.model.dates import Date

SPANNING = "spanning:"  # before a list's name: those of its rows that stand in a second year too


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One record in one list. `part` is a year, a letter, …, empty where it is unknown.

    `sort` orders the rows of a part by code point, then `id` does; `value` is what the list holds beside
    the id, if anything.
    """

    list: str
    part: str
    sort: str
    id: str
    value: Any = field(default=None, compare=False)


class Index(Protocol):
    """What can be asked about lists. Lists and parts that nobody wrote are empty."""

    def parts(self, list: str) -> tuple[tuple[str, int], ...]:
        """Every part that holds something, ordered by code point, and how many rows it holds."""
        ...

    def ids(self, list: str, part: str) -> tuple[str, ...]:
        """The ids of a part, ordered by (sort, id)."""
        ...

    def lists(self, prefix: str) -> tuple[str, ...]:
        """The names of lists that begin so and hold something."""
        ...

    def longer(self, list: str, than: int) -> bool:
        """Whether a list has more rows than that: a question of its own, as its answer hardly ever changes."""
        ...


class MemoryIndex:
    """An index of rows that are in memory."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        found: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            found[row.list][row.part].append((row.sort, row.id))
        self._parts = {
            name: {part: tuple(id for _, id in sorted(held)) for part, held in sorted(parts.items())}
            for name, parts in sorted(found.items())
        }
        self._names = tuple(self._parts)

    def parts(self, list: str) -> tuple[tuple[str, int], ...]:
        return tuple((part, len(ids)) for part, ids in self._parts.get(list, {}).items())

    def ids(self, list: str, part: str) -> tuple[str, ...]:
        return self._parts.get(list, {}).get(part, ())

    def lists(self, prefix: str) -> tuple[str, ...]:
        names = self._names[bisect_left(self._names, prefix) :]
        return tuple(name for name in names if name.startswith(prefix))

    def longer(self, list: str, than: int) -> bool:
        return sum(count for _, count in self.parts(list)) > than


def year_parts(date: Date | None) -> tuple[str, ...]:
    """The years a date may fall in, one or two; one empty part where they are unknown or more."""
    years = date.years if date else ()
    return tuple(f"{year:04d}" for year in years) if 0 < len(years) <= 2 else ("",)


def month_part(date: Date | None) -> str:
    """`2024-04` where the month is sure, else the first of its years as `year_parts` has it."""
    if date and date.earliest and date.latest and (date.earliest.isoformat()[:7] == date.latest.isoformat()[:7]):
        return date.earliest.isoformat()[:7]
    return year_parts(date)[0]
