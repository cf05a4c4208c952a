"""How organisers, levels, sectors and places are named: site-config/level-cues.yml, compiled.

In: that file. Out: `LevelCues`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from archive.config import ConfigError, load_yaml
from archive.knowledge import Term
from archive.language.spelling import comparable, unified

FILE = "level-cues.yml"
_PART = re.compile(r"(?<!\?P)<([a-z_]+)>")
_WORD_BEGINS = r"(?<!\w)"
_UPPER = "".join(filter(str.isupper, map(chr, (*range(0x41, 0x5B), *range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)))))


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern, the level or sector it stands for, and whatever else its entry says."""

    means: str
    regex: re.Pattern[str]
    facts: Mapping[str, Any]


class LevelCues:
    """What `find_where` knows."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        """Raises ConfigError naming the entry that can't be compiled."""
        self.parts: Mapping[str, str] = {**entries["parts"], "upper": f"[{_UPPER}]"}
        self._read_bodies(entries)
        self._read_parts(entries)
        self._read_places(entries)
        self._read_units(entries)

    def _read_bodies(self, entries: Mapping[str, Any]) -> None:
        """Bodies with their levels and sectors, and what weighs for them."""
        self.organisers = tuple(self._cue(entry, "level") for entry in entries["organisers"])
        self.scenes = tuple(self._cue(entry, "level") for entry in entries["scenes"])
        self.sectors = tuple(self._cue(entry, "sector") for entry in entries["sectors"])
        self.city_bodies = tuple(cue for cue in self.organisers if cue.means == "city")
        self.body_weights = _weights(entries["body_weights"])
        self.level_until = {level: date.fromisoformat(day) for level, day in entries["level_until"].items()}

    def _read_parts(self, entries: Mapping[str, Any]) -> None:
        """What a body can be doing in its sentence: words before it, at the sentence's start, right behind it."""
        self.role_before = self._alone("role_before", entries)
        self.post_before = self._alone("post_before", entries)
        self.aside_before = self._alone("aside_before", entries)
        self.event_before = self._alone("event_before", entries)
        self.object_before = self._alone("object_before", entries)
        self.organised_by = self._alone("organised_by", entries)
        self.joined_with = self._by_level("joined_with", entries)
        self.attending = self._alone("attending", entries)
        self.chairing = self._alone("chairing", entries)
        self.acts = self._alone("acts", entries)
        self.acts_next = compiled_behind("acts_next", entries["acts_next"], self.parts)
        self.in_a_row = compiled_behind("in_a_row", entries["in_a_row"], self.parts)
        self.attends = compiled_behind("attends", entries["attends"], self.parts)
        self.leads = compiled_behind("leads", entries["leads"], self.parts)

    def _read_places(self, entries: Mapping[str, Any]) -> None:
        """Where an event is said to have been."""
        self.glued_lede = re.compile(entries["glued_lede"])
        self.place_weights = _weights(entries["place_weights"])
        self.place = self._alone("place", entries)
        self.place_visited = self._alone("place_visited", entries)
        self.place_told = self._alone("place_told", entries)
        self.place_in_title = self._alone("place_in_title", entries)
        self._place_titled: str = entries["place_titled"]
        self.kinds: Mapping[str, str] = {comparable(word): kind for word, kind in entries["kinds"].items()}
        self._place_by_name: str = entries["place_by_name"]
        self._named: dict[int, re.Pattern[str]] = {}

    def place_titled(self, title: str) -> re.Pattern[str] | None:
        """The full form of the place that a headline calls by its bare name."""
        if not (named := self.place_in_title.search(title)):
            return None
        return compiled("place_titled", self._place_titled, {**self.parts, "titled": re.escape(named["name"])})

    def _read_units(self, entries: Mapping[str, Any]) -> None:
        """Cities and the names of units."""
        self.below_province = self._alone("below_province", entries)
        self.central_city = self._alone("central_city", entries)
        self.cities: tuple[str, ...] = tuple(entries["cities"])
        self.central_cities: tuple[str, ...] = tuple(entries["central_cities"])
        self.aliases: Mapping[str, str] = {comparable(word): name for word, name in entries["city_aliases"].items()}
        self._city_word = compiled("city_word", entries["city_word"], self.parts)
        self._city_keys = tuple(self.city_key(city) for city in (*self.cities, *self.central_cities))
        self._unit_keys: dict[int, tuple[str, ...]] = {}
        self.units = self._by_level("units", entries)
        self.post_around = self._alone("post_around", entries)
        self.called_by_words = frozenset(entries["called_by_words"])
        self.province_kinds = frozenset(entries["province_kinds"])
        self.agencies: Mapping[str, str] = {tag.casefold(): name for tag, name in entries["agencies"].items()}

    def named_place(self, places: Mapping[str, Term]) -> re.Pattern[str]:
        """A place given by the name of a province or city alone; made once for each list of places."""
        if id(places) not in self._named:
            names = {unified(name) for name in (*(term.name for term in places.values()), *self.cities)}
            known = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
            self._named[id(places)] = compiled("place_by_name", self._place_by_name, {**self.parts, "known": known})
        return self._named[id(places)]

    def city_key(self, name: str) -> str:
        """A unit's name to compare: without the word for a city, short forms in full."""
        key = self._city_word.sub("", comparable(" ".join(name.split()))).strip()
        return comparable(self.aliases.get(key, key))

    def is_city(self, name: str) -> bool:
        """Whether words begin with the name of a city that everybody knows."""
        return _begins_with(self.city_key(name), self._city_keys) is not None

    def known_unit(self, name: str, places: Mapping[str, Term]) -> str | None:
        """The unit that everybody knows, of these places or the cities, with whose name words begin."""
        if id(places) not in self._unit_keys:
            units = (self.city_key(term.name) for term in places.values())
            self._unit_keys[id(places)] = tuple(dict.fromkeys((*units, *self._city_keys)))
        return _begins_with(self.city_key(name), self._unit_keys[id(places)])

    def names_unit(self, text: str, name: str) -> bool:
        """Whether a text names a unit, in full or in one of its short forms."""
        short = [alias for alias, full in self.aliases.items() if self.city_key(full) == self.city_key(name)]
        words = "|".join(re.escape(form) for form in (self.city_key(name), *short))
        return re.search(rf"(?<!\w)(?:{words})(?!\w)", comparable(text)) is not None

    def _cue(self, entry: Mapping[str, Any], means: str) -> Cue:
        return Cue(entry[means], compiled(entry[means], entry["regex"], self.parts), entry)

    def _by_level(self, name: str, entries: Mapping[str, Any]) -> Mapping[str, re.Pattern[str]]:
        return {level: compiled(name, regex, self.parts) for level, regex in entries[name].items()}

    def _alone(self, name: str, entries: Mapping[str, Any]) -> re.Pattern[str]:
        return compiled(name, entries[name], self.parts)


def _begins_with(key: str, names: Iterable[str]) -> str | None:
    return next((name for name in names if key == name or key.startswith(f"{name} ")), None)


def _weights(entries: Mapping[str, Any]) -> Mapping[str, float]:
    return {name: float(weight) for name, weight in entries.items()}


def load_level_cues(site_config: Path) -> LevelCues:
    """The cues of an archive."""
    return LevelCues(load_yaml(site_config / FILE))


def compiled_behind(id: str, regex: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    """The same for what stands right behind a word: it begins with any letter."""
    return re.compile(compiled(id, regex, parts).pattern.removeprefix(_WORD_BEGINS))


def compiled(id: str, regex: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    """A regular expression with its parts put in; it begins with a word."""
    try:
        for _ in range(10):
            regex = _PART.sub(lambda m: f"(?:{parts[m[1]]})", regex)
        return re.compile(f"{_WORD_BEGINS}(?:{regex})")
    except (KeyError, re.error) as error:
        raise ConfigError(f"site-config/{FILE}: {id}: {error}") from error
