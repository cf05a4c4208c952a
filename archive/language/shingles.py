"""Runs of words that tell whether two texts are the same report.

In: a text. Out: a sample of the hashes of its runs of words. Two texts that share most of their
sample share most of their sentences.
"""

from __future__ import annotations

import re
from array import array
from itertools import compress
from struct import pack, unpack_from
from zlib import crc32

from archive.language.spelling import comparable

WORDS = 6  # in a run
# One run in eight is kept: those whose mixed hash begins with three zero bits.
NEAR = 0.6  # share of the smaller sample that makes two texts near-duplicates
FEWEST = 3  # common runs, at least
_MASK = (1 << 64) - 1
_BASE = 0x9E3779B97F4A7C15  # odd, of the golden ratio: the hash of a run is a polynomial in it
_MIX = 0xD6E8FEB86659FD93
_UNMIX = pow(_MIX, -1, 1 << 64)
# All runs of a text are hashed in one multiplication of whole numbers: each word and each power of
# the base has 13 bytes of its own, so that no sum of six products reaches into the next.
_LANE = 13
_POWERS = sum((pow(_BASE, power, 1 << 64) * _MIX & _MASK) << (8 * _LANE * power) for power in range(WORDS))
_KEPT = bytes(byte < 1 << 5 for byte in range(256))  # by the first byte of a mixed hash
_NO_WORD = re.compile(r"[^\w ]")  # without a `+`, which costs the engine its quick search
_MOST_WORDS = 1 << 16  # that are remembered


class _Codes(dict[str, int]):
    """The hashes of words; most words of a text have been met before."""

    def __missing__(self, word: str) -> int:
        code = self[word] = crc32(word.encode())
        return code


_codes = _Codes()


def shingles(text: str) -> array[int]:
    """The kept hashes, 64 bits each, in order."""
    return shingles_of(comparable(text))


def shingles_of(compared: str) -> array[int]:
    """`shingles` of a text that is in its compared form already."""
    if len(_codes) > _MOST_WORDS:
        _codes.clear()
    codes = [*map(_codes.__getitem__, _NO_WORD.sub(" ", compared).split())]
    packed = pack(f"<{len(codes)}I", *codes)
    lanes = bytearray(_LANE * len(codes))
    for byte in range(4):
        lanes[byte::_LANE] = packed[byte::4]
    product = int.from_bytes(lanes, "little") * _POWERS
    mixed = product.to_bytes(len(lanes) + _LANE * WORDS, "little")[_LANE * (WORDS - 1) : len(lanes)]
    places = compress(range(0, len(mixed), _LANE), mixed[7::_LANE].translate(_KEPT))
    kept = {unpack_from("<Q", mixed, place)[0] * _UNMIX & _MASK for place in places}
    return array("Q", sorted(kept))


def share(common: int, one: int, other: int) -> float:
    """How much of the smaller of two samples is common; 0 where that is too little to say."""
    return common / min(one, other) if common >= FEWEST else 0.0
