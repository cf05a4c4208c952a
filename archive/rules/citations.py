"""site-config/citations.yml: how texts cite official documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Found:
    """What an example must be found to state."""

    type: str
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    term: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A text, and the citations in it."""

    text: str
    finds: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class CitationRule:
    """A regular expression that calls parts as `<part>`; see `archive.citations.patterns.Pattern`."""

    id: str
    regex: str
    examples: tuple[Example, ...]
    not_: tuple[str, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    goes_on: str | None = None
    known_as: str = ""
    known_when: str | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class SignRule:
    """What speaks for or against a document; see `archive.citations.weigh.Sign`."""

    id: str
    weight: float
    where: Literal["before", "start", "name", "after"]
    regex: str
    seen_in: str
    capital: bool | None = None
    types: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Weighing:
    """What is weighed where a pattern only proposes; `narrow` is how near to the threshold a person should look."""

    threshold: float = 0
    narrow: float = 0
    types: Mapping[str, float] = field(default_factory=dict)
    signs: tuple[SignRule, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationRules:
    """The file."""

    patterns: tuple[CitationRule, ...]
    parts: Mapping[str, str]
    relation_opening: tuple[str, ...]
    anchor_words: tuple[str, ...] | None = None
    introducing: tuple[str, ...] = ()
    name_fillers: tuple[str, ...] = ()
    name_synonyms: Mapping[str, str] = field(default_factory=dict)
    weighing: Weighing = Weighing()
