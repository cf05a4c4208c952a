"""Finds numbers of documents and dates in a text or a query, in any dress.

In: prepared text. Out: for each find its keys (`#43nqtw`, `#nghi-quyet:43`, `@24x11x2023`,
`@m11x2023`) and the place of its words. The twin of this module is codes.js; both are written
without anything that only one of the two languages can do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.search.forms import folded, lowered
from archive.search.vocabulary import Vocabulary

_NUMBER = re.compile(r"(\d{1,5})(?:\.\d{1,2}(?!\d|\.\d))?([a-z](?![a-z\d]))?", re.ASCII)
_LINK = re.compile(r"\s?[-/]\s?|\s|(?=[a-z])", re.ASCII)
_YEAR = re.compile(r"((?:19|20)\d\d)(?:\s?[-/]\s?)", re.ASCII)
_BODY = re.compile(r"(\s?[-/]\s?|\s)([a-z]+\d*)(?![a-z\d])", re.ASCII)
_QUANTITY = re.compile(r"\d|[-.,/]\d|\s?%", re.ASCII)
_OF_YEAR = re.compile(r"\s?/\s?(?:19|20)\d\d(?!\d)", re.ASCII)
_IS_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_INSIDE = re.compile(r"\d[./-]?$", re.ASCII)
_ZEROS = re.compile(r"^0+(?=\d)", re.ASCII)
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


@dataclass(frozen=True, slots=True)
class Found:
    """A number or date at `start` to `end` of the text; the most telling key first."""

    start: int
    end: int
    keys: tuple[str, ...]


@dataclass(slots=True)
class _Number:
    """A number that may be one of a document, while its neighbours are still being read."""

    start: int
    digits_end: int
    end: int
    number: str
    year: str = ""
    letters: str = ""
    code: str = ""
    types: tuple[str, ...] = ()
    named: bool = False
    stated: bool = False


class CodeFinder:
    """The finder of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        day, month, year, number, also = (
            folded(vocabulary.around[what]) for what in ("day", "month", "year", "number", "and")
        )
        self._same_issuers = vocabulary.same_issuers
        self._issuers = vocabulary.issuers | {folded(issuer) for issuer in vocabulary.issuers}
        self._types_of_code = _types_of_codes(vocabulary.codes)
        # 43-NQTW is written too: letters of the type with those of the issuer behind them
        self._code = re.compile(
            f"({_any_of(self._types_of_code)})({_any_of(map(folded, self._issuers))})?(\\d*)(?![a-z])", re.ASCII
        )
        self._types = {folded(name): id for id, names in vocabulary.types.items() for name in names}
        self._bare = vocabulary.bare_types
        shorts = {folded(name): id for id, names in vocabulary.short_types.items() for name in names}
        self._types |= shorts
        self._last_words = {name.split(" ")[-1] for name in self._types} | {number}
        self._short = frozenset(shorts)
        self._name = re.compile(
            rf"(?<![a-z\d])(?:({_any_of(self._types)})\s+({number}(?:\s?:)?\s+)?|({_any_of(shorts)}))$",
            re.ASCII,
        )
        self._number_word = re.compile(rf"(?<![a-z\d]){number}\s?:?\s$", re.ASCII)
        self._list = re.compile(rf"(?:\s?[,;]|\s{also}|\s?[,;]\s{also})\s(?:{number}\s)?", re.ASCII)
        full_year = r"((?:19|20)\d\d)(?!\d)"
        self._day = re.compile(
            rf"(\d\d?)(?:\s?([-/.])\s?(\d\d?)\s?\2\s?{full_year}"
            rf"|\s{month}\s(\d\d?)(?:\s?,?\s{year}\s|\s?[/-]\s?|\s){full_year})",
            re.ASCII,
        )
        self._month = re.compile(rf"(\d\d?)(?:\s?,?\s{year}\s|\s?[/-]\s?|\s){full_year}(?!\s?[/-]\s?[a-z\d])", re.ASCII)
        self._plain_month = re.compile(rf"(\d\d?)\s?[/-]\s?{full_year}(?!\s?[/-]\s?[a-z\d])", re.ASCII)
        after = _any_of(map(folded, vocabulary.after_number))
        self._small_end = re.compile(rf"\s*(?:$|[,;.:()\"\u201c\u201d]|(?:{after})\b)", re.ASCII)
        self._day_word = re.compile(rf"(?<![a-z\d]){day}\s$", re.ASCII)
        self._month_word = re.compile(rf"(?<![a-z\d]){month}\s$", re.ASCII)

    def find(self, text: str) -> list[Found]:
        """Everything that is found, in order; nothing overlaps."""
        if not _DIGIT.search(text):
            return []
        lower = lowered(text)
        if not lower.isprintable():
            lower = _BLANK.sub(" ", lower)
        flat = folded(lower)
        found: list[Found] = []
        chain: list[_Number] = []
        place = 0
        while match := _DIGIT.search(flat, place):
            start = match.start()
            if date := self._date(flat, start):
                found += self._finish(chain)
                found.append(date)
                place = date.end
                continue
            number = self._number(text, lower, flat, start)
            if number is None:
                found += self._finish(chain)
                place = _DIGITS_END.match(flat, start).end()  # type: ignore[union-attr]
                continue
            if not (chain and self._list.fullmatch(flat, chain[-1].end, start)):
                found += self._finish(chain)
            chain.append(number)
            place = number.end
        return found + self._finish(chain)

    def _date(self, flat: str, start: int) -> Found | None:
        before = flat[max(0, start - 8) : start]
        if _INSIDE.search(before):
            return None
        if match := self._day.match(flat, start):
            day, month = int(match[1]), int(match[3] or match[5])
            year = match[4] or match[6]
            if 1 <= day <= 31 and 1 <= month <= 12:
                word = self._day_word.search(before)
                begin = start - len(word[0]) if word else start
                return Found(begin, match.end(), (f"@{day}x{month}x{year}", f"@m{month}x{year}"))
        if not self._month.match(flat, start):
            return None
        word = self._month_word.search(before)
        match = (self._month if word else self._plain_month).match(flat, start)
        if match and not word and self._name_before(flat, start):
            return None  # Nghị định 11/2023: a number and its year
        if match and 1 <= int(match[1]) <= 12:
            begin = start - len(word[0]) if word else start
            return Found(begin, match.end(), (f"@m{int(match[1])}x{match[2]}",))
        return None

    def _number(self, text: str, lower: str, flat: str, start: int) -> _Number | None:
        """The number that begins here, with letters and type if it has them."""
        match = _NUMBER.match(flat, start)
        named = self._name_before(flat, start)
        is_glued = start and flat[start - 1] in _LETTERS
        if match is None or (is_glued and not (named and named[3])):
            return None
        found = _Number(start, match.end(), match.end(), _ZEROS.sub("", match[0]))
        self._read_letters(found, text, lower, flat)
        self._read_type(found, flat, named)
        if not found.letters:
            if found.named and (year := _OF_YEAR.match(flat, found.end)):
                found.end = year.end()
            elif _QUANTITY.match(flat, found.end) or (not found.named and _IS_YEAR.fullmatch(found.number)):
                return None
        return found

    def _read_letters(self, found: _Number, text: str, lower: str, flat: str) -> None:
        """`-NQ/TW`, `/2023/NĐ-CP`, ` KL/TW` after the figures."""
        link = _LINK.match(flat, found.digits_end)
        if link is None:
            return
        place = link.end()
        year = _YEAR.match(flat, place) if link[0] else None
        place = year.end() if year else place
        code = self._code.match(flat, place)
        if code is None:
            return
        written = text[place : code.end()]
        joined = [code[2]] if code[2] else []
        end, bodies = self._bodies(code.end(), text, lower, flat)
        blank = not link[0].strip()
        exact = lower[place : place + len(code[1])] in (code[1], *self._types_of_code[code[1]][1])
        if not exact or (blank and not joined and not bodies and not _is_code(written)):
            return
        found.year = year[1] if year else ""
        found.code, found.end = code[1], end
        found.letters = "".join([code[1], *joined, code[3], *bodies])
        found.types = self._types_of_code[code[1]][0]

    def _bodies(self, place: int, text: str, lower: str, flat: str) -> tuple[int, list[str]]:
        bodies: list[str] = []
        while len(bodies) < 5 and (match := _BODY.match(flat, place)):
            start = match.start(2)
            exact, written = lower[start : match.end()], text[start : match.end()]
            known = exact in self._issuers
            tight = match[1] in ("-", "/") and not text[place - 1].isupper() and not written[:1].isupper()
            if not (known or (match[1].strip() and (_is_code(written) or tight))):
                break
            bodies.append(folded(self._same_issuers.get(exact, exact)))
            place = match.end()
        return place, bodies

    def _read_type(self, found: _Number, flat: str, match: re.Match[str] | None) -> None:
        """The name of a type before the number: `Nghị quyết số 43`, `NQ 43`, `NQ43`."""
        if match:
            name, stated = match[1] or match[3], bool(match[2])
            small = len(found.number) == 1 and not self._small_end.match(flat, found.end)
            type = self._types[name]
            if found.letters or stated or (not small and (type in self._bare or name in self._short)):
                found.types, found.named, found.stated = (type,), True, stated
                found.start -= len(match[0])
        elif found.letters and (word := self._number_word.search(flat, max(0, found.start - 6), found.start)):
            found.start = word.start()

    def _name_before(self, flat: str, end: int) -> re.Match[str] | None:
        """The name of a type that stands before a place, and `số` if it follows."""
        before = flat[max(0, end - _NAME_LENGTH) : end]
        bare = before.rstrip(" :")
        start = len(bare)
        while start and bare[start - 1] in _LETTERS:
            start -= 1
        if bare[start:] not in self._last_words:
            return None  # most numbers are none of a document
        return self._name.search(before)

    def _finish(self, chain: list[_Number]) -> list[Found]:
        """Numbers told in a row share what only one of them says: `217, 218-QĐ/TW`, `số 18, 19`."""
        found = []
        last = chain[-1] if chain else None
        for place, number in enumerate(chain):
            if last is not None and not number.letters and last.letters:
                number.code, number.letters, number.year = last.code, last.letters, last.year
                number.types = number.types or last.types
            first = chain[0]
            if place and not number.named and first.named and (first.stated or number.letters):
                number.types = first.types
            if keys := _keys(number):
                found.append(Found(number.start, number.end, keys))
        chain.clear()
        return found


