"""What was asked for lately, within a bound.

In: values with keys and weights. Out: `Recent`. Old values go half of them at a time, not all at once.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Held = TypeVar("Held")


class Recent(Generic[Held]):
    """At most values of the weight `most`, those that were used last among them."""

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self.clear()

    def clear(self) -> None:
        """Forgets everything."""
        self._young: dict[Hashable, tuple[Held, int]] = {}
        self._old: dict[Hashable, tuple[Held, int]] = {}
        self._weight = 0

    def get(self, key: Hashable) -> Held | None:
        """The value, if it is still there."""
        found = self._young.get(key)
        if found is not None:
            return found[0]
        found = self._old.get(key)
        if found is None:
            return None
        self.put(key, *found)
        return found[0]

    def put(self, key: Hashable, value: Held, weight: int = 1) -> None:
        """Keeps a value; what was not used for long may go for it."""
        self._weight += weight
        if self._weight > self._half:
            self._old, self._young, self._weight = self._young, {}, weight
        self._young[key] = (value, weight)
