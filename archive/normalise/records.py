"""Raw records to typed records, driven by what the record classes say of their fields.

In: a `RawRecord`. Out: a record, or None where what is left could not stand for one. Every
value that does not fit is a problem at its own line and column; the rest of the record is kept.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from archive.characters import control_characters
from archive.knowledge import Kind, Knowledge
from archive.language.spelling import nfc, slug
from archive.model.dates import Date
from archive.model.edtf import parse_date
from archive.model.raw import RawList, RawMapping, RawNode, RawRecord, RawScalar
from archive.model.records import Article, Authority, Entity, EntityLink, Origin, Page, Record, Removed
from archive.model.schema import (
    CHECKSUM,
    FILE_NAME,
    ID,
    MARKUP,
    WEB_ADDRESS,
    WHOLE,
    Checksum,
    Choice,
    Edtf,
    FieldKind,
    FieldSpec,
    FileName,
    Group,
    Many,
    Reference,
    Text,
    WebAddress,
    Whole,
    fields_of,
)
from archive.model.told import Told
from archive.normalise.body import parse_body
from archive.normalise.markdown import check_markdown
from archive.normalise.slips import (
    Slip,
    field_in_body,
    group_of,
    list_of,
    unknown_field,
    wrong_choice,
    wrong_date,
    wrong_form,
)
from archive.problems import Position, Report, either
from archive.suggestions import meant_ids

# A field goes onto many pages; the longest that reports gave so far are captions of some hundred words.
MOST_OF_A_TEXT = 20_000


def normalise_record(raw: RawRecord, kind: Kind, knowledge: Knowledge, report: Report) -> Record | None:
    """The typed record of a raw one."""
    extra = _extra_fields(kind, knowledge)
    reader = _Reader(raw, {**fields_of(kind.model), **extra}, knowledge, report)
    values = reader.record()
    if values is None:
        return None
    origin = reader.origin
    added = {name: values.pop(name, None) for name in extra}
    base = {"id": raw.id, "origin": origin, **values}
    if kind.model is Article:
        body = parse_body(nfc(raw.body), raw.path, raw.body_line, knowledge.addresses.anchors, report)
        return Article(**base, entities={k: v or () for k, v in added.items()}, body=body)
    check_markdown(raw, report)
    notes = nfc(raw.body).strip()
    if kind.model is Entity:
        return Entity(**base, kind=kind.id, values={k: v for k, v in added.items() if v}, notes=notes)
    assert issubclass(kind.model, Authority)
    return kind.model(**base, notes=notes)


def normalise_page(raw: RawRecord, knowledge: Knowledge, report: Report) -> Page | None:
    """A page written by hand."""
    reader = _Reader(raw, fields_of(Page), knowledge, report)
    values = reader.record()
    if values is None:
        return None
    check_markdown(raw, report)
    return Page(id=raw.id, origin=reader.origin, markdown=nfc(raw.body).strip(), **values)


def normalise_removed(raw: RawRecord, knowledge: Knowledge, report: Report) -> Removed | None:
    """What stays of a record that was taken down; nothing but the fields may stand in its file."""
    reader = _Reader(raw, fields_of(Removed), knowledge, report)
    values = reader.record()
    if raw.body.strip():
        report.add("removed-with-text", raw.path, Position(raw.body_line, 1))
    return None if values is None else Removed(id=raw.id, origin=reader.origin, **values)


def normalise_told(raw: RawRecord, events: Collection[str], knowledge: Knowledge, report: Report) -> Told:
    """What a person says of an input, value by value as in the front matter of an article."""
    reader = _Reader(raw, fields_of(Told), knowledge, report)
    told = Told(**(reader.record() or {}))
    for place, (_, written) in reader.not_ids.items():
        suggestion = either(meant_ids(written, events))
        reader.problem("bad-id", reader.places[place], field=place, value=written, suggestion=suggestion)
    if told.event and told.event not in events:
        reader.problem(
            "unknown-record",
            reader.places["event"],
            field="event",
            id=told.event,
            folder=knowledge.kinds["events"].folder,
            suggestion=either(meant_ids(told.event, events)),
        )
    return told


def _extra_fields(kind: Kind, knowledge: Knowledge) -> Mapping[str, FieldSpec]:
    """Fields that site-config/kinds.yml adds: to articles, and to records of added kinds."""
    if kind.model is Article:
        return {
            added.article_field: FieldSpec(Many(Group(EntityLink)))
            for added in knowledge.added_kinds.values()
            if added.article_field
        }
    return {name: FieldSpec(Text()) for name in kind.fields}


class _Reader:
    """Reads the values of one file."""

    def __init__(self, raw: RawRecord, fields: Mapping[str, FieldSpec], knowledge: Knowledge, report: Report) -> None:
        self.raw = raw
        self.fields = fields
        self.knowledge = knowledge
        self.report = report
        self.places: dict[str, Position] = {}
        self.not_ids: dict[str, tuple[str, str]] = {}
        self.refused: list[str] = []
        self.lacks_required = False

    @property
    def origin(self) -> Origin:
        return Origin(self.raw.path, self.places, Position(self.raw.body_line, 1), self.not_ids, tuple(self.refused))

    def record(self) -> dict[str, Any] | None:
        """The values of the whole front matter; None where what is left could not stand for a record."""
        values = self.mapping(self.raw.metadata, self.fields, "")
        if found := field_in_body(self.raw.body, self.fields):
            above, name = found
            self.problem("field-in-body", Position(self.raw.body_line + above, 1), field=name)
        if not self.lacks_required:
            return values
        for place, (_, written) in self.not_ids.items():
            self.problem("bad-id", self.places[place], field=place, value=written, suggestion=slug(written))
        return None

    def problem(self, code: str, position: Position, **values: object) -> None:
        self.report.add(code, self.raw.path, position, **values)
        self.refused.append(str(values.get("field", "")))

    def slip(self, slip: Slip, at: str, position: Position) -> None:
        self.problem(slip.code, position, **{"field": at, **slip.values})

    def mapping(self, raw: RawMapping, fields: Mapping[str, FieldSpec], at: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, node in raw.items.items():
            if name not in fields:
                before = list(raw.items)[: list(raw.items).index(name)]
                slip = unknown_field(name, at, fields, self.fields, before, self.knowledge.fields)
                self.slip(slip, at, raw.keys[name])
                continue
            dotted = f"{at}.{name}" if at else name
            value = self.value(node, fields[name].kind, dotted)
            if value is not None:
                values[name] = value
        for name, field in fields.items():
            if field.required and name not in values:
                if name not in raw.items or _is_empty(raw.items[name]):
                    missing = f"{at}.{name}" if at else name
                    self.problem("missing-field", raw.keys.get(name, raw.position), field=missing)
                self.lacks_required = True
        return values

    def value(self, node: RawNode, kind: FieldKind, at: str) -> Any:
        """The typed value, or None where there is none or it doesn't fit (then with a problem)."""
        self.places[at] = node.position
        if isinstance(kind, Many):
            return self.many(node, kind, at)
        if isinstance(node, RawScalar) and node.value is None:
            return None
        if isinstance(kind, Group):
            return self.group(node, kind, at)
        if not isinstance(node, RawScalar):
            code = "list-for-value" if isinstance(node, RawList) else "mapping-for-value"
            only = node.items[0] if isinstance(node, RawList) and len(node.items) == 1 else None
            meant = only.value or "" if isinstance(only, RawScalar) else ""
            self.problem(code, node.position, field=at, suggestion=meant)
            return None
        assert node.value is not None
        for _, character in control_characters(node.value):  # written as an escape: in the file they were looked for
            self.problem("control-character", node.position, character=character)
            return None
        return self.scalar(nfc(node.value), kind, at, node.position)

    def many(self, node: RawNode, kind: Many, at: str) -> tuple[Any, ...] | None:
        if isinstance(node, RawScalar) and node.value is None:
            return ()
        if not isinstance(node, RawList):
            text = node.value if isinstance(node, RawScalar) else None
            meant = list_of(nfc(text), kind, self.knowledge) if text else ""
            self.problem("list-expected", node.position, field=at, suggestion=meant)
            return None
        found = (self.value(item, kind.of, f"{at}.{index}") for index, item in enumerate(node.items))
        return tuple(value for value in found if value is not None)

    def group(self, node: RawNode, kind: Group, at: str) -> Any:
        fields = fields_of(kind.of)
        if not isinstance(node, RawMapping):
            meant = group_of(nfc(node.value), kind) if isinstance(node, RawScalar) and node.value else ""
            self.problem("mapping-expected", node.position, field=at, fields=", ".join(fields), suggestion=meant)
            return None
        if not _is_member(at) and node.items.keys() <= fields.keys() and all(map(_is_empty, node.items.values())):
            return None
        outer, self.lacks_required = self.lacks_required, False
        values = self.mapping(node, fields, at)
        lacking, self.lacks_required = self.lacks_required, outer
        return None if lacking else kind.of(**values)

    def scalar(self, text: str, kind: FieldKind, at: str, position: Position) -> Any:
        match kind:
            case Text():
                return self.text(text, at, position)
            case Edtf():
                return self.date(text, at, position)
            case Whole():
                return self.whole(text, at, position)
            case Choice(vocabulary):
                return self.choice(text, vocabulary, at, position)
            case Reference(target):
                return self.reference(text, target, at)
            case Checksum():
                return self.matching(text, CHECKSUM, "bad-checksum", at, position)
            case WebAddress():
                return self.matching(text, WEB_ADDRESS, "bad-address", at, position)
            case FileName():
                return self.matching(text, FILE_NAME, "bad-source-name", at, position)
        raise TypeError(kind)

    def text(self, text: str, at: str, position: Position) -> str | None:
        line = " ".join(text.split())
        if len(line) > MOST_OF_A_TEXT:
            self.problem("text-too-long", position, field=at, size=len(line), limit=MOST_OF_A_TEXT)
            return None
        if "<" in line and re.search(MARKUP, line):
            self.problem("html-in-text", position, field=at, words=line[:60])
        return line or None

    def date(self, text: str, at: str, position: Position) -> Date | None:
        try:
            return parse_date(text)
        except ValueError:
            self.slip(wrong_date(text, self.knowledge.date_words.written), at, position)
            return None

    def whole(self, text: str, at: str, position: Position) -> int | None:
        if re.fullmatch(WHOLE, text):
            return int(text)
        numbers = re.findall(WHOLE, text)
        self.problem("bad-number", position, field=at, value=text, suggestion=numbers[0] if len(numbers) == 1 else "")
        return None

    def choice(self, text: str, vocabulary: str, at: str, position: Position) -> str | None:
        terms = self.knowledge.vocabularies[vocabulary]
        if text in terms:
            return text
        self.slip(wrong_choice(text, vocabulary, terms), at, position)
        return None

    def reference(self, text: str, target: str, at: str) -> str | None:
        if re.fullmatch(ID, text):
            return text
        self.not_ids[at] = (target, text[:80])
        return None

    def matching(self, text: str, form: str, code: str, at: str, position: Position) -> str | None:
        if re.fullmatch(form, text):
            return text
        self.problem(code, position, field=at, value=text[:80], suggestion=wrong_form(text, form))
        return None


def _is_empty(node: RawNode) -> bool:
    return isinstance(node, RawScalar) and node.value is None


def _is_member(at: str) -> bool:
    """True for a member of a list: there a group that says nothing is a slip, elsewhere it is an empty form."""
    return at.rpartition(".")[2].isdigit()
