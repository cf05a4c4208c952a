"""Notes what a computation looks at.

In: names of values and of parts of lists, as they are read. Out: the set of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Tracker:
    """One computation at a time; outside of one nothing is noted."""

    def __init__(self) -> None:
        self._reads: set[str] | None = None

    def read(self, name: str) -> None:
        if self._reads is not None:
            self._reads.add(name)

    @contextmanager
    def watching(self) -> Iterator[set[str]]:
        """What is read within the block is in the set that it gives."""
        assert self._reads is None, "computations don't nest"
        self._reads = set()
        try:
            yield self._reads
        finally:
            self._reads = None
