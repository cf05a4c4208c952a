"""What one article contributes to the dossiers of the records it names.

In: nothing. Out: frozen parts. A dossier is made of parts, and of nothing else that an article
holds, so that a change of one article reaches the dossiers whose parts changed, and no others.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.model.dates import Date
from archive.model.derived import Appearance, Passage, PrintedPost
from archive.model.records import DateBasis, Participant, Place


@dataclass(frozen=True, slots=True)
class OfficialPart:
    """What one article prints of one person. `moment` is the key of the moment it reports."""

    article: str
    moment: str
    posts: tuple[PrintedPost, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    mentions: tuple[Passage, ...] = ()
    documents: tuple[tuple[str, Passage], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """Where one article cites one document; `entries` are the front-matter words that mean it."""

    article: str
    moment: str
    citations: tuple[Passage, ...] = ()
    entries: tuple[tuple[str, Passage], ...] = ()


@dataclass(frozen=True, slots=True)
class RelationPart:
    """A relation between two documents that the text of an article states."""

    one: str
    type: str
    other: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class ReportPart:
    """What one article reports of its event."""

    article: str
    published: str
    date: Date | None
    basis: DateBasis | None
    date_passage: Passage
    level: str | None
    place: Place | None
    place_passage: Passage
    people: tuple[tuple[Participant, Passage], ...] = ()
    documents: tuple[tuple[str, Passage], ...] = ()
    mentions: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityPart:
    """Where one article names one record of an added kind."""

    article: str
    moment: str
    mentions: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleParts:
    """All parts of one article, by the id of the record they belong to."""

    officials: dict[str, OfficialPart] = field(default_factory=dict)
    documents: dict[str, DocumentPart] = field(default_factory=dict)
    relations: tuple[RelationPart, ...] = ()
    report: ReportPart | None = None
    entities: dict[str, dict[str, EntityPart]] = field(default_factory=dict)
