"""Runs of words that tell whether two texts are the same report.

In: a text. Out: a sample of the hashes of its runs of words. Two texts that share most of their
sample share most of their sentences.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from zlib import crc32

from archive.language.spelling import comparable

WORDS = 6  # in a run
SAMPLE = 8  # one run in eight is kept, chosen by its hash
NEAR = 0.6  # share of the smaller sample that makes two texts near-duplicates
FEWEST = 3  # common runs, at least


def shingles(text: str) -> frozenset[bytes]:
    """The kept hashes, eight bytes each."""
    words = re.findall(r"\w+", comparable(text))
    runs = (" ".join(words[start : start + WORDS]) for start in range(len(words) - WORDS + 1))
    sample = (coded for run in runs if crc32(coded := run.encode()) % SAMPLE == 0)
    return frozenset(blake2b(coded, digest_size=8).digest() for coded in sample)


def share(common: int, one: int, other: int) -> float:
    """How much of the smaller of two samples is common; 0 where that is too little to say."""
    return common / min(one, other) if common >= FEWEST else 0.0
