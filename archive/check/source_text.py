"""Whether an article's text is the text that was received: no word changed, added or lost.

In: an article, its file's lines, and the text of its source. Out: problems with the place in both files. Words are
compared in one spelling (`unified`), case aside; punctuation, breaks of lines and spaces are no words. What the
article tells of the way from one to the other (`changes`, `corrections`) is no difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from archive.language.spelling import CAPITALS, nfc, unified
from archive.model.records import Article, Change
from archive.model.text import Block, BlockKind
from archive.problems import Position, Report

# A number, or letters as far as no capital follows a small one: `hợpẢnh` is two words that were run together.
_WORD = re.compile(rf"\d+(?:[.,]\d+)*|[{CAPITALS}]+(?![^\W\d_{CAPITALS}])|[{CAPITALS}]?[^\W\d_{CAPITALS}]+|[^\W_]|%")
_MOST_TOLD = 20  # of one article: a text that is another altogether needs no more
_LARGEST_COMPARISON = 25_000_000  # pairs of words; what differs in more is told as a whole
_NEAR = 3  # words between two differences that are told as one
_FEWEST_MOVED = 4  # words that stand elsewhere in the source were moved, not lost
_LABEL = 2  # words such as "Bài, ảnh:" before a name
_FEWEST_LETTERS = 20  # that are found without looking at where words end
_SHOWN = 8  # words of a difference in a message, and
_AROUND = 3  # words around it

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """What was received, as text.

    `shown` is the file's path as problems name it. `lines` are counted as `changes` count them. `said` is what a
    page says of itself outside of its text, such as its authors. `locate` gives the place in the file of a column
    of a line, both from 1.
    """

    shown: str
    lines: Sequence[str]
    said: Sequence[str] = ()
    locate: Callable[[int, int], Position] = Position


def check_text(article: Article, lines: Callable[[], Sequence[str]], received: Received, report: Report) -> None:
    """`lines` gives the lines of the article's file, which are needed only where something differs."""
    source = _Source(received)
    found = list(_front_matter(article, source))
    found += _body(article, source)
    places = _Places(article, lines)
    for difference in found[:_MOST_TOLD]:
        _tell(article, difference, source, places, report)


def tell_not_compared(article: Article, report: Report) -> None:
    """What keeps text and source from being compared from end to end: rights, or that there is no source."""
    if not may_be_compared(article):
        report.add(
            "text-not-compared", article.origin.path, article.origin.at("rights"), why=f"rights: {article.rights}"
        )
    elif not (article.source and article.source.file):
        report.add("text-not-compared", article.origin.path, article.origin.at("source"), why="source.file: null")


def may_be_compared(article: Article) -> bool:
    """Whether text and source have to be the same from end to end: not where only a part may be kept."""
    return article.rights == "full"


@dataclass(frozen=True, slots=True)
class _Difference:
    """`words` of the article (none: lost from it) at a field or a word of the body; `lost` of the source at `at`."""

    words: str
    lost: str
    at: int | None
    place: str = ""
    number: int = 0


