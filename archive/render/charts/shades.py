"""Counts as five shades: where each begins, and the key that says so.

In: counts. Out: the least count of each shade, the class of a count, a key.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from archive.render.charts.svg import Words, text

Bounds = tuple[int, ...]
_NICE = tuple(digit * 10**power for power in range(7) for digit in (1, 2, 5))


def bounds_of(counts: Iterable[int]) -> Bounds:
    """The least count of each of five shades, round numbers; even steps, unless most counts would be of the first.

    >>> bounds_of([0, 1, 6])
    (1, 2, 3, 4, 5)
    >>> bounds_of([4, 16, 8, 29, 12])
    (1, 5, 10, 15, 20)
    >>> bounds_of([1, 2, 3, 2, 1, 500])
    (1, 5, 20, 100, 500)
    """
    known = sorted(count for count in counts if count > 0)
    most = known[-1] if known else 0
    step = max((nice for nice in _NICE if 4 * nice <= most), default=1)
    if step == 1:
        return (1, 2, 3, 4, 5)
    if bisect_right(known, step - 1) * 4 <= len(known) * 3:
        return (1, *(step * times for times in range(1, 5)))
    series = [nice for nice in _NICE if nice <= most]
    return tuple(series[round(place * (len(series) - 1) / 4)] for place in range(5))


def shade(count: int, bounds: Bounds) -> str:
    """The class of a count: `c-s0` for none, `c-s1` to `c-s5`."""
    return f"c-s{bisect_right(bounds, count)}"


def names_of(bounds: Bounds, words: Words) -> tuple[str, ...]:
    """What each shade holds, from none to the most, in words."""
    ends = [following - 1 for following in bounds[1:]]
    ranges = [
        str(first) if first == last else words["from_to"].format(first=first, last=last)
        for first, last in zip(bounds, ends, strict=False)
    ]
    return (words["none"], *ranges, words["or_more"].format(first=bounds[-1]))


def shade_key(bounds: Bounds, words: Words, counted: str) -> str:
    """The key as one row of boxes."""
    boxes = "".join(f'<i class="c-s{at}">{text(name)}</i>' for at, name in enumerate(names_of(bounds, words)))
    return f'<span class="c-ramp">{boxes}</span><span>{text(counted)}</span>'
