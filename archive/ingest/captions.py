"""Photo captions between the paragraphs of a report.

In: a line, or lines. Out: the caption and the photographer it names, or None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.ingest.lines import Line
from archive.ingest.noise import LONGEST_LINE, Noise, end_of

_LONGEST_UNMARKED = 320
_LONGEST_AFTER_IMAGE = 300
_LONGEST_LAST = 100
_LONGEST_LAST_LINE = 160
_FEWEST_LAST_WORDS = 5
_BULLETS = "\u2022\u00b7\u25cf "


@dataclass(frozen=True, slots=True)
class FoundCaption:
    """A caption, its photographer, and the lines it was printed on."""

    text: str
    credit: str | None
    lines: tuple[Line, ...]


def find_caption(
    lines: Sequence[Line], at: int, after_image: frozenset[int], noise: Noise, closed: bool = False
) -> FoundCaption | None:
    """The caption that begins at a line: one line, two of which the first ends in `;`, a credit below.

    `closed`: the report is known to end behind these lines, so the last of them can't be a sentence cut short.
    """
    line = lines[at]
    following = lines[at + 1] if at + 1 < len(lines) else None
    found = read_caption(line.text, noise, line.number in after_image)
    used: tuple[Line, ...] = (line,)
    if found is None and _is_person_alone(lines, at, noise):
        found = (line.text, None)
    if following is None and closed and found is None and at and _is_last_unstopped(line):
        found = (line.text, None)
    if following is None and not closed and found == (line.text, None) and _may_be_cut(line, noise):
        return None
    if found is None and following and not following.gap and line.text[-1] in ";,":
        found = read_caption(f"{line.text} {following.text}", noise)
        used = (line, following)
    if found is None and following and _may_be_credited(line, noise) and _credit_alone(following, noise):
        found = (line.text, None)
    if found is None:
        return None
    text, credit = found
    after = at + len(used)
    if credit is None and after < len(lines) and (alone := _credit_alone(lines[after], noise)):
        return FoundCaption(text, alone, (*used, lines[after]))
    return FoundCaption(text, credit, used)


def marked_caption(lines: Sequence[Line], at: int, marks: Mapping[int, str], noise: Noise) -> FoundCaption:
    """The caption that a page's mark-up says a line is; the credit may be a caption line of its own below."""
    line = lines[at]
    text = line.text.strip(_BULLETS + "|") or line.text
    label = noise.find("caption-label", text)
    words, credit = _without_credit(text[label.end() :].rstrip(")") if label else text, noise)
    following = lines[at + 1] if at + 1 < len(lines) else None
    if credit is None and following and marks.get(following.number) == "caption":
        alone = _credit_alone(following, noise)
        if alone:
            return FoundCaption(words or text, alone, (line, following))
    return FoundCaption(words or text, credit, (line,))


def read_caption(text: str, noise: Noise, after_image: bool = False) -> tuple[str, str | None] | None:
    """The words of a caption and its credit, or None for a line that is no caption."""
    if len(text) > LONGEST_LINE:
        return None
    text = text.lstrip(_BULLETS)
    if not text:
        return None
    if label := noise.find("caption-label", text):
        words, credit = _without_credit(text[label.end() :].rstrip(")"), noise)
        return (words, credit) if words else None
    words, credit = _without_credit(text, noise)
    if credit and words:
        return words, credit
    line = Line(0, text)
    if after_image and len(text) <= _LONGEST_AFTER_IMAGE and line.is_one_sentence:
        return text, None
    if len(text) > _LONGEST_UNMARKED or not line.is_one_sentence or noise.has("not-caption", text):
        return None
    group = "caption-stopped" if line.is_stopped else "caption"
    return (text, None) if text[-1] not in ":;," and noise.has(group, text) else None


def _is_person_alone(lines: Sequence[Line], at: int, noise: Noise) -> bool:
    """A line that only names a person and what is seen, unless it is one of a list of people."""
    if at + 1 >= len(lines) or not _is_weak(lines[at], noise):
        return False
    listed = at > 0 and lines[at - 1].text[-1] in ":;,"
    beside = [lines[near] for near in (at - 1, at + 1) if near >= 0]
    return not listed and not any(_is_weak(line, noise) and read_caption(line.text, noise) is None for line in beside)


def _is_weak(line: Line, noise: Noise) -> bool:
    return (
        len(line.text) <= _LONGEST_UNMARKED
        and line.text[-1] not in ":;,"
        and not line.is_stopped
        and line.is_one_sentence
        and noise.has("caption-weak", line.text)
        and not noise.has("not-caption", line.text)
    )


def _may_be_cut(line: Line, noise: Noise) -> bool:
    """The last line of all, without a stop: rather a sentence that was cut than a long caption."""
    if line.is_stopped:
        return False
    is_long = len(line.text) > _LONGEST_LAST and not noise.has("caption-whole", line.text)
    return is_long or noise.has("open-end", line.text)


def _may_be_credited(line: Line, noise: Noise) -> bool:
    """Whether a credit on the next line can be this line's: a long sentence is a paragraph all the same."""
    longest = _LONGEST_LAST if line.is_stopped else _LONGEST_UNMARKED
    return len(line.text) <= longest and not (line.is_stopped and noise.has("not-caption", line.text))


def _is_last_unstopped(line: Line) -> bool:
    """A line between the text and its author's name that is no sentence: nothing but a caption stands there."""
    return (
        len(line.text) <= _LONGEST_LAST_LINE
        and len(line.text.split()) >= _FEWEST_LAST_WORDS
        and line.text[0].isupper()
        and line.text[-1] not in ":;,"
        and not line.is_stopped
        and line.is_one_sentence
    )


def _without_credit(text: str, noise: Noise) -> tuple[str, str | None]:
    match = noise.find("credit", text)
    if match is None:
        return text, None
    start, end = next((match.start(name), match.end(name)) for name, value in match.groupdict().items() if value)
    offset = end_of(text, match) - match.start()
    return text[: end_of(text, match)].rstrip(), text[offset + start : offset + end].strip()


def _credit_alone(line: Line, noise: Noise) -> str | None:
    match = noise.find("credit-alone", line.text)
    return line.text[match.start("credit") : match.end("credit")].strip() if match else None
