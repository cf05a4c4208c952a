"""Mentions: every place where an article names a document, a person, an event or an added kind.

In: an article's text and front matter, and the records they point to. Out: `Mention` values, none
overlapping another. What the front matter identifies counts before what a pattern finds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from archive.citations import CitationFinder, DocumentIndex, stated_citation
from archive.database import StoredCorpus
from archive.extract.passages import Text, one_line
from archive.knowledge import Knowledge
from archive.language.spelling import comparable
from archive.model.citations import Citation
from archive.model.derived import Mention
from archive.model.records import Article, CitedDocument
from archive.model.text import Span


class MentionFinder:
    """Finds the mentions of one article after another; `citations` and `index` are made once."""

    def __init__(
        self, corpus: StoredCorpus, knowledge: Knowledge, index: DocumentIndex, citations: CitationFinder
    ) -> None:
        self.corpus = corpus
        self.knowledge = knowledge
        self.citations = citations
        self.index = index

    def find(self, article: Article, text: Text) -> tuple[Mention, ...]:
        found = _without_overlaps(
            [
                *self.documents(article, text),
                *self.names(article, text),
            ]
        )
        order = {anchor: place for place, anchor in enumerate(text.blocks)}
        return tuple(sorted(found, key=lambda m: (order[m.span.anchor], m.span.start, m.span.end)))

    def documents(self, article: Article, text: Text) -> Iterator[Mention]:
        """Citations found by patterns, then front-matter entries that no pattern finds."""
        own = DocumentIndex.of(
            self.corpus.documents[entry.document]
            for entry in article.documents
            if entry.document and entry.document in self.corpus.documents
        )
        covered: dict[str, list[tuple[int, int]]] = defaultdict(list)
        printed_at = _printed_spans(article.documents, text)
        for anchor, citations in self._citations(text):
            for citation in citations:
                span = Span(article.id, anchor, citation.start, citation.end)
                covered[anchor].append((span.start, span.end))
                entry = _entry_at(span, printed_at)
                yield Mention("documents", span, citation.printed, *self._targets(citation, entry, article, own))
        for entry, spans in printed_at.items():
            for span in spans:
                if not any(span.start < b and span.end > a for a, b in covered[span.anchor]):
                    printed = text.blocks[span.anchor].text[span.start : span.end]
                    stated = stated_citation(article.documents[entry])
                    yield Mention("documents", span, printed, *self._targets(stated, entry, article, own))

    def _citations(self, text: Text) -> Iterator[tuple[str, Iterable[Citation]]]:
        """The citations of each block that may have any."""
        places = self.citations.places(text.joined)
        by_block = None if places is None else text.by_block(places)
        for anchor, block in text.blocks.items():
            if by_block is None:
                yield anchor, self.citations.find(block.text)
            elif anchor in by_block:
                yield anchor, self.citations.find_at(by_block[anchor], block.text)

    def _targets(
        self, citation: Citation, entry: int, article: Article, own: DocumentIndex
    ) -> tuple[tuple[str, ...], int]:
        """Record ids and the front-matter entry: an editor's word, else the article's own, else all records."""
        if entry < 0:
            entry = _entry_like(citation, article.documents)
        if entry >= 0 and (identified := article.documents[entry].document):
            return ((identified,) if identified in self.corpus.documents else ()), entry
        within = own.candidates(citation)
        if len(within) == 1:
            return (within[0].id,), entry
        return tuple(document.id for document in self.index.candidates(citation)), entry

    def names(self, article: Article, text: Text) -> Iterator[Mention]:
        """Officials, events and added kinds, by the names that article and records give them."""
        meant = self._names_of(article)
        if not meant:
            return
        targets: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for name, record in meant:
            targets[one_line(name)].add(record)
        for span, form in _leftmost_longest(text, targets):
            named = sorted(targets[form])
            printed = text.blocks[span.anchor].text[span.start : span.end]
            kind = named[0][0]
            yield Mention(kind, span, printed, tuple(id for of, id in named if of == kind))

    def _names_of(self, article: Article) -> list[tuple[str, tuple[str, str]]]:
        named: list[tuple[str, tuple[str, str]]] = []
        for person in article.people:
            if person.official and (known := self.corpus.names("officials", person.official)):
                named += ((name, ("officials", person.official)) for name in (person.name, *known))
        if article.event:
            named += ((name, ("events", article.event)) for name in self.corpus.names("events", article.event))
        for kind in self.knowledge.added_kinds.values():
            for link in article.entities.get(kind.article_field or "", ()):
                if link.record and (known := self.corpus.names(kind.id, link.record)):
                    named += ((name, (kind.id, link.record)) for name in (link.printed, known[0]))
        return named


def _leftmost_longest(text: Text, forms: Iterable[str]) -> Iterator[tuple[Span, str]]:
    """Where any of the forms stands: the first in each block, the longest of those that begin there, and so on."""
    found = [(span, form) for form in forms for span in text.occurrences(form)]
    end: dict[str, int] = {}
    for span, form in sorted(found, key=lambda pair: (pair[0].anchor, pair[0].start, -pair[0].end)):
        if span.start >= end.get(span.anchor, 0):
            end[span.anchor] = span.end
            yield span, form


def _printed_spans(entries: Iterable[CitedDocument], text: Text) -> dict[int, list[Span]]:
    return {index: list(text.occurrences(entry.printed)) for index, entry in enumerate(entries)}


def _entry_at(span: Span, printed_at: dict[int, list[Span]]) -> int:
    """The front-matter entry whose printed words begin where a citation begins, or -1."""
    for entry, spans in printed_at.items():
        if any(span.anchor == other.anchor and other.start == span.start for other in spans):
            return entry
    return -1


def _entry_like(citation: Citation, entries: tuple[CitedDocument, ...]) -> int:
    """The entry printed in the very words of the citation, or -1."""
    words = comparable(citation.printed)
    return next((index for index, entry in enumerate(entries) if comparable(entry.printed) == words), -1)


def _without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """Documents before names, longer before shorter."""
    kept: dict[str, list[Mention]] = defaultdict(list)
    ranked = sorted(
        mentions,
        key=lambda m: (
            m.kind != "documents",
            m.kind == "events",
            m.span.start - m.span.end,
            m.span.anchor,
            m.span.start,
        ),
    )
    for mention in ranked:
        span = mention.span
        if not any(span.start < other.span.end and span.end > other.span.start for other in kept[span.anchor]):
            kept[span.anchor].append(mention)
    return [mention for found in kept.values() for mention in found]
