"""Vietnamese spelling: one form to compare on, a form without marks, ids, order of the alphabet.

In: text. Out: text. `comparable` keeps the length of NFC text, so that a place found in the
compared form is the same place in the text as printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: dictionary order
_APOSTROPHES = "\u2019\u2018\u02bc\u02b9\u00b4`\u2032"
_QUOTES = "\u201c\u201d\u201e\u00ab\u00bb"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
_SPACES = "\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\t"
CAPITALS = "".join(filter(str.isupper, map(chr, (*range(0x41, 0x130), 0x168, 0x1A0, 0x1AF, *range(0x1EA0, 0x1EFA)))))
_D_STROKE = "\u0111"
_ONE_FORM = {
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_SPACES, " "),
    "\u00d0": "\u0110",
    "\u00f0": "\u0111",
}
_SEVERAL_FORMS = re.compile("[" + re.escape("".join(_ONE_FORM)) + "]")  # ten times as fast as str.translate
_UNKNOWN = 1000  # rank of what is not in the alphabet, before its code point
_FIRST = 0x20
_OPEN = {"o": "ae", "u": "y"}


def nfc(text: str) -> str:
    """The text in Unicode Normalization Form C, the only form past the first two rooms."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def split_tone(letter: str) -> tuple[str, str]:
    """A letter without its tone, and the tone mark or an empty string.

    >>> split_tone("ệ") == ("ê", "\\u0323")
    True
    """
    parts = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in parts if mark in _TONES), "")
    return nfc("".join(mark for mark in parts if mark != tone or not tone)), tone


_SECOND = {
    first: "".join(nfc(letter + tone) for letter in second for tone in _TONES) for first, second in _OPEN.items()
}
_OPEN_PAIR = re.compile(f"([oOuU])([{''.join((both := ''.join(_SECOND.values())) + both.upper())}])(?!\\w)")


def one_tone_place(text: str) -> str:
    """NFC text with the tone of open oa, oe, uy on the first vowel: hoà → hòa, thuỷ → thủy.

    Not after q (quý keeps its only form), and not before a final consonant (hoàn has one form).
    """
    return _OPEN_PAIR.sub(_moved_tone, text)


def _moved_tone(match: re.Match[str]) -> str:
    first, second = match[1], match[2]
    start = match.start()
    after_q = start > 0 and match.string[start - 1] in "qQ"
    if after_q or second.lower() not in _SECOND[first.lower()]:
        return match[0]
    letter, tone = split_tone(second)
    return nfc(first + tone) + letter


@lru_cache(maxsize=65536)
def _lower(letter: str) -> str:
    lowered = letter.lower()
    return lowered if len(lowered) == 1 else letter


@lru_cache(maxsize=4096)
def unified(text: str) -> str:
    """NFC text with one form of each thing that is written in several, case kept, length kept.

    One tone placement, one form of apostrophe, quote, dash and space; Icelandic Ð is read as
    Vietnamese Đ.
    """
    return one_tone_place(_SEVERAL_FORMS.sub(lambda match: _ONE_FORM[match[0]], text))


@lru_cache(maxsize=4096)
def comparable(text: str) -> str:
    """The form on which names and words are compared: `unified`, in lower case.

    >>> comparable("Ủy ban") == comparable("Uỷ ban")
    True
    """
    text = unified(text)
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(map(_lower, text))


def without_marks(text: str) -> str:
    """Lower case without any mark, đ as d. For ids and loose search, never for identity.

    >>> without_marks("Điểu K’Ré")
    "dieu k're"
    """
    parts = unicodedata.normalize("NFD", comparable(text))
    return "".join(c for c in parts if not unicodedata.combining(c)).replace(_D_STROKE, "d")


def slug(text: str) -> str:
    """An ASCII id made of a text: a proposal for an editor, never recomputed.

    >>> slug("Đánh giá quý II/2024")
    'danh-gia-quy-ii-2024'
    """
    return "-".join(re.findall(r"[a-z0-9]+", without_marks(text).replace("'", "-")))


class Collation:
    """Vietnamese dictionary order over an alphabet such as `["a", "ă", "â", "b", …]`.

    Letters first, tones (ngang, huyền, hỏi, ngã, sắc, nặng) only between words that are equal
    without them.
    """

    def __init__(self, alphabet: Sequence[str]) -> None:
        self._rank: Mapping[str, int] = {letter: rank for rank, letter in enumerate(alphabet, 1)}
        self._beyond = chr(_FIRST + len(alphabet) + 1)

    def key(self, text: str) -> tuple[tuple[tuple[int, ...], ...], tuple[str, ...], str]:
        words = re.findall(r"[\w']+", comparable(text))
        letters: list[tuple[int, ...]] = []
        tones: list[str] = []
        for word in words:
            split = [split_tone(letter) for letter in word]
            letters.append(tuple(self._rank.get(bare, _UNKNOWN + ord(bare[0])) for bare, _ in split))
            tones.append("".join(str(_TONES.find(tone) + 1) if tone else "0" for _, tone in split))
        return tuple(letters), tuple(tones), text

    def sort_text(self, text: str) -> str:
        """A text that sorts by code point as `key` does, for stores that know no tuples.

        A letter is one character above a space; one beyond the alphabet comes after all of them, by
        its number. Words end in U+0002, their list in U+0001.
        """
        letters, tones, printed = self.key(text)
        spelled = "".join("".join(map(self._sorting, word)) + "\x02" for word in letters)
        return f"{spelled}\x01{''.join(tone + chr(2) for tone in tones)}\x01{printed}"

    def _sorting(self, rank: int) -> str:
        return chr(_FIRST + rank) if rank < _UNKNOWN else f"{self._beyond}{rank - _UNKNOWN:06x}"

    def initial(self, text: str) -> str:
        """The heading letter under which a text stands: `Đ` for Điểu."""
        return next((split_tone(c)[0].upper() for c in comparable(text) if c.isalnum()), "#")
