"""Other reports in the same page: told, offered, and left out where the first has surely ended.

In: lines below the head. Out: the lines of the first report, what was cut, and each other report with its lines.

A page may carry a second report behind the first (its own headline and dated lede), or end with a short one in a
starred paragraph ("* Cùng ngày, …"). Only behind an end mark or an author's name is it cut; elsewhere it stays in the
text, and a person is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from archive.ingest.byline import is_signature
from archive.ingest.captions import read_caption
from archive.ingest.heading import is_title
from archive.ingest.lines import Line, drop
from archive.ingest.noise import Noise
from archive.model.draft import OtherReport, Unsure
from archive.model.records import Change

_SHORTEST = 3
_PARAGRAPH = 60
_SAID = 160


@dataclass(frozen=True, slots=True)
class Stories:
    """The first report's lines, what was cut from them, and the others."""

    lines: list[Line]
    changes: list[Change]
    others: tuple[OtherReport, ...]

    def doubts(self) -> Iterator[Unsure]:
        """A person is asked about each other report: it may be an event of its own."""
        for other in self.others:
            yield Unsure("event", f"{other.first}-{other.last}", "second-report", other.words)


def part_stories(lines: list[Line], ended: Set[int], noise: Noise) -> Stories:
    """`ended` holds the numbers of lines with an end mark."""
    cut = _second_story(lines, ended, noise)
    kept, gone = lines[:cut], lines[cut:]
    others = [_other(kept, start, end, is_cut=False) for start, end in _told_inside(kept, noise)]
    if gone:
        others.append(_other(gone, 0, len(gone), is_cut=True))
    return Stories(kept, [drop(line, "second-story") for line in gone], tuple(others))


def _second_story(lines: Sequence[Line], ended: Set[int], noise: Noise) -> int:
    """Where a second report begins behind the end of the first, or the number of lines.

    Ended: an end mark or the author's name stands right before. Begins: the line can only be a headline and a dated
    lede follows it.
    """
    for at in range(_SHORTEST, len(lines) - 1):
        before = lines[at - 1]
        has_ended = before.number in ended or (is_signature(before, noise) and len(lines[at - 2].text) >= _PARAGRAPH)
        if has_ended and _begins_with_headline(lines, at, noise):
            return at
    return len(lines)


def _told_inside(lines: Sequence[Line], noise: Noise) -> Iterator[tuple[int, int]]:
    """Other reports that stay in the text: from where to where."""
    starts = [at for at in range(1, len(lines)) if _begins_another(lines, at, noise)]
    for start, end in pairwise([*starts, len(lines)]):
        yield start, end if _begins_with_headline(lines, start, noise) else start + 1


def _begins_another(lines: Sequence[Line], at: int, noise: Noise) -> bool:
    line = lines[at]
    if len(line.text) >= _PARAGRAPH and noise.has("other-report", line.text):
        return True
    is_below = at >= _SHORTEST - 1 and lines[at - 1].is_stopped
    return is_below and _begins_with_headline(lines, at, noise) and read_caption(line.text, noise) is None


def _begins_with_headline(lines: Sequence[Line], at: int, noise: Noise) -> bool:
    if at + 1 >= len(lines):
        return False
    following = lines[at + 1]
    is_lede = noise.has("lede", following.text) or noise.has("agency", following.text)
    return len(following.text) >= _PARAGRAPH and is_lede and is_title(lines, at, noise)


def _other(lines: Sequence[Line], start: int, end: int, *, is_cut: bool) -> OtherReport:
    return OtherReport(lines[start].number, lines[end - 1].number, lines[start].text[:_SAID], is_cut)
