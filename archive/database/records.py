"""Records as rows: a record of any kind → its rows, and back when somebody asks for it.

In: records as `normalise` makes them, or a database. Out: rows of the tables for records and their parts, and
`StoredCorpus`. Driven by what the record classes say of their fields: a field is a column of its
kind's table, a list of groups a table of its own.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from archive.database.database import Database, Rows
from archive.database.query import Query, Value
from archive.database.rows import Record as RecordRow
from archive.database.rows import RecordFile, Values, table_of_name
from archive.json_text import json_text, strings
from archive.knowledge import Knowledge
from archive.model.corpus import Corpus
from archive.model.dates import Date
from archive.model.edtf import parse_date
from archive.model.records import (
    PAGES,
    REMOVED,
    UNSURE,
    Article,
    Authority,
    Document,
    Entity,
    EntityLink,
    Event,
    Official,
    Origin,
    Page,
    Record,
    Removed,
)
from archive.model.schema import Edtf, FieldKind, Group, Many, fields_of
from archive.problems import Position

_TABLES: Mapping[type, str] = {Removed: "removed_record"}
_OF_A_PART = ("kind", "record", "field", "position")  # the first columns of every table of parts
_EXTRA: Mapping[type, tuple[str, ...]] = {Entity: ("kind", "values"), Page: ("markdown",)}
_DATED = (Article, Event, Document)
Held = TypeVar("Held", bound=Record)


# writing


def rows_of(kind: str, record: Record, digest: str) -> Rows:
    """All rows of a record; `digest` is of all that its file says."""
    rows = Rows()
    origin = record.origin
    rows.add(RecordRow(kind, record.id, record.label, origin.path))
    rows.add(RecordFile(kind, record.id, origin.path, digest, _written(origin), origin.body.line))
    rows.put(layout_of(type(record)).table, (record.id, *_values(record), *_extras(record)))
    _put_parts(rows, kind, record.id, record, "")
    if isinstance(record, Article):
        for field, links in record.entities.items():
            for position, link in enumerate(links):
                rows.put("entity_link", (kind, record.id, field, position, *_values(link)))
    return rows


def _extras(record: Record) -> Iterator[Value]:
    """Columns of a record beside its front-matter fields."""
    match record:
        case Entity():
            yield from (record.kind, json_text(dict(record.values)))
        case Page():
            yield record.markdown
    if isinstance(record, Authority):
        yield record.notes
    if isinstance(record, (Article, Event, Document)):
        date = record.date
        yield from (_day(date.earliest if date else None), _day(date.latest if date else None))


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _values(group: Any) -> Iterator[Value]:
    """The columns of one described class, as its layout names them."""
    for name, spec in fields_of(type(group)).items():
        value, kind = getattr(group, name), spec.kind
        if isinstance(kind, Many):
            if not isinstance(kind.of, Group):
                yield json_text(value)
        elif isinstance(kind, Group):
            yield from _values(value) if value is not None else [None] * len(layout_of(kind.of).fields)
        else:
            yield value.edtf if isinstance(value, Date) else value


def _put_parts(rows: Rows, kind: str, record: str, group: Any, within: str) -> None:
    for name, part in layout_of(type(group)).parts.items():
        for position, member in enumerate(getattr(group, name)):
            rows.put(layout_of(part).table, (kind, record, f"{within}{name}", position, *_values(member)))
            _put_parts(rows, kind, record, member, f"{within}{name}.{position}.")


# what a class looks like in the database


class Layout(NamedTuple):
    """The table of a described class.

    `fields` are the columns of its front-matter fields, groups as `group_field`; `columns` all columns but
    `made_by`; `parts` the fields that are lists of groups, with the class of their members.
    """

    table: str
    fields: tuple[str, ...]
    columns: tuple[str, ...]
    parts: Mapping[str, type]
    query: Query[Values]


_layouts: dict[type, Layout] = {}


def layout_of(described: type) -> Layout:
    """How a record class, or a class of parts of records, lies in the database."""
    if described not in _layouts:
        _layouts[described] = _layout(described)
    return _layouts[described]


def _layout(described: type) -> Layout:
    own: list[str] = []
    parts: dict[str, type] = {}
    for name, spec in fields_of(described).items():
        kind = spec.kind
        if isinstance(kind, Group):
            own += [f"{name}_{column}" for column in layout_of(kind.of).fields]
        elif isinstance(kind, Many) and isinstance(kind.of, Group):
            if name != UNSURE:
                parts[name] = kind.of.of
        else:
            own.append(name)
    table = _TABLES.get(described) or table_of_name(described.__name__)
    if issubclass(described, Record):
        notes = ("notes",) if issubclass(described, Authority) else ()
        days = ("date_first", "date_last") if described in _DATED else ()
        columns = ("id", *own, *_EXTRA.get(described, ()), *notes, *days)
        where = "kind = :kind AND id = :id" if described is Entity else "id = :id"
        return Layout(table, tuple(own), columns, parts, _select(columns, table, where))
    columns = (*_OF_A_PART, *(f"own_{name}" if name in _OF_A_PART else name for name in own))
    where = "kind = :kind AND record = :record ORDER BY field, position"
    return Layout(table, tuple(own), columns, parts, _select(columns[2:], table, where))


def _select(columns: Iterable[str], table: str, where: str) -> Query[Values]:
    names = ", ".join(f'"{name}"' for name in columns)
    return Query(f"SELECT {names} FROM {table} WHERE {where}", _tuple)


def _tuple(*values: Value) -> Values:
    return values


# reading


LABEL = Query("SELECT label FROM record WHERE kind = :kind AND id = :id", str)
IDS = Query("SELECT id FROM record WHERE kind = :kind ORDER BY id", str)


def read_record(db: Database, kind: str, id: str, described: type[Held]) -> Held | None:
    """A record by its rows; None if there is none. An article comes without its text (table paragraph).

    All rows of a record change with its file, so that one question, for the file, is noted for all of them.
    """
    return db.recall((kind, id), lambda: _read_record(db, kind, id, described))


def _read_record(db: Database, kind: str, id: str, described: type[Held]) -> Held | None:
    origin = db.first(ORIGIN, kind=kind, id=id)
    if origin is None:
        return None
    asked: dict[str, Value] = {"kind": kind, "id": id} if described is Entity else {"id": id}
    (row,) = db.look(layout_of(described).query, **asked)
    values = _fields(described, iter(row[1:]), _Parts(db, kind, id, origin.places), "")
    extra = dict(zip(layout_of(described).columns, row, strict=True))
    if described is Entity:
        values |= {"kind": kind, "values": json.loads(str(extra["values"]))}
    if described is Page:
        values["markdown"] = extra["markdown"]
    if issubclass(described, Authority):
        values["notes"] = extra["notes"]
    if described is Article:
        values["entities"] = _entities(db, kind, id)
    return described(id=id, origin=origin, **values)


def _entities(db: Database, kind: str, id: str) -> dict[str, tuple[EntityLink, ...]]:
    found: dict[str, list[EntityLink]] = {}
    for field, _, record, printed in db.look(layout_of(EntityLink).query, kind=kind, record=id):
        found.setdefault(str(field), []).append(EntityLink(record, str(printed)))  # type: ignore[arg-type]
    return {field: tuple(links) for field, links in found.items()}


class _Parts:
    """The rows of the parts of one record; `written` are the places of all that its file says."""

    def __init__(self, db: Database, kind: str, id: str, written: Collection[str]) -> None:
        self._db = db
        self._kind = kind
        self._id = id
        self._written = written
        self._rows: dict[type, tuple[Values, ...]] = {}

    def members(self, part: type, field: str) -> Iterator[Any]:
        if "." not in field and field not in self._written:
            return  # most records lack most parts
        if part not in self._rows:
            self._rows[part] = self._db.look(layout_of(part).query, kind=self._kind, record=self._id)
        for of, position, *values in self._rows[part]:
            if of == field:
                yield part(**_fields(part, iter(values), self, f"{field}.{position!s}."))


def _fields(described: type, values: Iterator[Value], parts: _Parts | None, within: str) -> dict[str, Any]:
    """The fields of a class out of its columns, which are used up."""
    found: dict[str, Any] = {}
    parts_of = layout_of(described).parts
    for name, spec in fields_of(described).items():
        kind = spec.kind
        if name in parts_of:
            found[name] = tuple(parts.members(parts_of[name], f"{within}{name}")) if parts else ()
        elif isinstance(kind, Group):
            inner = _fields(kind.of, values, None, "")
            found[name] = kind.of(**inner) if any(value is not None for value in inner.values()) else None
        elif name != UNSURE:
            found[name] = _value(kind, next(values))
    return found


def _value(kind: FieldKind, value: Value) -> Any:
    if isinstance(kind, Many):
        return strings(value) if isinstance(value, str) else ()
    return parse_date(value) if isinstance(value, str) and isinstance(kind, Edtf) else value


# positions


_positions = msgspec.json.Decoder(tuple[dict[str, Position], dict[str, tuple[str, str]], tuple[str, ...]]).decode


def _written(origin: Origin) -> str:
    """Positions, references that are no ids, and refused fields of a record, for messages of later steps."""
    return json_text([origin.places, origin.not_ids, origin.refused])


def _read(path: str, positions: str, line: int) -> Origin:
    places, not_ids, refused = _positions(positions)
    return Origin(path, places, Position(line, 1), not_ids, refused)


ORIGIN = Query("SELECT path, positions, body_line FROM record_file WHERE kind = :kind AND id = :id", _read)


# all records


def _named(name: str, aliases: str) -> tuple[str, ...]:
    return (name, *strings(aliases))


_NAMES = {
    kind: Query(f"SELECT name, aliases FROM {table} WHERE id = :id", _named)
    for kind, table in (("events", "event"), ("officials", "official"), ("documents", "document"))
}
_ENTITY_NAMES = Query("SELECT name, aliases FROM entity WHERE kind = :kind AND id = :id", _named)


class Records(Mapping[str, Held], Generic[Held]):
    """The records of one kind by id, each read when somebody asks for it."""

    def __init__(self, db: Database, kind: str, described: type[Held]) -> None:
        self._db = db
        self._kind = kind
        self._described = described

    def __getitem__(self, id: str) -> Held:
        record = read_record(self._db, self._kind, id, self._described)
        if record is None:
            raise KeyError(id)
        return record

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self._db.first(LABEL, kind=self._kind, id=id) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._db.ask(IDS, kind=self._kind))

    def __len__(self) -> int:
        return len(self._db.ask(IDS, kind=self._kind))


@dataclass(frozen=True, slots=True)
class StoredCorpus(Corpus):
    """All records of a database. A label is asked for without the record: it changes less often."""

    db: Database | None = None

    @classmethod
    def of(cls, db: Database, knowledge: Knowledge) -> StoredCorpus:
        return cls(
            articles=Records(db, "articles", Article),
            events=Records(db, "events", Event),
            officials=Records(db, "officials", Official),
            documents=Records(db, "documents", Document),
            entities={kind: Records(db, kind, Entity) for kind in knowledge.added_kinds},
            pages=Records(db, PAGES, Page),
            removed=Records(db, REMOVED, Removed),
            db=db,
        )

    def names(self, kind: str, id: str) -> tuple[str, ...]:
        """Every name that a record goes by, its label first; empty if there is no such record."""
        assert self.db is not None
        query, asked = (_NAMES[kind], {"id": id}) if kind in _NAMES else (_ENTITY_NAMES, {"kind": kind, "id": id})
        return self.db.first(query, **asked) or ()

    def label(self, kind: str, id: str) -> str:
        """The words by which a person knows a record. Raises KeyError if there is none."""
        assert self.db is not None
        label = self.db.first(LABEL, kind=kind, id=id)
        if label is None:
            raise KeyError(id)
        return label
