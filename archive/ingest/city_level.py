"""Tells whether a body of a city is of a province's level or of a district's.

In: the words of the body, the text around it, the places of site-config and the cues of site-config/level-cues.yml.
Out: the level, and the code of a doubt or nothing. A centrally run city is a province, another city a district.
"""

from __future__ import annotations

import datetime

from archive.ingest.level_cues import LevelCues
from archive.knowledge import Knowledge
from archive.language.spelling import comparable
from archive.model.dates import Date
from archive.rules.vocabularies import PlaceTerm

PROVINCE, DISTRICT = "tinh", "huyen"


class CityJudge:
    """What one text says about the cities in it."""

    def __init__(
        self, title: str, text: str, agency: str | None, knowledge: Knowledge, cues: LevelCues, date: Date | None
    ) -> None:
        self.title = title
        self.home = cues.city_key(cues.agencies.get((agency or "").casefold(), ""))
        self.text = text
        self.places = knowledge.places
        self.cues = cues
        self.day = date.earliest if date else None
        self.is_below_province = cues.below_province.search(text) is not None
        self.has_urban_districts = cues.central_city.search(text) is not None

    def level(self, city: str | None, words: str) -> tuple[str, str]:
        """The level of a body, and why a person has to confirm it, or nothing."""
        district_until = self.cues.level_until.get(DISTRICT)
        if self.day and district_until and self.day > district_until:
            return PROVINCE, ""  # of the cities only the centrally run ones are left
        name = self.cues.city_key(city or "") or self._named_elsewhere()
        return self._of_named(name) if name else self._of_unnamed()

    def _of_unnamed(self) -> tuple[str, str]:
        if self.has_urban_districts or self._central_city_in_title():
            return PROVINCE, ""  # only a centrally run city has quận
        if self.is_below_province:
            return DISTRICT, ""
        is_at_home = self.home != "" and self.central_city(self.home) is not None
        return PROVINCE, "" if is_at_home else "city-unnamed"

    def _of_named(self, name: str) -> tuple[str, str]:
        unit = self.central_city(name)
        if unit is None:
            return DISTRICT, ""
        since = self._central_since(unit)
        if since is None:
            return PROVINCE, ""
        if self.day:
            return (PROVINCE if self.day >= since else DISTRICT), ""
        return (DISTRICT if self.is_below_province else PROVINCE), "city-became-central"

    def central_city(self, name: str) -> PlaceTerm | None:
        """The centrally run city of a name, which may go on behind it."""
        cities = (term for term in self.places.values() if term.kind == "thanh-pho")
        names = ((term, self.cues.city_key(term.name)) for term in cities)
        return next((term for term, city in names if name == city or name.startswith(f"{city} ")), None)

    def _named_elsewhere(self) -> str:
        """The first city, of those that everybody knows, that a body anywhere in the text belongs to."""
        found = (match for cue in self.cues.city_bodies for match in cue.regex.finditer(self.text))
        groups = (match.groupdict() for match in found)
        named = (group.get("city_name") or group.get("city_name2") or "" for group in groups)
        return next((self.cues.city_key(city) for city in named if self.cues.is_city(city)), "")

    def _central_city_in_title(self) -> bool:
        title = self.title
        cities = (term.name for term in self.places.values() if term.kind == "thanh-pho")
        return any(self.cues.names_unit(title, city) for city in cities)

    def _central_since(self, unit: PlaceTerm) -> datetime.date | None:
        """The day a city became centrally run, if it was part of a province of another name that became it."""
        others = (term for term in self.places.values() if term.now == unit.code)
        former = next((o for o in others if comparable(o.name).endswith(comparable(unit.name))), None)
        if former is None or not former.until:
            return None
        return datetime.date.fromisoformat(former.until) + datetime.timedelta(days=1)
