"""A saved page to its main text and what the page says of itself: the one door for HTML, here and in browsers.

In: HTML, and what names in mark-up mean. Out: `Page`: lines, which of them the mark-up says are captions,
headings, items or quotations, all that was left out with its kind, and headline, publisher, day, address, authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from archive.ingest.lines import SENTENCE_ENDS, word_key
from archive.ingest.main_part import MainPart, find_main_part
from archive.ingest.markup import parse
from archive.ingest.page_captions import find_captions
from archive.ingest.page_names import PageNames
from archive.ingest.page_pieces import Piece, Seen, see
from archive.ingest.page_says import Sayings, first_day, sayings, without_site
from archive.ingest.rules.pages import PageRules
from archive.model.draft import Unsure
from archive.model.records import Change

_HEAD = 2000
_HTML = re.compile(r"<!doctype\s{1,20}html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(?:p|div|br|span|h1|article|table|td|meta)(?:\s[^<>]{0,400})?/?>", re.IGNORECASE)
_FEWEST_TAGS = 3
_LONGEST_HEADING = 160
_FEWEST_WORDS = 3
_FEWEST_WORDS_UNSEEN = 6
_MOST_QUOTED = 0.6
_SHAPES = {"item": "item", "row": "item", "quote": "quote"}
_WORDS_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Page:
    """`marks`: caption, heading, item or quote by the number of the line (from 1). `said`: see `Received`."""

    text: str
    said: Mapping[str, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    marks: Mapping[int, str] = field(default_factory=dict)
    dropped: tuple[Change, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    is_cut: bool = False


def looks_like_html(text: str) -> bool:
    """By content, not by name: a document's tags near the top, or a piece of one."""
    head = text[:_HEAD].lstrip()
    return bool(_HTML.search(head)) or (head.startswith("<") and len(_ANY_TAG.findall(head)) >= _FEWEST_TAGS)


class ReadsPages(Protocol):
    """Whoever makes a page's text of HTML."""

    def read(self, source: str) -> Page | None:
        """None if the page shows no words."""


class PageReader:
    """Reads saved pages."""

    def __init__(self, rules: PageRules) -> None:
        self.names = PageNames(rules)

    def read(self, source: str) -> Page | None:
        """None if the page shows no words."""
        tree = parse(source)
        said = sayings(tree, self.names)
        seen = see(tree.root, self.names)
        captions = find_captions(seen.pieces, self.names)
        part = find_main_part(seen, self.names, captions, said)
        if not part.places:
            return None
        return _page(seen, part, captions, said, tree.is_cut)


def _page(seen: Seen, part: MainPart, captions: set[int], said: Sayings, is_cut: bool) -> Page:
    lines: list[str] = []
    marks: dict[int, str] = {}
    for at, mark in _marked(seen.pieces, part, captions):
        piece = seen.pieces[at]
        if lines and piece.is_opening:
            lines.append("")
        lines.append(piece.text)
        if mark:
            marks[len(lines)] = mark
    title = _title(seen, part, said)
    published = said.published or _stamped(seen.pieces, part)
    values = {"title": title, "publisher": said.publisher, "published": published, "url": said.url}
    dropped = (Change("dropped", part.dropped[at], seen.pieces[at].text, None, None) for at in sorted(part.dropped))
    return Page(
        text="\n".join(lines),
        said={key: value for key, value in values.items() if value},
        authors=said.authors,
        marks=marks,
        dropped=tuple(dropped),
        unsure=tuple(_doubts(part)),
        is_cut=is_cut,
    )


def _marked(pieces: Sequence[Piece], part: MainPart, captions: set[int]) -> Iterator[tuple[int, str | None]]:
    """The places of the report's pieces, each with what the mark-up says it is; a caption printed twice is one."""
    has_quotes = _has_quotes([pieces[at] for at in part.places if at not in captions])
    last = part.places[-1]
    before, paragraphs = "", 0
    for at in part.places:
        piece = pieces[at]
        if at in captions:
            key = word_key(piece.text)
            if key == before:
                part.dropped[at] = "repeated"
                continue
            before = key
            yield at, "caption"
        elif piece.is_heading:
            yield at, "heading" if paragraphs and at != last and _is_heading(piece, at, part) else None
        else:
            paragraphs += 1
            yield at, _SHAPES.get(piece.shape) if has_quotes or piece.shape != "quote" else None


def _has_quotes(text: Sequence[Piece]) -> bool:
    """Whether quoting means a quotation: where most of a text is quoted, that is how it is set."""
    quoted = sum(len(piece.text) for piece in text if piece.shape == "quote")
    return quoted < _MOST_QUOTED * sum(len(piece.text) for piece in text)


def _is_heading(piece: Piece, at: int, part: MainPart) -> bool:
    """Summaries are set as headings, too: a heading inside the text is short and no sentence."""
    return (
        at != part.title
        and len(piece.text) <= _LONGEST_HEADING
        and len(piece.text.split()) >= _FEWEST_WORDS
        and piece.text[-1] not in SENTENCE_ENDS
    )


def _title(seen: Seen, part: MainPart, said: Sayings) -> str | None:
    """The headline as the page shows it; one that only its head knows if it is no name that all its pages bear."""
    if part.title is not None:
        return without_site(seen.pieces[part.title].text, said.publisher)
    is_headline = said.headline is not None and len(said.headline.split()) >= _FEWEST_WORDS_UNSEEN
    return said.headline if is_headline else None


def _stamped(pieces: Sequence[Piece], part: MainPart) -> str | None:
    """The day of publication where only a part named for it shows it."""
    stamps = (pieces[at].text for at in sorted(part.dropped) if part.dropped[at] == "stamp")
    return next(filter(None, map(first_day, stamps)), None)


def _doubts(part: MainPart) -> Iterator[Unsure]:
    for heading in part.stories:
        yield Unsure("event", "", "second-story-on-page", heading[:_WORDS_SHOWN])
    if part.elsewhere:
        yield Unsure("source", "", "text-elsewhere", part.elsewhere[:_WORDS_SHOWN])
