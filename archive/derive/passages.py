"""Finds words in an article and cuts passages around them.

In: blocks of an article and words. Out: spans and passages. Words are compared in one spelling
(tone placement, dashes, quotes, spaces), never without their marks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from archive.language.sentences import sentence_around
from archive.language.spelling import comparable
from archive.model.derived import Passage
from archive.model.records import Article, Evidence
from archive.model.text import Block, BlockKind, Span

LONGEST_PASSAGE = 420  # characters: about five lines on a phone
EXCERPT_BLOCKS = 2  # what `rights: excerpt` shows of a text


def visible_blocks(article: Article) -> dict[str, Block]:
    """The blocks that the article's rights let us show, by anchor, in reading order.

    The title is among them unless an editor gave it; captions follow the text.
    """
    blocks: dict[str, Block] = {}
    if article.title_by != "editor":
        blocks["dau-trang"] = Block(BlockKind.TITLE, article.title, "dau-trang", 1)
    if article.rights == "metadata":
        return blocks
    body = article.body if article.rights == "full" else article.body[:EXCERPT_BLOCKS]
    blocks.update((block.anchor, block) for block in body)
    if article.rights == "full":
        for number, caption in enumerate(article.captions, 1):
            anchor = f"chu-thich-{number}"
            blocks[anchor] = Block(
                BlockKind.CAPTION, caption.text, anchor, article.origin.at(f"captions.{number - 1}").line
            )
    return blocks


@dataclass(frozen=True, slots=True)
class Text:
    """An article's visible blocks with their compared form, which is made once."""

    article: str
    blocks: Mapping[str, Block]
    compared: Mapping[str, str]
    no_sentence_end: Collection[str]

    @classmethod
    def of(cls, article: Article, no_sentence_end: Collection[str]) -> Text:
        blocks = visible_blocks(article)
        compared = {anchor: comparable(block.text) for anchor, block in blocks.items()}
        return cls(article.id, blocks, compared, no_sentence_end)

    def occurrences(self, words: str) -> Iterator[Span]:
        """Every place where the words stand as whole words, in reading order: text first, title last."""
        pattern = whole_words([words])
        for anchor in self.reading_order():
            for match in pattern.finditer(self.compared[anchor]):
                yield Span(self.article, anchor, match.start(), match.end())

    def reading_order(self) -> list[str]:
        return sorted(self.blocks, key=lambda anchor: self.blocks[anchor].kind is BlockKind.TITLE)

    def first(self, words: str) -> Span | None:
        return next(self.occurrences(words), None)

    def passage(self, spans: Iterable[Span]) -> Passage:
        """The sentence around spans of one block, cut to a readable length around the first of them."""
        ordered = sorted(spans)
        if not ordered:
            return Passage(self.article)
        anchor = ordered[0].anchor
        text = self.blocks[anchor].text
        start, end = sentence_around(text, ordered[0].start, ordered[-1].end, self.no_sentence_end)
        first, last = _window(text, start, end, ordered[0].start, ordered[-1].end)
        marks = tuple((span.start - first, min(span.end, last) - first) for span in ordered if span.start < last)
        return Passage(self.article, anchor, text[first:last], marks, first > start, last < end)

    def passage_of(self, words: str) -> Passage:
        """The passage around the first occurrence; without text if the words can't be shown."""
        span = self.first(words)
        return self.passage([span] if span else [])


def evidence_passages(evidence: Iterable[Evidence], texts: Mapping[str, Text]) -> tuple[Passage, ...]:
    """The passages that a record names as the words it rests on; without the articles that are not there."""
    return tuple(texts[item.article].passage_of(item.words) for item in evidence if item.article in texts)


def whole_words(alternatives: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the words in compared text, longest first, not inside other words."""
    forms = sorted({comparable(" ".join(words.split())) for words in alternatives}, key=lambda f: (-len(f), f))
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
