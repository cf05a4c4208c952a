"""Corpus → mentions, citations and what they resolve to, dossiers, timelines, listings."""

from archive.derive.documents import document_dossier
from archive.derive.entities import entity_dossier
from archive.derive.events import event_dossier
from archive.derive.ground import Ground, absent_capacities, rows_of_article, rows_of_event, rows_of_record
from archive.derive.mentions import MentionFinder
from archive.derive.moments import moment_of_article, moment_of_event
from archive.derive.officials import last_role, official_dossier
from archive.derive.parts import ArticleReader
from archive.derive.rights import as_shown
from archive.derive.rows import article_rows, correction_rows, document_rows, entity_rows, moment_rows, official_rows

__all__ = [
    "ArticleReader",
    "Ground",
    "MentionFinder",
    "absent_capacities",
    "article_rows",
    "as_shown",
    "correction_rows",
    "document_dossier",
    "document_rows",
    "entity_dossier",
    "entity_rows",
    "event_dossier",
    "last_role",
    "moment_of_article",
    "moment_of_event",
    "moment_rows",
    "official_dossier",
    "official_rows",
    "rows_of_article",
    "rows_of_event",
    "rows_of_record",
]
