"""Names the unit whose event it was: whose posts and papers a report means unless it says otherwise.

In: the event's level and organiser, the text, what is known of its page, places and cues. Out: `Jurisdiction`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archive.ingest.event_level import Level
from archive.ingest.level_cues import LevelCues
from archive.ingest.organisers import Body
from archive.language.spelling import comparable, without_marks
from archive.model.draft import Jurisdiction
from archive.model.records import Place
from archive.rules.vocabularies import PlaceTerm

_HOST = re.compile(r"(?:https?://)?(?:www\.)?([\w.-]+)")
PROVINCE = "tinh"
_LONGEST_POST = 80
_SHORTEST_NAME = 3  # syllables of a person's name, but for a few


@dataclass(frozen=True, slots=True)
class Named:
    """What a text and its page name: headline, body, place, agency tag, addresses."""

    title: str
    text: str
    place: Place | None
    agency: str | None
    addresses: tuple[str, ...]


def find_jurisdiction(level: Level, named: Named, places: Mapping[str, PlaceTerm], cues: LevelCues) -> Jurisdiction:
    """The level, and the unit by the first that names one: organiser, headline, text, place, agency, address."""
    if level.code is None:
        return Jurisdiction()
    unit = next((unit for unit in _units(level, named, places, cues) if unit), None)
    return Jurisdiction(level.code, unit)


def _units(level: Level, named: Named, places: Mapping[str, PlaceTerm], cues: LevelCues) -> Iterator[str | None]:
    code = level.code or ""
    organiser = level.organiser
    if organiser:
        yield _own_unit(code, organiser, places, cues)
    if code in cues.units:
        yield next(_names_in(named.title, code, places, cues), None)
    if code == PROVINCE:
        yield from _provinces(named, places, cues)
    if code in cues.units:
        yield _often_named(_names_in(named.text, code, places, cues))


def _own_unit(code: str, organiser: Body, places: Mapping[str, PlaceTerm], cues: LevelCues) -> str | None:
    """The name in the body's own words; a force or school without one is called by its words."""
    pattern = cues.units.get(code) or cues.units[PROVINCE]
    match = pattern.search(organiser.words)
    if match:
        return _surely_a_unit(match["unit"], places, cues) if organiser.is_of_a_person else cues.city_key(match["unit"])
    return comparable(organiser.words) if code in cues.called_by_words else None


def _names_in(text: str, code: str, places: Mapping[str, PlaceTerm], cues: LevelCues) -> Iterator[str]:
    """The units of a level that a text names; behind a post stands the name of a unit or of who holds it."""
    for match in cues.units[code].finditer(text):
        before = text[max(0, match.start() - _LONGEST_POST) : match.start()]
        is_post = cues.post_around.search(before) is not None
        unit = _surely_a_unit(match["unit"], places, cues) if is_post else cues.city_key(match["unit"])
        if unit:
            yield unit


def _surely_a_unit(words: str, places: Mapping[str, PlaceTerm], cues: LevelCues) -> str | None:
    """`Sơn La Lê Văn A` → `sơn la`: a name that everybody knows, or one too short for a person's."""
    if known := cues.known_unit(words, places):
        return known
    return cues.city_key(words) if len(words.split()) < _SHORTEST_NAME else None


def _often_named(units: Iterable[str]) -> str | None:
    """The one unit that a text names, or the one that it names more than twice as often as any other."""
    counts = Counter(units).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] <= 2 * counts[1][1]):
        return None
    return counts[0][0]


def _provinces(named: Named, places: Mapping[str, PlaceTerm], cues: LevelCues) -> Iterator[str | None]:
    """A province by its bare name in the headline, by the place it holds, by agency or address."""
    provinces = [term for term in places.values() if term.kind in cues.province_kinds]
    yield next((cues.city_key(term.name) for term in provinces if cues.names_unit(named.title, term.name)), None)
    yield _province_of(named.place, places, cues)
    yield cues.city_key(cues.agencies.get((named.agency or "").casefold(), "")) or None
    labels = _host_labels(named.addresses)
    yield next((cues.city_key(term.name) for term in provinces if labels & _labels_of(term)), None)


def _province_of(place: Place | None, places: Mapping[str, PlaceTerm], cues: LevelCues) -> str | None:
    unit = places.get(place.unit or "") if place else None
    above = places.get(unit.part_of or "") if unit else None
    return cues.city_key((above or unit).name) if unit else None


def _host_labels(addresses: Iterable[str]) -> set[str]:
    hosts = (match[1] for address in addresses if (match := _HOST.match(address)))
    return {label for host in hosts for label in host.split(".")}


def _labels_of(term: PlaceTerm) -> set[str]:
    """How a province is called in addresses, which have no marks: `yenbai`, `baoyenbai`."""
    plain = re.sub(r"[^a-z]", "", without_marks(comparable(term.name)))
    return {plain, f"bao{plain}"}
