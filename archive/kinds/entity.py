"""Records of the kinds that site-config/kinds.yml adds: where articles name them; rows in the data, search entry, head.

In: the render context and a record. Out: `EntityDossier` and rows. What fields such a kind has is data.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.kinds import facets
from archive.kinds.article import by_time
from archive.kinds.authority import NAMINGS, correction_rows, evidence, possibly_same, where
from archive.kinds.context import RenderContext
from archive.kinds.kind import Found, Head, KindModule, Section, Subject, TableRow
from archive.kinds.timeline import date_of_moment, timeline
from archive.model.derived import Passage, PossiblyTheSame
from archive.model.records import Entity


@dataclass(frozen=True, slots=True)
class EntityDossier:
    """`mentions` are in the order of articles' ids, `articles`, which hold them, in order of time."""

    articles: tuple[str, ...]
    mentions: tuple[Passage, ...]
    evidence: tuple[Passage, ...]
    possibly_same: tuple[PossiblyTheSame, ...]
    timeline: tuple[str, ...]


class EntityKind(KindModule[Entity, EntityDossier]):
    group = "entity"
    sections = (
        Section("mentions", "mentions"),
        Section("timeline", "timeline", date_of_moment),
    )

    def dossier(self, context: RenderContext, record: Entity) -> EntityDossier:
        namings = context.db.ask(NAMINGS, kind=record.kind, record=record.id)
        return EntityDossier(
            articles=by_time(context, (passage for _, passage in namings)),
            mentions=tuple(passage for _, passage in namings),
            evidence=evidence(context, record.evidence),
            possibly_same=possibly_same(context, record.kind, record),
            timeline=timeline(context, (moment for moment, _ in namings)),
        )

    def row(self, subject: Subject[Entity, EntityDossier]) -> TableRow:
        entity = subject.record
        return {
            "id": entity.id,
            "url": subject.url,
            "name": entity.name,
            "aliases": entity.aliases,
            **{name: entity.values.get(name) for name in subject.kind.fields},
            "mentions": [where(passage) for passage in subject.dossier.mentions],
            "corrections": correction_rows(entity.corrections),
        }

    def found(self, subject: Subject[Entity, EntityDossier]) -> Found:
        entity = subject.record
        return Found(names=entity.aliases, blocks=facets.blocks(entity, entity.values.values()))

    def head(self, subject: Subject[Entity, EntityDossier]) -> Head:
        return Head({"type": "Text"}, {"@type": "Thing", "name": subject.record.name})
