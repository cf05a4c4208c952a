"""One record → its rows: what its file says, and what its text says of the records that it points to."""

from archive.extract.article import ArticleReader
from archive.extract.mentions import MentionFinder
from archive.extract.passages import Text, evidence_passages
from archive.extract.record import record_rows
from archive.extract.references import check_references
from archive.extract.rights import as_shown
from archive.extract.text import text_of

__all__ = [
    "ArticleReader",
    "MentionFinder",
    "Text",
    "as_shown",
    "check_references",
    "evidence_passages",
    "record_rows",
    "text_of",
]
