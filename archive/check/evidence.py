"""Whether the words that a record rests on agree with what it says: dates, people, documents, places, relations.

In: one record at a time, and what may be asked of the others. Out: problems. That the words stand in their article is
checked elsewhere (`corpus.py`); here they are read, as the importer reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from archive.check.corpus import full_text, is_description
from archive.check.date_basis import ReadDates, agrees, check_date_basis
from archive.check.documents import (
    DocumentOf,
    Find,
    by_alias,
    check_cited,
    check_evidence_of_document,
    names_document,
)
from archive.check.people import CalledSo, NamesOf, Titles, check_people
from archive.check.places import ShortNames, check_place
from archive.check.roles import check_roles
from archive.citations import contradiction
from archive.knowledge import Knowledge
from archive.language.spelling import comparable
from archive.model.dates import Date
from archive.model.records import Article, Authority, Document, Event, Evidence, Official, Relation
from archive.problems import Report, either
from archive.rules.vocabularies import Relation as RelationTerm

_MOST = 1 / 3  # of the words of an organiser whose name a report prints in pieces: the body here, its unit there
Paragraphs = Callable[[str], Sequence[str]]  # an article's id → its paragraphs as printed; none if there is no text


@dataclass(frozen=True, slots=True)
class ReportOf:
    """What a report says of its event."""

    id: str
    date: Date | None


@dataclass(frozen=True, slots=True)
class Reader:
    """How words are read, and what is asked of other records."""

    knowledge: Knowledge
    dates: ReadDates
    citations: Find
    titles: Titles
    short_names: ShortNames
    level_of: Callable[[str], str | None]  # a body as printed → its level, if that is sure
    names_of: NamesOf
    called_so: CalledSo
    document_of: DocumentOf
    event_of: Callable[[str], Event | None]
    reports_of: Callable[[str], Sequence[ReportOf]]
    paragraphs: Paragraphs


def check_article_evidence(article: Article, reader: Reader, report: Report) -> None:
    """What an article's own words say of its front matter."""
    if article.date and article.date_basis:
        check_date_basis(article, article.date, article.date_basis, reader.dates, report)
    check_people(article, reader.names_of, reader.called_so, reader.titles, report)
    check_cited(article, reader.citations, reader.dates, reader.document_of, report)
    if is_description(article):
        return
    check_place(article, [full_text(article)], reader.knowledge.places, reader.short_names, report)
    check_roles(article, report)
    event = reader.event_of(article.event) if article.event else None
    if event is not None:
        _check_level(article, article.level, event.organiser, reader, report)


def check_authority_evidence(record: Authority, reader: Reader, report: Report) -> None:
    """What the words under a record's evidence say of it."""
    if isinstance(record, Event):
        _check_event(record, reader, report)
    elif isinstance(record, Document):
        _check_document(record, reader, report)
    elif isinstance(record, Official):
        _check_official(record, reader, report)


def _check_level(
    record: Article | Event, level: str | None, organiser: str | None, reader: Reader, report: Report
) -> None:
    meant = reader.level_of(organiser) if level and organiser else None
    if meant is not None and meant != level:
        where = record.origin.at("level")
        report.add("level-of-another", record.origin.path, where, level=level, organiser=organiser, suggestion=meant)


def _check_event(event: Event, reader: Reader, report: Report) -> None:
    _check_event_date(event, reader, report)
    _check_level(event, event.level, event.organiser, reader, report)
    texts = _texts_of(event, reader)
    check_place(event, texts, reader.knowledge.places, reader.short_names, report)
    for field, words in _printed(event) if texts else ():
        if not any(_prints(text, words, whole=field != "organiser") for text in texts):
            where = event.origin.at(field)
            report.add("not-in-reports", event.origin.path, where, field=field, words=words)
    for index, item in enumerate(event.carries_out):
        document = reader.document_of(item.document)
        _check_named(event, f"carries_out.{index}", item.evidence, [document] if document else [], reader, report)


def _check_event_date(event: Event, reader: Reader, report: Report) -> None:
    """Its own words, and the days of its reports, unless a note says why it is another one."""
    date, basis = event.date, event.date_basis
    if date is None:
        return
    if basis:
        check_date_basis(event, date, basis, reader.dates, report)
    dated = {one.id: one.date for one in reader.reports_of(event.id) if one.date}
    explained = basis is not None and basis.note
    if dated and not explained and not any(date.overlaps(day) for day in dated.values()):
        said = ", ".join(f"{id}: {day}" for id, day in dated.items())
        report.add("event-beside-reports", event.origin.path, event.origin.at("date"), date=date, reports=said)


def _texts_of(event: Event, reader: Reader) -> list[str]:
    """The texts of its reports and of the articles that it rests on, where they may be read."""
    articles = {one.article for one in event.evidence} | {one.id for one in reader.reports_of(event.id)}
    if event.date_basis and event.date_basis.article:
        articles.add(event.date_basis.article)
    texts = (comparable("\n".join(reader.paragraphs(id))) for id in sorted(articles))
    return [text for text in texts if text]


