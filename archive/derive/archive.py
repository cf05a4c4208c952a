"""The whole derivation: corpus → everything that follows from it.

In: a `Corpus` and what the archive knows. Out: one `Derived`. Nothing here looks at a disk, a
clock or a template.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping

from archive.derive.documents import DocumentDossiers
from archive.derive.events import event_dossiers
from archive.derive.mentions import MentionFinder
from archive.derive.moments import make_moments, timeline_of
from archive.derive.officials import OfficialDossiers
from archive.derive.passages import Text, evidence_passages
from archive.derive.rows import all_rows
from archive.derive.same import possibly_same
from archive.derive.unresolved import unresolved_citations
from archive.knowledge import Knowledge
from archive.model.corpus import Corpus
from archive.model.derived import CitedEntry, Derived, EntityDossier, Mention, Moment, Passage, ReadArticle
from archive.model.lists import MemoryIndex
from archive.model.records import Article


def derive(corpus: Corpus, knowledge: Knowledge) -> Derived:
    """Everything that follows from the corpus."""
    finder = MentionFinder(corpus, knowledge)
    texts = {id: Text.of(article, knowledge.no_sentence_end) for id, article in corpus.articles.items()}
    read = {id: read_article(article, texts[id], finder) for id, article in corpus.articles.items()}
    events = event_dossiers(corpus, read, texts)
    moments = make_moments(corpus, events, knowledge)
    moment_of = {article: key for key, moment in moments.items() for article in moment.articles}
    officials = OfficialDossiers(corpus, read, texts, events, knowledge).all()
    documents = DocumentDossiers(corpus, read, texts, knowledge).all()
    return Derived(
        read=read,
        events=events,
        officials={
            id: dataclasses.replace(
                dossier, timeline=timeline_of((a.passage.article for a in dossier.appearances), moments, moment_of)
            )
            for id, dossier in officials.items()
        },
        documents={
            id: dataclasses.replace(
                dossier, timeline=timeline_of((p.article for p in dossier.citations), moments, moment_of)
            )
            for id, dossier in documents.items()
        },
        entities=_entity_dossiers(corpus, read, texts, knowledge, moments, moment_of),
        moments=moments,
        index=MemoryIndex(all_rows(corpus, read, moments.values(), knowledge)),
    )


def read_article(article: Article, text: Text, finder: MentionFinder) -> ReadArticle:
    """One article: its mentions, and the passage on which each fact of its front matter rests."""
    mentions = finder.find(article, text)
    basis, place = article.date_basis, article.place
    return ReadArticle(
        blocks=text.blocks,
        mentions=mentions,
        date=text.passage_of(basis.words) if basis else Passage(article.id),
        place=text.passage_of(place.printed) if place and place.printed else Passage(article.id),
        people={person.name: text.passage_of(person.name) for person in article.people},
        documents=tuple(_cited_entries(article, text, mentions, finder.corpus.documents)),
        unresolved=unresolved_citations(article, text, mentions),
    )


def _cited_entries(
    article: Article, text: Text, mentions: tuple[Mention, ...], known: Container[str]
) -> Iterator[CitedEntry]:
    for index, entry in enumerate(article.documents):
        own = [mention for mention in mentions if mention.kind == "documents" and mention.entry == index]
        targets = tuple(dict.fromkeys(id for mention in own for id in mention.targets))
        if entry.document and entry.document in known:
            targets = (entry.document,)
        yield CitedEntry(entry.printed, targets, text.passage_of(entry.printed))


def _entity_dossiers(
    corpus: Corpus,
    read: Mapping[str, ReadArticle],
    texts: Mapping[str, Text],
    knowledge: Knowledge,
    moments: Mapping[str, Moment],
    moment_of: Mapping[str, str],
) -> dict[str, dict[str, EntityDossier]]:
    """Dossiers of the kinds that site-config/kinds.yml adds."""
    dossiers: dict[str, dict[str, EntityDossier]] = {}
    for kind in knowledge.added_kinds:
        found: dict[str, list[Passage]] = defaultdict(list)
        for article, held in read.items():
            for mention in held.mentions:
                if mention.kind == kind and mention.resolved:
                    found[mention.targets[0]].append(texts[article].passage([mention.span]))
        same = possibly_same(corpus.entities.get(kind, {}).values())
        dossiers[kind] = {
            id: EntityDossier(
                mentions=tuple(found[id]),
                evidence=evidence_passages(entity.evidence, texts),
                possibly_same=same.get(id, ()),
                timeline=timeline_of((passage.article for passage in found[id]), moments, moment_of),
            )
            for id, entity in corpus.entities.get(kind, {}).items()
        }
    return dossiers