class _Source:
    """The words of a source, and which of them the article has accounted for."""

    def __init__(self, received: Received) -> None:
        self.received = received
        by_line = [_WORD.findall(unified(line)) for line in received.lines]
        self.starts = list(accumulate(map(len, by_line), initial=0))
        self.printed: list[str] = [word for words in by_line for word in words]
        self.words = _lower(self.printed)
        self.is_accounted = bytearray(len(self.words))

    def find(self, words: Words, line: int | None = None) -> int | None:
        """Where the words stand, at the line if they do, where they are not accounted for if they do; else anywhere."""
        places = list(self._places(words))
        if line is not None and line < len(self.starts):
            first, last = self.starts[line - 1], self.starts[line]
            there = [at for at in places if first <= at < last]
            if there:
                places = there
        free = [at for at in places if not any(self.is_accounted[at : at + len(words)])]
        return next(iter(free or places), None)

    def account(self, words: Words, line: int | None = None) -> bool:
        """Takes the words as explained; False if they don't stand in the source."""
        at = self.find(words, line)
        if at is None:
            return False
        self.is_accounted[at : at + len(words)] = b"\1" * len(words)
        return True

    def account_lines(self, words: Words) -> bool:
        """Takes whole lines of the words as explained, if none are yet; False if the words stand nowhere."""
        places = list(self._places(words))
        if not any(all(self.is_accounted[at : at + len(words)]) for at in places):
            bounds = set(self.starts)
            for at in places:
                if {at, at + len(words)} <= bounds and not any(self.is_accounted[at : at + len(words)]):
                    self.is_accounted[at : at + len(words)] = b"\1" * len(words)
                    break
        return bool(places)

    def left(self) -> list[int]:
        """The places of the words that nothing accounts for yet."""
        return [at for at, is_accounted in enumerate(self.is_accounted) if not is_accounted]

    def place(self, at: int) -> Position:
        """Line and column of a word in the file."""
        if not self.words:
            return Position()
        at = min(at, len(self.words) - 1)
        line = max(number for number, start in enumerate(self.starts[:-1], 1) if start <= at)
        found = list(_WORD.finditer(unified(self.received.lines[line - 1])))
        return self.received.locate(line, found[at - self.starts[line - 1]].start() + 1)

    def _places(self, words: Words) -> Iterator[int]:
        first = words[0]
        at = -1
        while True:
            try:
                at = self.words.index(first, at + 1)
            except ValueError:
                return
            if tuple(self.words[at : at + len(words)]) == words:
                yield at


class _Places:
    """Where words of the article stand in its file."""

    def __init__(self, article: Article, lines: Callable[[], Sequence[str]]) -> None:
        self.article = article
        self._lines = lines

    def of(self, number: int) -> Position:
        """Of a word of the body, counted from 0; behind the last word: of the last."""
        blocks = self.article.body
        for block in blocks:
            count = len(_words(block.text))
            if number < count or block is blocks[-1]:
                return self._in_block(block, min(number, max(count - 1, 0)))
            number -= count
        return self.article.origin.body

    def _in_block(self, block: Block, number: int) -> Position:
        lines = self._lines()
        for line in range(block.line, len(lines) + 1):
            found = list(_WORD.finditer(unified(nfc(lines[line - 1]))))
            if number < len(found):
                return Position(line, found[number].start() + 1)
            number -= len(found)
        return Position(block.line, 1)


def _words(text: str) -> Words:
    return tuple(_lower(_WORD.findall(unified(text))))


def _lower(words: Sequence[str]) -> list[str]:
    return " ".join(words).lower().split()


def _front_matter(article: Article, source: _Source) -> Iterator[_Difference]:
    """Accounts for what the front matter tells of the source; gives what it tells and the source has not."""
    for index, change in enumerate(article.changes):
        yield from _change(f"changes.{index}.text", change, source)
    if article.title_by != "editor":
        yield from _printed("title", article.title, source)
    elif words := _words(article.title):
        source.account_lines(words)
    for index, caption in enumerate(article.captions):
        yield from _printed(f"captions.{index}.text", caption.text, source)
        if caption.credit:
            yield from _printed(f"captions.{index}.credit", caption.credit, source)
    for index, name in enumerate(article.byline):
        yield from _printed(f"byline.{index}", name, source)


def _change(place: str, change: Change, source: _Source) -> Iterator[_Difference]:
    """What was left out or put elsewhere was there; what was joined is in the body, what was added never was there."""
    words = _words(change.text or "")
    if not words or change.action not in ("dropped", "moved"):
        return
    if not source.account(words, change.line) and not _is_said(words, source):
        yield _missing(place, change.text or "", words, source)


