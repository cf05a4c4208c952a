"""Numbers of paragraphs, which are addresses: counted, or written behind a paragraph as ` {#doan-4a}`.

In: the markers of paragraphs in order. Out: their anchors. What was published keeps its number: a paragraph that was
put in between has the number of the one before it and a letter, as in amended laws. The count goes on as if these
paragraphs were not there; behind a paragraph that is marked with a number alone it goes on from that number.
"""

from __future__ import annotations

import re
from itertools import count
from typing import NamedTuple

MARK = "{#"
_MARKER = re.compile(r"\s\{#([^{}]*)\}$")
_NUMBER = re.compile(r"(0|[1-9][0-9]{0,3})([a-z]{0,2})")


class Number(NamedTuple):
    """`4a`: a count and letters; without letters the count goes on from it."""

    whole: int
    letters: str = ""

    @property
    def order(self) -> tuple[int, int, str]:
        """4, 4a, …, 4z, 4aa, 5."""
        return self.whole, len(self.letters), self.letters

    def __str__(self) -> str:
        return f"{self.whole}{self.letters}"


def split_marker(words: str) -> tuple[str, str]:
    """The text of a paragraph without its marker, and the anchor that the marker names; empty if it has none."""
    found = _MARKER.search(words)
    return (words[: found.start()].rstrip(), found[1] or " ") if found else (words, "")


def marked(anchor: str) -> str:
    """The marker as it stands behind a paragraph."""
    return f" {MARK}{anchor}}}"


def number_of(anchor: str, series: str) -> Number | None:
    """The number that an anchor holds: `doan-4a` → 4a; None if it is no anchor of the series `doan`."""
    found = _NUMBER.fullmatch(anchor.removeprefix(f"{series}-")) if anchor.startswith(f"{series}-") else None
    if found is None or (found[1] == "0" and not found[2]):
        return None
    return Number(int(found[1]), found[2])


def is_number(anchor: str, series: str) -> bool:
    """Whether a paragraph can be marked so."""
    return number_of(anchor, series) is not None


class Numbers:
    """Numbers the paragraphs of one article."""

    def __init__(self, series: str) -> None:
        self.series = series
        self.count = 0
        self.lines: dict[str, int] = {}

    def next(self, marker: str, line: int) -> tuple[str, int]:
        """The anchor of the next paragraph, and the line of the one that has it already, else 0."""
        number = number_of(marker, self.series) if marker else None
        if number is None:
            self.count += 1
            number = Number(self.count)
        elif not number.letters:
            self.count = number.whole
        anchor = f"{self.series}-{number}"
        return anchor, self.lines.get(anchor, 0) or self._put(anchor, line)

    def _put(self, anchor: str, line: int) -> int:
        self.lines[anchor] = line
        return 0


def after(number: Number, taken: set[Number]) -> Number:
    """The next free number with letters behind a number: 4 → 4a, or 4b where 4a is taken; 4z → 4aa."""
    for step in count(1):
        found = Number(number.whole, _letters(step))
        if found not in taken:
            return found
    raise AssertionError


def _letters(step: int) -> str:
    """1 → a, 26 → z, 27 → aa."""
    letters = ""
    while step:
        step, rest = divmod(step - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
