"""Progress of long work: a bar with counts on a terminal, plain lines elsewhere.

In: steps and iterables. Out: lines on standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


class Progress:
    """Says what is being done; `quiet` says nothing."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.on_terminal = sys.stderr.isatty()

    def say(self, line: str) -> None:
        if not self.quiet:
            print(line, file=sys.stderr, flush=True)

    def over(self, items: Iterable[Item], words: str, total: int | None = None) -> Iterator[Item]:
        """The items, counted as they pass."""
        if self.quiet:
            yield from items
        elif self.on_terminal:
            from tqdm import tqdm  # a tenth of the start, and only a terminal shows it

            yield from tqdm(items, desc=words, total=total, leave=True, dynamic_ncols=True)
        else:
            count = 0
            for count, item in enumerate(items, 1):  # noqa: B007 (the last count is said below)
                yield item
            self.say(f"{words}: {count}")
