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
    if at + 1 >= len(lines):
        return False
    text = lines[at].text
    return _has_form_of_title(lines, at, noise) and not (
        noise.has("not-joined", text)
        or noise.has("lede", text)
        or noise.has("agency", text)
        or _is_byline(text, noise)
        or _is_caption(lines[at], noise)
    )


def _has_form_of_title(lines: Sequence[Line], at: int, noise: Noise) -> bool:
    text = lines[at].text
    if len(text) > _LONGEST_TITLE or len(text.split()) < _FEWEST_WORDS or text[0].islower():
        return False
    is_open = text[-1] not in _NO_END or text.endswith("...")
    return (is_open or _is_stopped_headline(lines, at, noise)) and lines[at].is_one_sentence


def _is_caption(line: Line, noise: Noise) -> bool:
    is_one = not line.text.isupper() and read_caption(line.text, noise) is not None
    return is_one and not _has_captions_words_only(line, noise)


def is_heading(lines: Sequence[Line], at: int, noise: Noise) -> bool:
    """Whether a line inside the text is a heading: short, no sentence, and a paragraph follows it."""
    if not 0 <= at < len(lines) - 1:
        return False
    line, following = lines[at], lines[at + 1]
    is_above_text = following.is_stopped or len(following.text) > _LONGEST_HEADING
    return (
        _has_form_of_heading(line)
        and is_above_text
        and len(following.text) > len(line.text)
        and not noise.has("open-end", line.text)
    )


def _has_form_of_heading(line: Line) -> bool:
    text = line.text
    if line.is_row or line.is_barred or line.is_stopped or text[-1] in _NO_END + "!?…":
        return False
    is_short = len(text) <= _LONGEST_HEADING and len(text.split()) >= _FEWEST_WORDS
    return is_short and (text[0].isupper() or text[0].isdigit())


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
