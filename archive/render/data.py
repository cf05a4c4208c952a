"""The data files: everything that is known of each record, as JSON and as CSV.

In: corpus and derived. Out: `SiteFile` values below `du-lieu/`. Article text is not among them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from archive.model.dates import Date
from archive.model.derived import Passage
from archive.model.pages import SiteFile
from archive.model.records import Article, CitedDocument, Participant, Place
from archive.render.view import Shelf

ADDRESS = "du-lieu/"


def data_files(shelf: Shelf) -> dict[str, tuple[SiteFile, SiteFile, int]]:
    """Name → its JSON file, its CSV twin, and the number of rows."""
    tables: dict[str, list[dict[str, Any]]] = {
        "articles": [_article(shelf, article) for article in shelf.corpus.articles.values()],
        "events": list(_events(shelf)),
        "officials": list(_officials(shelf)),
        "documents": list(_documents(shelf)),
        "mentions": list(_mentions(shelf)),
    }
    for kind in shelf.knowledge.added_kinds:
        tables[kind] = list(_entities(shelf, kind))
    return {name: (_json(name, rows), _csv(name, rows), len(rows)) for name, rows in tables.items()}


def _url(shelf: Shelf, kind: str, id: str) -> str:
    return f"{shelf.settings.url}{shelf.knowledge.kinds[kind].address}/{id}/"


def _date(date: Date | None) -> str | None:
    return date.edtf if date else None


def _place(place: Place | None) -> dict[str, Any] | None:
    return {"printed": place.printed, "unit": place.unit, "basis": place.basis} if place else None


def _participants(people: Iterable[Participant]) -> list[dict[str, Any]]:
    return [
        {"official": p.official, "name": p.name, "roles": list(p.roles), "capacity": list(p.capacity)} for p in people
    ]


def _cited(documents: Iterable[CitedDocument]) -> list[dict[str, Any]]:
    return [
        {
            "document": cited.document,
            "printed": cited.printed,
            "type": cited.type,
            "number": cited.number,
            "date": _date(cited.date),
            "issuer": cited.issuer,
            "title": cited.title,
        }
        for cited in documents
    ]


def _article(shelf: Shelf, article: Article) -> dict[str, Any]:
    basis, source = article.date_basis, article.source
    return {
        "id": article.id,
        "url": _url(shelf, "articles", article.id),
        "title": article.title,
        "title_by": article.title_by,
        "date": _date(article.date),
        "date_basis": basis.kind if basis else None,
        "date_words": basis.words if basis else None,
        "period": _date(article.period),
        "event": article.event,
        "level": article.level,
        "sector": list(article.sector),
        "place": _place(article.place),
        "publisher": article.publisher,
        "published": _date(article.published),
        "byline": list(article.byline),
        "rights": article.rights,
        "speakers": _participants(article.speakers),
        "attendees": _participants(article.attendees),
        "mentioned": _participants(article.mentioned),
        "documents": _cited(article.documents),
        "topics": list(article.topics),
        "source_file": source.file if source else None,
        "source_sha256": source.sha256 if source else None,
        "source_url": source.url if source else None,
    }


def _events(shelf: Shelf) -> Iterator[dict[str, Any]]:
    for event in shelf.corpus.events.values():
        dossier = shelf.derived.events[event.id]
        yield {
            "id": event.id,
            "url": _url(shelf, "events", event.id),
            "name": event.name,
            "date": _date(dossier.date),
            "dates_differ": dossier.dates_differ,
            "period": _date(event.period),
            "level": dossier.level,
            "organiser": event.organiser,
            "places": [_place(reported.place) for reported in dossier.places],
            "articles": list(dossier.articles),
            "people": [person.official or person.name for person in dossier.people],
            "documents": [statement.record for statement in dossier.documents],
        }


def _officials(shelf: Shelf) -> Iterator[dict[str, Any]]:
    for official in shelf.corpus.officials.values():
        dossier = shelf.derived.officials[official.id]
        yield {
            "id": official.id,
            "url": _url(shelf, "officials", official.id),
            "name": official.name,
            "aliases": list(official.aliases),
            "posts": [{"role": post.role, "date": _date(post.date), **_where(post.passage)} for post in dossier.posts],
            "appearances": [
                {"capacity": a.capacity, "event": a.event, "date": _date(a.date), **_where(a.passage)}
                for a in dossier.appearances
            ],
            "possibly_same_as": [other.record for other in dossier.possibly_same],
            "not_same_as": list(official.not_same_as),
            "same_as": list(official.same_as),
        }


def _documents(shelf: Shelf) -> Iterator[dict[str, Any]]:
    for document in shelf.corpus.documents.values():
        dossier = shelf.derived.documents[document.id]
        yield {
            "id": document.id,
            "url": _url(shelf, "documents", document.id),
            "name": document.name,
            "type": document.type,
            "number": document.number,
            "issuer": document.issuer,
            "date": _date(document.date),
            "term": document.term,
            "title": document.title,
            "aliases": list(document.aliases),
            "citations": [_where(passage) for passage in dossier.citations],
            "relations": [{"type": s.type, "document": s.record} for s in dossier.relations],
        }


def _entities(shelf: Shelf, kind: str) -> Iterator[dict[str, Any]]:
    for entity in shelf.corpus.entities.get(kind, {}).values():
        dossier = shelf.derived.entities[kind][entity.id]
        yield {
            "id": entity.id,
            "url": _url(shelf, kind, entity.id),
            "name": entity.name,
            "aliases": list(entity.aliases),
            **{name: entity.values.get(name) for name in shelf.knowledge.kinds[kind].fields},
            "mentions": [_where(passage) for passage in dossier.mentions],
        }


def _mentions(shelf: Shelf) -> Iterator[dict[str, Any]]:
    for article, held in shelf.derived.read.items():
        for mention in held.mentions:
            yield {
                "article": article,
                "paragraph": mention.span.anchor,
                "start": mention.span.start,
                "end": mention.span.end,
                "printed": mention.printed,
                "kind": mention.kind,
                "records": list(mention.targets),
            }


def _where(passage: Passage) -> dict[str, str]:
    return {"article": passage.article, "paragraph": passage.anchor}


def _json(name: str, rows: list[dict[str, Any]]) -> SiteFile:
    body = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return SiteFile(f"{ADDRESS}{name}.json", f"[\n{body}\n]\n" if rows else "[]\n")


def _csv(name: str, rows: list[dict[str, Any]]) -> SiteFile:
    """One row a record; lists of words joined by ` | `, anything deeper as JSON."""
    out = io.StringIO(newline="")
    columns: Mapping[str, Any] = rows[0] if rows else {}
    writer = csv.DictWriter(out, fieldnames=list(columns), lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _cell(value) for key, value in row.items()})
    return SiteFile(f"{ADDRESS}{name}.csv", "\ufeff" + out.getvalue())


def _cell(value: Any) -> str:
    """One cell; a leading apostrophe keeps spreadsheets from running what looks like a formula."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = " | ".join(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "'" + text if text[:1] in ("=", "+", "@", "\t") or (text[:1] == "-" and not text[1:2].isdigit()) else text
