"""Finds the units that words name: `xã Tân Lập`, `Tỉnh ủy Sơn La`, `Trung đoàn 95`, a bare `tỉnh`.

In: words as printed, the markers of site-config/linking.yml, the provinces of site-config/places.yml. Out: `Unit`s from
left to right, their names in compared form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archive.ingest.rules.linking import LinkingRules
from archive.language.spelling import comparable, unified
from archive.rules.vocabularies import PlaceTerm

PROVINCE, CITY, FORCE = "tinh", "city", "force"
_OF_PROVINCE = ("tinh", "thanh-pho")
_LONGEST_NAME = 4  # words
_WORD = re.compile(r"\s*(-\s+)?([\w'.]+)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit named in a text, and where; `name` is None where it is left out.

    `kind` is the word for what it is, `body` what is glued to that word (`ủy` of `Tỉnh ủy`), `printed` its name as the
    text has it. Whether a city is a province or a district only its name tells: `city`, if it is none of the provinces.
    """

    start: int
    end: int
    level: str
    kind: str
    body: str
    name: str | None
    printed: str

    @property
    def line(self) -> str:
        """`xã Tân Lập`."""
        return self.printed if self.level == FORCE else f"{self.kind} {self.printed}"


class UnitFinder:
    """Reads one text after another; patterns are made once."""

    def __init__(self, words: LinkingRules, places: Mapping[str, PlaceTerm], aliases: Mapping[str, str]) -> None:
        self._markers = {comparable(word): marker for word, marker in words.markers.items()}
        self._forces = frozenset(map(comparable, words.forces))
        self._marker = any_of((*self._markers, *self._forces))
        self._no_unit = any_of(words.not_units)
        self._aliases = {comparable(alias): comparable(name) for alias, name in aliases.items()}
        self.kinds = {marker.level: marker.kind for marker in reversed([*words.markers.values()])}
        self._city_word = f"{comparable(self.kinds[CITY])} "
        of_province = [term for term in places.values() if term.kind in _OF_PROVINCE]
        self.provinces = {self._bare(term): term for term in of_province}
        self.cities = frozenset(name for name, term in self.provinces.items() if term.kind == _OF_PROVINCE[1])
        self.today = {name: self._bare(places[now]) for name, term in self.provinces.items() if (now := term.now)}

    def _bare(self, term: PlaceTerm) -> str:
        return comparable(term.name).removeprefix(self._city_word)

    def masked(self, words: str) -> str:
        """Compared words without those that only look like units: `cơ sở`, `xã hội`."""
        return self._no_unit.sub(lambda match: "." * len(match.group()), comparable(words))

    def find(self, words: str) -> Iterator[Unit]:
        """The units that words name, from left to right."""
        text, masked, end = unified(words), self.masked(words), 0
        for match in self._marker.finditer(masked):
            if match.start() >= end:
                unit = self._unit(text, masked, match)
                end = unit.end
                yield unit

    def _unit(self, text: str, masked: str, match: re.Match[str]) -> Unit:
        start, marker = match.start(), match.group()
        end, name = _name_behind(text, self._behind_kind(masked, match.end()))
        if marker in self._forces:
            own = f"{marker} {comparable(name)}" if name else None
            return Unit(start, end, FORCE, marker, "", own, text[start:end])
        facts = self._markers[marker]
        level, own, length = self._named(facts.level, name)
        end -= len(name) - length
        return Unit(start, end, level, facts.kind, facts.body, own, name[:length])

    def _behind_kind(self, masked: str, at: int) -> int:
        """Behind a word for the kind of a unit that stands between, as in `Thành ủy TP. Huế`."""
        kind = self._marker.match(masked, at + 1)
        return kind.end() if kind and masked[at : at + 1] == " " else at

    def _named(self, level: str, name: str) -> tuple[str, str | None, int]:
        """Level and compared name of a unit, and how much of the words behind its marker the name takes."""
        compared = comparable(name).strip()
        if level not in (PROVINCE, CITY) or not compared:
            return level, compared or None, len(name)
        if compared.isdecimal():  # `tỉnh 6 tháng`
            return level, None, 0
        compared = self._aliases.get(compared, self._aliases.get(f"tp {compared}", compared))
        known = [own for own in self.provinces if compared == own or compared.startswith(f"{own} ")]
        if not known:
            return level, compared, len(name)
        own = max(known, key=len)
        return PROVINCE, own, len(own) if comparable(name).startswith(own) else len(name)


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, the longest first, whole."""
    forms = sorted(map(comparable, words), key=lambda form: (-len(form), form))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)", re.IGNORECASE)


def _name_behind(text: str, at: int) -> tuple[int, str]:
    """The end of the capitalised words (or of one number) behind a place in a text, and those words."""
    end = at
    for count in range(_LONGEST_NAME):
        match = _WORD.match(text, end)
        if match is None or not _is_of_name(match, is_first=count == 0):
            break
        word = match[2].rstrip(".")
        end = match.end() - (len(match[2]) - len(word))
        if word.isdecimal() or word != match[2]:  # nothing follows a number or a stop
            break
    name = text[at:end]
    return end, name.lstrip()


def _is_of_name(match: re.Match[str], *, is_first: bool) -> bool:
    """A word with a capital, one behind a dash only within a name; a number only by itself."""
    word, is_behind_dash = match[2], bool(match[1])
    if is_first and is_behind_dash:
        return False
    return word[:1].isupper() or (is_first and word.rstrip(".").isdecimal())
