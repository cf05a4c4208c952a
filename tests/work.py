"""How much work a call is, and how it grows, said so that a busy machine says the same."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

_TRIES = 5
_NOTHING = 0.25  # seconds, in which no growth can be told


class Searched(str):
    """A text that counts the characters which `find` has looked at."""

    characters: int

    def __new__(cls, text: str) -> Searched:
        searched = super().__new__(cls, text)
        searched.characters = 0
        return searched

    def find(self, sub: str, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
        found = super().find(sub, start, end)
        self.characters += (len(self) if found < 0 else found) - start
        return found


def lines_of(call: Callable[[], object]) -> int:
    """How many lines of Python a call executes."""
    lines = 0

    def count(_: FrameType, event: str, __: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        call()
    finally:
        sys.settrace(before)
    return lines


def grows_faster(work: Callable[[str], object], short: str, long: str, factor: int) -> bool:
    """Whether the long text takes more than `factor` times the processor time of the short one, try after try.

    For work inside regular expressions, which nothing can count. What else the machine does makes single tries slow,
    never all of them: one try within the factor is enough.
    """
    return all(_ratio_is_above(work, short, long, factor) for _ in range(_TRIES))


def _ratio_is_above(work: Callable[[str], object], short: str, long: str, factor: int) -> bool:
    taken = _seconds(work, long)
    return taken > _NOTHING and taken > factor * _seconds(work, short)


def _seconds(work: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    work(text)
    return time.process_time() - started