def _prints(text: str, words: str, *, whole: bool) -> bool:
    """Whether a text prints words, or, where they may be put together from several sentences, most of them."""
    compared = comparable(" ".join(words.split()))
    if compared in text:
        return True
    single = compared.split()
    return not whole and sum(word in text.split() for word in single) >= _MOST * len(single)


def _printed(event: Event) -> list[tuple[str, str]]:
    """What an event's record says that a report prints."""
    said = [("name", event.name if event.name_by == "text" else None), ("organiser", event.organiser)]
    said.append(("place.printed", event.place.printed if event.place else None))
    return [(field, words) for field, words in said if words]


def _check_document(document: Document, reader: Reader, report: Report) -> None:
    for index, evidence in enumerate(document.evidence):
        if not check_evidence_of_document(document, evidence, reader.citations):
            _tell_other(document, f"evidence.{index}.words", evidence, report)
    if document.date and not _is_dated(document, reader):
        where = document.origin.at("date")
        words = " | ".join(evidence.words for evidence in document.evidence)
        report.add("date-contradicts-words", document.origin.path, where, field="date", date=document.date, words=words)
    for index, relation in enumerate(document.relations):
        other = reader.document_of(relation.document)
        both = [document, other] if other else [document]
        _check_named(document, f"relations.{index}", relation.evidence, both, reader, report)
        _check_kind(document, f"relations.{index}", relation, reader.knowledge.relations, report)


def _check_kind(
    document: Document, place: str, relation: Relation, kinds: Mapping[str, RelationTerm], report: Report
) -> None:
    """Words that have the signs of another relation and none of this one state another."""
    words = comparable(" ".join(one.words for one in relation.evidence))
    meant = [code for code, kind in kinds.items() if any(comparable(cue) in words for cue in kind.cues)]
    if meant and relation.type not in meant and kinds[relation.type].cues:
        where = document.origin.at(f"{place}.type")
        values = {"type": relation.type, "words": relation.evidence[0].words, "suggestion": either(meant)}
        report.add("relation-of-another-kind", document.origin.path, where, **values)


def _is_dated(document: Document, reader: Reader) -> bool:
    """Whether no words under evidence that cite the document by its number print another day."""
    assert document.date is not None
    citations = [c for one in document.evidence for c in reader.citations(one.words) if c.date and c.number]
    own = [c for c in citations if c.type == document.type and document.number and _is_of(document, c.number or "")]
    if own:
        return any(c.date and document.date.overlaps(c.date) for c in own)
    printed = [day for one in document.evidence for day in reader.dates(one.words) if day.day and day.month]
    return bool(citations) or agrees(document.date, printed)


def _is_of(document: Document, number: str) -> bool:
    return comparable(number) in comparable(document.number or "") or comparable(document.number or "") in comparable(
        number
    )


def _check_official(official: Official, reader: Reader, report: Report) -> None:
    """The paragraph that holds the words names the person."""
    names = [comparable(name) for name in (official.name, *official.aliases)]
    for index, evidence in enumerate(official.evidence):
        text = comparable(_around(evidence, reader.paragraphs))
        if text and not any(name in text for name in names):
            _tell_other(official, f"evidence.{index}.words", evidence, report)


def _tell_other(record: Authority, place: str, evidence: Evidence, report: Report) -> None:
    values = {"field": place, "words": evidence.words, "article": evidence.article, "record": record.label}
    report.add("evidence-of-another", record.origin.path, record.origin.at(place), **values)


def _check_named(
    record: Authority,
    place: str,
    evidence: Sequence[Evidence],
    documents: Sequence[Document],
    reader: Reader,
    report: Report,
) -> None:
    """The words name all of these documents, or leave one to the rest of their paragraph and name no others."""
    texts = [(one.words, text) for one in evidence if (text := _around(one, reader.paragraphs))]
    missing = [_missing(words, text, documents, reader.citations) for words, text in texts]
    if texts and all(missing):
        where = record.origin.at(f"{place}.evidence.0.words")
        values = {"field": place, "words": evidence[0].words, "missing": ", ".join(sorted(missing, key=len)[0])}
        report.add("relation-names-not-both", record.origin.path, where, **values)


def _missing(words: str, paragraph: str, documents: Sequence[Document], find: Find) -> list[str]:
    cited = [citation for citation in find(words) if citation.number]
    others = [
        one
        for one in cited
        if all(contradiction(one, document) and not by_alias(one, words, document) for document in documents)
    ]
    text = words if others and len(others) == len(cited) else paragraph
    missing = [document.name for document in documents if not names_document(document, text, find)]
    if cited and len(documents) > 1 and not names_document(documents[-1], words, find):
        missing.append(documents[-1].name)
    return list(dict.fromkeys(missing))


def _around(evidence: Evidence, paragraphs: Paragraphs) -> str:
    """The paragraph of the article that holds the words; empty if none does, which is told elsewhere."""
    words = comparable(" ".join(evidence.words.split()))
    return next((text for text in paragraphs(evidence.article) if words in comparable(text)), "")
