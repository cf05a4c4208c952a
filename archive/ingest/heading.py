"""Headings inside a report, and lines below it that can only be another report's headline.

In: lines. Out: whether one of them is a heading or a headline.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.ingest.captions import read_caption
from archive.ingest.lines import Line
from archive.ingest.noise import Noise

_LONGEST_TITLE = 260
_LONGEST_HEADING = 160
_LONGEST_STOPPED = 100
_FEWEST_WORDS = 3
_NO_END = ".;,:"


def is_title(lines: Sequence[Line], at: int, noise: Noise) -> bool:
    """Whether a line can only be a headline: no sentence, no lede, no caption, and a text follows."""
    line = lines[at]
    text = line.text
    return (
        len(text) <= _LONGEST_TITLE
        and len(text.split()) >= _FEWEST_WORDS
        and at + 1 < len(lines)
        and not text[0].islower()
        and (text[-1] not in _NO_END or text.endswith("...") or _is_stopped_headline(lines, at, noise))
        and line.is_one_sentence
        and not noise.has("not-joined", text)
        and not noise.has("lede", text)
        and not noise.has("agency", text)
        and not _is_byline(text, noise)
        and (text.isupper() or read_caption(text, noise) is None or _has_captions_words_only(line, noise))
    )


def is_heading(lines: Sequence[Line], at: int, noise: Noise) -> bool:
    """Whether a line inside the text is a heading: short, no sentence, and a paragraph follows it."""
    if not 0 <= at < len(lines) - 1:
        return False
    line, following = lines[at], lines[at + 1]
    text = line.text
    return (
        not line.is_row
        and not line.is_barred
        and len(text) <= _LONGEST_HEADING
        and len(text.split()) >= _FEWEST_WORDS
        and (text[0].isupper() or text[0].isdigit())
        and text[-1] not in _NO_END + "!?…"
        and not line.is_stopped
        and len(following.text) > len(text)
        and (following.is_stopped or len(following.text) > _LONGEST_HEADING)
        and not noise.has("open-end", text)
    )


def _is_byline(text: str, noise: Noise) -> bool:
    return noise.has("byline", text) or (noise.has("pen-name", text) and not noise.has("not-pen", text))


def _is_stopped_headline(lines: Sequence[Line], at: int, noise: Noise) -> bool:
    """Some papers put a stop behind a headline; then a dated lede must follow."""
    following = lines[at + 1].text
    is_short = len(lines[at].text) <= _LONGEST_STOPPED and lines[at].text[-1] == "."
    return is_short and (noise.has("lede", following) or noise.has("agency", following))


def _has_captions_words_only(line: Line, noise: Noise) -> bool:
    """ "Ban Dân vận Tỉnh ủy làm việc với huyện B": a caption by its words, a headline by its place."""
    return not line.is_stopped and not noise.has("scene", line.text) and not noise.has("credit", line.text)
