"""An article or an official document as a RIS entry.

In: a record and where it is published. Out: lines that end in CR LF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.bibliography.entry import Published
from archive.model.dates import Date
from archive.model.records import Article, Document, Record

_CERTAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?")
Tags = Iterator[tuple[str, str | None]]


def ris_entry(record: Record, published: Published) -> str:
    """The entry; empty for a record of another kind."""
    match record:
        case Article():
            tags = [("TY", "NEWS"), *_article(record)]
        case Document():
            tags = [("TY", "GOVDOC"), *_document(record)]
        case _:
            return ""
    tags += [("ID", published.key), ("LA", published.language), ("DB", published.archive), ("UR", published.url)]
    lines = [f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in [*tags, ("ER", "")] if value is not None]
    return "".join(lines)


def _article(article: Article) -> Tags:
    """A title that no source prints stands in brackets, as libraries have it."""
    yield "TI", f"[{article.title}]" if article.title_by == "editor" else article.title
    yield from (("AU", _whole(name)) for name in article.byline)
    yield "T2", article.publisher
    yield from _date(article.published)
    yield "UR", article.source.url if article.source else None


def _document(document: Document) -> Tags:
    yield "TI", document.title or document.name
    yield "AU", _whole(document.issuer) if document.issuer else None
    yield "IS", document.number
    yield from _date(document.date)


def _whole(name: str) -> str:
    """A name that is not to be divided into family name and given name: nobody but its bearer knows how."""
    return f"{name},"


def _date(date: Date | None) -> Tags:
    if date and (certain := _CERTAIN.fullmatch(date.edtf)):
        yield "PY", certain[1]
        yield "DA", "/".join([*(part or "" for part in certain.groups()), ""]) if certain[2] else None
