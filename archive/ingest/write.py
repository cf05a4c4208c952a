"""Writes records as files: front matter that the archive's own reader takes back unchanged.

In: extracted and linked values. Out: the texts of an article and of stubs for what is new. Every
string is quoted as JSON, which YAML reads; fields stand in the order of the record classes.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from archive.ingest.doubts import entries_of
from archive.ingest.link import Linked, Stub, document_of
from archive.model.dates import Date
from archive.model.draft import Extracted, Unsure
from archive.model.records import Article, CitedDocument, Document, Event, Evidence, Official, Participant, Source
from archive.model.schema import Group, Many, fields_of
from archive.model.text import Block, BlockKind


def article_text(
    extracted: Extracted,
    linked: Linked,
    title: str,
    title_by: str,
    source: Source,
    rights: str,
    unsure: Iterable[Unsure],
    more: Mapping[str, object] = MappingProxyType({}),
) -> str:
    """The article's file; `title` is the printed one or, by an editor, another or a working title.

    `more`: values of fields that nothing is extracted into.
    """
    cleaned, when, where = extracted.cleaned, extracted.when, extracted.where
    values: dict[str, object] = {
        "title": title,
        "title_by": title_by,
        "date": when.date,
        "date_basis": when.basis,
        "period": when.period,
        "event": linked.event,
        "level": where.level,
        "sector": where.sector,
        "place": where.place,
        "publisher": extracted.received.publisher,
        "published": extracted.received.published or cleaned.stamp,
        "byline": cleaned.byline,
        "source": source,
        "rights": rights,
        "speakers": linked.who.speakers,
        "attendees": linked.who.attendees,
        "mentioned": linked.who.mentioned,
        "documents": linked.what.documents,
        "captions": cleaned.captions,
        "topics": (),
        "changes": cleaned.changes,
        "unsure": entries_of(unsure),
        **more,
    }
    body = "\n\n".join(map(_block, cleaned.blocks))
    return front_matter(Article, values) + "\n" + body + "\n"


def stub_text(stub: Stub, extracted: Extracted, linked: Linked, article: str, title: str, title_by: str) -> str:
    """The file of a new record, with what the text says of it and where."""
    if stub.kind == "events":
        return front_matter(Event, _event_values(extracted, article, title, title_by))
    if isinstance(stub.printed, CitedDocument):
        return front_matter(Document, _document_values(stub.printed, linked, article))
    assert isinstance(stub.printed, Participant)
    return front_matter(Official, {"name": stub.printed.name})


def _event_values(extracted: Extracted, article: str, title: str, title_by: str) -> dict[str, object]:
    """`title`: of the article, for an event that the lede gives no name."""
    when, where = extracted.when, extracted.where
    return {
        "name": extracted.meeting or title,
        "name_by": "text" if extracted.meeting else title_by,
        "date": when.date,
        "date_basis": when.basis and dataclasses.replace(when.basis, article=article),
        "period": when.period,
        "level": where.level,
        "organiser": where.organiser,
        "organiser_unit": extracted.units or None,
        "place": where.place,
    }


def _document_values(cited: CitedDocument, linked: Linked, article: str) -> dict[str, object]:
    position = next(index for index, entry in enumerate(linked.what.documents) if entry.printed == cited.printed)
    relations = [
        {
            "type": relation.type,
            "document": linked.what.documents[relation.target].document,
            "evidence": [{"article": article, "words": relation.words}],
        }
        for relation in linked.what.relations
        if relation.source == position and linked.what.documents[relation.target].document
    ]
    said = document_of("", cited)
    return {
        "name": said.name,
        "type": cited.type,
        "number": said.number,
        "issuer": said.issuer,
        "date": said.date,
        "title": said.title,
        "relations": relations,
        "evidence": (Evidence(article, cited.printed),),
    }


def _block(block: Block) -> str:
    marks = {BlockKind.HEADING: "#" * (block.level or 2) + " ", BlockKind.ITEM: "- ", BlockKind.QUOTE: "> "}
    return marks.get(block.kind, "") + block.text


def front_matter(record: type, values: dict[str, object]) -> str:
    lines = ["---"]
    for name, field in fields_of(record).items():
        if name in values:
            lines += _lines(name, values[name], isinstance(field.kind, Many), 0)
        elif field.required or not isinstance(field.kind, Group):
            lines += _lines(name, () if isinstance(field.kind, Many) else None, isinstance(field.kind, Many), 0)
    for name in sorted(
        values.keys() - fields_of(record).keys()
    ):  # of kinds that site-config/kinds.yml adds: lists of links
        lines += _lines(name, values[name], True, 0)
    return "\n".join([*lines, "---", ""])


def _lines(name: str, value: Any, is_list: bool, depth: int) -> Iterator[str]:
    """A field as YAML lines: scalars and lists of words on one line, groups indented below."""
    pad = "  " * depth
    if value in (None, (), []):
        yield f"{pad}{name}: {'[]' if is_list else 'null'}"
    elif is_list and all(isinstance(item, str) for item in value):
        yield f"{pad}{name}: [{', '.join(map(_scalar, value))}]"
    elif is_list:
        yield f"{pad}{name}:"
        for item in value:
            yield from _member(item, depth)
    elif dataclasses.is_dataclass(value) and not isinstance(value, Date):
        yield f"{pad}{name}:"
        for key, held in _fields(value):
            yield from _lines(key, held, isinstance(held, tuple | list), depth + 1)
    else:
        yield f"{pad}{name}: {_scalar(value)}"


def _member(item: Any, depth: int) -> Iterator[str]:
    """A group in a list: its first line behind the dash."""
    held = _fields(item)
    first, *rest = (
        line for key, value in held for line in _lines(key, value, isinstance(value, tuple | list), depth + 2)
    )
    yield f"{'  ' * depth}  - {first.strip()}"
    yield from rest


def _fields(value: object) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    else:
        yield from ((name, getattr(value, name)) for name in fields_of(type(value)))


def _scalar(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False)
