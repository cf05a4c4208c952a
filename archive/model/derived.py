"""What follows from the records: mentions, passages, dossiers, timelines, listings.

In: nothing. Out: the frozen classes that `derive` fills and `render` shows. Whatever is stated on
a page carries a `Passage`: the article, the paragraph and the words it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive.model.dates import Date
from archive.model.lists import Index, MemoryIndex
from archive.model.records import CitedDocument, Correction, DateBasis, Participant, Place
from archive.model.text import Block, Span


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
class ReadArticle:
    """An article as it may be shown: its blocks by anchor, what they mention, where its facts stand.

    `people` is by printed name, `documents` in the order of the front matter; `unresolved` are counted
    from 1, and that number is part of their address.
    """

    blocks: Mapping[str, Block]
    mentions: tuple[Mention, ...]
    date: Passage
    place: Passage
    people: Mapping[str, Passage]
    documents: tuple[CitedEntry, ...]
    unresolved: tuple[UnresolvedCitation, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedPost:
    """A role as one article prints it for one person, and the event that the article reports."""

    role: str
    date: Date | None
    passage: Passage
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """What one article says a person did at an event, or that it names them."""

    capacity: str
    event: str | None
    date: Date | None
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
class Companion:
    """Somebody else who was at the same events."""

    official: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficialDossier:
    posts: tuple[PrintedPost, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    mentions: tuple[Passage, ...] = ()
    evidence: tuple[Passage, ...] = ()
    documents: tuple[Statement, ...] = ()
    companions: tuple[Companion, ...] = ()
    possibly_same: tuple[PossiblyTheSame, ...] = ()
    timeline: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentDossier:
    """`facts` are the passages that number, date, issuer, … rest on, by field; `possible` are mentions
    that may mean this document, or another one."""

    citations: tuple[Passage, ...] = ()
    evidence: tuple[Passage, ...] = ()
    facts: Mapping[str, Passage] = field(default_factory=dict)
    possible: tuple[UnresolvedCitation, ...] = ()
    relations: tuple[Statement, ...] = ()
    inverse_relations: tuple[Statement, ...] = ()
    carried_out_by: tuple[Statement, ...] = ()
    possibly_same: tuple[PossiblyTheSame, ...] = ()
    timeline: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnresolvedCitation:
    """A citation that no single record answers; `candidates` are the ids it could mean."""

    article: str
    printed: str
    candidates: tuple[str, ...]
    passages: tuple[Passage, ...]
    stated: CitedDocument | None = None


@dataclass(frozen=True, slots=True)
class ReportedDate:
    """The date of an event as one report gives it, with the words it rests on."""

    date: Date | None
    basis: DateBasis | None
    passage: Passage


@dataclass(frozen=True, slots=True)
class ReportedPlace:
    """Where an event took place, and the words that say so."""

    place: Place
    passage: Passage


@dataclass(frozen=True, slots=True)
class ReportedPerson:
    """A person at an event; `reports` are (article, what that article prints of them)."""

    official: str | None
    name: str
    reports: tuple[tuple[str, Participant, Passage], ...]


@dataclass(frozen=True, slots=True)
class EventDossier:
    """`date` is the record's own, else what all reports agree on, else the span of them."""

    articles: tuple[str, ...] = ()
    date: Date | None = None
    dates: tuple[ReportedDate, ...] = ()
    dates_differ: bool = False
    level: str | None = None
    places: tuple[ReportedPlace, ...] = ()
    people: tuple[ReportedPerson, ...] = ()
    documents: tuple[Statement, ...] = ()
    mentions: tuple[Passage, ...] = ()
    evidence: tuple[Passage, ...] = ()
    possibly_same: tuple[PossiblyTheSame, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityDossier:
    mentions: tuple[Passage, ...] = ()
    evidence: tuple[Passage, ...] = ()
    possibly_same: tuple[PossiblyTheSame, ...] = ()
    timeline: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Derived:
    """Everything that follows from a corpus. Timelines hold keys of `moments`, in order.

    `last_roles` and `times_cited` are what lists say of officials and documents; `corrections` are
    those of a record, by `kind/id`; `samples` are hashes of articles' texts (language/shingles.py), also
    of what their rights withhold.
    """

    read: Mapping[str, ReadArticle] = field(default_factory=dict)
    events: Mapping[str, EventDossier] = field(default_factory=dict)
    officials: Mapping[str, OfficialDossier] = field(default_factory=dict)
    documents: Mapping[str, DocumentDossier] = field(default_factory=dict)
    entities: Mapping[str, Mapping[str, EntityDossier]] = field(default_factory=dict)
    moments: Mapping[str, Moment] = field(default_factory=dict)
    index: Index = field(default_factory=MemoryIndex)
    last_roles: Mapping[str, str] = field(default_factory=dict)
    times_cited: Mapping[str, int] = field(default_factory=dict)
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    samples: Mapping[str, Sequence[int]] = field(default_factory=dict)
