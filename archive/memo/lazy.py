"""Values of the store as mappings that look like dictionaries.

In: the store and what its values are. Out: `Lazy`, which reads and decodes a value when it is
asked for, keeps a bounded number of them, and tells the tracker what was looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

from archive.memo.store import Store
from archive.memo.tracker import Tracker

Value = TypeVar("Value")


class Lazy(Mapping[str, Value], Generic[Value]):
    """All values whose names begin with `prefix`, by the rest of the name."""

    def __init__(
        self,
        store: Store,
        tracker: Tracker,
        prefix: str,
        decode: Callable[[bytes], Value],
        most: int,
        presence: str = "",
    ) -> None:
        """At most `most` values are kept. `presence` begins the names of values that exist whenever these do."""
        self._store = store
        self._tracker = tracker
        self._prefix = prefix
        self._decode = decode
        self._most = most
        self._presence = presence or prefix
        self._kept: dict[str, Value] = {}

    def __getitem__(self, id: str) -> Value:
        name = self._prefix + id
        self._tracker.read(name)
        found = self._kept.get(id)
        if found is None:
            blob = self._store.value(name)
            if blob is None:
                raise KeyError(id)
            if len(self._kept) >= self._most:
                self._kept.clear()
            found = self._kept[id] = self._decode(blob)
        return found

    def __contains__(self, id: object) -> bool:
        if not isinstance(id, str):
            return False
        self._tracker.read(self._presence + id)
        return id in self._kept or self._store.has(self._prefix + id)

    def __iter__(self) -> Iterator[str]:
        self._tracker.read(f"{self._prefix}*")
        start = len(self._prefix)
        return iter([name[start:] for name in self._store.names(self._prefix)])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def forget(self) -> None:
        """Values may have changed."""
        self._kept.clear()
