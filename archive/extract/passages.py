"""Finds words in an article and cuts passages around them.

In: blocks of an article and words. Out: spans and passages. Words are compared in one spelling
(tone placement, dashes, quotes, spaces), never without their marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import accumulate

from archive.language.sentences import around, sentence_bounds
from archive.language.spelling import comparable
from archive.model.derived import Passage
from archive.model.records import Article, Evidence
from archive.model.text import Block, BlockKind, Span
from archive.rules.addresses import Anchors

LONGEST_PASSAGE = 420  # characters: about five lines on a phone
EXCERPT_BLOCKS = 2  # what `rights: excerpt` shows of a text


def visible_blocks(article: Article, anchors: Anchors) -> dict[str, Block]:
    """The blocks that the article's rights let us show, by anchor, in reading order.

    The title is among them unless an editor gave it; captions follow the text.
    """
    blocks: dict[str, Block] = {}
    if article.title_by != "editor":
        blocks[anchors.title] = Block(BlockKind.TITLE, article.title, anchors.title, 1)
    if article.rights == "metadata":
        return blocks
    body = article.body if article.rights == "full" else article.body[:EXCERPT_BLOCKS]
    blocks.update((block.anchor, block) for block in body)
    if article.rights == "full":
        for number, caption in enumerate(article.captions, 1):
            anchor = f"{anchors.caption}-{number}"
            blocks[anchor] = Block(
                BlockKind.CAPTION, caption.text, anchor, article.origin.at(f"captions.{number - 1}").line
            )
    return blocks


class Text:
    """An article's visible blocks with their compared form; what is asked of it often is worked out once."""

    def __init__(self, article: str, blocks: Mapping[str, Block], no_sentence_end: Collection[str]) -> None:
        self.article = article
        self.blocks = blocks
        self.no_sentence_end = no_sentence_end
        self.compared = {anchor: comparable(block.text) for anchor, block in blocks.items()}
        self._order = sorted(blocks, key=lambda anchor: blocks[anchor].kind is BlockKind.TITLE)
        self.joined = "\n".join(self.compared[anchor] for anchor in self._order)
        self._starts = list(accumulate((len(self.compared[a]) + 1 for a in self._order[:-1]), initial=0))
        self._bounds: dict[str, list[tuple[int, int]]] = {}
        self._passages: dict[tuple[tuple[str, int, int], ...], Passage] = {}

    @classmethod
    def of(cls, article: Article, no_sentence_end: Collection[str], anchors: Anchors) -> Text:
        return cls(article.id, visible_blocks(article, anchors), no_sentence_end)

    def occurrences(self, words: str) -> Iterator[Span]:
        """Every place where the words stand as whole words, in reading order: text first, title last."""
        form = one_line(words)
        at = -1
        while self.blocks and (at := find_whole(self.joined, form, at + 1)) >= 0:
            anchor, start = self._in_block(at)
            yield Span(self.article, anchor, start, start + len(form))

    def by_block(self, places: Iterable[int]) -> dict[str, list[int]]:
        """Places of the joined text as places of the blocks that they are in."""
        found: dict[str, list[int]] = defaultdict(list)
        for place in places:
            anchor, start = self._in_block(place)
            found[anchor].append(start)
        return found

    def _in_block(self, place: int) -> tuple[str, int]:
        number = bisect_right(self._starts, place) - 1
        return self._order[number], place - self._starts[number]

    def first(self, words: str) -> Span | None:
        return next(self.occurrences(words), None)

    def passage(self, spans: Iterable[Span]) -> Passage:
        """The sentence around spans of one block, cut to a readable length around the first of them."""
        key = tuple([(span.anchor, span.start, span.end) for span in spans])
        if key not in self._passages:
            self._passages[key] = self._passage(sorted(key))
        return self._passages[key]

    def _passage(self, ordered: list[tuple[str, int, int]]) -> Passage:
        if not ordered:
            return Passage(self.article)
        anchor, first_mark, _ = ordered[0]
        last_mark = ordered[-1][2]
        text = self.blocks[anchor].text
        start, end = around(text, self._sentences(anchor), first_mark, last_mark)
        first, last = _window(text, start, end, first_mark, last_mark)
        marks = tuple((a - first, min(b, last) - first) for _, a, b in ordered if a < last)
        return Passage(self.article, anchor, text[first:last], marks, first > start, last < end)

    def _sentences(self, anchor: str) -> list[tuple[int, int]]:
        if anchor not in self._bounds:
            self._bounds[anchor] = sentence_bounds(self.blocks[anchor].text, self.no_sentence_end)
        return self._bounds[anchor]

    def passage_of(self, words: str) -> Passage:
        """The passage around the first occurrence; without text if the words can't be shown."""
        span = self.first(words)
        return self.passage([span] if span else [])


def one_line(words: str) -> str:
    """The compared form in which words are looked for: one space wherever there are several."""
    return comparable(" ".join(words.split()))


def find_whole(text: str, form: str, start: int = 0) -> int:
    """Where a form stands next as whole words in compared text, or -1."""
    at = text.find(form, start) if form else -1
    while at >= 0:
        end = at + len(form)
        if not (at and _is_word(text[at - 1])) and not (end < len(text) and _is_word(text[end])):
            return at
        at = text.find(form, at + 1)
    return -1


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def evidence_passages(evidence: Iterable[Evidence], text_of: Callable[[str], Text | None]) -> tuple[Passage, ...]:
    """The passages that a record names as the words it rests on; without the articles that are not there."""
    found = ((text_of(item.article), item.words) for item in evidence)
    return tuple(text.passage_of(words) for text, words in found if text is not None)


def whole_words(alternatives: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the words in compared text, longest first, not inside other words."""
    forms = sorted({one_line(words) for words in alternatives}, key=lambda f: (-len(f), f))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, forms)) + r")(?!\w)")


def _window(text: str, start: int, end: int, mark_start: int, mark_end: int) -> tuple[int, int]:
    """Bounds within a sentence of at most LONGEST_PASSAGE characters, cut between words."""
    if end - start <= LONGEST_PASSAGE:
        return start, end
    room = max(0, LONGEST_PASSAGE - (mark_end - mark_start))
    first = max(start, mark_start - room // 3)
    last = min(end, max(mark_end, first + LONGEST_PASSAGE))
    last = min(last, max(mark_start + LONGEST_PASSAGE, first + LONGEST_PASSAGE))
    if first > start:
        first = text.find(" ", first, mark_start) + 1 or mark_start
    if last < end:
        cut = text.rfind(" ", max(first, min(mark_end, last)), last)
        last = cut if cut > 0 else last
    return first, last
