"""A received text to a report without noise.

In: what was received, and what noise looks like. Out: headline, paragraphs, captions, byline, and a
list of all that was dropped, moved or joined. What isn't surely noise stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive.ingest.byline import Signed, take_agency, take_byline, take_end_marks
from archive.ingest.captions import FoundCaption, find_caption, marked_caption
from archive.ingest.furniture import (
    after_images,
    drop_marks,
    drop_page_dates,
    drop_sections,
    drop_tails,
    drop_widgets,
)
from archive.ingest.heading import is_heading, take_title
from archive.ingest.lines import Line, move, read_lines
from archive.ingest.noise import Noise
from archive.ingest.page_marks import authors_of, set_captions_aside
from archive.ingest.repeats import drop_repeats
from archive.ingest.stories import drop_second_story
from archive.ingest.wrapping import join_lines
from archive.model.draft import Cleaned, Received
from archive.model.records import Caption, Change
from archive.model.text import Block, BlockKind

_MARKED = re.compile(r"(?P<heading>#{2,3}) +(?=\S)|(?P<item>[-*]) +(?=\S)|(?P<quote>>) ?(?=\S)")
_KINDS = {"item": BlockKind.ITEM, "quote": BlockKind.QUOTE}


def clean(received: Received, noise: Noise) -> Cleaned:
    """Headline, body, captions and byline of a report, each word as printed."""
    lines, changes = read_lines(received.text, noise)
    lines, captions = set_captions_aside(lines, received.marks)
    pictured = after_images(lines, noise)
    lines, dates, stamp = drop_page_dates(lines, noise)
    changes += dates
    for step in (drop_marks, drop_widgets, drop_tails, drop_sections):
        lines, made = step(lines, noise)
        changes += made
    lines, ends = take_end_marks(lines, noise)
    lines, joins = join_lines(lines, noise)
    agency, lines, tags = take_agency(lines, noise)
    lines, repeats = drop_repeats(lines, noise)
    title, lines, titled = take_title(lines, received.title, noise)
    lines, second = drop_second_story(lines, {end.line for end in ends if end.line}, noise)
    signed, lines, signatures = take_byline(lines, noise)
    signed_at = max((change.line for change in signatures if change.line), default=0)
    lines = sorted(lines + captions, key=lambda line: line.number)
    body = _body(lines, received.marks, pictured, signed, noise, signed_at)
    changes += list(received.dropped) + ends + joins + tags + repeats + titled + second + signatures + body.changes
    return Cleaned(
        title=title,
        blocks=tuple(body.blocks),
        captions=tuple(body.captions),
        byline=signed.names or authors_of(received, noise),
        agency=agency or signed.agency,
        stamp=stamp,
        url=received.url,
        changes=tuple(sorted(changes, key=lambda change: (change.line is None, change.line or 0))),
    )


@dataclass(slots=True)
class _Body:
    blocks: list[Block] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    paragraphs: int = 0
    headings: int = 0

    def add(self, line: Line, marked: str | None, noise: Noise) -> None:
        """A paragraph, item, quotation or heading, by what is known of the line or the marks of a record's body."""
        sign = _MARKED.match(line.text)
        text = line.text[sign.end() :] if sign else line.text
        if marked == "heading" or (sign and sign["heading"]):
            self.headings += 1
            level = len(sign["heading"]) if sign and sign["heading"] else 2
            self.blocks.append(Block(BlockKind.HEADING, text, f"muc-{self.headings}", line.number, level))
            self.changes.append(Change("added", "heading", text, line.number, noise.note("heading")))
            return
        kind = _KINDS.get(marked or "", BlockKind.PARAGRAPH)
        if sign:
            kind = BlockKind.ITEM if sign["item"] else BlockKind.QUOTE
        self.paragraphs += 1
        self.blocks.append(Block(kind, text, f"doan-{self.paragraphs}", line.number))

    def add_caption(self, found: FoundCaption, credit: str | None, noise: Noise) -> None:
        self.captions.append(Caption(found.text, self.paragraphs, found.credit or credit))
        for line in found.lines:
            is_credited = found.credit is not None and found.credit in line.text
            self.changes.append(move(line, "caption", noise.note("credit") if is_credited else None))


def _body(
    lines: Sequence[Line],
    marks: Mapping[int, str],
    pictured: frozenset[int],
    signed: Signed,
    noise: Noise,
    signed_at: int,
) -> _Body:
    body = _Body()
    at = 0
    while at < len(lines):
        marked = marks.get(lines[at].number)
        found = None
        if marked == "caption":
            found = marked_caption(lines, at, marks, noise)
        elif not marked:
            found = find_caption(lines, at, pictured, noise, signed_at > lines[at].number)
        if found is not None:
            body.add_caption(found, signed.photographers, noise)
            at += len(found.lines)
            continue
        if not marked and body.paragraphs and is_heading(lines, at, noise):
            marked = "heading"
        body.add(lines[at], marked, noise)
        at += 1
    return body