def _printed(place: str, text: str, source: _Source) -> Iterator[_Difference]:
    words = _words(text)
    if words and not source.account_lines(words) and not _is_said(words, source):
        yield _missing(place, text, words, source)


def _is_said(words: Words, source: _Source) -> bool:
    """Whether the page says it outside of its text, or the text says it with words run together (`hợpẢnh`)."""
    if any(_holds(_words(said), words) for said in source.received.said):
        return True
    letters = "".join(words)
    return len(letters) >= _FEWEST_LETTERS and letters in "".join(source.words)


def _missing(place: str, text: str, words: Words, source: _Source) -> _Difference:
    """With the words of the source that are most like them, where some are; no more is asked of these."""
    at, like = _most_like(words, source)
    if at is not None:
        source.is_accounted[at : at + len(like)] = b"\1" * len(like)
    return _Difference(text, " ".join(like), at, place)


def _most_like(words: Words, source: _Source) -> tuple[int | None, Sequence[str]]:
    """The line of the source that shares most words, if that is half of them; its words from the first shared one."""
    wanted, best, most = set(words), None, len(words) / 2
    for line, start in enumerate(source.starts[:-1]):
        shared = len(wanted.intersection(source.words[start : source.starts[line + 1]]))
        if shared > most:
            best, most = line, shared
    if best is None:
        return None, ()
    start, end = source.starts[best], source.starts[best + 1]
    first = next(at for at in range(start, end) if source.words[at] in wanted)
    return first, source.printed[first : min(end, first + len(words))]


@dataclass(slots=True)
class _Hunk:
    """Words `first` to `last` of what is left of the source stand for words `start` to `end` of the body."""

    first: int
    last: int
    start: int
    end: int


def _body(article: Article, source: _Source) -> Iterator[_Difference]:
    left = source.left()
    there = [source.words[at] for at in left]
    printed = [word for block in article.body for word in _WORD.findall(unified(block.text))]
    here = _lower(printed)
    if there == here:
        return
    allowed = _Allowed.of(article)
    hunks = [hunk for hunk in _hunks(there, here) if not _is_told(hunk, there, here, allowed)]
    moved = _moved(hunks, there, here)
    for hunk in _together([hunk for hunk in hunks if id(hunk) not in moved]):
        if hunk.start == hunk.end and not may_be_compared(article):
            continue
        yield _Difference(
            _shown(printed, hunk.start, hunk.end),
            _shown([source.printed[at] for at in left], hunk.first, hunk.last),
            left[min(hunk.first, len(left) - 1)] if left else None,
            number=hunk.start,
        )


def _hunks(there: Sequence[str], here: Sequence[str]) -> Iterator[_Hunk]:
    """What differs; a text that is long and differs much is one difference."""
    same = 0
    for one, other in zip(there, here, strict=False):
        if one != other:
            break
        same += 1
    tail = 0
    while tail < min(len(there), len(here)) - same and there[-1 - tail] == here[-1 - tail]:
        tail += 1
    a, b = there[same : len(there) - tail], here[same : len(here) - tail]
    if len(a) * len(b) > _LARGEST_COMPARISON:
        yield _Hunk(same, same + len(a), same, same + len(b))
        return
    for tag, first, last, start, end in SequenceMatcher(None, a, b).get_opcodes():
        if tag != "equal":
            yield _Hunk(same + first, same + last, same + start, same + end)


