"""Runs of words: hashed all at once, and each is what its own words make it."""

from __future__ import annotations

import re
from zlib import crc32

from hypothesis import given
from hypothesis import strategies as st

from archive.language.shingles import WORDS, shingles
from archive.language.spelling import comparable

BASE, MIX = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93


def hashes_one_by_one(text: str) -> list[int]:
    codes = [crc32(word.encode()) for word in re.findall(r"\w+", comparable(text))]
    kept = set()
    for end in range(WORDS, len(codes) + 1):
        run = 0
        for code in codes[end - WORDS : end]:
            run = (run * BASE + code) % 2**64
        if run * MIX % 2**64 < 2**61:
            kept.add(run)
    return sorted(kept)


@given(st.lists(st.sampled_from(["đã", "có", "ba", "_x", "12", "“a”", "b-c", "ơn,", "…"]), max_size=60))
def test_each_run_has_the_hash_of_its_words(words: list[str]) -> None:
    """The sample is that of a polynomial over each run of six words, of which one in eight is kept."""
    assert [*shingles(" ".join(words))] == hashes_one_by_one(" ".join(words))
