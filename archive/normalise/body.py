"""The text of an article to blocks.

In: the text below the front matter. Out: paragraphs, headings (`## `, `### `), list items
(`- `) and quotations (`> `), each with its anchor. Everything else is literal text: press texts
are not Markdown, and a star or an underscore in them is a star or an underscore.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.model.text import Block, BlockKind
from archive.problems import Position, Report
from archive.rules.addresses import Anchors

_HEADING = re.compile(r"(#{2,3}) +(.+)")
_ITEM = re.compile(r"[-*] +(.+)")
_QUOTE = re.compile(r"> ?(.+)")
_SIGNS = frozenset("#-*>")  # with one of which every line begins that is no paragraph
_SIGNS_OF_HTML = ("<", "pt:", "Pt:", "pT:", "PT:")  # of which one is in all that `_HTML` finds
_HTML = re.compile(r"<[a-zA-Z/!?]|javascript:", re.IGNORECASE)


def parse_body(text: str, path: str, first_line: int, anchors: Anchors, report: Report) -> tuple[Block, ...]:
    """Blocks in order; paragraphs, items and quotations share one count."""
    blocks: list[Block] = []
    counts = {anchors.paragraph: 0, anchors.heading: 0}
    may_hold_html = any(sign in text for sign in _SIGNS_OF_HTML)
    for kind, words, line, level in _pieces(text, first_line):
        if may_hold_html and (found := _HTML.search(words)):
            position = Position(line, found.start() + 1)
            report.add("html-in-text", path, position, field="body", words=words[found.start() :][:60])
        series = anchors.heading if kind is BlockKind.HEADING else anchors.paragraph
        counts[series] += 1
        blocks.append(Block(kind, words, f"{series}-{counts[series]}", line, level))
    return tuple(blocks)


def _pieces(text: str, first_line: int) -> Iterator[tuple[BlockKind, str, int, int]]:
    words: list[str] = []
    open_kind, start = BlockKind.PARAGRAPH, first_line
    for line, raw in enumerate(text.split("\n"), first_line):
        stripped = raw.strip()
        kind, content, level = _kind_of(stripped)
        continues = words and kind is BlockKind.PARAGRAPH and stripped
        if words and not continues:
            yield open_kind, " ".join(" ".join(words).split()), start, 0
            words = []
        if kind is BlockKind.HEADING:
            yield kind, " ".join(content.split()), line, level
        elif stripped:
            if not words:
                open_kind, start = kind, line
            words.append(content)
    if words:
        yield open_kind, " ".join(" ".join(words).split()), start, 0


def _kind_of(line: str) -> tuple[BlockKind, str, int]:
    if line[:1] not in _SIGNS:
        return BlockKind.PARAGRAPH, line, 0
    if match := _HEADING.fullmatch(line):
        return BlockKind.HEADING, match[2].strip(), len(match[1])
    if match := _ITEM.fullmatch(line):
        return BlockKind.ITEM, match[1], 0
    if match := _QUOTE.fullmatch(line):
        return BlockKind.QUOTE, match[1], 0
    return BlockKind.PARAGRAPH, line, 0
