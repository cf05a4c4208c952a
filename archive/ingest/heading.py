"""The headline of a report, and the headings inside it.

In: lines. Out: the headline or None, and whether a line is a heading.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.ingest.captions import read_caption
from archive.ingest.lines import Line, drop, move, without, word_key
from archive.ingest.noise import Noise
from archive.model.records import Change

_LONGEST_TITLE = 260
_LONGEST_HEADING = 160
_LONGEST_CRUMB = 30  # a word or two left over from the page's frame above the headline
_LONGEST_STOPPED = 100
_FEWEST_WORDS = 3
_NO_END = ".;,:"
_TOP = 4
_SAME_TITLE = 0.9


def take_title(lines: list[Line], known: str | None, noise: Noise) -> tuple[str | None, list[Line], list[Change]]:
    """The headline, the lines without it, and the changes; `known` is the headline a page's metadata gives."""
    if known:
        return _known_title(lines, known, noise)
    for at, line in enumerate(lines[:_TOP]):
        if is_title(lines, at, noise):
            above = lines[:at]
            changes = [*(drop(crumb, "section") for crumb in above), move(line, "title")]
            return line.text, without(lines, {line.number for line in lines[: at + 1]}), changes
        if len(line.text) > _LONGEST_CRUMB or line.is_stopped or noise.has("lede", line.text):
            break
    return None, lines, []


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
        len(text) <= _LONGEST_HEADING
        and len(text.split()) >= _FEWEST_WORDS
        and (text[0].isupper() or text[0].isdigit())
        and text[-1] not in _NO_END + "!?…"
        and not line.is_stopped
        and len(following.text) > len(text)
        and (following.is_stopped or len(following.text) > _LONGEST_HEADING)
        and not noise.has("open-end", text)
    )


def _known_title(lines: list[Line], known: str, noise: Noise) -> tuple[str, list[Line], list[Change]]:
    key = word_key(known)
    for line in lines[:_TOP]:
        if len(line.text) <= 2 * _LONGEST_TITLE and _same(word_key(line.text), key):
            return known, without(lines, {line.number}), [drop(line, "title", noise.note("title-of-page"))]
    return known, lines, []


def _same(one: str, two: str) -> bool:
    return one == two or (len(one) > _SAME_TITLE * len(two) and two.startswith(one))


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
