"""The text of an article as blocks with stable anchors, and places within it.

In: nothing. Out: `Block` (a paragraph, heading, …) and `Span` (characters of a block).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    CAPTION = "caption"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, quotation, caption or the title of an article.

    `anchor` is the fragment that links to it (`doan-7`, `muc-1`, `chu-thich-2`); `line` is its
    first line in the article's file; `level` is a heading's rank, 2 or 3. `is_marked` says that its number stands
    behind it in the file.
    """

    kind: BlockKind
    text: str
    anchor: str
    line: int
    level: int = 0
    is_marked: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (half open) of the text of one block of one article."""

    article: str
    anchor: str
    start: int
    end: int
