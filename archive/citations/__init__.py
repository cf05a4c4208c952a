"""Citations of official documents: find them in text, resolve them to records, relate them.

Ground floor: `extract` (the build) and `ingest` (new articles) use the same code.
"""

from archive.citations.find import CitationFinder
from archive.citations.relations import RelationFinder
from archive.citations.resolve import (
    DocumentIndex,
    contradiction,
    document_key,
    document_keys,
    number_key,
    stated_citation,
)
from archive.citations.weigh import Weighed

__all__ = [
    "CitationFinder",
    "DocumentIndex",
    "RelationFinder",
    "Weighed",
    "contradiction",
    "document_key",
    "document_keys",
    "number_key",
    "stated_citation",
]
