"""Checks numbers of paragraphs: what was published keeps its number.

In: the paragraphs of an article, and those that the ledger has of it. Out: the markers that are missing, and a problem
for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from archive.language.spelling import comparable, unified
from archive.ledger import GONE, RECIPE
from archive.model.paragraphs import Number, after, marked, number_of
from archive.model.records import Article
from archive.model.text import Block, BlockKind
from archive.problems import Position, Report


class Missing(NamedTuple):
    """A marker that a paragraph needs: it shall be `anchor`.

    `was` and `now` are the numbers of the first published paragraph that would change its number; where there is none,
    `was` is empty and `now` the number that it has now: of one that is gone, say, which nothing may have again.
    """

    block: Block
    anchor: str
    was: str
    now: str


def digest_of_paragraph(text: str) -> str:
    """Of the words of a paragraph as they are published, without recipe."""
    return blake2b(unified(text).encode(), digest_size=8).hexdigest()


def check_paragraphs(article: Article, published: Mapping[str, str], series: str, report: Report) -> None:
    """`published`: anchor → digest, as the ledger has them; `series` is what anchors begin with (`doan`)."""
    path, missing = article.origin.path, missing_markers(article.body, published, series)
    for block, anchor, was, now in missing:
        values = {"marker": marked(anchor).strip(), "now": now}
        if was:
            report.add("paragraph-moved", path, Position(block.line, 1), was=was, **values)
        elif published.get(now, "").startswith(GONE):
            report.add("paragraph-number-spent", path, Position(block.line, 1), **values)

    if not missing:
        _check_corrected(article, published, report)


def _check_corrected(article: Article, published: Mapping[str, str], report: Report) -> None:
    """Words that were changed since they were published are a correction, which readers are told."""
    said = [comparable(one.after or "") for one in article.corrections if one.field.partition(".")[0] == "body"]
    for block in article.body:
        was = published.get(block.anchor, "")
        if was.startswith(f"{RECIPE}:") and was != _digest(block):
            text = comparable(block.text)
            if not any(after in text for after in said):
                place = Position(block.line, 1)
                report.add("changed-without-correction", article.origin.path, place, anchor=block.anchor)


def missing_markers(body: Iterable[Block], published: Mapping[str, str], series: str) -> list[Missing]:
    """The markers by which all that was published keeps its number."""
    blocks = [block for block in body if block.kind is not BlockKind.HEADING]
    if not (published or any(block.is_marked for block in blocks)):
        return []
    if all(published.get(block.anchor) == _digest(block) for block in blocks):
        return []
    wanted = _Assignment(blocks, published, series).numbers()
    anchors = [f"{series}-{number}" for number in wanted]
    known = {digest.removeprefix(GONE) for digest in published.values()}
    found, count = list[Missing](), 0
    for at, (block, number, anchor) in enumerate(zip(blocks, wanted, anchors, strict=True)):
        is_counted = not number.letters and number.whole == count + 1
        count = count if number.letters else number.whole
        if block.anchor == anchor if block.is_marked else is_counted:
            continue
        moved = (
            (other, block)
            for other, block in zip(anchors[at:], blocks[at:], strict=True)
            if other != block.anchor and _digest(block) in known
        )
        was, now = next(((other, moved.anchor) for other, moved in moved), ("", block.anchor))
        found.append(Missing(block, anchor, was, now))
    return found


def _digest(block: Block) -> str:
    return f"{RECIPE}:{digest_of_paragraph(block.text)}"


class _Assignment:
    """Which number each paragraph has to have."""

    def __init__(self, blocks: Sequence[Block], published: Mapping[str, str], series: str) -> None:
        self.blocks = blocks
        self.own = [number_of(block.anchor, series) or Number(0) for block in blocks]
        known = {number_of(anchor, series): digest for anchor, digest in published.items()}
        self.published = {number: digest for number, digest in known.items() if number}
        self.gone = {number for number, digest in self.published.items() if digest.startswith(GONE)}
        self.given: dict[int, Number] = {}
        self.taken: set[Number] = set()

    def numbers(self) -> list[Number]:
        self._keep_known()
        self._keep_marked()
        ends = max(self.given, default=-1)
        for at in range(len(self.blocks)):
            if at not in self.given:
                self._give(at, self._number_of_new(at, at > ends))
        return [self.given[at] for at in range(len(self.blocks))]

    def _give(self, at: int, number: Number) -> None:
        self.given[at] = number
        self.taken.add(number)

    def _keep_known(self) -> None:
        """Words that were published have the number that they had; where they stand twice, each its own."""
        by_digest: dict[str, list[Number]] = defaultdict(list)
        for number, digest in sorted(self.published.items(), key=lambda pair: (pair[0] in self.gone, pair[0].order)):
            by_digest[digest.removeprefix(GONE)].append(number)
        held = [by_digest.get(_digest(block), []) for block in self.blocks]
        for at, numbers in enumerate(held):
            if self.own[at] in numbers and self.own[at] not in self.taken:
                self._give(at, self.own[at])
        for at, numbers in enumerate(held):
            free = [number for number in numbers if number not in self.taken]
            if at not in self.given and free:
                self._give(at, free[0])

    def _keep_marked(self) -> None:
        """A new paragraph has the number that an editor gave it, if nobody else has it."""
        for at, block in enumerate(self.blocks):
            if block.is_marked and at not in self.given and self.own[at] not in self.taken | self.gone:
                self._give(at, self.own[at])

    def _number_of_new(self, at: int, is_last: bool) -> Number:
        """Of words that were never published: of a paragraph that was changed, or of a new one."""
        own = self.own[at]
        before = self.given[at - 1] if at else Number(0)
        if own in self.published and own not in self.gone | self.taken:
            return own
        behind = min((self.given[i].order for i in self.given if i > at), default=None)
        vacant = (
            number
            for number in self.published.keys() - self.gone - self.taken
            if number.order > before.order and (behind is None or number.order < behind)
        )
        if (changed := min(vacant, key=lambda number: number.order, default=None)) is not None:
            return changed
        if is_last:
            return Number(max((number.whole for number in self.published.keys() | self.taken), default=0) + 1)
        return after(before, self.taken | self.published.keys())
