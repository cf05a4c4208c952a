"""Document dossiers: who cites an official document, and what is stated of it.

In: the ground. Out: citations with their sentences in order of time, relations from both ends,
events about carrying it out, and unresolved citations that may mean it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from archive.derive.ground import Ground
from archive.derive.moments import timeline_of
from archive.derive.passages import evidence_passages
from archive.derive.same import possibly_same
from archive.language.spelling import comparable
from archive.model.derived import DocumentDossier, Passage, Statement
from archive.model.parts import DocumentPart, RelationPart
from archive.model.records import Document

Stated = dict[tuple[str, str], dict[Passage, None]]  # (relation, other document) → what it rests on


def document_dossier(document: Document, ground: Ground) -> DocumentDossier:
    parts: list[DocumentPart] = list(ground.values("in/documents", document.id))
    forward, inverse = _relations(document, ground)
    return DocumentDossier(
        citations=tuple(passage for part in parts for passage in part.citations),
        evidence=evidence_passages(document.evidence, ground.text),
        facts=_facts(document, parts, ground),
        possible=tuple(ground.values("in/possible", document.id)),
        relations=_statements(forward),
        inverse_relations=_statements(inverse),
        carried_out_by=tuple(_carried_out(document.id, ground)),
        possibly_same=possibly_same("documents", document, ground),
        timeline=timeline_of((part.moment for part in parts if part.citations), ground.moments),
    )


def _facts(document: Document, parts: Iterable[DocumentPart], ground: Ground) -> dict[str, Passage]:
    """For each field the first words that hold it, in the evidence or in a citation.

    The date is written in other words than its EDTF, so the first words count for it.
    """
    values = {name: getattr(document, name) for name in ("number", "issuer", "title", "term", "date")}
    wanted = {name: comparable(str(value)) for name, value in values.items() if value}
    facts: dict[str, Passage] = {}
    for words, passage in _words_and_passages(document, parts, ground):
        held = comparable(words)
        for name in [name for name, value in wanted.items() if name == "date" or value in held]:
            facts[name] = passage
            del wanted[name]
        if not wanted:
            break
    return facts


def _words_and_passages(
    document: Document, parts: Iterable[DocumentPart], ground: Ground
) -> Iterator[tuple[str, Passage]]:
    for evidence in document.evidence:
        text = ground.text(evidence.article)
        if text is not None:
            yield evidence.words, text.passage_of(evidence.words)
    for part in parts:
        yield from part.entries


def _relations(document: Document, ground: Ground) -> tuple[Stated, Stated]:
    """Relations that records hold or texts state, of this document to others and of others to it."""
    forward: Stated = defaultdict(dict)
    inverse: Stated = defaultdict(dict)
    known = ground.corpus.documents
    for relation in document.relations:
        if relation.document in known:
            passages = evidence_passages(relation.evidence, ground.text)
            forward[relation.type, relation.document].update(dict.fromkeys(passages))
    for other in ground.values("in/relates", document.id):
        for relation in known[other].relations:
            if relation.document == document.id:
                passages = evidence_passages(relation.evidence, ground.text)
                inverse[relation.type, other].update(dict.fromkeys(passages))
    parts: Iterable[RelationPart] = ground.values("in/relations", document.id)
    for part in parts:
        if part.one == document.id:
            _add(forward[part.type, part.other], part.passage)
        if part.other == document.id:
            _add(inverse[part.type, part.one], part.passage)
    return forward, inverse


def _add(known: dict[Passage, None], passage: Passage) -> None:
    """One passage a paragraph is enough."""
    if not any(passage.article == other.article and passage.anchor == other.anchor for other in known):
        known[passage] = None


def _statements(stated: Stated) -> tuple[Statement, ...]:
    return tuple(Statement(type, other, tuple(passages)) for (type, other), passages in sorted(stated.items()))


def _carried_out(id: str, ground: Ground) -> Iterable[Statement]:
    for event in ground.values("in/carries-out", id):
        for item in ground.corpus.events[event].carries_out:
            if item.document == id:
                yield Statement("carries-out", event, evidence_passages(item.evidence, ground.text))
