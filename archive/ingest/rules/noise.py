"""site-config/noise.yml: what of a received text is no report, and what weighs for a headline or a caption."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from archive.rules.reader import Every

_NOTES = Every(
    """
    joined repeated nearly-repeated begins-repeated title-of-page render-date stamp heading end-mark agency-start
    agency-end byline-credit credit section-glued drop-cap spaces spaces-more
    """
)
_HEAD_WEIGHTS = Every(
    """
    margin margin-alone no-headline answered taken-up unanswered lede-follows nothing-follows above-text alone
    said-again few-words many-words stopped stopped-lede-follows open-end several-sentences small-start opens
    capitals begins-item glued-section section-words-first goes-on scene reports is-day is-furniture is-byline
    is-prose is-section is-masthead is-caption prose-above headline-above headline-below stamp-follows menu-between
    first
    """
)
_CAPTION_WEIGHTS = Every(
    """
    text form scene people group act deed short printed-twice at-event person-alone after-picture last-before-name
    sentence stopped dated past clauses introduces long long-stopped item numbered small-start row in-list cut
    placed two-deeds ended named foreign
    """
)


@dataclass(frozen=True, slots=True)
class NoisePattern:
    """`kind` is the kind of change where it is another than the group's."""

    pattern: str
    examples: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class NoiseGroup:
    """Patterns that are looked for at one place of a line; `needs` is a sign without which none can match."""

    where: Literal["line", "start", "end", "inside"]
    patterns: tuple[NoisePattern, ...]
    case: Literal["ignore", "exact"] = "exact"
    kind: str = "other"
    needs: str = ""


@dataclass(frozen=True, slots=True)
class NoiseRules:
    """The file; patterns call parts as `<<part>>`."""

    notes: Annotated[Mapping[str, str], _NOTES]
    parts: Mapping[str, str]
    head: Annotated[Mapping[str, float], _HEAD_WEIGHTS]
    caption: Annotated[Mapping[str, float], _CAPTION_WEIGHTS]
    groups: Mapping[str, NoiseGroup]
    between_names: str
    photo_label: str
    section_names: tuple[str, ...]
    section_names_only_alone: tuple[str, ...]
    section_names_more: tuple[str, ...]
