"""The rows of one record: its own, the keys it is found by, and its places in lists.

In: a record as it may be published. Out: rows, which depend on nothing else.
"""

from __future__ import annotations

from archive.citations import document_key, document_keys
from archive.database import Rows, rows_of
from archive.database.rows import DocumentKey
from archive.extract.lists import record_entries
from archive.language.spelling import Collation
from archive.model.records import Document, Record

IDENTITY = "identity"  # the key of documents by which two records are found to be one


def record_rows(kind: str, record: Record, digest: str, order: Collation) -> Rows:
    """`digest` is of all that its file says, of what is withheld too."""
    rows = rows_of(kind, record, digest)
    rows.extend(record_entries(kind, record, order))
    if isinstance(record, Document):
        rows.extend(DocumentKey(by, key, record.id) for by, key in document_keys(record))
        if own := document_key(record):
            rows.add(DocumentKey(IDENTITY, own, record.id))
    return rows
