"""Rows in, rows out: the archive as one relational database."""

from sqlite3 import DatabaseError

from archive.database.database import Database, Made, Rows, is_full, is_spoilt
from archive.database.query import Query
from archive.database.records import StoredCorpus, read_record, rows_of

__all__ = [
    "Database",
    "DatabaseError",
    "Made",
    "Query",
    "Rows",
    "StoredCorpus",
    "is_full",
    "is_spoilt",
    "read_record",
    "rows_of",
]
