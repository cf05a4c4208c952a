"""Entries of vocabularies: levels, places, document types, and the short lists of site-config/vocabularies.yml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from archive.rules.reader import KEY


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: its code, its name as shown, and other words that editors use for it."""

    code: Annotated[str, KEY]
    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level(Term):
    """`describe` says in a few words what is of this level."""

    describe: str = ""


@dataclass(frozen=True, slots=True)
class PlaceTerm(Term):
    """A unit: its kind, the unit around it, its last day, today's unit in its stead, and former units in it."""

    kind: str = ""
    part_of: str | None = None
    until: str | None = None
    now: str | None = None
    absorbed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity(Term):
    """In what capacity somebody is named; `cues` are words that tell it, `present` is whether the person was there,
    `speaks` whether they chaired or spoke."""

    cues: tuple[str, ...]
    present: bool = True
    speaks: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType(Term):
    """Names in texts, short names, letters in numbers; `bare`: a number behind the name needs no more."""

    names: tuple[str, ...]
    codes: tuple[str, ...]
    bare: bool
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Term):
    """What one document does to another: its name from the other end, and the words that state it."""

    inverse: str
    cues: tuple[str, ...]
    after_comma: bool = False


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """site-config/language.yml: letters in their order, and words whose stop ends no sentence."""

    alphabet: tuple[str, ...]
    no_sentence_end: tuple[str, ...]
