"""Level by level: computes what must be computed, and keeps account of what changed.

In: the store, the names that changed so far, and for each level a function. Out: cells brought up
to date. A level reads what earlier levels made, never its own cells or later ones, so one pass is
enough: a cell is computed again if it is new or if anything it read has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from archive.memo.store import Made, Store

Compute = Callable[[list[str]], Iterable[Made]]  # makes cells in the order of their keys


class Levels:
    """One build's way through the levels. `changed` grows as it goes."""

    def __init__(self, store: Store, changed: Iterable[str] = ()) -> None:
        self.store = store
        self.changed: set[str] = set(changed)

    def run(
        self, level: str, compute: Compute, *, added: Iterable[str] = (), removed: Iterable[str] = ()
    ) -> Iterator[Made]:
        """Brings a level up to date; yields what was computed, as it is computed.

        `added` are keys that are new or whose sources changed, `removed` those that are gone.
        """
        gone = set(removed)
        for key in sorted(gone):
            self.changed |= self.store.remove(level, key)
        dirty = (set(added) | self.store.readers(self.changed, level)) - gone
        for made in compute(sorted(dirty)) if dirty else ():
            self.changed |= self.store.put(level, made)
            yield made

    def fill(self, level: str, compute: Compute, keys: Iterable[str]) -> Iterator[Made]:
        """A level that has no cells yet: nothing to compare with."""
        self.store.clear(level)
        for made in compute(sorted(keys)):
            self.store.add(level, made)
            yield made
