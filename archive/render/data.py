"""The data files: everything that is known of each record, as JSON and as CSV.

In: the shelf and one record. Out: the lines it has in the tables below `du-lieu/`. Article text is
not among them. A file is a beginning, the lines of all records in order, and an end.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from archive.known import article_row, document_row, event_row, official_row, sample_of
from archive.model.dates import Date
from archive.model.derived import Passage
from archive.model.pages import SiteFile
from archive.model.records import (
    Article,
    Authority,
    CitedDocument,
    Document,
    Entity,
    Event,
    Official,
    Participant,
    Place,
    Record,
)
from archive.model.text import BlockKind
from archive.render.view import Shelf

ADDRESS = "du-lieu/"
MENTIONS = "mentions"
KNOWN = "known"  # what the importer in a browser has to know (archive/known.py); lists of lists, and no CSV
_NOT_BODY = (BlockKind.TITLE, BlockKind.CAPTION)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # spreadsheets read the wide ones too
_NUMBER = re.compile(r"-[0-9]+(?:[.,][0-9]+)?")
_json = json.JSONEncoder(ensure_ascii=False).encode
BOM = "\ufeff"  # without it spreadsheets don't read a CSV file as UTF-8


@dataclass(frozen=True, slots=True)
class DataLines:
    """What one record has in one table: its rows in JSON, a comma and a line end behind each, and in CSV."""

    table: str
    rows: int
    json: str
    csv: str
    header: str


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table as the page of the data shows it: sizes in bytes."""

    name: str
    rows: int
    json_size: int
    csv_size: int

    @property
    def json_path(self) -> str:
        return f"{ADDRESS}{self.name}.json"

    @property
    def csv_path(self) -> str | None:
        return None if self.name == KNOWN else f"{ADDRESS}{self.name}.csv"


def table_names(shelf: Shelf) -> list[str]:
    return ["articles", "events", "officials", "documents", MENTIONS, KNOWN, *shelf.knowledge.added_kinds]


def data_lines(shelf: Shelf, kind: str, id: str) -> Iterator[DataLines]:
    """Everything one record has in the tables."""
    record = shelf.corpus.records(kind)[id]
    match record:
        case Article():
            yield _lines("articles", [_article(shelf, record) | _corrections(record)])
            mentions = list(_mentions(shelf, id))
            if mentions:
                yield _lines(MENTIONS, mentions)
        case Event():
            yield _lines("events", [_event(shelf, record) | _corrections(record)])
        case Official():
            yield _lines("officials", [_official(shelf, record) | _corrections(record)])
        case Document():
            yield _lines("documents", [_document(shelf, record) | _corrections(record)])
        case Entity():
            yield _lines(kind, [_entity(shelf, record) | _corrections(record)])
    if (row := _known(shelf, record)) is not None:
        yield DataLines(KNOWN, 1, f"{_json(row)},\n", "", "")


def _known(shelf: Shelf, record: Record) -> list[Any] | None:
    match record:
        case Article():
            return article_row(record, _shown_sample(shelf, record))
        case Event():
            return event_row(record)
        case Official():
            posts = shelf.derived.officials[record.id].posts
            printed = ((post.role, post.passage.article, post.event) for post in posts)
            return official_row(record, printed, shelf.corpus.events)
        case Document():
            return document_row(record)
    return None


def _shown_sample(shelf: Shelf, article: Article) -> Sequence[int]:
    """The hashes of the text that readers see: of the whole text they are known already."""
    if article.rights == "full":
        return shelf.derived.samples[article.id]
    shown = shelf.derived.read[article.id].blocks.values()
    return sample_of(block for block in shown if block.kind not in _NOT_BODY)


def join_json(lines: str) -> str:
    """A JSON file of the lines of all records."""
    return f"[\n{lines.removesuffix(chr(10)).removesuffix(',')}\n]\n" if lines else "[]\n"


def data_files(shelf: Shelf) -> dict[str, tuple[list[SiteFile], DataTable]]:
    """Name → its JSON file, its CSV twin if it has one, and what is said of them. For archives in memory."""
    found: dict[str, list[DataLines]] = {name: [] for name in table_names(shelf)}
    for kind in sorted(shelf.knowledge.kinds):
        for id in shelf.corpus.records(kind):
            for lines in data_lines(shelf, kind, id):
                found[lines.table].append(lines)
    files = {}
    for name, all_lines in found.items():
        text = join_json("".join(lines.json for lines in all_lines))
        header = all_lines[0].header if all_lines else "\r\n"
        rows = BOM + header + "".join(lines.csv for lines in all_lines)
        table = DataTable(name, sum(lines.rows for lines in all_lines), len(text.encode()), len(rows.encode()))
        twin = [SiteFile(table.csv_path, rows)] if table.csv_path else []
        files[name] = ([SiteFile(table.json_path, text), *twin], table)
    return files


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
        "date_words": (basis.words or None) if basis else None,
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


def _event(shelf: Shelf, event: Event) -> dict[str, Any]:
    dossier = shelf.derived.events[event.id]
    return {
        "id": event.id,
        "url": _url(shelf, "events", event.id),
        "name": event.name,
        "date": _date(dossier.date),
        "dates_differ": dossier.dates_differ,
        "period": _date(event.period),
        "level": dossier.level,
        "organiser": event.organiser,
        "organiser_unit": event.organiser_unit,
        "places": [_place(reported.place) for reported in dossier.places],
        "articles": list(dossier.articles),
        "people": [person.official or person.name for person in dossier.people],
        "documents": [statement.record for statement in dossier.documents],
    }


def _official(shelf: Shelf, official: Official) -> dict[str, Any]:
    dossier = shelf.derived.officials[official.id]
    return {
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


def _document(shelf: Shelf, document: Document) -> dict[str, Any]:
    dossier = shelf.derived.documents[document.id]
    return {
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


def _entity(shelf: Shelf, entity: Entity) -> dict[str, Any]:
    kind = entity.kind
    dossier = shelf.derived.entities[kind][entity.id]
    return {
        "id": entity.id,
        "url": _url(shelf, kind, entity.id),
        "name": entity.name,
        "aliases": list(entity.aliases),
        **{name: entity.values.get(name) for name in shelf.knowledge.kinds[kind].fields},
        "mentions": [_where(passage) for passage in dossier.mentions],
    }


def _corrections(record: Article | Authority) -> dict[str, Any]:
    return {
        "corrections": [
            {"date": _date(c.date), "field": c.field, "before": c.before, "after": c.after, "reason": c.reason}
            for c in record.corrections
        ]
    }


def _mentions(shelf: Shelf, article: str) -> Iterator[dict[str, Any]]:
    for mention in shelf.derived.read[article].mentions:
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


def _lines(table: str, rows: list[dict[str, Any]]) -> DataLines:
    """CSV: one row a record; lists of words joined by ` | `, anything deeper as JSON."""
    lines = "".join([f"{_json(row)},\n" for row in rows])
    return DataLines(table, len(rows), lines, _csv(map(_cell, row.values()) for row in rows), _header(tuple(rows[0])))


@lru_cache(maxsize=100)
def _header(names: tuple[str, ...]) -> str:
    return _csv([names])


def _csv(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _cell(value: Any) -> str:
    """One cell; a leading apostrophe keeps spreadsheets from running what looks like a formula."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = " | ".join(value)
    text = value if isinstance(value, str) else _json(value)
    is_formula = text.startswith(_FORMULA) and not _NUMBER.fullmatch(text)
    return "'" + text if is_formula else text
