"""A second report glued on behind the first.

In: lines. Out: the lines of the first report, and what was cut.
"""

from __future__ import annotations

from collections.abc import Set

from archive.ingest.byline import is_signature
from archive.ingest.heading import is_title
from archive.ingest.lines import Line, Step, drop
from archive.ingest.noise import Noise

_SHORTEST = 3
_PARAGRAPH = 60


def drop_second_story(lines: list[Line], ended: Set[int], noise: Noise) -> Step:
    """Cut at a headline if the first report has surely ended and a second one surely begins.

    `ended` holds the numbers of lines with an end mark. Ended: an end mark or the author's name
    stands right before. Begins: the line can only be a headline and a dated lede follows it.
    """
    for at in range(_SHORTEST, len(lines) - 1):
        before, following = lines[at - 1], lines[at + 1]
        has_ended = before.number in ended or (is_signature(before, noise) and len(lines[at - 2].text) >= _PARAGRAPH)
        if has_ended and _begins_story(following, noise) and is_title(lines, at, noise):
            return lines[:at], [drop(line, "second-story") for line in lines[at:]]
    return lines, []


def _begins_story(line: Line, noise: Noise) -> bool:
    return len(line.text) >= _PARAGRAPH and (noise.has("lede", line.text) or noise.has("agency", line.text))
