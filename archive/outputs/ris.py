"""Articles and official documents as RIS, which reference managers read: only what a source states of them.

In: records. Out: `du-lieu/citations.ris`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive.database.rows import Chunk
from archive.kinds import AnySubject
from archive.model.dates import Date
from archive.model.records import Article, Document
from archive.outputs.output import JoinedOutput, ListedFile, Piece

_NAME = "citations.ris"
_CERTAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?")
Tags = Iterator[tuple[str, str | None]]


class RisEntries(JoinedOutput):
    def files(self) -> Iterable[ListedFile]:
        return [ListedFile(self.data_path(_NAME), "citations", "RIS")]

    def of_record(self, subject: AnySubject) -> Iterator[Piece]:
        match subject.record:
            case Article() as article:
                tags = [("TY", "NEWS"), *_article(article)]
            case Document() as document:
                tags = [("TY", "GOVDOC"), *_document(document)]
            case _:
                return
        about = subject.context.settings
        tags += [("ID", subject.key), ("LA", about.language), ("DB", about.name), ("UR", subject.url), ("ER", "")]
        lines = [f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in tags if value is not None]
        yield Chunk(self.data_path(_NAME), subject.key, 1, b"", "".join(lines).encode())


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
