"""Reads where the event took place, as printed, and the unit it means where the text leaves no choice.

In: the first sentences, the headline, the places of site-config and the cues of site-config/level-cues.yml.
Out: `Place`, and the units that its name fits where there are several.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from archive.ingest.level_cues import LevelCues
from archive.language.spelling import comparable
from archive.model.draft import Unsure
from archive.model.records import Place
from archive.rules.vocabularies import PlaceTerm

_SENTENCES = 3


def find_place(
    sentences: Sequence[str],
    title: str,
    places: Mapping[str, PlaceTerm],
    cues: LevelCues,
    printed: Callable[[str], str],
) -> tuple[Place | None, tuple[Unsure, ...]]:
    """The likeliest of the units behind `tại` in the opening sentences or the title, visited, told of, or titled.

    A headline may call a place by its bare name that the opening gives in full.

    `printed` gives words of the compared form as the text prints them.
    """
    least = cues.place_weights["least"]
    found = [mention for mention in _mentions(sentences, title, places, cues) if mention[0] >= least]
    if not found:
        return None, ()
    match = max(found, key=lambda mention: mention[0])[1]
    groups = match.groupdict()
    words = printed(groups.get("printed") or groups["name"])
    units = _meant(groups, places, cues)
    if len(units) == 1:
        return Place(printed=words, unit=units[0].code, basis="text"), ()
    if not units:
        return Place(printed=words), ()
    return Place(printed=words), (Unsure("place", words, "two-places", words, ", ".join(u.code for u in units)),)


def _mentions(
    sentences: Sequence[str], title: str, places: Mapping[str, PlaceTerm], cues: LevelCues
) -> list[tuple[float, re.Match[str]]]:
    """The first place of each kind in each sentence, with its weight; of two alike the one that stands first."""
    said = (cues.place, cues.named_place(places))
    kinds = (("said", said), ("visited", (cues.place_visited,)), ("told", (cues.place_told,)))
    found = [
        (cues.place_weights[kind] + number * cues.place_weights["later-sentence"], match)
        for number, sentence in enumerate(sentences[:_SENTENCES])
        for kind, patterns in kinds
        if (match := _first(patterns, sentence))
    ]
    titled = cues.place_titled(title)
    in_full = next((match for sentence in sentences if titled and (match := titled.search(sentence))), None)
    others = (("in-title", _first(said, title)), ("titled", in_full))
    return [*found, *((cues.place_weights[kind], match) for kind, match in others if match)]


def _first(patterns: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
    matches = (match for pattern in patterns if (match := pattern.search(text)) is not None)
    return min(matches, key=lambda match: match.start(), default=None)


def _meant(groups: Mapping[str, str | None], places: Mapping[str, PlaceTerm], cues: LevelCues) -> list[PlaceTerm]:
    """The units that a place can mean: those of its name, else the wider one named behind it."""
    kind = cues.kinds.get(comparable(groups["kind"]), "") if groups.get("kind") else None
    units = units_named(groups["name"] or "", kind, places, cues)
    if units or not groups.get("wider_name"):
        return units
    return units_named(
        groups["wider_name"] or "", cues.kinds.get(comparable(groups["wider_kind"] or ""), ""), places, cues
    )


def units_named(name: str, kind: str | None, places: Mapping[str, PlaceTerm], cues: LevelCues) -> list[PlaceTerm]:
    """The units that a name can mean; without a kind before it, a province may also be its capital."""
    wanted = cues.city_key(name)
    named = [term for term in places.values() if cues.city_key(term.name) == wanted]
    if kind is not None:
        return [term for term in named if term.kind == kind]
    return [term for term in named if term.kind == "thanh-pho"] or named
