"""What follows from the records: mentions, passages, statements, timeline entries.

In: nothing. Out: frozen classes that pages show. Whatever is stated on a page carries a `Passage`: the article, the
paragraph and the words it rests on. Dossiers are in archive/kinds.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.model.dates import Date
from archive.model.records import CitedDocument
from archive.model.text import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in an article that names a record: one target, or every candidate, or none.

    `entry` is the index of the front-matter entry that names it, -1 if found by a pattern alone.
    """

    kind: str
    span: Span
    printed: str
    targets: tuple[str, ...]
    entry: int = -1

    @property
    def resolved(self) -> bool:
        return len(self.targets) == 1


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article: the sentence around something, with that something marked.

    `marks` are half-open bounds within `text`; `cut_before` and `cut_after` say that the
    sentence goes on. Where the article's text may not be shown, `anchor` and `text` are empty.
    """

    article: str
    anchor: str = ""
    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class CitedEntry:
    """A front-matter entry for a cited document: what it resolves to, and where it is printed."""

    printed: str
    targets: tuple[str, ...]
    passage: Passage


@dataclass(frozen=True, slots=True)
class PossiblyTheSame:
    """A record that may be the same; `why` is an editor's note and may be empty."""

    record: str
    why: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that rests on passages: a relation to another record, say."""

    type: str
    record: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class UnresolvedCitation:
    """A citation that no single record answers; `candidates` are the ids it could mean."""

    article: str
    printed: str
    candidates: tuple[str, ...]
    passages: tuple[Passage, ...]
    stated: CitedDocument | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry of the timelines: an event, or an article that belongs to none.

    `key` is `kind/id`; `years` lists every year in which it may have happened.
    """

    key: str
    kind: str
    id: str
    date: Date | None
    certain: bool
    level: str | None
    places: tuple[str, ...]
    articles: tuple[str, ...]

    @property
    def years(self) -> tuple[int, ...]:
        return self.date.years if self.date and len(self.date.years) <= 2 else ()
