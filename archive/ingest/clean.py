"""A received text to a report without noise.

In: what was received, and what noise looks like. Out: headline, paragraphs, captions, byline, a list of all that was
dropped, moved or joined, and what is doubtful. What isn't surely noise stays.

The order: lines are mended and what is surely the page's furniture is named, but stays; the head of the page is judged
with all of its lines; only then the rest is sorted into paragraphs, captions, signatures and other reports.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from archive.ingest.byline import last_sentence, take_agency, take_byline, take_end_marks
from archive.ingest.captions import FoundCaption, Surroundings, count_names, find_caption, marked_caption
from archive.ingest.furniture import after_images, find_furniture
from archive.ingest.head import judge_head
from archive.ingest.heading import is_heading
from archive.ingest.lines import Line, Step, move, read_lines, without
from archive.ingest.mending import mend_lines
from archive.ingest.noise import Noise
from archive.ingest.page_dates import day_of_publication, drop_date, read_page_date
from archive.ingest.page_marks import authors_of, set_captions_aside
from archive.ingest.repeats import drop_repeats, says_the_same
from archive.ingest.stories import part_stories
from archive.ingest.wrapping import join_lines
from archive.model.draft import Cleaned, Reason, Received
from archive.model.records import Caption, Change
from archive.model.text import Block, BlockKind
from archive.rules.addresses import Anchors

_MARKED = re.compile(r"(?P<heading>#{2,3}) +(?=\S)|(?P<item>[-*]) +(?=\S)|(?P<quote>>) ?(?=\S)")
_KINDS = {"item": BlockKind.ITEM, "quote": BlockKind.QUOTE}
_SENTENCE = 40
_BELOW_SUMMARY, _FOOT = 4, 8
"""A page prints its day among so many last lines."""


def clean(received: Received, noise: Noise, anchors: Anchors) -> Cleaned:
    """Headline, body, captions and byline of a report, each word as printed."""
    page = _read(received, noise)
    head = judge_head(page.lines, page.furniture, received.title, noise)
    lines, changes = _below(head.lines, page.furniture)
    lines, stamp, dates = _take_other_dates(lines, noise)
    agency, lines, tags = take_agency(lines, noise)
    lines, repeats, doubled = drop_repeats(lines, head.title_lines, noise)
    stories = part_stories(lines, page.ended, noise)
    signed, lines, signatures = take_byline(head.authors, stories.lines, noise)
    signed_at = max((change.line for change in signatures if change.line), default=0)
    lines = sorted(lines + page.captions, key=lambda line: line.number)
    around = Surroundings(page.pictured, doubled, signed_at, page.ended, count_names(lines))
    body = _body(lines, received.marks, around, signed.photographers, noise, anchors)
    changes += list(received.dropped)
    changes += page.changes + head.changes + dates + tags + repeats + stories.changes + signatures + body.changes
    return Cleaned(
        title=head.title,
        blocks=tuple(body.blocks),
        captions=tuple(body.captions),
        byline=signed.names or authors_of(received, noise),
        agency=agency or signed.agency,
        stamp=head.stamp or stamp,
        url=received.url,
        changes=tuple(sorted(changes, key=lambda change: (change.line is None, change.line or 0))),
        others=stories.others,
        is_cut=_is_cut(lines, signatures, page.ended),
        unsure=(*head.unsure, *stories.doubts()),
        reasons=(*head.reasons, *body.reasons),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """The lines of a page, furniture among them; which ones follow a picture, which ones an end mark ended."""

    lines: list[Line]
    furniture: Mapping[Line, Change]
    pictured: frozenset[int]
    ended: frozenset[int]
    captions: list[Line]
    """Lines that mark-up says are captions; nothing is judged of them."""
    changes: list[Change]


def _read(received: Received, noise: Noise) -> _Read:
    lines, spaces = read_lines(received.text, noise)
    lines, captions = set_captions_aside(lines, received.marks)
    lines, mended = mend_lines(lines, noise)
    furniture = find_furniture(lines, noise)
    pictured = after_images(lines, noise)
    texts = without(lines, furniture.values())
    texts, ends = take_end_marks(texts, noise)
    texts, joins = join_lines(texts, noise)
    together = sorted([*furniture, *texts], key=lambda line: line.number)
    ended = frozenset(end.line for end in ends if end.line)
    return _Read(together, furniture, pictured, ended, captions, spaces + mended + ends + joins)


def _is_cut(lines: Sequence[Line], signatures: Sequence[Change], ended: frozenset[int]) -> bool:
    """Whether the last paragraph has no end, and neither an author's name nor an end mark closes the report."""
    last = last_sentence(lines) + 1
    is_closed = bool(ended) or any(
        change.line and change.line > lines[last - 1].number for change in signatures if last
    )
    return last < len(lines) and not is_closed and not lines[-1].is_stopped and len(lines[-1].text) >= _SENTENCE


