"""Finds names of people in a text.

In: a sentence or paragraph, NFC. Out: where names stand. A name is a run of capitalised syllables
that begins with a surname; what stands before it (a form of address, a role, a place) decides
where it begins, because a place may stand right before a name: `Thành ủy Hà Tĩnh Dương Tất Thắng`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from archive.language.spelling import comparable, unified

_UPPER = "".join(c for c in map(chr, (*range(0x41, 0x5B), *range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))) if c.isupper())
_LOWER = "".join(c for c in map(chr, (*range(0x61, 0x7B), *range(0xDF, 0x1B1), *range(0x1EA1, 0x1EFA))) if c.islower())
_MARK = "['\u2019\u02bc]"
_SYLLABLE = "|".join(
    (
        f"[{_UPPER}]{_MARK} ?[{_UPPER}][{_LOWER}]+",  # H'Hen, K' Xuân
        f"[{_UPPER}]{_MARK}[{_LOWER}]+",  # K'ré
        f"[{_UPPER}]{{1,2}}[{_LOWER}]*(?:{_MARK}[{_LOWER}{_UPPER}]+)?",  # Văn, KSor, Bh'riu
    )
)
_SYLLABLE = f"(?:{_SYLLABLE})"
_SYLLABLES = re.compile(_SYLLABLE)
_WORD_AFTER = re.compile(r"\s*([\w]+)")
_COMMA_OR_DASH = re.compile(r"\s*[,-]\s*")
LONGEST_NAME = 5
_BRACKETS = re.compile(r"\([^()]{0,60}\)")
_SENTENCE_ENDS = '.!?:;"\u201d'
_QUOTES = ('"', "\u201c")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: half-open bounds, and whether a form of address stands before it."""

    start: int
    end: int
    text: str
    addressed: bool


class Ending:
    """Phrases that a text may end with, as whole words and with or without a stop behind them."""

    def __init__(self, phrases: Iterable[str], *, ignore_case: bool = True) -> None:
        self._fold = comparable if ignore_case else unified
        plain = {self._fold(phrase) for phrase in phrases}
        self._phrases = tuple(sorted(plain | {f"{phrase}." for phrase in plain}))

    def of(self, text: str) -> bool:
        """Whether the text ends with one of the phrases."""
        folded = self._fold(text)
        if not folded.endswith(self._phrases):
            return False
        starts = (len(folded) - len(phrase) for phrase in self._phrases if folded.endswith(phrase))
        return any(not start or not (folded[start - 1].isalnum() or folded[start - 1] == "_") for start in starts)


