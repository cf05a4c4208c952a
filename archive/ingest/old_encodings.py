"""Vietnamese in the encodings of old fonts, or read with the wrong one: told from Unicode and converted.

In: a text as decoded. Out: the text in Unicode and the name of what it was in, if that is certain; otherwise
whether its letters can't be Vietnamese. TCVN3 and VNI put marks where other alphabets have letters, so such a text
is valid UTF-8 and yet nobody can read or find it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from unicodedata import combining, normalize

_SAMPLE = 60_000
_FEWEST_SIGNS = 4
_BROKEN_SHARE = 0.06
_MENDED_SHARE = 0.015
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LETTERS = frozenset(
    normalize("NFC", base + tone)
    for base in ("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y")
    for tone in ("", *_TONES)
) | {"đ"}
_WORD = re.compile(r"[^\s\d.,;:!?()\[\]{}“”‘’\"'…/\\|+=*&%$#@^_~`<>•–—-]{1,40}")
_AROUND = "«»°§"
_ALL_CAPITALS = 0.9
_FEWEST_CAPITALS = 8
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x)?[aăâeêioôơuưy]{1,3}(?:ch|nh|ng|c|m|n|p|t)?"
)

# TCVN3 (ABC): the sign of Latin-1, and the letter that its fonts print for it. Capitals with a tone are printed by
# fonts of their own, whose names end in H, from the codes of small letters.
_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ§¡¢£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĐĂÂÊÔƠƯ",
        strict=True,
    )
)
# VNI: a vowel and the sign behind it, which stands for one mark or two; some letters have one sign of their own.
_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT, _ROOF, _BREVE = "\u0300\u0309\u0303\u0301\u0323\u0302\u0306"
_VNI_MARKS = {"ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ù": _ACUTE, "ï": _DOT, "â": _ROOF, "ê": _BREVE}
_VNI_MARKS |= {"à": _ROOF + _GRAVE, "å": _ROOF + _HOOK, "ã": _ROOF + _TILDE, "á": _ROOF + _ACUTE, "ä": _ROOF + _DOT}
_VNI_MARKS |= {"è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE, "é": _BREVE + _ACUTE}
_VNI_MARKS |= {"ë": _BREVE + _DOT}
_VNI_ALONE = dict(zip("ôöñíìæóòî", "ơưđíìỉĩịỵ", strict=True))
_WITH_TONES, _WITH_ROOF, _WITH_BREVE = "øûõùï", "âàåãáä", "êèúüéë"
_VNI_BASES = dict.fromkeys("uôö", _WITH_TONES) | dict.fromkeys("eo", _WITH_TONES + _WITH_ROOF)
_VNI_BASES |= {"a": _WITH_TONES + _WITH_ROOF + _WITH_BREVE, "y": "øûõù"}
_VNI = re.compile(
    "|".join(f"[{base}{base.upper()}][{marks}{marks.upper()}]" for base, marks in _VNI_BASES.items())
    + f"|[{''.join(_VNI_ALONE)}{''.join(_VNI_ALONE).upper()}]"
)


@dataclass(frozen=True, slots=True)
class Mended:
    """`encoding` names what the text was in; None: its letters aren't Vietnamese, and nobody can tell why."""

    text: str
    encoding: str | None


def mend(text: str) -> Mended | None:
    """None if the text needs no mending, as far as can be told."""
    sample = text[:_SAMPLE]
    if not _is_broken(sample):
        return None
    for name, convert in _converters():
        found = convert(sample)
        if found is not None and _is_mended(sample, found):
            whole = convert(text)
            return Mended(whole if whole is not None else text, name)
    return Mended(text, None) if _is_surely_broken(sample) else None


def _converters() -> Iterator[tuple[str, Callable[[str], str | None]]]:
    for codec in ("cp1252", "cp1258", "latin-1"):
        yield f"UTF-8 → {codec}", partial(_read_again, codec=codec)
    yield "TCVN3 (ABC)", partial(_by_lines, convert=from_tcvn3)
    yield "VNI", partial(_by_lines, convert=from_vni)