_DIGIT = re.compile(r"\d", re.ASCII)
_NAME_LENGTH = 60
_BLANK = re.compile(r"[^\S ]")  # of any kind
_DIGITS_END = re.compile(r"\d+", re.ASCII)


def _keys(number: _Number) -> tuple[str, ...]:
    keys = []
    if number.letters and number.letters != number.code:
        if number.year:
            keys.append(f"#{number.number}x{number.year}{number.letters}")
        keys.append(f"#{number.number}{number.letters}")
    keys += [f"#{type}:{number.number}" for type in number.types]
    return tuple(keys)


def _any_of(words: Iterable[str]) -> str:
    """An alternation, the longest first."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


def _is_code(written: str) -> bool:
    """Letters as codes are written: `NQ`, `TTg`, `CTr`, but not `Nam`."""
    return sum(map(str.isupper, written)) * 2 > len(written.rstrip("0123456789")) or written[-1:].isdigit()


def _types_of_codes(codes: Mapping[str, Iterable[str]]) -> dict[str, tuple[tuple[str, ...], frozenset[str]]]:
    """Folded letters → the types they may mean, and how they are written with marks."""
    types: dict[str, tuple[list[str], set[str]]] = {}
    for id, letters in codes.items():
        for form in letters:
            ids, forms = types.setdefault(folded(form), ([], set()))
            ids.append(id)
            forms.add(form)
    return {letters: (tuple(sorted(set(ids))), frozenset(forms)) for letters, (ids, forms) in types.items()}
