"""Checks the content: what records say must stand in the words they rest on.

In: one record at a time, and the printed words of the articles it names. Out: problems. Words are
compared as printed, in one spelling of tones, dashes, quotes and spaces.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from stat import S_ISREG

from archive.language.spelling import comparable
from archive.model.records import (
    Article,
    Authority,
    CarriesOut,
    DateBasis,
    Document,
    Event,
    Evidence,
    Record,
    Relation,
    Source,
)
from archive.model.text import BlockKind
from archive.problems import Report

_RUNNING = re.compile(r"(\d*)(.*)", re.DOTALL)

TextOf = Callable[[str], str | None]  # an article's id → its printed words (`full_text`), None if there is none


def check_authority(record: Authority, text_of: TextOf, cited: Iterable[str], report: Report) -> None:
    """What a record other than an article states; `cited` are the words by which articles cite it."""
    if isinstance(record, Event):
        _check_event_date(record, text_of, report)
    _check_evidence(record, text_of, report)
    _check_same(record, report)
    if isinstance(record, Document):
        _check_stated(record, cited, report)


def full_text(article: Article) -> str:
    """All printed words of an article in compared form, blocks on lines of their own."""
    return "\n".join(map(comparable, printed_words(article)))


def printed_words(article: Article) -> list[str]:
    """Title, blocks and captions as printed."""
    title = [] if article.title_by == "editor" else [article.title]
    return [*title, *(block.text for block in article.body), *(caption.text for caption in article.captions)]


def is_description(article: Article) -> bool:
    """Whether the file holds no text, as `rights: metadata` allows: then no words can be looked up in it."""
    return article.rights == "metadata" and not article.body


def _stands_in(words: str, text: str) -> bool:
    return comparable(" ".join(words.split())) in text


def check_article(article: Article, text: str, unknown_year: str, report: Report) -> None:
    """What an article's front matter claims of its words; `text` is its `full_text`."""
    if not is_description(article):
        _check_against_text(article, text, report)
    if article.date and not article.date_basis and not article.origin.has_refused("date_basis"):
        _add(report, "date-without-basis", article, "date", date=article.date)
    if article.date_basis and not article.date and not article.origin.has_refused("date"):
        _add(report, "basis-without-date", article, "date_basis")
    if article.date_basis and article.date_basis.kind == "stated" and article.date and not article.date.years:
        _add(report, "stated-without-year", article, "date_basis.kind", date=article.date)
    if not article.body and article.rights != "metadata":
        report.add("empty-body", article.origin.path, article.origin.body)
    _check_provenance(article, report)
    _check_folder(article, unknown_year, report)


def _check_against_text(article: Article, text: str, report: Report) -> None:
    for place, words in _printed(article):
        if not _stands_in(words, text):
            _add(report, "words-not-in-text", article, place, words=words)
    # Paragraphs may be marked with numbers of their own (archive/model/paragraphs.py).
    numbers = (re.match(r"\d+", b.anchor.rpartition("-")[2]) for b in article.body if b.kind is not BlockKind.HEADING)
    paragraphs = max((int(number[0]) for number in numbers if number), default=0)
    for index, caption in enumerate(article.captions):
        if caption.after is not None and caption.after > paragraphs:
            _add(report, "caption-after-end", article, f"captions.{index}.after", after=caption.after, last=paragraphs)


def _printed(article: Article) -> Iterator[tuple[str, str]]:
    """Everything the front matter claims the article prints, with its dotted place."""
    if article.date_basis:
        yield "date_basis.words", article.date_basis.words
    if article.place and article.place.printed:
        yield "place.printed", article.place.printed
    for group in ("speakers", "attendees", "mentioned"):
        for index, person in enumerate(getattr(article, group)):
            yield f"{group}.{index}.name", person.name
            for number, role in enumerate(person.roles):
                yield f"{group}.{index}.roles.{number}", role
    for index, cited in enumerate(article.documents):
        yield f"documents.{index}.printed", cited.printed
    for field, links in article.entities.items():
        for index, link in enumerate(links):
            yield f"{field}.{index}.printed", link.printed


def _check_provenance(article: Article, report: Report) -> None:
    """Who published the text, and at which address; without a source that is said already (`no-source`)."""
    source = article.source or Source(url="")
    values = {"publisher": article.publisher, "source.url": source.url}
    missing = [place for place, value in values.items() if value is None and not article.origin.has_refused(place)]
    if missing:
        _add(report, "no-provenance", article, missing[0], missing=", ".join(missing))


def _check_folder(article: Article, unknown: str, report: Report) -> None:
    """content/articles/<year>/: a year of the event, `unknown` where none is known. The first one is proposed."""
    folder = article.origin.path.split("/")[-2]
    years = article.date.years if article.date else ()
    fitting = [str(year) for year in years] or [unknown]
    if folder not in fitting and not article.origin.has_refused("date"):
        span = "–".join(dict.fromkeys((fitting[0], fitting[-1])))
        values = {"folder": folder, "fitting": span, "first": fitting[0]}
        report.add("wrong-year-folder", article.origin.path, article.origin.at("date"), **values)


