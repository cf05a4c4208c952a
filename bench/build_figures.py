"""Runs of builds to figures: medians, ratios of runs that stood beside each other, growth, lines of text.

In: what each run cost, by who ran and what was done. Out: a table for a terminal or a file.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.build_archive import Texture
from bench.measure import Spent

OURS = ("engine", "archive")
"""The page engine alone over ready Markdown; the whole way from content/ to a checked site."""
CLEAN, SEARCH, SAME = "clean", "clean, with search", "no change"
_ABSOLUTE = ("wall s", "CPU s", "MB", "out MB", "files")
_WIDTH = 10  # of a column
_UNIT: dict[str, Callable[[Spent], float | None]] = {
    "wall": lambda spent: spent.wall,
    "CPU": lambda spent: spent.cpu,
    "memory": lambda spent: spent.peak_mb,
}


@dataclass(frozen=True, slots=True)
class Size:
    """All runs over the archive of one number of articles; `weight` is megabytes and files of each output."""

    texture: Texture
    pages: int
    markdown_mb: float
    runs: dict[tuple[str, str], list[Spent]] = field(default_factory=dict)
    weight: dict[str, tuple[float, int]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def add(self, who: str, what: str, spent: Spent) -> None:
        self.runs.setdefault((who, what), []).append(spent)

    def figure(self, who: str, what: str, unit: str) -> float | None:
        """The median of all runs; None without a run or where the system doesn't tell."""
        return middle(_UNIT[unit](spent) for spent in self.runs.get((who, what), ()))

    def ratio(self, who: str, peer: str, what: str, unit: str) -> float | None:
        """Against a peer: the median over pairs of runs that stood beside each other."""
        ours, theirs = (self.runs.get((name, what), ()) for name in (who, peer))
        pairs = [(_UNIT[unit](a), _UNIT[unit](b)) for a, b in zip(ours, theirs, strict=False)]
        return middle(a / b if a is not None and b else None for a, b in pairs)


def middle(values: Iterator[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def growth(small: float, large: float, times: float) -> float:
    """The exponent k of "grows as N^k" for a measure that went from small to large while N grew so many times."""
    return math.log(large / small) / math.log(times)


def table(size: Size, peers: Sequence[str]) -> Iterator[str]:
    """One size: a block for each thing that was done, a line for each who did it."""
    texture = size.texture
    yield f"{texture.articles:,} articles of {texture.words:,.0f} words on average ({texture.vocabulary:,} distinct,"
    yield f"{texture.pairs:,} distinct pairs); {size.pages:,} pages, {size.markdown_mb:,.0f} MB of Markdown"
    yield ""
    of = [f"/{peer}" if i == 0 else "" for peer in peers for i in range(len(_UNIT))]
    yield _line("", [*[""] * len(_ABSOLUTE), *of])
    yield _line("", [*_ABSOLUTE, *(unit for _ in peers for unit in _UNIT)])
    for what in dict.fromkeys(what for _, what in size.runs):
        yield f"{what}:"
        for who in (*OURS, *peers):
            if (who, what) in size.runs:
                yield _line(f"  {who}", [*_absolute(size, who, what), *_relative(size, who, what, peers)])
    yield from size.said


def _absolute(size: Size, who: str, what: str) -> Iterator[str]:
    for unit, digits in (("wall", 2), ("CPU", 2), ("memory", 0)):
        yield _number(size.figure(who, what, unit), digits)
    weight = size.weight.get(who)
    yield from (f"{weight[0]:,.1f}", f"{weight[1]:,}") if weight and what == CLEAN else ("", "")


def _relative(size: Size, who: str, what: str, peers: Sequence[str]) -> Iterator[str]:
    for peer in peers:
        for unit in _UNIT:
            yield _number(size.ratio(who, peer, what, unit), 3) if who in OURS else ""


def growth_table(sizes: Mapping[int, Size]) -> Iterator[str]:
    """Exponents between the two ends of the sizes from a thousand on, else of all."""
    ends = sorted(n for n in sizes if n >= 1000)
    ends = ends if len(ends) > 1 else sorted(sizes)
    if len(ends) < 2:
        return
    small, large = sizes[ends[0]], sizes[ends[-1]]
    yield f"growth from {ends[0]:,} to {ends[-1]:,} articles, exponent of N:"
    yield _line("", list(_UNIT))
    for who, what in small.runs:
        pairs = [(small.figure(who, what, unit), large.figure(who, what, unit)) for unit in _UNIT]
        exponents = [growth(a, b, ends[-1] / ends[0]) if a and b else None for a, b in pairs]
        yield _line(f"  {who}, {what}", [_number(exponent, 2) for exponent in exponents])


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:,.{digits}f}"


def _line(name: str, values: Sequence[str]) -> str:
    return (f"{name:32}" + "".join(f"{value:>{_WIDTH}}" for value in values)).rstrip()
