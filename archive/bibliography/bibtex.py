"""An article or an official document as a BibTeX entry, for LaTeX and reference managers.

In: a record and where it is published. Out: text in UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from archive.bibliography.entry import Published
from archive.model.dates import Date
from archive.model.records import Article, Document, Record

_CERTAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-\d{2})?)?")
_SIGNS = re.compile(r"[&%$#_{}~^\\]")
# A brace counts even with a backslash before it.
_WRITTEN = {
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}


def bibtex_entry(record: Record, published: Published) -> str:
    """The entry; empty for a record of another kind."""
    match record:
        case Article():
            entry, fields = "article", _article(record)
        case Document():
            entry, fields = "misc", _document(record)
        case _:
            return ""
    fields = {**fields, "language": published.language, "note": published.url}
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{entry}{{{published.key},\n{''.join(lines)}}}\n"


def _article(article: Article) -> Mapping[str, str | None]:
    """A title that no source prints stands in brackets, as libraries have it."""
    title = f"[{article.title}]" if article.title_by == "editor" else article.title
    url = article.source.url or "" if article.source else ""
    return {
        "title": _escape(title),
        "author": _authors(article.byline),
        "journal": _escape(article.publisher),
        **_date(article.published),
        "url": url.replace("{", "%7B").replace("}", "%7D"),
    }


def _document(document: Document) -> Mapping[str, str | None]:
    return {
        "title": _escape(document.title or document.name),
        "author": _authors([document.issuer] if document.issuer else []),
        "number": _escape(document.number),
        **_date(document.date),
    }


def _authors(names: Iterable[str]) -> str:
    """Names that are not to be divided into family name and given name: nobody but their bearers know how."""
    return " and ".join(f"{{{_escape(name)}}}" for name in names)


def _date(date: Date | None) -> Mapping[str, str | None]:
    certain = _CERTAIN.fullmatch(date.edtf) if date else None
    return {"year": certain[1], "month": certain[2] and str(int(certain[2]))} if certain else {}


def _escape(text: str | None) -> str:
    """
    >>> _escape("57 & 58_a")
    '57 \\\\& 58\\\\_a'
    """
    return _SIGNS.sub(lambda sign: _WRITTEN.get(sign[0], f"\\{sign[0]}"), " ".join((text or "").split()))
