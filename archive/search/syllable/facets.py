"""Facets: which values readers can narrow by, and which entries have them.

In: the filters of every entry, in the order of numbers. Out: JSON for each facet.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise

from archive.model.search import FACETS

SMALL = ("kind", "year", "level")
Filters = Mapping[str, tuple[tuple[str, str], ...]]


class Facets:
    """The values of each facet, in order: years from the latest, others by how many entries have them."""

    def __init__(self, filters: Sequence[Filters]) -> None:
        self._labels: dict[str, dict[str, str]] = {facet: {} for facet in FACETS}
        self._of: dict[str, dict[str, list[int]]] = {facet: {} for facet in FACETS}
        for number, held in enumerate(filters):
            for facet, values in held.items():
                of = self._of[facet]
                for id, label in values:
                    if id in of:
                        of[id].append(number)
                    else:
                        of[id] = [number]
                        self._labels[facet][id] = label

    def directory(self) -> dict[str, object]:
        """What the directory says: the values of the small facets, and which others there are."""
        small = {facet: {"values": values} for facet, values in self.small().items()}
        return {"facets": small, "big_facets": [facet for facet in FACETS if facet not in SMALL and self._of[facet]]}

    def small(self) -> dict[str, list[tuple[str, str, int]]]:
        """Id, label and number of entries of each value of the small facets."""
        return {
            facet: [(id, self._labels[facet][id], len(self._of[facet][id])) for id in self._order(facet)]
            for facet in SMALL
        }

    def files(self) -> dict[str, str]:
        """By facet: its values, and for each the entries that have it, as distances from one to the next."""
        return {facet: self._file(facet) for facet in FACETS if self._of[facet]}

    def _file(self, facet: str) -> str:
        order = self._order(facet)
        content = {
            "values": [[id, self._labels[facet][id]] for id in order],
            "of": [_deltas(self._of[facet][id]) for id in order],
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

    def _order(self, facet: str) -> list[str]:
        of = self._of[facet]
        if facet == "year":
            return sorted(of, reverse=True)
        return sorted(of, key=lambda id: (-len(of[id]), id))


def _deltas(numbers: Sequence[int]) -> list[int]:
    return [numbers[0], *(b - a for a, b in pairwise(numbers))]
