"""Runs of words that tell whether two texts are the same report.

In: a text. Out: a sample of the hashes of its runs of words. Two texts that share most of their
sample share most of their sentences.
"""

from __future__ import annotations

import re
from array import array
from zlib import crc32

from archive.language.spelling import comparable

WORDS = 6  # in a run
# One run in eight is kept: those whose mixed hash begins with three zero bits.
NEAR = 0.6  # share of the smaller sample that makes two texts near-duplicates
FEWEST = 3  # common runs, at least
_MASK = (1 << 64) - 1
_BASE = 0x9E3779B97F4A7C15  # odd, of the golden ratio: a rolling hash of word hashes
_MIX = 0xD6E8FEB86659FD93
_OLDEST = pow(_BASE, WORDS, 1 << 64)


def shingles(text: str) -> array[int]:
    """The kept hashes, 64 bits each, in order."""
    words = re.findall(r"\w+", comparable(text))
    codes = [crc32(word.encode()) for word in words]
    kept = set()
    rolling = 0
    for place, code in enumerate(codes):
        rolling = (rolling * _BASE + code) & _MASK
        if place >= WORDS:
            rolling = (rolling - codes[place - WORDS] * _OLDEST) & _MASK
        if place >= WORDS - 1 and (rolling * _MIX & _MASK) >> 61 == 0:
            kept.add(rolling)
    return array("Q", sorted(kept))


def share(common: int, one: int, other: int) -> float:
    """How much of the smaller of two samples is common; 0 where that is too little to say."""
    return common / min(one, other) if common >= FEWEST else 0.0
