"""What is computed of each record before any page: from files to dates of events and the lists that are long.

In: a database, the paths, and one key. Out: `Made`, one for each task. Steps, in order: `record` (a file that holds
no article), `article` (an article read), `alike` (compared with others), `event`, `authority` and `collection`
(checks), `list` (which lists are long).
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from archive.build.reading import Readers
from archive.build.received import SourceReader
from archive.build.unnamed import find_unnamed
from archive.check import (
    LARGEST_CROWD,
    check_alike,
    check_article,
    check_article_evidence,
    check_authority,
    check_authority_evidence,
    check_corrections,
    check_doubts,
    check_paragraphs,
    check_removed,
    check_same_key,
    check_similar_names,
    check_source,
    check_text,
    check_unused,
    check_unused_sources,
    full_text,
    is_description,
    printed_words,
    sample,
    sketch,
)
from archive.citations import CitationFinder, DocumentIndex
from archive.config import Paths, Settings
from archive.database import Database, Made, Query, Rows, StoredCorpus
from archive.database.records import ORIGIN
from archive.database.rows import LongList, Moment, Published, PublishedParagraph, Shingle, ShingleSample
from archive.extract import ArticleReader, MentionFinder, Text, as_shown, check_references, record_rows
from archive.extract.lists import moment_entries
from archive.extract.record import IDENTITY
from archive.extract.text import PARAGRAPHS
from archive.fields import fields_of_kind
from archive.holdings import record_of
from archive.knowledge import Knowledge
from archive.language.spelling import comparable
from archive.ledger import parse_ledger
from archive.model.records import Article, Authority, Document, Record
from archive.model.schema import FieldSpec
from archive.problems import Report
from archive.resolve import event_rows, moment_of_article
from archive.resolve.order import neighbours

STEPS = ("record", "article", "alike", "event", "authority", "collection", "list")
ARTICLE_KIND = "articles"
COLLECTIONS = ("document-keys", "names", "removed", "sources", "unused")

SOURCE = Query("SELECT signature FROM input WHERE path = :path", str)
SOURCES = Query("SELECT path FROM input WHERE key = :key ORDER BY path", str)
INPUTS = Query("SELECT key FROM input ORDER BY path", str)
ARTICLES = Query("SELECT id FROM article ORDER BY id", str)
USED_SOURCES = Query("SELECT source_file FROM article ORDER BY id", lambda name: name or "")
DOCUMENTS_BY = Query('SELECT document FROM document_key WHERE "by" = :by AND key = :key ORDER BY document', str)
DOUBLE_KEYS = Query('SELECT key FROM document_key WHERE "by" = :by GROUP BY key HAVING count(*) > 1 ORDER BY key', str)
OFFICIALS = Query("SELECT name, id FROM official ORDER BY name, id", lambda name, id: (name, id))
SAMPLE = Query("SELECT hashes FROM shingle_sample WHERE article = :article", bytes)
CROWD = Query("SELECT article FROM shingle WHERE hash = :hash ORDER BY article LIMIT :most", str)
REPORTS = "articles"  # the list
IN_ORDER = Query(
    "SELECT part, id FROM list_entry WHERE list = :list ORDER BY part, sort, id", lambda part, id: (part, id)
)
CITED_AS = Query("SELECT printed FROM cited_document WHERE document = :document ORDER BY record, position", str)
RIGHTS = Query("SELECT rights FROM article WHERE id = :id", str)
# The only field by which an article points to an article.
POINTS_TO = Query("SELECT date_basis_article FROM article WHERE id = :id AND date_basis_article IS NOT NULL", str)
PARAGRAPHS_PUBLISHED = Query(
    "SELECT anchor, digest FROM published_paragraph WHERE record = :record ORDER BY anchor",
    lambda anchor, digest: (str(anchor), str(digest)),
)
LENGTH = Query("SELECT count(*) FROM list_entry WHERE list = :list", int)


class Tasks:
    """Computes the tasks of the steps up to `list`, over one database."""

    def __init__(self, paths: Paths, settings: Settings, knowledge: Knowledge, db: Database) -> None:
        self.paths = paths
        self.contents = [paths.content]  # behind the archive's own those of bundles that are tried
        self.settings = settings
        self.knowledge = knowledge
        self.db = db
        self.corpus = StoredCorpus.of(db, knowledge)
        terms = knowledge.capacities.items()
        # Capacities of people who are named and were not there.
        self._absent = frozenset(code for code, term in terms if not term.present)

    @cached_property
    def reader(self) -> ArticleReader:
        """Made when first needed: its patterns take a moment, and a build without a new text needs none."""
        index = DocumentIndex(self._documents_by)
        mentions = MentionFinder(self.corpus, self.knowledge, index, _citations(self.knowledge))
        return ArticleReader(self.corpus, self.knowledge, mentions)

    def _documents_by(self, by: str, key: str) -> list[Document]:
        return [self.corpus.documents[id] for id in self.db.ask(DOCUMENTS_BY, by=by, key=key)]

    def record(self, key: str, shown: str) -> Made[None]:
        """The record `key` = `kind/id` in the file at `shown` below the archive's root, if it can be read."""
        report = Report()
        record = self._read(key.partition("/")[0], shown, report)
        rows = Rows()
        if record is not None:
            rows = record_rows(key.partition("/")[0], record, _digest(record), self.knowledge.collation)
        return Made(key, rows, tuple(report))

    def ledger(self, shown: str) -> Made[None]:
        """What was published first in the year of a file of the ledger."""
        report, rows = Report(), Rows()
        for entry in parse_ledger(self._text_at(shown), shown, report):
            days = entry.record, entry.first, entry.changed, entry.digest
            if entry.anchor:
                rows.add(PublishedParagraph(entry.address, entry.anchor, *days))
            else:
                rows.add(Published(entry.address, *days))
        return Made(shown, rows, tuple(report))

    def _text_at(self, shown: str) -> str:
        """Empty if the file can't be read, or is no UTF-8."""
        try:
            return (self.paths.content.parent / shown).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    def article(self, id: str, shown: str) -> Made[None]:
        """An article's file and its text: everything that it says, and whether its words are there."""
        report = Report()
        whole = self._read("articles", shown, report)
        if not isinstance(whole, Article):
            return Made(id, {}, tuple(report))
        check_doubts(whole, self._fields("articles"), report)
        with self.db.watching() as asked:
            article = as_shown(whole, self.knowledge.addresses.anchors)
            rows = record_rows("articles", article, _digest(whole), self.knowledge.collation)
            text = Text.of(article, self.knowledge.no_sentence_end, self.knowledge.addresses.anchors)
            for table, read in self.reader.read(article, text).items():
                rows.setdefault(table, []).extend(read)
            self._put_sample(rows, whole)
            if not (article.event and article.event in self.corpus.events):
                moment = moment_of_article(article, self.knowledge)
                rows.add(moment)
                rows.extend(moment_entries(moment))
            self._check_article(whole, report)
        return Made(id, rows, tuple(report), frozenset(asked))

    def _put_sample(self, rows: Rows, whole: Article) -> None:
        kept = sample(whole)
        rows.add(ShingleSample(whole.id, kept.tobytes()))
        rows.extend(Shingle(f"{hash:016x}", whole.id) for hash in sketch(kept))

    def _check_article(self, whole: Article, report: Report) -> None:
        check_article(whole, full_text(whole), self.knowledge.addresses.parts.unknown, report)
        check_article_evidence(whole, self.readers.reader, report)
        check_references("articles", whole, self.corpus, self.knowledge, report, {*self.knowledge.kinds} - {"articles"})
        check_corrections(whole, self._fields("articles"), report)
        published = dict(self.db.ask(PARAGRAPHS_PUBLISHED, record=f"articles/{whole.id}"))
        check_paragraphs(whole, published, self.knowledge.addresses.anchors.paragraph, report)
        name = whole.source.file if whole.source else None
        shown = f"content/sources/{name}"
        content = self._content_of(shown)
        is_whole = check_source(whole, content, report)
        if name:
            self.db.ask(SOURCE, path=shown)
            received = self.sources.received(content / "sources" / name, shown) if is_whole else None
            if received:
                check_text(whole, lambda: self._lines(whole.origin.path), received, report)

    @cached_property
    def readers(self) -> Readers:
        """Of the words that records rest on."""
        finder = _citations(self.knowledge)
        return Readers(self.paths.site_config, self.knowledge, self.db, finder, self._paragraphs)

    @cached_property
    def sources(self) -> SourceReader:
        """Of what was received."""
        return SourceReader(self.paths.site_config)

    def _lines(self, shown: str) -> list[str]:
        """The lines of a file of content/."""
        return (self._content_of(shown).parent / shown).read_text(encoding="utf-8").split("\n")

    def alike(self, id: str) -> Made[None]:
        """An article beside others: whether what it points to is there, and whether it is another one over again."""
        report = Report()
        with self.db.watching() as asked:
            if self.db.first(POINTS_TO, id=id):
                check_references(
                    "articles", self.corpus.articles[id], self.corpus, self.knowledge, report, {"articles"}
                )
            own = self._sample(id)
            crowds = (self.db.ask(CROWD, hash=f"{hash:016x}", most=LARGEST_CROWD + 1) for hash in sketch(own))
            origin = self.db.first(ORIGIN, kind="articles", id=id)
            assert origin is not None
            check_alike(id, origin, own, crowds, self._sample, report)
        return Made(id, {}, tuple(report), frozenset(asked))

    def _sample(self, article: str) -> array[int]:
        held = self.db.first(SAMPLE, article=article)
        return array("Q", held or b"")

    def event(self, id: str) -> Made[None]:
        """An event's timeline entry, and who was there."""
        rows = Rows()
        with self.db.watching() as asked:
            for row in event_rows(self.corpus.events[id], self.db, self.knowledge, self._absent):
                rows.add(row)
                if isinstance(row, Moment):
                    rows.extend(moment_entries(row))
        return Made(id, rows, (), frozenset(asked))

    def authority(self, key: str) -> Made[None]:
        """Whether what the record `kind/id` says is there: references, evidence, corrections."""
        kind, _, id = key.partition("/")
        report = Report()
        with self.db.watching() as asked:
            record = self.corpus.records(kind)[id]
            assert isinstance(record, Authority)
            check_references(kind, record, self.corpus, self.knowledge, report, self.knowledge.kinds)
            cited = self.db.ask(CITED_AS, document=id) if isinstance(record, Document) else ()
            check_authority(record, self._full_text, cited, report)
            check_authority_evidence(record, self.readers.reader, report)
            check_corrections(record, self._fields(kind), report)
        return Made(key, {}, tuple(report), frozenset(asked))

    def _full_text(self, article: str) -> str | None:
        """All printed words of an article; with what its rights withhold, which is read from its file again."""
        rights = self.db.first(RIGHTS, id=article)
        if rights is None:
            return None
        if rights == "full":
            return self.db.recall(("words", article), lambda: self._shown_words(article))
        path = self.corpus.articles[article].origin.path
        whole = self._read("articles", path, Report())
        return full_text(whole) if isinstance(whole, Article) and not is_description(whole) else None

    def _paragraphs(self, article: str) -> list[str]:
        """All printed words of an article by paragraphs, with what its rights withhold."""
        rights = self.db.first(RIGHTS, id=article)
        if rights == "full":
            return [block.text for block in self.db.ask(PARAGRAPHS, article=article)]
        whole = self._read("articles", self.corpus.articles[article].origin.path, Report()) if rights else None
        return printed_words(whole) if isinstance(whole, Article) else []

    def _shown_words(self, article: str) -> str:
        return "\n".join(comparable(block.text) for block in self.db.ask(PARAGRAPHS, article=article))

    def collection(self, key: str) -> Made[None]:
        """What can only be said of all records of a kind together; `key` is one of COLLECTIONS."""
        report = Report()
        checks = {
            "document-keys": self._check_keys,
            "names": self._check_names,
            "removed": self._check_removed,
            "sources": self._check_sources,
            "unused": self._check_unused,
        }
        with self.db.watching() as asked:
            checks[key](report)
        return Made(key, {}, tuple(report), frozenset(asked))

    def _check_keys(self, report: Report) -> None:
        for key in self.db.ask(DOUBLE_KEYS, by=IDENTITY):
            check_same_key(self._documents_by(IDENTITY, key), report)

    def _check_names(self, report: Report) -> None:
        check_similar_names(self.db.ask(OFFICIALS), self.corpus.officials, report)

    def _check_removed(self, report: Report) -> None:
        check_removed(self.corpus, report)

    def _check_sources(self, report: Report) -> None:
        self.db.ask(SOURCES, key="")
        list(self.corpus.removed)
        for content in self.contents:
            check_unused_sources({*self.db.ask(USED_SOURCES)}, content, report)

    def _check_unused(self, report: Report) -> None:
        """Not while the file of an article can't be read: it may name the record."""
        articles = {*self.db.ask(ARTICLES)}
        kind = f"{ARTICLE_KIND}/"
        files = {key.removeprefix(kind) for key in self.db.ask(INPUTS) if key.startswith(kind)}
        if files - articles:
            return
        for kind, id in find_unnamed(self.db, self.knowledge.kinds):
            record = self.corpus.records(kind)[id]
            if isinstance(record, Authority):
                check_unused(record, report)

    def list(self, name: str) -> Made[None]:
        """Whether a list is too long for one page; of reports, their order in time."""
        rows = Rows()
        with self.db.watching() as asked:
            if (self.db.first(LENGTH, list=name) or 0) > self.settings.list_size:
                rows.add(LongList(name))
            if name == REPORTS:
                rows.extend(neighbours([id for year, id in self.db.ask(IN_ORDER, list=name) if year]))
        return Made(name, rows, (), frozenset(asked))

    def _read(self, kind: str, shown: str, report: Report) -> Record | None:
        return record_of(self._content_of(shown).parent, shown, kind, self.knowledge, report)

    def _fields(self, kind: str) -> Mapping[str, FieldSpec]:
        return fields_of_kind(self.knowledge.kinds[kind], self.knowledge)

    def _content_of(self, shown: str) -> Path:
        """The content folder of the file that problems name so."""
        return next((one for one in self.contents[1:] if (one.parent / shown).is_file()), self.contents[0])


_encode = msgspec.msgpack.Encoder().encode


def _digest(record: Record) -> str:
    """Of all values of a record."""
    return blake2b(_encode(record), digest_size=12).hexdigest()


@lru_cache(maxsize=1)
def _citations(knowledge: Knowledge) -> CitationFinder:
    """`serve` builds again and again with the same knowledge."""
    return CitationFinder(knowledge.citations, knowledge.document_types)
