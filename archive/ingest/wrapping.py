"""Lines that a break has cut in two, joined again.

In: lines. Out: lines of which each is a paragraph, a heading, a caption …, and each join.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from archive.ingest.byline import is_signature
from archive.ingest.lines import Line, Step
from archive.ingest.noise import Noise
from archive.ingest.page_dates import read_page_date
from archive.model.records import Change

_WIDEST = 160
_LONGEST_DAY = 80
_FEWEST = 6
_FEWEST_FILLED = 4
_SHARE = 0.7
_FIRST_WORD = re.compile(r"\S{1,40}")


def join_lines(lines: list[Line], noise: Noise) -> Step:
    """With each line joined to the one before that it goes on with."""
    width = wrapped_at(lines)
    joined: list[Line] = []
    parts: list[list[str]] = []
    changes: list[Change] = []
    before: Line | None = None
    for line in lines:
        if before is not None and _goes_on(before, line, width, noise):
            parts[-1].append(line.text)
            changes.append(
                Change("joined", "line-break", line.text, line.number, noise.note("joined", line=before.number))
            )
        else:
            joined.append(line)
            parts.append([line.text])
        before = line
    whole = [replace(line, text=" ".join(texts)) for line, texts in zip(joined, parts, strict=True)]
    return whole, changes


def wrapped_at(lines: Sequence[Line]) -> int | None:
    """The width at which the whole text was wrapped, or None for a text whose lines are paragraphs.

    In a wrapped text the first word of nearly every line that no stop ends would not have fitted on the line
    before; and some such lines there are.
    """
    pairs = [(before, line) for before, line in pairwise(lines) if not line.gap]
    if len(pairs) < _FEWEST:
        return None
    widths = sorted(len(before.text) for before, _ in pairs)
    width = widths[len(widths) * 9 // 10]
    if width > _WIDEST:
        return None
    running = [(before, line) for before, line in pairs if not before.is_stopped]
    filled = sum(_is_filled(before, line, width - width // 8) for before, line in running)
    return width if filled >= _FEWEST_FILLED and filled >= _SHARE * len(running) else None


def _goes_on(before: Line, line: Line, width: int | None, noise: Noise) -> bool:
    if _stands_alone(before, line, noise):
        return False
    if width is not None and not line.gap and _is_filled(before, line, width - width // 16):
        return not _begins_anew(before, line, width, noise)
    if before.is_stopped or before.text[-1] == ":":
        return False
    if line.text[0].islower():
        return _goes_on_small(before, line, noise)
    is_cut = not line.gap and line.text[0].isupper() and noise.has("open-end", before.text)
    return is_cut and not noise.has("lede", line.text) and not _ends_in_unit(before, line, noise)


def _ends_in_unit(before: Line, line: Line, noise: Noise) -> bool:
    """ "… với lãnh đạo thị xã" is whole unless a name follows: "Nghĩa Hành", not "Người dân"."""
    second = line.text.split(" ", 2)[1:2]
    return noise.has("open-unit", before.text) and second != [] and second[0][0].islower()


def _goes_on_small(before: Line, line: Line, noise: Noise) -> bool:
    """A small letter goes on with the line above, but not with capitals, and `danvan.vn - Sáng …` begins a report."""
    if before.text.isupper() or noise.has("agency", line.text):
        return False
    return line.gap < 2 or not noise.has("caption", before.text)


def _stands_alone(before: Line, line: Line, noise: Noise) -> bool:
    """Items, rows, cells of a table and days of the page go on with nothing."""
    if not before.text or before.is_row or line.is_row or line.is_barred or noise.has("not-joined", line.text):
        return True
    if len(line.text) <= _LONGEST_DAY and read_page_date(line, noise):
        return True
    return len(before.text) <= _LONGEST_DAY and line.gap > 0 and is_signature(before, noise)


def _begins_anew(before: Line, line: Line, width: int, noise: Noise) -> bool:
    """Whether a full line is nevertheless the last of a headline or a paragraph."""
    if not before.is_stopped:
        return noise.has("lede", line.text) and not noise.has("open-end", before.text)
    if is_signature(line, noise) or noise.has("begins-paragraph", line.text):
        return True
    return len(before.text) < width - width // 8 and line.text[0].isupper()


def _is_filled(before: Line, line: Line, width: int) -> bool:
    first = _FIRST_WORD.match(line.text)
    return len(before.text) + 1 + (len(first[0]) if first else 0) > width