def from_tcvn3(line: str) -> str:
    """Small letters among capitals are capitals: such words were set in a font of capitals."""
    plain = [sign for sign in line if sign.isascii() and sign.isalpha()]
    converted = _WORD.sub(_word_from_tcvn3, line)
    is_headline = len(plain) >= _FEWEST_CAPITALS and sum(map(str.isupper, plain)) >= _ALL_CAPITALS * len(plain)
    return converted.upper() if is_headline else converted


def _word_from_tcvn3(match: re.Match[str]) -> str:
    word = match[0]
    plain = [sign for sign in word if sign.isascii() and sign.isalpha()]
    converted = "".join(_TCVN3.get(sign, sign) for sign in word)
    return converted.upper() if len(plain) > 1 and all(map(str.isupper, plain)) else converted


def from_vni(text: str) -> str:
    return _VNI.sub(_letter_from_vni, normalize("NFC", text))


def _letter_from_vni(match: re.Match[str]) -> str:
    signs = match[0]
    base = _VNI_ALONE.get(signs[0].lower(), signs[0].lower())
    letter = normalize("NFC", base + (_VNI_MARKS[signs[1].lower()] if len(signs) > 1 else ""))
    return letter.upper() if signs[0].isupper() else letter


def _by_lines(text: str, convert: Callable[[str], str]) -> str:
    """A line that is in Unicode already stays."""
    return "\n".join(line if line.isascii() or _is_unicode(line) else convert(line) for line in text.split("\n"))


def _is_unicode(line: str) -> bool:
    """Letters that no old font has, and none that Vietnamese has not."""
    words = _words(line)
    return bool(words) and all(map(_is_possible, words)) and any(sign > "\u0102" for sign in line if sign.isalpha())


def _read_again(text: str, codec: str) -> str | None:
    """Text whose UTF-8 was read as another code page; twice over, where that was done twice."""
    found = text
    for _ in range(2):
        try:
            found = b"".join(_byte(sign, codec) for sign in found).decode("utf-8")
        except (UnicodeError, ValueError):
            return found if found is not text else None
        if not _is_broken(found[:_SAMPLE]):
            return found
    return None


def _byte(sign: str, codec: str) -> bytes:
    if sign < "\x80":
        return sign.encode()
    try:
        return sign.encode(codec)
    except UnicodeEncodeError:
        if "\x80" <= sign <= "\x9f":
            return bytes([ord(sign)])
        raise


def _words(text: str) -> list[str]:
    """The words that have letters or signs beyond ASCII in them."""
    words = (word.strip(_AROUND) for word in _WORD.findall(normalize("NFC", text)))
    return [word for word in words if not word.isascii()]


@lru_cache(maxsize=20_000)
def _is_possible(word: str) -> bool:
    """Whether a Vietnamese word can be written so: its letters, one tone, one vowel group."""
    small = normalize("NFC", word).lower()
    if not all(sign in _LETTERS or sign.isascii() for sign in small):
        return False
    parts = normalize("NFD", small)
    if sum(mark in _TONES for mark in parts) > 1:
        return False
    bare = normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
    return _SYLLABLE.fullmatch(bare) is not None


def _share_impossible(text: str) -> tuple[int, float]:
    words = _words(text)
    impossible = sum(not _is_possible(word) for word in words)
    return impossible, impossible / (len(words) or 1)


def _is_broken(text: str) -> bool:
    count, share = _share_impossible(text)
    return count >= _FEWEST_SIGNS and share > _BROKEN_SHARE


def _is_mended(before: str, after: str) -> bool:
    """Nearly every word is possible now, and what was impossible before were many."""
    _, share = _share_impossible(after)
    _, was = _share_impossible(before)
    return "\ufffd" not in after and share <= max(_MENDED_SHARE, was / 12) and bool(_words(after))


def _is_surely_broken(text: str) -> bool:
    """Signs of other alphabets inside most words with marks, or signs that no alphabet has inside words."""
    words = _words(text)
    inside = sum(any(not (sign.isalpha() or combining(sign)) for sign in word[1:-1]) for word in words)
    return inside > len(words) / 4 and len(words) >= 2 * _FEWEST_SIGNS
