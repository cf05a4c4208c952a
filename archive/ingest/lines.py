"""The lines of a received text, each with its number and the blank lines before it.

In: the text as received. Out: `Line`s with one space between words, and what was done to get there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archive.ingest.noise import Noise
from archive.language.spelling import comparable
from archive.model.records import Change

SENTENCE_ENDS = ".!?…"
_CLOSING = "\"'”’»)]"
_LISTED_LINES = 20
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that isn't blank: its number in the received text and the blank lines before it.

    `is_row`: cells parted by tabs; `is_barred`: it stood between the bars of a table.
    """

    number: int
    text: str
    gap: int = 0
    is_row: bool = False
    is_barred: bool = False

    @property
    def is_stopped(self) -> bool:
        """Whether it ends as a sentence ends, closing quotes and brackets aside."""
        return self.text.rstrip(_CLOSING)[-1:] in SENTENCE_ENDS

    @property
    def is_one_sentence(self) -> bool:
        """Whether no sentence ends inside it, as far as can be seen without a list of abbreviations."""
        inside = self.text[:-1]
        starts = (at + 2 for at in range(len(inside) - 2) if inside[at] in SENTENCE_ENDS and inside[at + 1] == " ")
        return not any(inside[start].isupper() and not _is_abbreviation(inside, start - 2) for start in starts)


Step = tuple[list[Line], list[Change]]


def read_lines(text: str, noise: Noise) -> Step:
    """The lines that aren't blank; one change names the lines whose spaces were mended."""
    lines: list[Line] = []
    mended: list[int] = []
    gap = 0
    for number, raw in enumerate(text.split("\n"), 1):
        one_space = " ".join(raw.split())
        if not one_space:
            gap += 1
            continue
        if one_space != raw.strip(" "):
            mended.append(number)
        lines.append(Line(number, one_space, gap, is_row="\t" in raw.strip()))
        gap = 0
    return lines, _mended(mended, noise)


def without(lines: Iterable[Line], changes: Iterable[Change]) -> list[Line]:
    """The lines that no change drops or moves as a whole; a dropped line leaves a gap.

    A line is known by number and words, for two may share a number: a headline and the lede glued to it.
    """
    gone = {(change.line, change.text) for change in changes}
    kept: list[Line] = []
    gap = 0
    for line in lines:
        if (line.number, line.text) in gone:
            gap += line.gap + 1
            continue
        kept.append(replace(line, gap=line.gap + gap) if gap else line)
        gap = 0
    return kept


def drop(line: Line, kind: str, note: str | None = None) -> Change:
    return Change(action="dropped", kind=kind, text=line.text, line=line.number, note=note)


def move(line: Line, kind: str, note: str | None = None) -> Change:
    return Change(action="moved", kind=kind, text=line.text, line=line.number, note=note)


def word_key(text: str) -> str:
    """Letters and digits alone, in the form names are compared in."""
    return _NOT_LETTERS.sub("", comparable(text))


def _mended(numbers: Sequence[int], noise: Noise) -> list[Change]:
    if not numbers:
        return []
    listed = ", ".join(map(str, numbers[:_LISTED_LINES]))
    if len(numbers) > _LISTED_LINES:
        listed = noise.note("spaces-more", lines=listed, count=len(numbers) - _LISTED_LINES)
    return [Change(action="dropped", kind="spaces", text=None, line=None, note=noise.note("spaces", lines=listed))]


def _is_abbreviation(text: str, stop: int) -> bool:
    """`TP. Huế`, `L. Phương`: a stop after at most two letters that begin with a capital."""
    start = text.rfind(" ", max(0, stop - 4), stop) + 1
    word = text[start:stop] if start or stop <= 3 else ""
    return 0 < len(word) <= 3 and word[0].isupper()
