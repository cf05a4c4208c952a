"""What each kind of record shows, exports, and is found by: one module a kind.

A name of a kind stands in its module, in site-config/kinds.yml, and hardly anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from archive.kinds.article import MENTIONS_TABLE, ArticleKind
from archive.kinds.context import RenderContext
from archive.kinds.document import DocumentKind
from archive.kinds.entity import EntityKind
from archive.kinds.event import EventKind
from archive.kinds.kind import AnySubject, Found, Head, Json, KindModule, Section, Subject, TableRow
from archive.kinds.official import ROLES_TABLE, OfficialKind
from archive.knowledge import Kind, Knowledge
from archive.model.records import Article, Document, Entity, Event, Official, Record

__all__ = [
    "KINDS",
    "AnySubject",
    "Found",
    "Head",
    "Json",
    "KindModule",
    "RenderContext",
    "Section",
    "Subject",
    "TableRow",
    "module_of",
    "subject_of",
    "tables",
]

KINDS: Mapping[type[Record], KindModule[Any, Any]] = {
    Article: ArticleKind(),
    Event: EventKind(),
    Official: OfficialKind(),
    Document: DocumentKind(),
    Entity: EntityKind(),
}


def module_of(kind: Kind) -> KindModule[Any, Any]:
    """The module of a kind of site-config/kinds.yml."""
    return KINDS[kind.model]


def subject_of(context: RenderContext, kind: str, id: str) -> AnySubject:
    """A record with its dossier. Raises KeyError if there is no such record."""
    of, record = context.knowledge.kinds[kind], context.corpus.records(kind)[id]
    return Subject(context, of, record, module_of(of).dossier(context, record))


def tables(knowledge: Knowledge) -> Iterator[str]:
    """The tables of the data: one a kind, those that site-config/kinds.yml adds last, before them those of rows that
    are no records."""
    yield from (id for id in knowledge.kinds if id not in knowledge.added_kinds)
    yield from (MENTIONS_TABLE, ROLES_TABLE)
    yield from knowledge.added_kinds