class NameFinder:
    """The surnames, places and exceptions of one archive."""

    def __init__(self, people: Mapping[str, Any], places: Iterable[str]) -> None:
        self.common = {comparable(word) for word in people["common_surnames"]}
        self.surnames = self.common | {comparable(word) for word in people["surnames"]}
        self.single = {comparable(word) for word in people["single_letters"]}
        self.never = {comparable(word) for word in people["never"]}
        self.excluded = {comparable(name) for name in people["excluded_names"]}
        self.stems = {comparable(word) for word in people["stems"]}
        self.branches = {comparable(word) for word in people["branches"]}
        self.not_before = {comparable(word) for word in people["not_before"]}
        self.places = {comparable(place) for place in places}
        self._named_after = Ending(people["named_after"], ignore_case=False)
        self._place_slot = Ending(people["place_slots"])
        self._not_slot = Ending(people["not_slots"])
        self._not_address = Ending(people["not_address"])
        self._addresses = Ending([*people["honorifics"], *people["introducers"], *people["ranks"], *people["academic"]])
        self.joints = {
            ",",
            ";",
            *(word for word in people["and_words"]),
            *(f", {word}" for word in people["and_words"]),
        }
        self.middle = {comparable(word) for word in people["middle_names"]}
        self.religious = {comparable(words).split()[0] for words in people["religious_names"]}
        prefix = "|".join(sorted(map(re.escape, people["religious_names"]), key=len, reverse=True))
        self._run = re.compile(rf"(?<![\w'\u2019])(?:(?:{prefix}) )?{_SYLLABLE}(?:[ \u00a0]{_SYLLABLE})*(?![\w])")
        self.degrees = {comparable(title) for title in people["academic"] if title.isalpha() and len(title) < 4}
        self.kin = {comparable(word) for word in people["kin_names"]}
        capitals = [*people["capital_honorifics"], *(title for title in people["academic"] if title.isalpha())]
        self.capital_address = {comparable(word) for word in capitals}
        self._credit = Ending(people["credits"])
        units = "|".join(sorted(map(re.escape, people["unit_kinds"]), key=len, reverse=True))
        self._unit = re.compile(
            rf"(?<!\w)(?<!ưởng )(?:{units}|thôn|bản|buôn|đảo) ({_SYLLABLE} {_SYLLABLE})(?![\w'\u2019]| {_SYLLABLE})"
        )
        self._unit_next = re.compile(rf"\s*,\s*(?:{units})\s")
        ranks = "|".join(
            sorted({re.escape(form) for rank in map(unified, people["ranks"]) for form in (rank, rank.lower())})
        )
        self.head = re.compile(rf"(?<!\w)(?:{any_head(people['role_heads'])}|{ranks})(?!\w)")

    def units(self, texts: Iterable[str]) -> frozenset[str]:
        """Places of two syllables that a text names with their kind: `xã Lộc Thiện` makes Lộc Thiện no person."""
        return frozenset(comparable(name) for text in texts for name in self._unit.findall(text))

    def find(self, text: str, units: Set[str] = frozenset()) -> Iterator[Name]:
        """Names from left to right, none of the places `units`; whether one takes part is not decided here."""
        shown = unified(text)
        last_end = -1
        for run in self._run.finditer(text):
            gap = _BRACKETS.sub("", shown[last_end : run.start()]).strip() if last_end >= 0 else ""
            found = self._within(text, shown, run.start(), run.end(), gap in self.joints)
            if found and (found.addressed or not units or comparable(found.text) not in units):
                last_end = found.end
                yield found

    def _within(self, text: str, shown: str, start: int, end: int, in_list: bool) -> Name | None:
        """The name that ends a run of capitalised syllables, if there is one."""
        syllables = [(m.start() + start, m.end() + start) for m in _SYLLABLES.finditer(text[start:end])]
        words = [comparable(text[a:b]) for a, b in syllables]
        before = shown[max(0, start - 40) : start].rstrip()
        if self._credit.of(before):
            return None
        is_degree = words[0] in self.degrees and len(words) > 2
        if is_degree:
            return self._after_address(text, syllables, words)
        capital = words[0] in self.capital_address and len(words) > 2 and not self._is_addressed(before)
        opens = not before or before[-1] in _SENTENCE_ENDS
        if capital and (opens or self._can_start(words[1:]) or words[0] not in self.surnames):
            return self._after_address(text, syllables, words)
        if words[0] in self.capital_address and len(words) == 2 and words[1] not in self.single:
            return None
        if shown[start - 1 : start] in _QUOTES:
            return None
        after = _WORD_AFTER.match(shown, end)
        first = self._first_syllable(words, before)
        introduced = in_list or self._is_introduced(before, shown[end : end + 4])
        sure = bool(self._is_addressed(before) or self._has_role_next(shown, end))
        sure = sure and not (len(words) == 2 and self._unit_next.match(shown, end))
        if first != 0 and introduced and self._is_free(words, sure):
            first = 0 if not self._place_in_front(words, before) else first
        if first is None:
            return None
        chosen = words[first:]
        if len(chosen) == 2 and after and after.group(1) in self.not_before:
            return None
        if {" ".join(chosen), " ".join(chosen[:2])} & self.excluded or self.never & set(chosen):
            return None
        if len(chosen) == 2 and chosen[0] in self.stems and chosen[1] in self.branches:
            return None
        begin = syllables[first][0]
        left = shown[max(0, begin - 40) : begin].rstrip()
        is_namesake = self._named_after.of(left) and not self._place_slot.of(left)
        addressed = self._is_addressed(left)
        if len(chosen) == 1 and not addressed and not (in_list and "'" in chosen[0]):
            return None
        if first and len(chosen) == 2 and not addressed and chosen[0] not in self.common:
            return None  # the end of a longer name: `Công ty Giày Thông Dụng`
        if not addressed and not self._has_role_next(shown, end) and " ".join(chosen) in self.places:
            return None
        if first == 0 and is_namesake and not addressed:
            return None
        return Name(begin, end, text[begin:end], addressed or chosen[0] in self.kin)

    def _has_role_next(self, shown: str, end: int) -> bool:
        sign = _COMMA_OR_DASH.match(shown, end)
        return sign is not None and self.head.match(shown, sign.end()) is not None

    def is_full(self, name: str) -> bool:
        """Three syllables that begin with a common surname: a name without any word to introduce it."""
        words = name.split()
        return len(words) > 2 and comparable(words[0]) in self.common

    def _is_addressed(self, before: str) -> bool:
        return self._addresses.of(before) and not self._not_address.of(before)

    def _after_address(self, text: str, syllables: list[tuple[int, int]], words: list[str]) -> Name | None:
        """A name behind a capital form of address: `Ông Nguyễn Văn A`."""
        rest = words[1:]
        if len(rest) > 3 and rest[0] not in self.surnames and rest[1] in self.common:  # `Thầy Mưm Nguyễn Văn A`
            syllables, rest = syllables[1:], rest[1:]
        if not self._is_free(rest, True) or " ".join(rest) in self.excluded:
            return None
        begin, end = syllables[1][0], syllables[-1][1]
        return Name(begin, end, text[begin:end], True)

    def _is_introduced(self, before: str, after: str) -> bool:
        """A form of address before it, or the place of a name in a list: `…; Hù Văn Sính, Tỉnh ủy viên`."""
        opens_list = before.endswith((":", ";")) and after.lstrip()[:1] in (",", "-", ";", ".")
        return opens_list or self._is_addressed(before)

    def _is_free(self, words: list[str], sure: bool) -> bool:
        """A name whose surname the lists don't hold, taken on the word of what stands before it."""
        long_enough = len(words) > 2 or sure
        return (
            long_enough
            and 2 <= len(words) <= LONGEST_NAME
            and not self.never & set(words)
            and " ".join(words) not in self.places
        )

    def _first_syllable(self, words: list[str], before: str) -> int | None:
        """Where the name begins in the run; the longest place name at the front is left out."""
        skip = self._place_in_front(words, before)
        starts = [at for at in range(skip, len(words)) if self._can_start(words[at:])]
        if not starts:
            return None
        if skip == 0 and len(words) == 2 and self._place_slot.of(before) and not self._is_addressed(before):
            return None
        sure = next((at for at in starts if len(words) - at > 2 and words[at + 1] in self.middle), None)
        if sure is not None:
            return sure
        common = [at for at in starts if words[at] in self.common and len(words) - at >= 2]
        best = next((at for at in common if len(words) - at <= 4), None)
        if best is not None and (
            starts[0] == best or len(words) - starts[0] > 4 or words[starts[0]] not in self.surnames
        ):
            return best
        return starts[0]

    def _place_in_front(self, words: list[str], before: str) -> int:
        """How many syllables at the front are a known place that something else follows."""
        for size in range(min(4, len(words)), 0, -1):
            if " ".join(words[:size]) in self.places and (size == len(words) or self._can_start(words[size:])):
                return size
        if (
            self._place_slot.of(before)
            and not self._not_slot.of(before)
            and len(words) > 3
            and words[1] not in self.middle
        ):
            for size in (2, 1, 3):
                rest = words[size:]
                is_place = size > 1 or words[0] not in self.surnames
                known = rest[:1] and (
                    rest[0] in self.common or (len(rest) > 2 and (rest[0] in self.surnames or rest[1] in self.single))
                )
                if is_place and len(rest) >= 2 and known and self._can_start(rest):
                    return size
        return 0

    def _can_start(self, words: list[str]) -> bool:
        if not words or len(words) > LONGEST_NAME or any(word in self.never for word in words):
            return False
        first = words[0]
        prefixed = "'" in first and first.split("'")[0] in self.single
        if len(words) == 1:
            return prefixed
        if first in self.religious or (len(words) > 2 and words[1] in self.middle):
            return True
        if first in self.surnames or prefixed:
            return len(words[1]) > 1 or words[1] in self.single
        return first in self.single


def any_head(heads: Iterable[str]) -> str:
    """A pattern of any head of a role. Papers differ in capitals: `Phó Tư lệnh`, `Phó tư lệnh`; `sinh viên`."""
    shapes: dict[str, str] = {}
    for head in map(unified, heads):
        known = shapes.get(head.lower(), head)
        first = head[0] if head[0].islower() else known[0]
        shapes[head.lower()] = first + "".join(map(min, head[1:], known[1:]))  # capitals sort before small letters
    forms = sorted(shapes.values(), key=lambda head: (-len(head), head))
    return "|".join(" ".join(map(_any_case, head.split(" "), range(len(head)))) for head in forms)


def _any_case(word: str, place: int) -> str:
    """A word as a pattern: small first words may be capital, later capitals may be small, abbreviations stay."""
    first, rest = word[0], re.escape(word[1:])
    if word[1:] != word[1:].lower() or (first.islower() if place else first.isupper()):
        return first + rest
    return f"[{first.upper()}{first.lower()}]{rest}"
