"""How organisers, levels, sectors and places are named: site-config/level-cues.yml, compiled.

In: that file. Out: `LevelCues`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from archive.config import load_rules
from archive.ingest.rules.level_cues import BodyRule, LevelCueRules, SectorRule
from archive.language.spelling import comparable, unified
from archive.rules.reader import ConfigError
from archive.rules.vocabularies import PlaceTerm

FILE = "level-cues"
Rule = TypeVar("Rule", BodyRule, SectorRule)
_PART = re.compile(r"(?<!\?P)<([a-z_]+)>")
_WORD_BEGINS = r"(?<!\w)"
_UPPER = "".join(filter(str.isupper, map(chr, (*range(0x41, 0x5B), *range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)))))


@dataclass(frozen=True, slots=True)
class Cue(Generic[Rule]):
    """A pattern, the level or sector it stands for, and its rule."""

    means: str
    regex: re.Pattern[str]
    rule: Rule


class LevelCues:
    """What `find_where` knows."""

    def __init__(self, rules: LevelCueRules) -> None:
        """Raises ConfigError naming the entry that can't be compiled."""
        self.parts: Mapping[str, str] = {**rules.parts, "upper": f"[{_UPPER}]"}
        self._read_bodies(rules)
        self._read_parts(rules)
        self._read_places(rules)
        self._read_units(rules)

    def _read_bodies(self, rules: LevelCueRules) -> None:
        """Bodies with their levels and sectors, and what weighs for them."""
        self.organisers = tuple(self._cue(rule.level, rule) for rule in rules.organisers)
        self.scenes = tuple(self._cue(rule.level, rule) for rule in rules.scenes)
        self.sectors = tuple(self._cue(rule.sector, rule) for rule in rules.sectors)
        self.city_bodies = tuple(cue for cue in self.organisers if cue.means == "city")
        self.body_weights = rules.body_weights
        self.level_until = rules.level_until

    def _read_parts(self, rules: LevelCueRules) -> None:
        """What a body can be doing in its sentence: words before it, at the sentence's start, right behind it."""
        self.role_before = compiled("role_before", rules.role_before, self.parts)
        self.post_before = compiled("post_before", rules.post_before, self.parts)
        self.aside_before = compiled("aside_before", rules.aside_before, self.parts)
        self.event_before = compiled("event_before", rules.event_before, self.parts)
        self.object_before = compiled("object_before", rules.object_before, self.parts)
        self.organised_by = compiled("organised_by", rules.organised_by, self.parts)
        self.joined_with = self._by_level("joined_with", rules.joined_with)
        self.attending = compiled("attending", rules.attending, self.parts)
        self.chairing = compiled("chairing", rules.chairing, self.parts)
        self.acts = compiled("acts", rules.acts, self.parts)
        self.acts_next = compiled_behind("acts_next", rules.acts_next, self.parts)
        self.in_a_row = compiled_behind("in_a_row", rules.in_a_row, self.parts)
        self.attends = compiled_behind("attends", rules.attends, self.parts)
        self.leads = compiled_behind("leads", rules.leads, self.parts)

    def _read_places(self, rules: LevelCueRules) -> None:
        """Where an event is said to have been."""
        self.glued_lede = re.compile(rules.glued_lede)
        self.place_weights = rules.place_weights
        self.place = compiled("place", rules.place, self.parts)
        self.place_visited = compiled("place_visited", rules.place_visited, self.parts)
        self.place_told = compiled("place_told", rules.place_told, self.parts)
        self.place_in_title = compiled("place_in_title", rules.place_in_title, self.parts)
        self._place_titled = rules.place_titled
        self.kinds: Mapping[str, str] = {comparable(word): kind for word, kind in rules.kinds.items()}
        self._place_by_name = rules.place_by_name
        self._named: dict[int, re.Pattern[str]] = {}

    def place_titled(self, title: str) -> re.Pattern[str] | None:
        """The full form of the place that a headline calls by its bare name."""
        if not (named := self.place_in_title.search(title)):
            return None
        return compiled("place_titled", self._place_titled, {**self.parts, "titled": re.escape(named["name"])})

    def _read_units(self, rules: LevelCueRules) -> None:
        """Cities and the names of units."""
        self.below_province = compiled("below_province", rules.below_province, self.parts)
        self.central_city = compiled("central_city", rules.central_city, self.parts)
        self.cities = rules.cities
        self.central_cities = rules.central_cities
        self.aliases: Mapping[str, str] = {comparable(word): name for word, name in rules.city_aliases.items()}
        self._city_word = compiled("city_word", rules.city_word, self.parts)
        self._city_keys = tuple(self.city_key(city) for city in (*self.cities, *self.central_cities))
        self._unit_keys: dict[int, tuple[str, ...]] = {}
        self.units = self._by_level("units", rules.units)
        self.post_around = compiled("post_around", rules.post_around, self.parts)
        self.called_by_words = frozenset(rules.called_by_words)
        self.province_kinds = frozenset(rules.province_kinds)
        self.agencies: Mapping[str, str] = {tag.casefold(): name for tag, name in rules.agencies.items()}

    def named_place(self, places: Mapping[str, PlaceTerm]) -> re.Pattern[str]:
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

    def known_unit(self, name: str, places: Mapping[str, PlaceTerm]) -> str | None:
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

    def _cue(self, means: str, rule: Rule) -> Cue[Rule]:
        return Cue(means, compiled(means, rule.regex, self.parts), rule)

    def _by_level(self, name: str, regexes: Mapping[str, str]) -> Mapping[str, re.Pattern[str]]:
        return {level: compiled(name, regex, self.parts) for level, regex in regexes.items()}


def _begins_with(key: str, names: Iterable[str]) -> str | None:
    return next((name for name in names if key == name or key.startswith(f"{name} ")), None)


def load_level_cues(site_config: Path) -> LevelCues:
    """The cues of an archive."""
    return LevelCues(load_rules(LevelCueRules, site_config, FILE))


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
        raise ConfigError(str(error), FILE, (id,)) from error
