"""site-config/search.yml: what the query layer has to know beyond document types and citation patterns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordsAround:
    """Words around dates and numbers."""

    day: str
    month: str
    year: str
    number: str
    and_: str


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Abbreviation → in full, and where these abbreviations are known from."""

    source: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SearchRules:
    """The file."""

    abbreviations: tuple[Abbreviations, ...]
    capitals_only: tuple[str, ...]
    short_types: Mapping[str, tuple[str, ...]]
    not_abbreviations: tuple[str, ...]
    issuers: tuple[str, ...]
    same_issuers: Mapping[str, str]
    around: WordsAround
    numbered: tuple[str, ...]
    after_number: tuple[str, ...]
    leave_out: tuple[str, ...]
    addresses: tuple[str, ...]
