"""Document dossiers: who cites an official document, and what is stated of it.

In: corpus, read articles. Out: citations with their sentences in order of time, relations from
both ends, events about carrying it out, and unresolved citations that may mean it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from archive.citations import RelationFinder
from archive.derive.passages import Text, evidence_passages
from archive.derive.same import possibly_same
from archive.knowledge import Knowledge
from archive.language.spelling import comparable
from archive.model.corpus import Corpus
from archive.model.derived import DocumentDossier, Passage, ReadArticle, Statement, UnresolvedCitation
from archive.model.records import Article, CitedDocument, Document, Evidence


class DocumentDossiers:
    """Makes the dossiers of all documents out of what has been read."""

    def __init__(
        self, corpus: Corpus, read: Mapping[str, ReadArticle], texts: Mapping[str, Text], knowledge: Knowledge
    ) -> None:
        self.corpus = corpus
        self.read = read
        self.texts = texts
        opening = knowledge.citations["relation_opening"]
        self.relation_finder = RelationFinder(knowledge.vocabularies["relations"], opening)
        self.cited_by: dict[str, list[tuple[str, CitedDocument]]] = defaultdict(list)
        for article in self._articles():
            for entry in article.documents:
                if entry.document:
                    self.cited_by[entry.document].append((article.id, entry))

    def all(self) -> dict[str, DocumentDossier]:
        citations = self._citations()
        relations, inverse = self._relations()
        carried = self._carried_out()
        same = possibly_same(self.corpus.documents.values())
        possible: dict[str, list[UnresolvedCitation]] = defaultdict(list)
        for article in self._articles():
            for citation in self.read[article.id].unresolved:
                for id in citation.candidates:
                    possible[id].append(citation)
        return {
            id: DocumentDossier(
                citations=tuple(citations[id]),
                evidence=evidence_passages(document.evidence, self.texts),
                facts=self._facts(document),
                possible=tuple(possible[id]),
                relations=tuple(relations[id]),
                inverse_relations=tuple(inverse[id]),
                carried_out_by=tuple(carried[id]),
                possibly_same=same.get(id, ()),
            )
            for id, document in self.corpus.documents.items()
        }

    def _facts(self, document: Document) -> dict[str, Passage]:
        """For each field the first words that hold it, in the evidence or in a citation.

        The date is written in other words than its EDTF, so the first words count for it.
        """
        known = [evidence for evidence in document.evidence if evidence.article in self.texts]
        known += (Evidence(article, entry.printed) for article, entry in self.cited_by[document.id])
        facts = {}
        for name in ("number", "issuer", "title", "term", "date"):
            value = getattr(document, name)
            holding = [e for e in known if name == "date" or (value and comparable(value) in comparable(e.words))]
            if value and holding:
                facts[name] = self.texts[holding[0].article].passage_of(holding[0].words)
        return facts

    def _articles(self) -> list[Article]:
        """In order of time, those without a date last."""
        return sorted(
            self.corpus.articles.values(),
            key=lambda article: (article.date is None, article.date and article.date.sort_key, article.id),
        )

    def _citations(self) -> dict[str, list[Passage]]:
        found: dict[str, list[Passage]] = defaultdict(list)
        for article in self._articles():
            for mention in self.read[article.id].mentions:
                if mention.kind == "documents" and mention.resolved:
                    found[mention.targets[0]].append(self.texts[article.id].passage([mention.span]))
        return found

    def _relations(self) -> tuple[dict[str, list[Statement]], dict[str, list[Statement]]]:
        """Relations that records hold or texts state, seen from the acting and the other document."""
        stated: dict[tuple[str, str, str], dict[Passage, None]] = defaultdict(dict)
        for document in self.corpus.documents.values():
            for relation in document.relations:
                if relation.document in self.corpus.documents:
                    passages = stated[document.id, relation.type, relation.document]
                    passages.update((passage, None) for passage in evidence_passages(relation.evidence, self.texts))
        for one, type, other, passage in self._relations_in_texts():
            known = stated[one, type, other]
            if not any(passage.article == p.article and passage.anchor == p.anchor for p in known):
                known[passage] = None
        forward: dict[str, list[Statement]] = defaultdict(list)
        inverse: dict[str, list[Statement]] = defaultdict(list)
        for (one, type, other), passages in sorted(stated.items(), key=lambda item: item[0]):
            forward[one].append(Statement(type, other, tuple(passages)))
            inverse[other].append(Statement(type, one, tuple(passages)))
        return forward, inverse

    def _relations_in_texts(self) -> Iterator[tuple[str, str, str, Passage]]:
        for article in self._articles():
            text = self.texts[article.id]
            cited = [m for m in self.read[article.id].mentions if m.kind == "documents" and m.resolved]
            for one, other in pairwise(cited):
                if one.span.anchor != other.span.anchor or one.targets == other.targets:
                    continue
                gap = text.blocks[one.span.anchor].text[one.span.end : other.span.start]
                if type := self.relation_finder.between(gap):
                    yield one.targets[0], type, other.targets[0], text.passage([one.span, other.span])

    def _carried_out(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = defaultdict(list)
        for event in self.corpus.events.values():
            for item in event.carries_out:
                passages = evidence_passages(item.evidence, self.texts)
                found[item.document].append(Statement("carries-out", event.id, passages))
        return found
