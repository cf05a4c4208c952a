"""site-config/level-cues.yml: how organisers, levels, sectors and places are named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from archive.rules.reader import Every

_BODY_WEIGHTS = Every(
    """
    common numbered-cluster joined named-as-organiser holds-congress acts-next acts only-there visited chairs
    in-a-post among-guests attends mentioned in-title later-sentence named-first further-in headline-agrees
    others-agree level-has-ended
    """
)
_PLACE_WEIGHTS = Every(
    """
    said in-title visited told titled later-sentence least
    """
)


@dataclass(frozen=True, slots=True)
class BodyRule:
    """Bodies of one level; `ask`: a person should look; `over`: the weight it has where it brings others together."""

    level: str
    regex: str
    examples: tuple[str, ...]
    not_: tuple[str, ...]
    ask: bool = False
    over: str = ""


@dataclass(frozen=True, slots=True)
class SectorRule:
    """Words that tell a sector, in the organiser's name or in the headline."""

    sector: str
    in_: Literal["organiser", "title"]
    regex: str
    examples: tuple[str, ...]
    not_: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelCueRules:
    """The file; regular expressions call parts as `<part>`."""

    parts: Mapping[str, str]
    organisers: tuple[BodyRule, ...]
    scenes: tuple[BodyRule, ...]
    body_weights: Annotated[Mapping[str, float], _BODY_WEIGHTS]
    level_until: Mapping[str, date]
    units: Mapping[str, str]
    post_around: str
    called_by_words: tuple[str, ...]
    province_kinds: tuple[str, ...]
    agencies: Mapping[str, str]
    role_before: str
    post_before: str
    event_before: str
    in_a_row: str
    chairing: str
    leads: str
    aside_before: str
    attends: str
    object_before: str
    joined_with: Mapping[str, str]
    attending: str
    acts: str
    acts_next: str
    organised_by: str
    below_province: str
    central_city: str
    city_aliases: Mapping[str, str]
    sectors: tuple[SectorRule, ...]
    glued_lede: str
    place_weights: Annotated[Mapping[str, float], _PLACE_WEIGHTS]
    place: str
    place_visited: str
    place_told: str
    place_in_title: str
    place_titled: str
    place_by_name: str
    cities: tuple[str, ...]
    central_cities: tuple[str, ...]
    city_word: str
    kinds: Mapping[str, str]
