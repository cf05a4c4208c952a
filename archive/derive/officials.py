"""Official dossiers: what the articles print of a person, each thing with its words.

In: corpus, read articles, event dossiers. Out: posts as printed in order of time, appearances by
capacity, documents named in the same paragraphs, others at the same events. A role belongs to
the mention and its day; no career is concluded from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from archive.derive.passages import Text, evidence_passages, whole_words
from archive.derive.same import possibly_same
from archive.knowledge import Knowledge
from archive.model.corpus import Corpus
from archive.model.derived import (
    Appearance,
    Companion,
    EventDossier,
    OfficialDossier,
    Passage,
    PossiblyTheSame,
    PrintedPost,
    ReadArticle,
    Statement,
)
from archive.model.records import Article, Participant
from archive.model.text import Span


class OfficialDossiers:
    """Makes the dossiers of all officials out of what has been read."""

    def __init__(
        self,
        corpus: Corpus,
        read: Mapping[str, ReadArticle],
        texts: Mapping[str, Text],
        events: Mapping[str, EventDossier],
        knowledge: Knowledge,
    ) -> None:
        self.corpus = corpus
        self.read = read
        self.texts = texts
        self.events = events
        self.cues = {
            code: whole_words(term.facts["cues"]) if term.facts["cues"] else None
            for code, term in knowledge.vocabularies["capacities"].items()
        }
        self.absent = frozenset(
            code for code, term in knowledge.vocabularies["capacities"].items() if term.facts.get("present") == "false"
        )
        self.appearing = self._appearing()

    def _appearing(self) -> dict[str, list[tuple[Article, Participant]]]:
        found: dict[str, list[tuple[Article, Participant]]] = defaultdict(list)
        for article in self.corpus.articles.values():
            for person in article.people:
                if person.official and person.official in self.corpus.officials:
                    found[person.official].append((article, person))
        for pairs in found.values():
            pairs.sort(key=lambda pair: (pair[0].date is None, pair[0].date and pair[0].date.sort_key, pair[0].id))
        return found

    def all(self) -> dict[str, OfficialDossier]:
        same = possibly_same(self.corpus.officials.values())
        companions = self._companions()
        return {id: self._dossier(id, companions.get(id, ()), same.get(id, ())) for id in self.corpus.officials}

    def _dossier(
        self, id: str, companions: tuple[Companion, ...], same: tuple[PossiblyTheSame, ...]
    ) -> OfficialDossier:
        posts, appearances, mentions = [], [], []
        documents: dict[str, list[Passage]] = defaultdict(list)
        for article, person in self.appearing.get(id, ()):
            text, held = self.texts[article.id], self.read[article.id]
            own = [m.span for m in held.mentions if m.kind == "officials" and id in m.targets]
            posts += [PrintedPost(role, article.date, _role_passage(role, own, text)) for role in person.roles]
            appearances += [
                Appearance(code, article.event, article.date, self._capacity_passage(code, own, text))
                for code in person.capacity
            ]
            mentions += [text.passage(spans) for spans in _by_sentence(own, text)]
            for document, passage in self._documents_beside(own, held, text):
                documents[document].append(passage)
        return OfficialDossier(
            posts=tuple(posts),
            appearances=tuple(appearances),
            mentions=tuple(mentions),
            evidence=evidence_passages(self.corpus.officials[id].evidence, self.texts),
            documents=tuple(Statement("beside", doc, tuple(found)) for doc, found in sorted(documents.items())),
            companions=companions,
            possibly_same=same,
        )

    def _capacity_passage(self, capacity: str, own: list[Span], text: Text) -> Passage:
        """The first sentence naming the person with a word of the capacity; else the first naming them."""
        cue = self.cues.get(capacity)
        if cue:
            for spans in _by_sentence(own, text):
                passage = text.passage(spans)
                if cue.search(passage.text.lower()):
                    return passage
        return text.passage(own[:1])

    def _documents_beside(self, own: Iterable[Span], held: ReadArticle, text: Text) -> Iterable[tuple[str, Passage]]:
        """Documents named in a paragraph that names the person."""
        anchors = {span.anchor for span in own}
        for mention in held.mentions:
            if mention.kind == "documents" and mention.resolved and mention.span.anchor in anchors:
                yield mention.targets[0], text.passage([mention.span])

    def _companions(self) -> dict[str, tuple[Companion, ...]]:
        together: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for id, event in self.events.items():
            present = sorted(
                {
                    person.official
                    for person in event.people
                    if person.official
                    and person.official in self.corpus.officials
                    and any(set(report.capacity) - self.absent for _, report, _ in person.reports)
                }
            )
            for one in present:
                for other in present:
                    if one != other:
                        together[one][other].append(id)
        return {
            one: tuple(
                Companion(other, tuple(events))
                for other, events in sorted(others.items(), key=lambda pair: (-len(pair[1]), pair[0]))
            )
            for one, others in together.items()
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
