"""One form of each word, and its key: what a text and a query have in common before anything is compared.

In: text. Out: prepared text, and its words as forms (with marks) and keys (without).
templates/theme/assets/search/forms.js does the same in the browser.
"""

from __future__ import annotations

import re
import unicodedata
from codecs import charmap_build, charmap_decode, charmap_encode
from collections.abc import Collection
from itertools import chain

from archive.language.spelling import nfc, one_tone_place

# 183.676 and 183,676 are one word
WORD = re.compile(r"[0-9]{1,3}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+)(?![0-9]|[.,][0-9]|[^\W_])|[^\W_]+")
# lí and lý, quí and quý
_SAME_SOUND = {
    start + i: start + y
    for start in ("h", "k", "l", "m", "s", "t", "qu")
    for i, y in zip("iìíỉĩị", "yỳýỷỹỵ", strict=True)
}
_TENS, _ONES = ("", "x", "xx", "xxx"), ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = {
    ten + one: str(10 * tens + ones) for tens, ten in enumerate(_TENS) for ones, one in enumerate(_ONES) if ten + one
}
_ALSO_WORDS = frozenset(("i", "v", "x", "vi", "xi"))  # a letter, `vi phạm`, `xi măng`
_ODD = "'\u2018\u2019\u02bc\u02b9\u00b4`\u2032\u00d0\u00f0"
_APOSTROPHE = re.compile("(?<=[^\\W_])['\u2018\u2019\u02bc\u02b9\u00b4`\u2032]+(?=[^\\W_])")
_ETH = str.maketrans("\u00d0\u00f0", "\u0110\u0111")
_DOTTED = re.compile(r"(?<!\w)(?:[A-Z\u0110\u01af]\.\s?)+[A-Z\u0110\u01af](?!\w)")
_TW_GLUED = re.compile(r"(?<=[-/])(TW|TU|CP|TTg)(?=[a-z\u00e0-\u1ef9])")
_BEFORE_ISSUER = ("/T", "-T", "/C", "-C")
_BLANKS = re.compile(r"[^\S\r\n]{2,}")
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_MARKED = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_ZEROS = re.compile(r"^0+(?=[0-9])")


class _Folds(dict[int, str]):
    """One letter without its marks, any dash as a hyphen, for str.translate; keeps the length of a text."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
        bare = bare.replace("\u0111", "d").replace("\u0110", "D")
        self[code] = bare if len(bare) == 1 else letter
        return self[code]


class _Keys(dict[str, str]):
    def __missing__(self, form: str) -> str:
        self[form] = key = form.translate(_FOLDS)
        return key


class _Forms(dict[str, str]):
    def __missing__(self, word: str) -> str:
        form = one_tone_place(lowered(word))
        form = _ZEROS.sub("", form)
        if "." in form or "," in form:
            form = form.replace(".", "").replace(",", "")
        self[word] = form = _SAME_SOUND.get(form, form)
        return form


class _Pieces(dict[str, tuple[str, ...]]):
    """What stands between two blanks → the words in it; a word with its comma is met again and again."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        self[piece] = found = tuple(WORD.findall(piece))
        return found


_PIECES = _Pieces()
_PIECES_KEPT = 50_000
_FOLDS = _Folds(dict.fromkeys(map(ord, _DASHES), "-"))
# ASCII, the lower-case letters of Vietnamese, signs that are usual in its texts
_COMMON = "".join(map(chr, range(128))) + _MARKED + "\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2022\u00a0\u00b0"
_TABLE = charmap_build(_COMMON.ljust(256, "\ufffe"))
_FOLDED = _COMMON.translate(_FOLDS).ljust(256, "\ufffe")
KEYS = _Keys()
FORMS = _Forms()


def lowered(text: str) -> str:
    """Lower case of the same length."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def folded(text: str) -> str:
    """Text without marks, đ as d, dashes as hyphens, of the same length; case is kept.

    >>> folded("đại đoàn kết")
    'dai doan ket'
    """
    try:
        # the same through a table of 256 letters; str.translate takes ten times as long
        return charmap_decode(charmap_encode(text, "strict", _TABLE)[0], "strict", _FOLDED)[0]
    except UnicodeEncodeError:
        return text.translate(_FOLDS)


def prepared(text: str) -> str:
    """Text in which every word is in one piece: NFC, single blanks, no apostrophes inside words, T.Ư as TƯ, TW apart
    from a word glued to it.

    >>> prepared("K’Ré ở T.Ư, số 49-CT/TWcủa")
    'KRé ở TƯ, số 49-CT/TW của'
    """
    text = nfc(text)
    if any(map(text.__contains__, _ODD)):
        text = _APOSTROPHE.sub("", text.translate(_ETH))
    if "  " in text or not text.isprintable():  # a blank of another kind is not printable
        text = _BLANKS.sub(" ", text)
    if "T." in text:
        text = _DOTTED.sub(_undotted, text)
    if any(start in text for start in _BEFORE_ISSUER):
        text = _TW_GLUED.sub(r"\1 ", text)
    return text


def _undotted(match: re.Match[str]) -> str:
    joined = re.sub(r"[.\s]", "", match[0])
    return joined if joined in ("T\u01af", "TW") else match[0]


def words(text: str) -> list[str]:
    """The words of prepared text as written: runs of letters and digits."""
    if len(_PIECES) > _PIECES_KEPT:
        _PIECES.clear()
    return list(chain.from_iterable(map(_PIECES.__getitem__, text.split())))


def in_figures(forms: list[str], numbered: Collection[str]) -> list[str]:
    """Forms with Roman numbers as plain ones; what may be a word, too, only behind a word of `numbered`.

    >>> in_figures(["quý", "i", "khóa", "xiii", "vi", "phạm"], {"quý", "khóa"})
    ['quý', '1', 'khóa', '13', 'vi', 'phạm']
    """
    for place in [place for place, form in enumerate(forms) if form in _ROMAN]:
        before = forms[place - 1] or forms[place - 2] if place else ""  # a sentence may end between the two
        if forms[place] not in _ALSO_WORDS or before in numbered:
            forms[place] = _ROMAN[forms[place]]
    return forms


def tokens(text: str) -> tuple[str, ...]:
    """The words of any text as forms.

    >>> tokens("Uỷ ban số 05")
    ('ủy', 'ban', 'số', '5')
    """
    return tuple(FORMS[word] for word in words(prepared(text)))
