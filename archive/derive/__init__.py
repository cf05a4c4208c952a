"""Corpus → mentions, citations and what they resolve to, dossiers, timelines, listings."""

from archive.derive.archive import absent_capacities, derive
from archive.derive.documents import document_dossier
from archive.derive.entities import entity_dossier
from archive.derive.events import event_dossier
from archive.derive.ground import Ground, rows_of_article, rows_of_event, rows_of_record
from archive.derive.mentions import MentionFinder
from archive.derive.moments import moment_of_article, moment_of_event
from archive.derive.officials import official_dossier
from archive.derive.parts import ArticleReader

__all__ = [
    "ArticleReader",
    "Ground",
    "MentionFinder",
    "absent_capacities",
    "derive",
    "document_dossier",
    "entity_dossier",
    "event_dossier",
    "moment_of_article",
    "moment_of_event",
    "official_dossier",
    "rows_of_article",
    "rows_of_event",
    "rows_of_record",
]
