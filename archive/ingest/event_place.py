"""Reads where the event took place, as printed, and the unit it means where the text leaves no choice.

In: the first sentences, the headline, the places of site-config and the cues of site-config/level-cues.yml.
Out: `Place`, and the units that its name fits where there are several.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from archive.ingest.level_cues import LevelCues
from archive.knowledge import Term
from archive.language.spelling import comparable
from archive.model.draft import Unsure
from archive.model.records import Place

_SENTENCES = 3


def find_place(
    sentences: Sequence[str], title: str, places: Mapping[str, Term], cues: LevelCues, printed: Callable[[str], str]
) -> tuple[Place | None, tuple[Unsure, ...]]:
    """The first unit behind `tại` in the opening sentences, else in the title; else the one a story is set in.

    `printed` gives words of the compared form as the text prints them.
    """
    match = next(_mentions(sentences[:_SENTENCES], title, places, cues), None)
    if match is None:
        return None, ()
    groups = match.groupdict()
    words = printed(groups.get("printed") or groups["name"])
    units = _meant(groups, places, cues)
    if len(units) == 1:
        return Place(printed=words, unit=units[0].code, basis="text"), ()
    if not units:
        return Place(printed=words), ()
    return Place(printed=words), (Unsure("place", words, "two-places", words, ", ".join(u.code for u in units)),)


def _mentions(
    sentences: Sequence[str], title: str, places: Mapping[str, Term], cues: LevelCues
) -> Iterator[re.Match[str]]:
    """Places in the order of trust; within a sentence from left to right."""
    said: tuple[re.Pattern[str], ...] = (cues.place, cues.named_place(places))
    looked_at = [(sentence, said) for sentence in (*sentences, title)]
    looked_at += [(sentence, (cues.place_told,)) for sentence in sentences]
    for sentence, patterns in looked_at:
        found = [match for pattern in patterns if (match := pattern.search(sentence)) is not None]
        yield from sorted(found, key=lambda match: match.start())


def _meant(groups: Mapping[str, str | None], places: Mapping[str, Term], cues: LevelCues) -> list[Term]:
    """The units that a place can mean: those of its name, else the wider one named behind it."""
    kind = cues.kinds.get(comparable(groups["kind"]), "") if groups.get("kind") else None
    units = units_named(groups["name"] or "", kind, places, cues)
    if units or not groups.get("wider_name"):
        return units
    return units_named(
        groups["wider_name"] or "", cues.kinds.get(comparable(groups["wider_kind"] or ""), ""), places, cues
    )


def units_named(name: str, kind: str | None, places: Mapping[str, Term], cues: LevelCues) -> list[Term]:
    """The units that a name can mean; without a kind before it, a province may also be its capital."""
    wanted = cues.city_key(name)
    named = [term for term in places.values() if cues.city_key(term.name) == wanted]
    if kind is not None:
        return [term for term in named if term.facts.get("kind") == kind]
    return [term for term in named if term.facts.get("kind") == "thanh-pho"] or named