@dataclass(frozen=True, slots=True)
class _Allowed:
    """What the article says of differences: words before and after a correction, and words that were added."""

    corrected: Sequence[tuple[Words, Words]]
    added: Sequence[Words]
    headings: Sequence[Words]
    adds_headings: bool
    printed: Sequence[Words]  # what stands elsewhere in the article: longest first

    @classmethod
    def of(cls, article: Article) -> _Allowed:
        added = [change for change in article.changes if change.action == "added"]
        return cls(
            corrected=[(_words(one.before or ""), _words(one.after or "")) for one in article.corrections],
            added=[_words(change.text or "") for change in added],
            headings=[_words(block.text) for block in article.body if block.kind is BlockKind.HEADING],
            adds_headings=any(change.kind == "heading" and not change.text for change in added),
            printed=sorted(map(_words, _elsewhere(article)), key=len, reverse=True),
        )

    def covers(self, lost: Words, words: Words) -> bool:
        """Whether the article itself says that words of the source gave way to these."""
        if any(_holds(before, lost) and _holds(after, words) for before, after in self.corrected if before or after):
            return True
        if lost:
            return not words and self._stands_elsewhere(lost)
        return any(_holds(added, words) for added in self.added) or (self.adds_headings and words in self.headings)

    def _stands_elsewhere(self, lost: Words) -> bool:
        """Whether these are words of the headline, a caption, a credit or an author, with no more than a label."""
        rest, taken = f" {' '.join(lost)} ", 0
        for words in self.printed:
            if words and (found := f" {' '.join(words)} ") in rest:
                rest, taken = rest.replace(found, " ", 1), taken + 1
        return taken > 0 and len(rest.split()) <= _LABEL


def _elsewhere(article: Article) -> Iterator[str]:
    """What the article prints that is not in its body."""
    yield article.title
    for caption in article.captions:
        yield caption.text
        yield caption.credit or ""
    yield from article.byline


def _is_told(hunk: _Hunk, there: Sequence[str], here: Sequence[str], allowed: _Allowed) -> bool:
    """Whether the difference is none: words parted or joined (a drop cap, say), or what the article tells itself."""
    lost, words = tuple(there[hunk.first : hunk.last]), tuple(here[hunk.start : hunk.end])
    return "".join(lost) == "".join(words) or allowed.covers(lost, words)


def _holds(whole: Words, part: Words) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(whole)} " if part else True


def _moved(hunks: Iterable[_Hunk], there: Sequence[str], here: Sequence[str]) -> set[int]:
    """Differences that cancel each other: words that stand elsewhere."""
    lost: dict[Words, list[_Hunk]] = {}
    moved: set[int] = set()
    hunks = list(hunks)
    for hunk in hunks:
        if hunk.start == hunk.end and hunk.last - hunk.first >= _FEWEST_MOVED:
            lost.setdefault(tuple(there[hunk.first : hunk.last]), []).append(hunk)
    for hunk in hunks:
        if hunk.first == hunk.last and (same := lost.get(tuple(here[hunk.start : hunk.end]))):
            moved |= {id(hunk), id(same.pop())}
    return moved


def _together(hunks: Iterable[_Hunk]) -> Iterator[_Hunk]:
    """Differences with hardly a word between them are one."""
    held: _Hunk | None = None
    for hunk in hunks:
        if held is not None and hunk.start - held.end < _NEAR and hunk.first - held.last < _NEAR:
            held = _Hunk(held.first, hunk.last, held.start, hunk.end)
            continue
        if held is not None:
            yield held
        held = hunk
    if held is not None:
        yield held


def _shown(words: Sequence[str], start: int, end: int) -> str:
    """The words, with some around them where they are few; empty where there are none."""
    if start == end:
        return ""
    shown = list(words[start : min(end, start + _SHOWN)])
    before, behind = words[max(0, start - _AROUND) : start], words[end : end + _AROUND]
    return " ".join([*before, *shown, *(["…"] if end - start > _SHOWN else behind)])


def _tell(article: Article, found: _Difference, source: _Source, places: _Places, report: Report) -> None:
    position = article.origin.at(found.place) if found.place else places.of(found.number)
    at = source.place(found.at) if found.at is not None else Position()
    where = f"{source.received.shown}:{at.line}:{at.column}"
    if not found.words:
        report.add("source-not-in-text", article.origin.path, position, words=found.lost, source=where)
        return
    report.add("text-not-in-source", article.origin.path, position, words=found.words, source=where, printed=found.lost)
