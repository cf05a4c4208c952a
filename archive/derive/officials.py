"""Official dossiers: what the articles print of a person, each thing with its words.

In: the ground. Out: posts as printed in order of time, appearances by capacity, documents named in
the same paragraphs, others at the same events. A role belongs to the mention and its day; no
career is concluded from it.
"""

from __future__ import annotations

from collections import defaultdict

from archive.derive.ground import Ground
from archive.derive.moments import timeline_of
from archive.derive.passages import evidence_passages
from archive.derive.same import possibly_same
from archive.model.derived import Companion, OfficialDossier, Passage, Statement
from archive.model.parts import OfficialPart
from archive.model.records import Official


def official_dossier(official: Official, ground: Ground) -> OfficialDossier:
    parts: list[OfficialPart] = list(ground.values("in/officials", official.id))
    documents: dict[str, list[Passage]] = defaultdict(list)
    for part in parts:
        for document, passage in part.documents:
            documents[document].append(passage)
    return OfficialDossier(
        posts=tuple(post for part in parts for post in part.posts),
        appearances=tuple(appearance for part in parts for appearance in part.appearances),
        mentions=tuple(passage for part in parts for passage in part.mentions),
        evidence=evidence_passages(official.evidence, ground.text),
        documents=tuple(Statement("beside", id, tuple(found)) for id, found in sorted(documents.items())),
        companions=_companions(official.id, ground),
        possibly_same=possibly_same("officials", official, ground),
        timeline=timeline_of((part.moment for part in parts if part.appearances), ground.moments),
    )


def last_role(dossier: OfficialDossier) -> str:
    """The latest role as printed, to tell namesakes apart in a list; empty if none is printed."""
    return dossier.posts[-1].role if dossier.posts else ""


def _companions(id: str, ground: Ground) -> tuple[Companion, ...]:
    """Others at the same events, those of most events first."""
    together: dict[str, list[str]] = defaultdict(list)
    for event, present in ground.values("in/present", id):
        for other in present:
            if other != id:
                together[other].append(event)
    ranked = sorted(together.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(Companion(other, tuple(events)) for other, events in ranked)
