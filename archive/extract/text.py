"""The visible text of an article that has been read, out of its paragraphs.

In: the database. Out: `Text`, in which words are looked up.
"""

from __future__ import annotations

from collections.abc import Collection

from archive.database import Database, Query
from archive.extract.passages import Text
from archive.model.text import Block, BlockKind

_KINDS = {kind.value: kind for kind in BlockKind}
PARAGRAPHS = Query(
    "SELECT kind, text, anchor, line, level FROM paragraph WHERE article = :article ORDER BY position",
    lambda kind, *values: Block(_KINDS[kind], *values),
)
THERE = Query("SELECT id FROM article WHERE id = :id", str)


def blocks_of(db: Database, article: str) -> dict[str, Block]:
    """The visible blocks of an article by anchor, in reading order."""
    return {block.anchor: block for block in db.ask(PARAGRAPHS, article=article)}


def text_of(db: Database, article: str, no_sentence_end: Collection[str]) -> Text | None:
    """None if there is no such article."""
    return db.recall(("text", article), lambda: _text_of(db, article, no_sentence_end))


def _text_of(db: Database, article: str, no_sentence_end: Collection[str]) -> Text | None:
    if db.first(THERE, id=article) is None:
        return None
    return Text(article, blocks_of(db, article), no_sentence_end)
