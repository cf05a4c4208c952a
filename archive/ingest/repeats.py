"""Lines that say again what was said: the headline, the lede, a caption, a paragraph.

In: lines. Out: the lines without what repeats an earlier one, word for word or nearly. Each line
is looked up by a few hashes, never compared with all the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import pairwise
from typing import TypeGuard
from zlib import crc32

from archive.ingest.lines import Line, drop, without, word_key
from archive.ingest.noise import Noise, end_of
from archive.language.spelling import comparable
from archive.model.records import Change

_FEWEST_WORDS = 4
_BEGINNING = 8
_COMPARED = 400
"""Lines of more words than that are compared as wholes only."""
_COMPARED_LETTERS = 12 * _COMPARED
_BANDS = 6
_BUCKET = 6
_ALIKE = 0.8
_TOLD = 0.7
_MOST_DIFFERENT = 4
_MARKS = "\"'.,;:!?()[]“”‘’…-–"


def drop_repeats(
    lines: list[Line], said: Sequence[Line], noise: Noise
) -> tuple[list[Line], list[Change], frozenset[int]]:
    """Without lines that repeat an earlier one, or one of those `said` above them.

    Nearly means: the same but for a few small words ("dự", "tham dự"). Names and numbers must
    agree, for two captions may differ in the name alone.
    """
    seen = _Seen()
    changes: list[Change] = []
    once: list[_Worded] = []
    before: Line | None = None
    for line in said:
        seen.add(_worded(line))
    for line in lines:
        worded = _worded(line)
        if len(worded.words) < _FEWEST_WORDS:
            continue
        if (same := seen.same(_unnumbered(line, noise))) is not None:
            changes.append(drop(line, "repeated", noise.note("repeated", line=same)))
        elif (alike := seen.alike(worded)) is None:
            seen.add(worded)
            once.append(worded)
        elif _is_alt_text(before, alike, line):
            changes.append(drop(before, "repeated", noise.note("nearly-repeated", line=line.number)))
            seen.add(worded)
            once[-1] = worded
        else:
            changes.append(drop(line, "repeated", noise.note("nearly-repeated", line=alike)))
        before = line
    changes += _begun_again(once, noise)
    return without(lines, changes), changes, _doubled(lines, changes)


def _is_alt_text(before: Line | None, alike: int, line: Line) -> TypeGuard[Line]:
    """Words that stand for a picture, and right below them the caption, which says a little more."""
    return before is not None and before.number == alike and word_key(line.text).startswith(word_key(before.text))


def _doubled(lines: Sequence[Line], changes: Sequence[Change]) -> frozenset[int]:
    """Numbers of the lines that stay and are repeated by the next line, or repeat the one before."""
    gone = {change.line for change in changes}
    beside = [(before.number, line.number) for before, line in pairwise(lines)]
    return frozenset(
        kept for pair in beside for kept, other in (pair, pair[::-1]) if kept not in gone and other in gone
    )


def says_the_same(one: str, two: str) -> bool:
    """Whether two captions under one picture, its alt text and its own, say the same: all but a few small words."""
    if word_key(two).startswith(word_key(one)):
        return True
    mine, theirs = Counter(_words(one)), Counter(_words(two))
    different = (mine - theirs) + (theirs - mine)
    common = (mine & theirs).total()
    return common >= _TOLD * max(mine.total(), theirs.total()) and all(map(_is_small, different))


def _is_small(word: str) -> bool:
    return word.islower() and word.isalpha()


def _unnumbered(line: Line, noise: Noise) -> Line:
    """The line without the number of its picture: " - Ảnh 1."."""
    found = noise.find("picture-number", line.text)
    return replace(line, text=line.text[: end_of(line.text, found)]) if found else line


@dataclass(frozen=True, slots=True)
class _Worded:
    """A line, its words as printed and as compared, its pairs of words and their smallest hashes."""

    line: Line
    words: tuple[str, ...]
    small: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    bands: tuple[int, ...]


def _worded(line: Line) -> _Worded:
    words = _words(line.text)
    small = _words(comparable(line.text[:_COMPARED_LETTERS]))
    pairs = frozenset(pairwise(small))
    # Alike lines share some of their smallest hashes; crc32 is the same on every machine and run.
    bands = sorted({crc32(" ".join(pair).encode("utf-8", "surrogatepass")) for pair in pairs})[:_BANDS]
    return _Worded(line, words, small, pairs, tuple(bands))


@dataclass(slots=True)
class _Seen:
    """The lines met so far, by their letters and by a few hashes of their pairs of words."""

    by_key: dict[bytes, int] = field(default_factory=dict)
    buckets: dict[int, list[_Worded]] = field(default_factory=dict)

    def same(self, line: Line) -> int | None:
        return self.by_key.get(_digest(line.text))

    def alike(self, worded: _Worded) -> int | None:
        tried: set[int] = set()
        for band in worded.bands:
            for other in self.buckets.get(band, ()):
                if other.line.number not in tried and _nearly_same(worded, other):
                    return other.line.number
                tried.add(other.line.number)
        return None

    def add(self, worded: _Worded) -> None:
        self.by_key[_digest(worded.line.text)] = worded.line.number
        for band in worded.bands:
            bucket = self.buckets.setdefault(band, [])
            if len(bucket) < _BUCKET:
                bucket.append(worded)


def _begun_again(lines: Sequence[_Worded], noise: Noise) -> Iterator[Change]:
    """A lede that is printed once as a summary and again as the beginning of the first paragraph."""
    by_beginning: dict[tuple[str, ...], Line] = {}
    for worded in reversed(lines):
        beginning = worded.small[:_BEGINNING]
        if len(beginning) < _BEGINNING:
            continue
        longer = by_beginning.get(beginning)
        if longer is not None and _begins(worded.line, longer):
            yield drop(worded.line, "repeated", noise.note("begins-repeated", line=longer.number))
        else:
            by_beginning[beginning] = worded.line


def _begins(line: Line, longer: Line) -> bool:
    """Whether the whole of a stopped line stands at the beginning of a longer one."""
    if not line.is_stopped or len(longer.text) <= len(line.text):
        return False
    return word_key(longer.text[: 2 * len(line.text) + 40]).startswith(word_key(line.text))


def _words(text: str) -> tuple[str, ...]:
    words = (raw.strip(_MARKS) for raw in text[:_COMPARED_LETTERS].split())
    return tuple(word for word in words if word)[:_COMPARED]


def _nearly_same(one: _Worded, two: _Worded) -> bool:
    lengths = len(one.line.text), len(two.line.text)
    if max(len(one.words), len(two.words)) >= _COMPARED:
        return False
    if min(lengths) < _ALIKE * max(lengths) or len(one.pairs & two.pairs) < _ALIKE * len(one.pairs | two.pairs):
        return False
    mine, theirs = Counter(one.words), Counter(two.words)
    different = (mine - theirs) + (theirs - mine)
    return different.total() <= _MOST_DIFFERENT and all(map(_is_small, different))


def _digest(text: str) -> bytes:
    return blake2b(word_key(text).encode("utf-8", "surrogatepass"), digest_size=16).digest()
