"""One article read: its mentions, the passages its facts rest on, and what it adds to each dossier.

In: an article, its text, and a finder of mentions. Out: a `ReadArticle` and `ArticleParts`. This
is all that looks at the text of an article, apart from the evidence that records name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from archive.citations import RelationFinder
from archive.derive.mentions import MentionFinder
from archive.derive.passages import Text, whole_words
from archive.derive.unresolved import unresolved_citations
from archive.knowledge import Knowledge
from archive.model.corpus import Corpus
from archive.model.derived import (
    Appearance,
    CitedEntry,
    Mention,
    Passage,
    PrintedPost,
    ReadArticle,
)
from archive.model.parts import ArticleParts, DocumentPart, EntityPart, OfficialPart, RelationPart, ReportPart
from archive.model.records import Article, Participant
from archive.model.text import Span


class ArticleReader:
    """Reads one article after another; patterns are made once."""

    def __init__(self, corpus: Corpus, knowledge: Knowledge, finder: MentionFinder) -> None:
        self.corpus = corpus
        self.knowledge = knowledge
        self.finder = finder
        opening = knowledge.citations["relation_opening"]
        self.relations = RelationFinder(knowledge.vocabularies["relations"], opening)
        self.cues = {
            code: whole_words(term.facts["cues"]) if term.facts["cues"] else None
            for code, term in knowledge.vocabularies["capacities"].items()
        }

    def read(self, article: Article, text: Text) -> tuple[ReadArticle, ArticleParts]:
        mentions = self.finder.find(article, text)
        basis, place = article.date_basis, article.place
        read = ReadArticle(
            blocks=text.blocks,
            mentions=mentions,
            date=text.passage_of(basis.words) if basis else Passage(article.id),
            place=text.passage_of(place.printed) if place and place.printed else Passage(article.id),
            people={person.name: text.passage_of(person.name) for person in article.people},
            documents=tuple(self._cited_entries(article, text, mentions)),
            unresolved=unresolved_citations(article, text, mentions),
        )
        return read, self._parts(article, text, read)

    def _cited_entries(self, article: Article, text: Text, mentions: tuple[Mention, ...]) -> Iterator[CitedEntry]:
        for index, entry in enumerate(article.documents):
            own = [mention for mention in mentions if mention.kind == "documents" and mention.entry == index]
            targets = tuple(dict.fromkeys(id for mention in own for id in mention.targets))
            if entry.document and entry.document in self.corpus.documents:
                targets = (entry.document,)
            yield CitedEntry(entry.printed, targets, text.passage_of(entry.printed))

    def _parts(self, article: Article, text: Text, read: ReadArticle) -> ArticleParts:
        known_event = article.event if article.event and article.event in self.corpus.events else None
        moment = f"events/{known_event}" if known_event else f"articles/{article.id}"
        cited = [
            (mention.targets[0], mention, text.passage([mention.span]))
            for mention in read.mentions
            if mention.kind == "documents" and mention.resolved
        ]
        return ArticleParts(
            officials=dict(self._officials(article, text, read, moment, cited)),
            documents=self._documents(article, read, moment, cited),
            relations=tuple(self._relations(text, [mention for _, mention, _ in cited])),
            report=self._report(article, read, text, cited) if known_event else None,
            entities=self._entities(article, text, read, moment),
        )

    def _officials(
        self,
        article: Article,
        text: Text,
        read: ReadArticle,
        moment: str,
        cited: list[tuple[str, Mention, Passage]],
    ) -> Iterator[tuple[str, OfficialPart]]:
        people: dict[str, list[Participant]] = defaultdict(list)
        for person in article.people:
            if person.official and person.official in self.corpus.officials:
                people[person.official].append(person)
        for id, entries in people.items():
            own = [m.span for m in read.mentions if m.kind == "officials" and id in m.targets]
            sentences = _by_sentence(own, text)
            anchors = {span.anchor for span in own}
            posts, appearances = [], []
            for person in entries:
                posts += [
                    PrintedPost(role, article.date, _role_passage(role, own, text), article.event)
                    for role in person.roles
                ]
                appearances += [
                    Appearance(code, article.event, article.date, self._capacity_passage(code, own, sentences, text))
                    for code in person.capacity
                ]
            yield (
                id,
                OfficialPart(
                    article=article.id,
                    moment=moment,
                    posts=tuple(posts),
                    appearances=tuple(appearances),
                    mentions=tuple(text.passage(spans) for spans in sentences),
                    documents=tuple((doc, passage) for doc, m, passage in cited if m.span.anchor in anchors),
                ),
            )

    def _capacity_passage(self, capacity: str, own: list[Span], sentences: list[list[Span]], text: Text) -> Passage:
        """The first sentence naming the person with a word of the capacity; else the first naming them."""
        cue = self.cues.get(capacity)
        if cue:
            for spans in sentences:
                passage = text.passage(spans)
                if cue.search(passage.text.lower()):
                    return passage
        return text.passage(own[:1])

    def _documents(
        self, article: Article, read: ReadArticle, moment: str, cited: list[tuple[str, Mention, Passage]]
    ) -> dict[str, DocumentPart]:
        citations: dict[str, list[Passage]] = defaultdict(list)
        entries: dict[str, list[tuple[str, Passage]]] = defaultdict(list)
        for id, _, passage in cited:
            citations[id].append(passage)
        for entry, shown in zip(article.documents, read.documents, strict=True):
            if entry.document and entry.document in self.corpus.documents:
                entries[entry.document].append((entry.printed, shown.passage))
        return {
            id: DocumentPart(article.id, moment, tuple(citations[id]), tuple(entries[id]))
            for id in sorted({*citations, *entries})
        }

    def _relations(self, text: Text, cited: list[Mention]) -> Iterator[RelationPart]:
        for one, other in pairwise(cited):
            if one.span.anchor != other.span.anchor or one.targets == other.targets:
                continue
            gap = text.blocks[one.span.anchor].text[one.span.end : other.span.start]
            if type := self.relations.between(gap):
                passage = text.passage([one.span, other.span])
                yield RelationPart(one.targets[0], type, other.targets[0], passage)

    def _report(
        self, article: Article, read: ReadArticle, text: Text, cited: list[tuple[str, Mention, Passage]]
    ) -> ReportPart:
        return ReportPart(
            article=article.id,
            published=str(article.published or "~"),
            date=article.date,
            basis=article.date_basis,
            date_passage=read.date,
            level=article.level,
            place=article.place,
            place_passage=read.place,
            people=tuple((person, read.people[person.name]) for person in article.people),
            documents=tuple((id, passage) for id, _, passage in cited),
            mentions=tuple(text.passage([m.span]) for m in read.mentions if m.kind == "events" and m.resolved),
        )

    def _entities(
        self, article: Article, text: Text, read: ReadArticle, moment: str
    ) -> dict[str, dict[str, EntityPart]]:
        found: dict[str, dict[str, list[Passage]]] = defaultdict(lambda: defaultdict(list))
        for mention in read.mentions:
            if mention.kind in self.knowledge.added_kinds and mention.resolved:
                found[mention.kind][mention.targets[0]].append(text.passage([mention.span]))
        return {
            kind: {id: EntityPart(article.id, moment, tuple(passages)) for id, passages in by_id.items()}
            for kind, by_id in found.items()
        }


def _by_sentence(spans: Iterable[Span], text: Text) -> list[list[Span]]:
    """Spans grouped by block, each group one passage: one for every sentence that holds any."""
    groups: dict[tuple[str, int], list[Span]] = defaultdict(list)
    for span in spans:
        passage = text.passage([span])
        start = text.blocks[span.anchor].text.find(passage.text)
        groups[span.anchor, start].append(span)
    return list(groups.values())


def _role_passage(role: str, own: list[Span], text: Text) -> Passage:
    """The passage where the role stands nearest to the person's name."""
    best: tuple[int, int, Span, Span] | None = None
    for order, place in enumerate(text.occurrences(role)):
        for name in own:
            if name.anchor == place.anchor:
                distance = max(place.start - name.end, name.start - place.end, 0)
                if best is None or (distance, order) < best[:2]:
                    best = (distance, order, place, name)
    if best is None:
        return text.passage_of(role)
    return text.passage(sorted([best[2], best[3]]))