def _below(lines: list[Line], furniture: Mapping[Line, Change]) -> Step:
    """The lines below the head without furniture."""
    changes = [furniture[line] for line in lines if line in furniture]
    return without(lines, changes), changes


def _take_other_dates(lines: list[Line], noise: Noise) -> tuple[list[Line], str | None, list[Change]]:
    """Without the days that the page prints below a summary or among its last lines; one may be of publication."""
    beside = lines[:_BELOW_SUMMARY] + lines[_BELOW_SUMMARY:][-_FOOT:]
    dates = [found for line in beside if (found := read_page_date(line, noise))]
    stamp = day_of_publication(dates, headline=None)
    changes = [drop_date(found, stamp, noise) for found in dates]
    return without(lines, changes), stamp, changes


@dataclass(slots=True)
class _Body:
    anchors: Anchors
    blocks: list[Block] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    paragraphs: int = 0
    headings: int = 0

    def add(self, line: Line, marked: str | None, noise: Noise) -> None:
        """A paragraph, item, quotation or heading, by what is known of the line or the marks of a record's body."""
        sign = _MARKED.match(line.text)
        text = line.text[sign.end() :] if sign else line.text
        if marked == "heading" or (sign and sign["heading"]):
            self.headings += 1
            level = len(sign["heading"]) if sign and sign["heading"] else 2
            self.blocks.append(
                Block(BlockKind.HEADING, text, f"{self.anchors.heading}-{self.headings}", line.number, level)
            )
            self.changes.append(Change("added", "heading", text, line.number, noise.note("heading")))
            return
        kind = _KINDS.get(marked or "", BlockKind.PARAGRAPH)
        if sign:
            kind = BlockKind.ITEM if sign["item"] else BlockKind.QUOTE
        self.paragraphs += 1
        self.blocks.append(Block(kind, text, f"{self.anchors.paragraph}-{self.paragraphs}", line.number))

    def _leave_out_alt_text(self, noise: Noise, number: int) -> None:
        """What stands for a picture that isn't shown says the same as the caption below it."""
        self.captions.pop()
        last = max(at for at, change in enumerate(self.changes) if change.kind == "caption")
        note = noise.note("nearly-repeated", line=number)
        self.changes[last] = replace(self.changes[last], action="dropped", kind="repeated", note=note)

    def add_caption(self, found: FoundCaption, credit: str | None, noise: Noise) -> None:
        if (
            self.captions
            and self.captions[-1].after == self.paragraphs
            and says_the_same(self.captions[-1].text, found.text)
        ):
            self._leave_out_alt_text(noise, found.lines[0].number)
        self.captions.append(Caption(found.text, self.paragraphs, found.credit or credit))
        weights = noise.caption_weights
        self.reasons += [
            Reason("captions", found.text, f"caption-{sign}", weight=weights[sign]) for sign in found.signs
        ]
        for line in found.lines:
            is_credited = found.credit is not None and found.credit in line.text
            self.changes.append(move(line, "caption", noise.note("credit") if is_credited else None))


def _body(
    lines: Sequence[Line],
    marks: Mapping[int, str],
    around: Surroundings,
    photographers: str | None,
    noise: Noise,
    anchors: Anchors,
) -> _Body:
    body = _Body(anchors)
    at = 0
    while at < len(lines):
        marked = marks.get(lines[at].number)
        if found := _caption_at(lines, at, marks, around, noise):
            body.add_caption(found, photographers, noise)
            at += len(found.lines)
            continue
        if noise.has("credit-alone", lines[at].text):  # of a picture that has no caption
            body.changes.append(move(lines[at], "caption", noise.note("credit")))
            at += 1
            continue
        if not marked and body.paragraphs and is_heading(lines, at, noise):
            marked = "heading"
        body.add(lines[at], marked, noise)
        at += 1
    return body


def _caption_at(
    lines: Sequence[Line], at: int, marks: Mapping[int, str], around: Surroundings, noise: Noise
) -> FoundCaption | None:
    """The caption that begins at a line: by the page's mark-up, or where it says nothing, by the words."""
    marked = marks.get(lines[at].number)
    if marked == "caption":
        return marked_caption(lines, at, marks, noise)
    return None if marked else find_caption(lines, at, around, noise)
