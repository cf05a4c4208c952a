"""The text of an article to blocks.

In: the text below the front matter. Out: paragraphs, headings (`## `, `### `), list items
(`- `) and quotations (`> `), each with its anchor. A paragraph that ends in ` {#doan-4a}` has this number, whatever
its place. Everything else is literal text: press texts are not Markdown, and a star or an underscore in them is a star
or an underscore.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.model.paragraphs import MARK, Numbers, is_number, marked, split_marker
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
    headings, paragraphs = 0, Numbers(anchors.paragraph)
    may_hold_html = any(sign in text for sign in _SIGNS_OF_HTML)
    lines = text.split("\n") if MARK in text else None
    for kind, words, line, level in _pieces(text, first_line):
        if may_hold_html and (found := _HTML.search(words)):
            position = Position(line, found.start() + 1)
            report.add("html-in-text", path, position, field="body", words=words[found.start() :][:60])
        marker = ""
        if lines and MARK in words:
            words, marker = split_marker(words)
            if marker or f"{MARK}{anchors.paragraph}" in words:
                _check_marker(marker or words, kind, anchors, path, _place(lines, line, first_line), report)
        if kind is BlockKind.HEADING:
            headings += 1
            blocks.append(Block(kind, words, f"{anchors.heading}-{headings}", line, level))
            continue
        anchor, first = paragraphs.next(marker, line)
        if first:
            position = _place(lines, line, first_line) if lines and marker else Position(line, 1)
            report.add("paragraph-number-twice", path, position, anchor=anchor, first=first)
        blocks.append(Block(kind, words, anchor, line, level, bool(marker)))
    return tuple(blocks)


def _check_marker(
    written: str, kind: BlockKind, anchors: Anchors, path: str, position: Position, report: Report
) -> None:
    """`written`: a marker, or words that hold the beginning of one where none can stand."""
    if kind is BlockKind.HEADING or not is_number(written, anchors.paragraph):
        shown = written[written.find(MARK) :][:40] if MARK in written else f"{MARK}{written}}}"
        example = marked(f"{anchors.paragraph}-4a").strip()
        report.add("bad-paragraph-number", path, position, written=shown, marker=example)


def _place(lines: list[str], line: int, first_line: int) -> Position:
    """Where the first marker at or below a line begins."""
    for number, raw in enumerate(lines[line - first_line :], line):
        if (at := raw.find(MARK)) >= 0:
            return Position(number, at + 1)
    return Position(line, 1)


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


def ends_at(lines: Sequence[str], start: int) -> int:
    """The index of the last line of the paragraph that begins at an index."""
    at = start
    while at + 1 < len(lines) and (below := lines[at + 1].strip()) and _kind_of(below)[0] is BlockKind.PARAGRAPH:
        at += 1
    return at


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