def check_source(article: Article, content: Path, report: Report) -> bool:
    """An article's source is there, and is what was received: True if so, as far as anybody can tell."""
    source = article.source
    if not source or not source.file:
        _add(report, "no-source", article, "source")
        return False
    path = content / "sources" / source.file
    if not _is_file(path):
        _add(report, "source-missing", article, "source.file", file=source.file)
        return False
    if not source.sha256:
        _add(report, "source-without-checksum", article, "source", sha256=checksum(path))
    elif (actual := checksum(path)) != source.sha256:
        _add(report, "checksum-differs", article, "source.sha256", file=source.file, actual=actual)
        return False
    return True


def checksum(path: Path) -> str:
    """SHA-256 of a file, in lower-case hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _is_file(path: Path) -> bool:
    """True for a file, not for a link to one."""
    try:
        return S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def check_unused_sources(used: Collection[str], content: Path, report: Report) -> None:
    """A file that nobody names; worse if it is called after a record that was taken down."""
    folder = content / "sources"
    for name in sorted(path.name for path in folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else ():
        if name not in used and not name.startswith("."):
            of_removed = (content / "removed" / f"{name.partition('.')[0]}.md").is_file()
            report.add("removed-source" if of_removed else "source-unused", f"content/sources/{name}")


def _check_event_date(event: Event, text_of: TextOf, report: Report) -> None:
    basis = event.date_basis
    if event.date and not (basis and basis.article):
        _add(report, "event-date-without-article", event, "date", date=event.date)
    if basis and basis.article:
        _check_words(event, "date_basis", basis, text_of, report)


def _check_evidence(record: Authority, text_of: TextOf, report: Report) -> None:
    for place, evidence in _evidence(record):
        _check_words(record, place, evidence, text_of, report)
    if isinstance(record, Document):
        for index, relation in enumerate(record.relations):
            if not relation.evidence:
                _add(report, "relation-without-evidence", record, f"relations.{index}", document=relation.document)


def _check_stated(document: Document, cited: Iterable[str], report: Report) -> None:
    """Number, issuer and title of a document stand in words it rests on; a date needs some.

    The words are those under `evidence`, and those by which articles cite the document.
    """
    words = [comparable(evidence.words) for evidence in document.evidence] + [comparable(words) for words in cited]
    for name in ("number", "issuer", "title"):
        value = getattr(document, name)
        states = _states_number if name == "number" else _states
        if value and not any(states(comparable(value), held) for held in words):
            _add(report, "statement-without-evidence", document, name, value=value)
    if document.date and not words:
        _add(report, "statement-without-evidence", document, "date", value=document.date)


def _states(value: str, words: str) -> bool:
    return value in words


def _states_number(number: str, words: str) -> bool:
    """Numbers in a row share the series of the last: `217, 218-qđ/tw` states 217-qđ/tw."""
    if number in words:
        return True
    running, series = _RUNNING.match(number).groups()  # type: ignore[union-attr]
    found = re.search(rf"(?<!\d){running}(?!\d)", words) if running and series else None
    return bool(found and re.search(rf"\d{re.escape(series)}(?!\w)", words[found.end() :]))


def _evidence(record: Authority) -> Iterator[tuple[str, Evidence]]:
    for index, evidence in enumerate(record.evidence):
        yield f"evidence.{index}", evidence
    members: list[tuple[str, Relation | CarriesOut]] = []
    if isinstance(record, Document):
        members += ((f"relations.{index}", relation) for index, relation in enumerate(record.relations))
    if isinstance(record, Event):
        members += ((f"carries_out.{index}", item) for index, item in enumerate(record.carries_out))
    for place, member in members:
        for number, evidence in enumerate(member.evidence):
            yield f"{place}.evidence.{number}", evidence


def _check_words(record: Record, place: str, evidence: Evidence | DateBasis, text_of: TextOf, report: Report) -> None:
    text = text_of(evidence.article or "")
    if text is not None and not _stands_in(evidence.words, text):
        _add(
            report, "evidence-not-in-article", record, f"{place}.words", words=evidence.words, article=evidence.article
        )


def _check_same(record: Authority, report: Report) -> None:
    both = {note.record for note in record.possibly_same_as} & set(record.not_same_as)
    for other in sorted(both):
        _add(report, "same-and-not-same", record, "not_same_as", other=other)
    for place, others in (
        ("possibly_same_as", [note.record for note in record.possibly_same_as]),
        ("not_same_as", record.not_same_as),
    ):
        if record.id in others:
            _add(report, "same-as-itself", record, place, id=record.id)


def check_same_key(documents: Sequence[Document], report: Report) -> None:
    """Records with one key are one document twice; the first by id counts."""
    for document in documents[1:]:
        other = documents[0].id
        _add(report, "same-document-twice", document, "number", other=other, number=document.number)


def _add(report: Report, code: str, record: Record, place: str, **values: object) -> None:
    report.add(code, record.origin.path, record.origin.at(place), field=place, **values)
