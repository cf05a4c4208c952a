"""Entries of lists: how one thing of the archive comes to stand in the lists of others.

In: nothing. Out: `Row`. Every list is cut in parts (a year, an initial, the id of a record), and
within a part in order of `sort`, then `id`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of one list; `value` is what the list holds beside the id, if anything."""

    list: str
    part: str
    sort: str
    id: str
    value: Any = None


def in_time(date_sort: tuple[Any, Any, str] | None) -> str:
    """A sort key: order of time as text, without a date last."""
    return "/".join(map(str, date_sort)) if date_sort else "~"
