"""Resolves citations: which document records can a citation mean?

In: what a citation states. Out: every record that contradicts none of it. One candidate is an
answer, two are none: a number alone is not a key, because Party numbers restart each term and
State numbers each year.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from archive.language.spelling import comparable
from archive.model.citations import Citation
from archive.model.records import CitedDocument, Document

_DIGITS = re.compile(r"\d+")
_KEEP = re.compile(r"[^\w]+")
# The centre is printed TW, T.Ư or TƯ, also glued to the type: 25-NQTW.
_CENTRE = re.compile("t\\.?\N{LATIN SMALL LETTER U WITH HORN}(?!\\w)\\.?")
_GLUED_CENTRE = re.compile(r"(?<=\w)tw(?!\w)")


def number_key(number: str) -> str:
    """One form of a document number, so that its many spellings meet.

    The parts are sorted behind the running number, because `217/QĐ-TW` is printed for
    `217-QĐ/TW`.

    >>> number_key("43 - NQ/TW") == number_key("43-NQ/TW") == number_key("43-NQTW") == "43 nq tw"
    True
    """
    written = _GLUED_CENTRE.sub(" tw", _CENTRE.sub("tw", comparable(number)))
    parts = [part for part in _KEEP.split(written) if part]
    return " ".join([(parts[0].lstrip("0") or "0"), *sorted(parts[1:])]) if parts else ""


def is_bare(number: str) -> bool:
    """True for a running number without its series: `57`."""
    return _DIGITS.fullmatch(number.strip()) is not None


def stated_citation(entry: CitedDocument) -> Citation:
    """The citation that an article's front-matter entry stands for."""
    return Citation(
        printed=entry.printed,
        start=0,
        end=len(entry.printed),
        pattern="front-matter",
        type=entry.type,
        number=entry.number,
        date=entry.date,
        issuer=entry.issuer,
        title=entry.title,
    )


def document_keys(document: Document) -> Iterator[tuple[str, str]]:
    """What a document is found by: (`name`, a name it goes by) and (`number`, type and running number)."""
    if document.number:
        yield "number", _running(document.type, document.number)
    for name in sorted({comparable(name) for name in (document.name, *document.aliases)}):
        yield "name", name


def document_key(document: Document) -> str:
    """Type, number, issuer and date or term in one; empty where they are not enough to tell documents apart."""
    if not document.number or not (document.date or document.term):
        return ""
    parts = (document.type, document.number, document.issuer, document.date or document.term)
    return "\n".join(comparable(str(part or "")) for part in parts)


class DocumentIndex:
    """The document records, found by running number and by the names they go by."""

    def __init__(self, find: Callable[[str, str], Iterable[Document]]) -> None:
        """`find` gives the documents of a key of `document_keys`."""
        self._find = find

    @classmethod
    def of(cls, documents: Iterable[Document]) -> DocumentIndex:
        found: dict[tuple[str, str], list[Document]] = defaultdict(list)
        for document in documents:
            for key in document_keys(document):
                found[key].append(document)
        return cls(lambda by, key: found.get((by, key), ()))

    def candidates(self, citation: Citation) -> tuple[Document, ...]:
        """The records that the citation can mean, by id; none, one or several."""
        names = {comparable(name) for name in (citation.printed, citation.known_as) if name}
        found = {document.id: document for name in sorted(names) for document in self._find("name", name)}
        if citation.number and citation.type:
            for document in self._find("number", _running(citation.type, citation.number)):
                if contradiction(citation, document) is None:
                    found[document.id] = document
        return tuple(found[id] for id in sorted(found))


def _running(type: str, number: str) -> str:
    return f"{type} {number_key(number).split(' ')[0]}"


def contradiction(citation: Citation, document: Document) -> str | None:
    """The first field in which citation and record exclude each other, or None."""
    if citation.type and citation.type != document.type:
        return "type"
    if citation.number and document.number and not _same_number(citation.number, document.number):
        return "number"
    if citation.date and document.date and not citation.date.overlaps(document.date):
        return "date"
    if citation.term and document.term and not _same_term(citation.term, document.term):
        return "term"
    if citation.issuer and document.issuer and not _same_issuer(citation.issuer, document.issuer):
        return "issuer"
    return None


def _same_number(one: str, other: str) -> bool:
    """A bare running number agrees with any number that begins with it."""
    a, b = number_key(one), number_key(other)
    return a.split(" ")[0] == b.split(" ")[0] if is_bare(one) or is_bare(other) else a == b


def _same_term(one: str, other: str) -> bool:
    """True if both name one term, with or without the word for it: `XI` and `khóa XI`."""
    a, b = (re.sub(r"\s*-\s*", "-", comparable(term)) for term in (one, other))
    return f" {a}".endswith(f" {b}") or f" {b}".endswith(f" {a}")


def _same_issuer(one: str, other: str) -> bool:
    """True if one name is the beginning of the other: `Ban Bí thư` and `Ban Bí thư Trung ương Đảng`."""
    a, b = comparable(one), comparable(other)
    return a.startswith(b) or b.startswith(a)
