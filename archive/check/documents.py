"""Whether cited documents are those of the records that they are linked to, and are cited as they are printed.

In: entries of articles, evidence of documents, and what citations find in their words. Out: problems. Only what is
printed is compared: what the words leave out contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from archive.check.date_basis import ReadDates, agrees
from archive.citations import contradiction, number_key, stated_citation
from archive.language.spelling import comparable
from archive.model.citations import Citation
from archive.model.records import Article, CitedDocument, Document, Evidence
from archive.problems import Report

Find = Callable[[str], Sequence[Citation]]
_BETWEEN = 4  # letters from one member of a list to the next: `, `, ` và `
DocumentOf = Callable[[str], Document | None]


def check_cited(article: Article, find: Find, read: ReadDates, document_of: DocumentOf, report: Report) -> None:
    """Each entry of `documents` beside its printed words, and both beside the record."""
    for index, entry in enumerate(article.documents):
        document = document_of(entry.document) if entry.document else None
        wanted = entry.number or (document.number if document else None)
        printed = _named(find(entry.printed), wanted)
        misread = _misread(entry, printed, read)
        for field in misread:
            _tell(article, index, field, entry, getattr(entry, field), "citation-not-as-printed", report)
        if document is not None:
            stated = [] if misread else [stated_citation(entry)]
            _check_linked(article, index, entry, [*([printed] if printed else []), *stated], document, report)


def check_evidence_of_document(document: Document, evidence: Evidence, find: Find) -> bool:
    """Whether words may speak of the document: they cite none, or one that nothing in the record excludes."""
    numbered = [citation for citation in find(evidence.words) if citation.number and citation.type]
    aside = (None, "issuer") if len(document.evidence) > 1 else (None, "issuer", "date")  # the only date is told there
    return not numbered or any(
        contradiction(citation, document) in aside or by_alias(citation, evidence.words, document)
        for citation in numbered
    )


def by_alias(citation: Citation, words: str, document: Document) -> bool:
    """Whether a citation of these words is, or holds, another name that the record gives the document."""
    printed = comparable(words[citation.start : citation.end])
    return any(comparable(alias) in printed for alias in document.aliases)


def names_document(document: Document, text: str, find: Find) -> bool:
    """Whether a text names the document: by a name it goes by, or by a citation that can mean it."""
    compared = comparable(text)
    if any(comparable(name) in compared for name in (document.name, *document.aliases)):
        return True
    for citation in find(text):
        if contradiction(citation, document) is not None or citation.type != document.type:
            continue
        if citation.number or not document.number:
            return True
    return False


def _named(citations: Sequence[Citation], number: str | None) -> Citation | None:
    """The document that words name: the one they begin with, or the only one, if it has a number.

    Words that begin with a list (`917, 918-QĐ/TW`) name the member with the number that is meant.
    """
    first = min(citations, key=lambda citation: citation.start, default=None)
    if first is None or first.start == 0:
        members = [one for one in citations if first and one.type == first.type and one.start - first.end <= _BETWEEN]
        return next((one for one in members if number and _running(one.number or "") == _running(number)), first)
    return first if len(citations) == 1 and first.number else None


def _misread(entry: CitedDocument, printed: Citation | None, read: ReadDates) -> list[str]:
    """Fields of an entry that its own printed words contradict."""
    if printed is None:
        return []
    wrong = []
    if entry.type and printed.type and entry.type != printed.type:
        wrong.append("type")
    if entry.number and printed.number and _running(entry.number) != _running(printed.number):
        wrong.append("number")
    if entry.date and not _is_dated(entry, printed, read):
        wrong.append("date")
    if entry.issuer and printed.issuer and not same_body(entry.issuer, printed.issuer):
        wrong.append("issuer")
    return wrong


def _is_dated(entry: CitedDocument, printed: Citation, read: ReadDates) -> bool:
    """Whether the words that name the document print no other date."""
    assert entry.date is not None
    if printed.date:
        return entry.date.overlaps(printed.date)
    return agrees(entry.date, [one for one in read(entry.printed[printed.start : printed.end]) if one.day])


def _running(number: str) -> str:
    key = number_key(number)
    return key.split(" ")[0] if key else ""


def same_body(one: str, other: str) -> bool:
    """Whether one name of a body leaves out words of the other, or has initials for them (`UBND`)."""
    a, b = comparable(one).split(), comparable(other).split()
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    shorts = [{word.lower() for word in words.split() if len(word) > 1 and word.isupper()} for words in (one, other)]
    initials = ["".join(word[0] for word in words) for words in (b, a)]
    return any(short in whole for whole, names in zip(initials, shorts, strict=True) for short in names)


def _check_linked(
    article: Article, index: int, entry: CitedDocument, said_of: Sequence[Citation], document: Document, report: Report
) -> None:
    names = {comparable(name) for name in (document.name, *document.aliases)}
    if comparable(entry.printed) in names:
        return
    for citation in said_of:
        field = contradiction(citation, document)
        if field == "issuer" and same_body(citation.issuer or "", document.issuer or ""):
            continue
        if field is not None:
            said, held = getattr(citation, field), getattr(document, field)
            code = "issuer-of-another" if field == "issuer" else "document-of-another"
            _tell(article, index, "document", entry, entry.document, code, report, part=field, said=said, held=held)
            return


def _tell(
    article: Article,
    index: int,
    field: str,
    entry: CitedDocument,
    value: object,
    code: str,
    report: Report,
    **values: object,
) -> None:
    place = f"documents.{index}.{field}"
    values = {"field": place, "printed": entry.printed, "value": value, **values}
    report.add(code, article.origin.path, article.origin.at(place), **values)
