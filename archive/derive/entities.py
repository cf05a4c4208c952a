"""Dossiers of the kinds that site-config/kinds.yml adds: where articles name their records.

In: the ground. Out: mentions in the order of articles' ids, evidence, a timeline.
"""

from __future__ import annotations

from archive.derive.ground import Ground
from archive.derive.moments import timeline_of
from archive.derive.passages import evidence_passages
from archive.derive.same import possibly_same
from archive.model.derived import EntityDossier
from archive.model.parts import EntityPart
from archive.model.records import Entity


def entity_dossier(entity: Entity, ground: Ground) -> EntityDossier:
    parts: list[EntityPart] = list(ground.values(f"in/{entity.kind}", entity.id))
    return EntityDossier(
        mentions=tuple(passage for part in parts for passage in part.mentions),
        evidence=evidence_passages(entity.evidence, ground.text),
        possibly_same=possibly_same(entity.kind, entity, ground),
        timeline=timeline_of((part.moment for part in parts), ground.moments),
    )
