"""Sentences of Vietnamese text.

In: a paragraph. Out: the bounds of its sentences, which cover it from end to end.
"""

from __future__ import annotations

import re
from collections.abc import Collection

# The first sign stands alone: the engine looks for it at once, where it would try a repeated one everywhere. It doesn't
# follow another, and nothing is given back: a run of signs or spaces is read once, not from each of its places.
_END = re.compile(r"[.!?…](?<![.!?…][.!?…])[.!?…]*+[\"”’')\]]*+\s++(?=[\"“‘'(\[\-–]*+\s*+(?:[^\W\d_]|\d))")
_LAST_WORD = re.compile(r"[\w.]+$")
_LONGEST_WORD = 40  # letters looked at before a stop, so that a text of stops alone takes no longer
_LETTER = re.compile(r"[^\W_]")


def sentence_bounds(text: str, no_end_after: Collection[str] = ()) -> list[tuple[int, int]]:
    """Half-open bounds of each sentence, trailing space included.

    A stop ends a sentence if a capital, a digit or a quotation follows and the word before it
    is no initial (`L. Phương`) and not in `no_end_after` (`TP. Huế`).

    >>> sentence_bounds("Họp ở TP. Huế. Sau đó về.", {"TP"})
    [(0, 15), (15, 25)]
    """
    bounds = []
    start = 0
    for stop in _END.finditer(text):
        before = _LAST_WORD.search(text, max(start, stop.start() - _LONGEST_WORD), stop.start())
        word = before.group() if before else ""
        following = _LETTER.search(text, stop.end())
        is_initial = len(word) == 1 and word.isupper()
        if word in no_end_after or is_initial or (following and following.group().islower()):
            continue
        bounds.append((start, stop.end()))
        start = stop.end()
    if start < len(text) or not bounds:
        bounds.append((start, len(text)))
    return bounds


def sentence_around(text: str, start: int, end: int, no_end_after: Collection[str] = ()) -> tuple[int, int]:
    """Bounds of the sentence or sentences that hold `start` to `end`, without outer space."""
    return around(text, sentence_bounds(text, no_end_after), start, end)


def around(text: str, bounds: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """`sentence_around` where the bounds of the sentences are known."""
    holding = [(a, b) for a, b in bounds if a < end and b > start]
    first, last = (holding[0][0], holding[-1][1]) if holding else (0, len(text))
    chosen = text[first:last]
    return first + len(chosen) - len(chosen.lstrip()), first + len(chosen.rstrip())
