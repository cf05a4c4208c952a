"""One article read: what its text mentions, the passages its facts rest on, and what it says of each record.

In: an article, its text, and a finder of mentions. Out: rows. This is all that looks at the text of an article,
apart from the evidence that records name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, pairwise

from archive.citations import RelationFinder
from archive.database import Rows, StoredCorpus
from archive.database.rows import (
    Appearance,
    Beside,
    Candidate,
    Fact,
    Naming,
    OpenCitation,
    OpenCitationPlace,
    Paragraph,
    Role,
    StatedRelation,
    passage_columns,
)
from archive.database.rows import Mention as MentionRow
from archive.extract.lists import article_entries, in_time
from archive.extract.mentions import MentionFinder
from archive.extract.open_citations import open_citations
from archive.extract.passages import Text, whole_words
from archive.json_text import json_text
from archive.knowledge import Knowledge
from archive.model.derived import Mention, Passage, UnresolvedCitation
from archive.model.records import Article, Participant
from archive.model.text import Span


@dataclass(frozen=True, slots=True)
class _Reading:
    """An article while it is read: `moment` is the timeline entry it belongs to, `cited` its resolved citations."""

    article: Article
    text: Text
    mentions: tuple[Mention, ...]
    moment: str
    sort: str
    cited: tuple[tuple[str, Mention, Passage], ...]


class ArticleReader:
    """Reads one article after another; patterns are made once."""

    def __init__(self, corpus: StoredCorpus, knowledge: Knowledge, finder: MentionFinder) -> None:
        self.corpus = corpus
        self.knowledge = knowledge
        self.finder = finder
        opening = knowledge.citations.relation_opening
        self.relations = RelationFinder(knowledge.relations, opening)
        self.cues = {code: whole_words(term.cues) if term.cues else None for code, term in knowledge.capacities.items()}

    def read(self, article: Article, text: Text) -> Rows:
        """Everything that the text says, as rows."""
        mentions = self.finder.find(article, text)
        known_event = article.event if article.event and article.event in self.corpus.events else None
        reading = _Reading(
            article=article,
            text=text,
            mentions=mentions,
            moment=f"events/{known_event}" if known_event else f"articles/{article.id}",
            sort=in_time(article),
            cited=tuple(
                (mention.targets[0], mention, text.passage([mention.span]))
                for mention in mentions
                if mention.kind == "documents" and mention.resolved
            ),
        )
        unresolved = open_citations(article, text, mentions)
        rows = Rows()
        rows.extend(_paragraphs(text))
        rows.extend(_mentions(mentions))
        rows.extend(self._facts(reading))
        for entry in self._officials(reading):
            rows.add(entry)
        rows.extend(self._namings(reading))
        rows.extend(self._relations(reading))
        for row in _open_citations(unresolved, article, reading.sort):
            rows.add(row)
        rows.extend(article_entries(article, len(mentions), len(unresolved), self.knowledge.collation))
        return rows

    def _facts(self, reading: _Reading) -> Iterator[Fact]:
        article, text = reading.article, reading.text
        found: dict[str, Passage] = {}
        if article.date_basis:
            found["date"] = text.passage_of(article.date_basis.words)
        if article.place and article.place.printed:
            found["place"] = text.passage_of(article.place.printed)
        found |= {f"people.{person.name}": text.passage_of(person.name) for person in article.people}
        for field, passage in found.items():
            yield Fact(article.id, field, "[]", *passage_columns(passage))
        for index, entry in enumerate(article.documents):
            own = (m for m in reading.mentions if m.kind == "documents" and m.entry == index)
            targets = list(dict.fromkeys(id for mention in own for id in mention.targets))
            if entry.document and entry.document in self.corpus.documents:
                targets = [entry.document]
            passage = text.passage_of(entry.printed)
            yield Fact(article.id, f"documents.{index}", json_text(targets), *passage_columns(passage))

    def _officials(self, reading: _Reading) -> Iterator[Role | Appearance | Naming | Beside]:
        people: dict[str, list[Participant]] = defaultdict(list)
        for person in reading.article.people:
            if person.official and person.official in self.corpus.officials:
                people[person.official].append(person)
        for id, entries in people.items():
            own = [m.span for m in reading.mentions if m.kind == "officials" and id in m.targets]
            yield from self._official(reading, id, entries, own)

    def _official(
        self, reading: _Reading, id: str, entries: Iterable[Participant], own: list[Span]
    ) -> Iterator[Role | Appearance | Naming | Beside]:
        article, text, sort = reading.article, reading.text, reading.sort
        date = article.date.edtf if article.date else None
        sentences = _by_sentence(own, text)
        numbers = count()
        for person in entries:
            for role in person.roles:
                passage = passage_columns(_role_passage(role, own, text))
                yield Role(id, article.id, next(numbers), role, article.event, date, sort, *passage)
            for code in person.capacity:
                passage = passage_columns(self._capacity_passage(code, own, sentences, text))
                yield Appearance(
                    id, article.id, next(numbers), code, article.event, reading.moment, date, sort, *passage
                )
        for spans in sentences:
            passage = passage_columns(text.passage(spans))
            yield Naming("officials", id, article.id, next(numbers), reading.moment, sort, *passage)
        anchors = {span.anchor for span in own}
        for document, mention, cited in reading.cited:
            if mention.span.anchor in anchors:
                yield Beside(id, document, article.id, next(numbers), sort, *passage_columns(cited))

    def _capacity_passage(self, capacity: str, own: list[Span], sentences: list[list[Span]], text: Text) -> Passage:
        """The first sentence naming the person with a word of the capacity; else the first naming them."""
        cue = self.cues.get(capacity)
        if cue:
            for spans in sentences:
                passage = text.passage(spans)
                if cue.search(passage.text.lower()):
                    return passage
        return text.passage(own[:1])

    def _namings(self, reading: _Reading) -> Iterator[Naming]:
        """Documents in order of time; events and records of added kinds in the order of articles."""
        article, text = reading.article.id, reading.text
        for number, mention in enumerate(reading.mentions):
            if not mention.resolved or mention.kind == "officials":
                continue
            sort = reading.sort if mention.kind == "documents" else ""
            passage = passage_columns(text.passage([mention.span]))
            yield Naming(mention.kind, mention.targets[0], article, number, reading.moment, sort, *passage)

    def _relations(self, reading: _Reading) -> Iterator[StatedRelation]:
        text, numbers = reading.text, count()
        for (_, one, _), (_, other, _) in pairwise(reading.cited):
            if one.span.anchor != other.span.anchor or one.targets == other.targets:
                continue
            gap = text.blocks[one.span.anchor].text[one.span.end : other.span.start]
            if type := self.relations.between(gap):
                passage = passage_columns(text.passage([one.span, other.span]))
                article, sort = reading.article.id, reading.sort
                yield StatedRelation(one.targets[0], type, other.targets[0], article, next(numbers), sort, *passage)


def _paragraphs(text: Text) -> Iterator[Paragraph]:
    for number, block in enumerate(text.blocks.values()):
        yield Paragraph(text.article, number, block.anchor, block.kind.value, block.text, block.line, block.level)


def _mentions(mentions: Iterable[Mention]) -> Iterator[MentionRow]:
    for number, mention in enumerate(mentions):
        span = mention.span
        candidates = json_text(mention.targets)
        where = span.article, number, span.anchor, span.start, span.end
        yield MentionRow(*where, mention.printed, mention.kind, candidates, mention.entry)


def _open_citations(
    citations: Iterable[UnresolvedCitation], article: Article, sort: str
) -> Iterator[OpenCitation | OpenCitationPlace | Candidate]:
    for number, citation in enumerate(citations, 1):
        entry = article.documents.index(citation.stated) if citation.stated else -1
        yield OpenCitation(article.id, number, citation.printed, entry, sort)
        for place, passage in enumerate(citation.passages):
            yield OpenCitationPlace(article.id, number, place, *passage_columns(passage))
        for id in citation.candidates:
            yield Candidate(id, article.id, number, sort)


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
