"""site-config/pages.yml: what the names in a page's mark-up say of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartNames:
    """Whole names, and words of names, of one kind of part."""

    whole: tuple[str, ...]
    words: tuple[str, ...]
    examples: tuple[str, ...]
    not_: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PagePattern:
    """A regular expression, in any case."""

    pattern: str
    examples: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageRules:
    """The file."""

    names: Mapping[str, PartNames]
    labels: tuple[PagePattern, ...]
    no_authors: tuple[PagePattern, ...]
    tracking: tuple[str, ...]
