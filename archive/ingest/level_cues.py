"""How organisers, levels, sectors and places are named: site-config/level-cues.yml, compiled.

In: that file. Out: `LevelCues`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.config import ConfigError, load_yaml
from archive.knowledge import Term
from archive.language.spelling import comparable, unified

FILE = "level-cues.yml"
_PART = re.compile(r"(?<!\?P)<([a-z_]+)>")
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
        self.organisers = tuple(self._cue(entry, "level") for entry in entries["organisers"])
        self.scenes = tuple(self._cue(entry, "level") for entry in entries["scenes"])
        self.sectors = tuple(self._cue(entry, "sector") for entry in entries["sectors"])
        self.role_before = self._alone("role_before", entries)
        self.object_before = self._alone("object_before", entries)
        self.acts = self._alone("acts", entries)
        self.joined_with = {
            level: compiled("joined_with", regex, self.parts) for level, regex in entries["joined_with"].items()
        }
        self.attending = self._alone("attending", entries)
        self.organised_by = self._alone("organised_by", entries)
        self.below_province = self._alone("below_province", entries)
        self.central_city = self._alone("central_city", entries)
        self.place = self._alone("place", entries)
        self.place_told = self._alone("place_told", entries)
        self.cities: tuple[str, ...] = tuple(entries["cities"])
        self.kinds: Mapping[str, str] = {comparable(word): kind for word, kind in entries["kinds"].items()}
        self.aliases: Mapping[str, str] = {comparable(word): name for word, name in entries["city_aliases"].items()}
        self.city_word = comparable(entries["city_word"]) + " "
        self._place_by_name: str = entries["place_by_name"]
        self._named: dict[int, re.Pattern[str]] = {}

    def named_place(self, places: Mapping[str, Term]) -> re.Pattern[str]:
        """A place given by the name of a province or city alone; made once for each list of places."""
        if id(places) not in self._named:
            names = {unified(name) for name in (*(term.name for term in places.values()), *self.cities)}
            known = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
            self._named[id(places)] = compiled("place_by_name", self._place_by_name, {**self.parts, "known": known})
        return self._named[id(places)]

    def _cue(self, entry: Mapping[str, Any], means: str) -> Cue:
        return Cue(entry[means], compiled(entry[means], entry["regex"], self.parts), entry)

    def _alone(self, name: str, entries: Mapping[str, Any]) -> re.Pattern[str]:
        return compiled(name, entries[name], self.parts)


def load_level_cues(site_config: Path) -> LevelCues:
    """The cues of an archive."""
    return LevelCues(load_yaml(site_config / FILE))


def compiled(id: str, regex: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    """A regular expression with its parts put in; it begins with a word."""
    try:
        for _ in range(10):
            regex = _PART.sub(lambda m: f"(?:{parts[m[1]]})", regex)
        return re.compile(rf"(?<!\w)(?:{regex})")
    except (KeyError, re.error) as error:
        raise ConfigError(f"site-config/{FILE}: {id}: {error}") from error
