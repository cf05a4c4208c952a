"""Vietnamese as fingers type it: Telex and VNI keystrokes, the older tone placement, slips of one letter.

In: text. Out: text as somebody might have typed it.
"""

from __future__ import annotations

import re
import unicodedata
from random import Random

_TONES = "\u0301\u0300\u0309\u0303\u0323"  # sắc, huyền, hỏi, ngã, nặng: Telex s f r x j, VNI 1 2 3 4 5
_SHAPES = "\u0302\u0306\u031b"  # of ê, ă, ơ
_TONE_THEN_SHAPE = re.compile(f"([{_TONES}])([{''.join(_SHAPES)}])")
_KEYS = {
    "telex": {"tones": "sfrxj", "\u0306": "w", "\u031b": "w", "d": "d"},
    "vni": {"tones": "12345", "\u0302": "6", "\u0306": "8", "\u031b": "7", "d": "9"},
}
_NEIGHBOURS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        "snvsrdfjuhlknbioatdyicezux",
        strict=True,
    )
)


def keystrokes(text: str, method: str) -> str:
    """The keys behind a text.

    >>> keystrokes("dân vận", "telex"), keystrokes("đường", "vni")
    ('daan vaanj', 'd9u7o72ng')
    """
    return " ".join(_typed(word, _KEYS[method]) for word in text.split())


def _typed(word: str, keys: dict[str, str]) -> str:
    """Telex: the tone at the end of the word; VNI: behind its letter, after the digit of the letter's shape."""
    out: list[str] = []
    tone = ""
    for mark in _shapes_first(word):
        if mark in _TONES:
            tone = keys["tones"][_TONES.index(mark)]
            if keys["tones"].isdigit():
                out.append(tone)
                tone = ""
        elif mark in _SHAPES:
            out.append(keys.get(mark) or out[-1])
        elif mark in "đĐ":
            out.append("d" + keys["d"])
        else:
            out.append(mark)
    return "".join(out) + tone


def _shapes_first(word: str) -> str:
    """Decomposed, with the hat or horn of a letter before its tone."""
    return _TONE_THEN_SHAPE.sub(r"\2\1", unicodedata.normalize("NFD", word))


def slip(word: str, random: Random) -> str:
    """One letter of a word replaced, dropped, doubled or swapped with its neighbour."""
    at = random.randrange(len(word))
    kind = random.randrange(4)
    if kind == 0:
        return word[:at] + _NEIGHBOURS.get(word[at], "e") + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def one_slip_apart(one: str, other: str) -> bool:
    """Is one word the other with a letter replaced, dropped, added or swapped?"""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or swapped


def other_tone(word: str, random: Random) -> str:
    """The word with another tone on the same vowel; a word without a tone stays as it is."""
    parts = _shapes_first(word)
    tone = next((mark for mark in parts if mark in _TONES), "")
    others = [mark for mark in _TONES if mark != tone]
    return unicodedata.normalize("NFC", parts.replace(tone, random.choice(others)) if tone else parts)
