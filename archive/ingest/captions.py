"""Photo captions between the paragraphs of a report.

In: lines. Out: the caption that begins at a line and the photographer it names, or None.

A label ("Trong ảnh: …") or a credit ("Ảnh: …") decides by itself. Any other line is weighed: what speaks for a caption,
for a heading and for a sentence of the report are signs with weights of `caption` in site-config/noise.yml.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from archive.ingest.lines import Line
from archive.ingest.noise import LONGEST_LINE, Noise, end_of

_LONGEST_UNMARKED = 320
_SHORT, _LONG = 100, 130
_LONGEST_LAST = 100
_LONGEST_LAST_LINE = 160
_FEWEST_WORDS = 5
_GROUPS = {
    "scene": "caption-scene",
    "act": "caption-act",
    "deed": "caption-deed",
    "at-event": "caption-whole",
    "placed": "caption-placed",
    "two-deeds": "caption-two-deeds",
    "numbered": "picture-number",
    "sentence": "not-caption",
    "past": "caption-past",
    "dated": "lede",
    "item": "not-joined",
}
"""Signs that a group of patterns shows."""
_BULLETS = "\u2022\u00b7\u25cf: "
_LISTING = ":;,"
_MARKS = "\"'.,;:!?()[]“”‘’…-–"


@dataclass(frozen=True, slots=True)
class FoundCaption:
    """A caption, its photographer, the lines it was printed on, and the signs by which it was told."""

    text: str
    credit: str | None
    lines: tuple[Line, ...]
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around the lines: those after a picture, and where an author's name ends the report."""

    pictured: frozenset[int] = frozenset()
    doubled: frozenset[int] = frozenset()
    """Numbers of the lines that the next line repeats: alt text and caption."""
    closed_at: int = 0
    """The number of the line with the author's name, 0 if there is none."""
    ended: frozenset[int] = frozenset()
    """Numbers of the lines that an end mark ended."""
    names: Counter[str] = field(default_factory=Counter)
    """In how many lines of the report each pair of capitalised words stands."""


def count_names(lines: Sequence[Line]) -> Counter[str]:
    """Pairs of neighbouring capitalised words, most of them of names, each with the number of lines it stands in."""
    return Counter(pair for line in lines for pair in set(_names(line.text)))


def _names(text: str) -> Iterator[str]:
    words = [word.strip(_MARKS) for word in text.split()]
    return (f"{one} {two}" for one, two in pairwise(words) if one[:1].isupper() and two[:1].isupper())


def find_caption(lines: Sequence[Line], at: int, around: Surroundings, noise: Noise) -> FoundCaption | None:
    """The caption that begins at a line: one line, two of which the first ends in `;`, a credit below."""
    line = lines[at]
    following = lines[at + 1] if at + 1 < len(lines) else None
    if following and _goes_on_with_post(line, following, noise):
        found = FoundCaption(f"{_bare(line.text)} {following.text}", None, (line, following))
    elif marked := _marked(line.text, noise):
        found = FoundCaption(*marked, (line,))
    elif following and _may_be_credited(line, noise) and _credit_alone(following, noise):
        found = FoundCaption(line.text, None, (line,))
    elif _sum(signs := _signs(lines, at, around, noise), noise) > 0:
        found = FoundCaption(_bare(line.text), None, (line,), signs)
    else:
        return _on_two_lines(lines, at, noise)
    return _with_credit_below(lines, at, found, noise)


def marked_caption(lines: Sequence[Line], at: int, marks: Mapping[int, str], noise: Noise) -> FoundCaption:
    """The caption that a page's mark-up says a line is; the credit may be a caption line of its own below."""
    line, text = lines[at], _bare(lines[at].text) or lines[at].text
    label = noise.find("caption-label", text)
    words, credit = _without_credit(text[label.end() :].rstrip(")") if label else text, noise)
    following = lines[at + 1] if at + 1 < len(lines) else None
    is_marked_too = following is not None and marks.get(following.number) == "caption"
    if credit is None and following and is_marked_too and (alone := _credit_alone(following, noise)):
        return FoundCaption(words or text, alone, (line, following))
    return FoundCaption(words or text, credit, (line,))


def _on_two_lines(lines: Sequence[Line], at: int, noise: Noise) -> FoundCaption | None:
    two = lines[at : at + 2]
    if len(two) < 2 or two[1].gap or two[0].text[-1] not in ";,":
        return None
    found = read_caption(f"{two[0].text} {two[1].text}", noise)
    return _with_credit_below(lines, at, FoundCaption(*found, (two[0], two[1])), noise) if found else None


def _goes_on_with_post(line: Line, below: Line, noise: Noise) -> bool:
    """ "Bà Lò Thị Bưởi" on a line, "- Bí thư Đảng ủy xã chủ trì hội nghị" on the next."""
    is_post = not below.gap and not below.is_stopped and noise.has("caption-post", below.text)
    return is_post and not line.is_stopped and line.is_one_sentence and noise.has("caption-weak", line.text)


def read_caption(text: str, noise: Noise) -> tuple[str, str | None] | None:
    """The words of a caption and its credit, for a line that is one wherever it stands, or None."""
    return _marked(text, noise) or ((_bare(text), None) if is_caption(text, noise) else None)


def is_caption(text: str, noise: Noise) -> bool:
    """Whether a line is a caption by its words alone."""
    line = Line(0, _bare(text))
    return _may_be(line) and _sum([*_of_words(line, noise)], noise) > 0


def _marked(text: str, noise: Noise) -> tuple[str, str | None] | None:
    """The caption and credit of a line with a label or a credit; authors' names and a credit are no caption."""
    text = _bare(text)
    if len(text) > LONGEST_LINE or not text or noise.has("pen-name", text):
        return None
    if label := noise.find("caption-label", text):
        words, credit = _without_credit(text[label.end() :].rstrip(")"), noise)
        return (words, credit) if words else None
    words, credit = _without_credit(text, noise)
    return (words, credit) if credit and words else None


def _signs(lines: Sequence[Line], at: int, around: Surroundings, noise: Noise) -> tuple[str, ...]:
    """The signs of an unmarked line; none for one that can be no caption."""
    line = lines[at]
    bare = Line(line.number, _bare(line.text))
    return (*_of_words(bare, noise), *_of_place(lines, at, around, noise)) if _may_be(bare) else ()


def _may_be(line: Line) -> bool:
    """No caption without a mark has several sentences or is longer than a long sentence."""
    is_open = line.text.endswith((*_LISTING, "..."))
    return 0 < len(line.text) <= _LONGEST_UNMARKED and not is_open and line.is_one_sentence


def _sum(signs: Sequence[str], noise: Noise) -> float:
    return sum((noise.caption_weights[sign] for sign in signs), noise.caption_weights["text"])


def _of_words(line: Line, noise: Noise) -> Iterator[str]:
    """Signs of the line's own words."""
    text = line.text
    yield from (sign for sign, group in _GROUPS.items() if noise.has(group, text))
    if noise.has("caption-stopped" if line.is_stopped else "caption", text):
        yield "form"
    if noise.has("caption-group", text):
        yield "group"
    elif noise.has("caption-people", text):
        yield "people"
    if line.is_stopped:
        yield from _of_stopped(text, noise)
    elif len(text) > _LONG:
        yield "long"
    if text[0].islower():
        yield "small-start"
    if "; " in text and not noise.has("caption-people", text.rsplit("; ", 1)[1]):
        yield "clauses"


def _of_stopped(text: str, noise: Noise) -> Iterator[str]:
    """Signs of a line that ends as a sentence does: it has to be surer than one that doesn't."""
    yield "stopped"
    if noise.has("caption-introduces", text):
        yield "introduces"
    if len(text) <= _SHORT:
        yield "short"
    elif len(text) > _LONG:
        yield "long-stopped"


def _of_place(lines: Sequence[Line], at: int, around: Surroundings, noise: Noise) -> Iterator[str]:
    """Signs of what stands around the line."""
    line = lines[at]
    yield from _of_number(line, around)
    if not line.is_stopped and len(line.text.split()) >= _FEWEST_WORDS:
        yield from _of_names(line, around)
    if line.is_row:
        yield "row"
    if _is_listed(lines, at, noise):
        yield "in-list"
    elif _is_bulleted(lines[at : at + 2]) or _is_bulleted(lines[max(0, at - 1) : at + 1]):
        yield "item"
    if at + 1 == len(lines):
        yield from _of_last(line, at, around, noise)
    elif _is_weak(line, noise) and not _beside_weak(lines, at, noise):
        yield "person-alone"


def _of_number(line: Line, around: Surroundings) -> Iterator[str]:
    """Signs of what is known of the line by its number."""
    if line.number in around.pictured or line.is_barred:
        yield "after-picture"
    if line.number in around.doubled:
        yield "printed-twice"
    if line.number in around.ended:
        yield "ended"


def _of_names(line: Line, around: Surroundings) -> Iterator[str]:
    """Whether the report, too, has a name that the line has."""
    shared = [around.names[pair] > 1 for pair in _names(line.text)]
    if shared and not line.text.isupper():
        yield "named" if any(shared) else "foreign"


def _of_last(line: Line, at: int, around: Surroundings, noise: Noise) -> Iterator[str]:
    """Signs of the last line: a caption above the author's name, or a sentence that was cut."""
    if around.closed_at <= line.number:
        yield from ["cut"] if _may_be_cut(line, noise) else []
    elif at and _is_last_unstopped(line):
        yield "last-before-name"


def _bare(text: str) -> str:
    return text.lstrip(_BULLETS)


def _with_credit_below(lines: Sequence[Line], at: int, found: FoundCaption, noise: Noise) -> FoundCaption:
    after = at + len(found.lines)
    if found.credit is None and after < len(lines) and (alone := _credit_alone(lines[after], noise)):
        return FoundCaption(found.text, alone, (*found.lines, lines[after]), found.signs)
    return found


def _is_listed(lines: Sequence[Line], at: int, noise: Noise) -> bool:
    """One of the people of a list printed a line each."""
    return at > 0 and lines[at - 1].text[-1] in _LISTING and noise.has("caption-people", lines[at].text)


def _is_bulleted(two: Sequence[Line]) -> bool:
    return len(two) > 1 and all(line.text[0] in _BULLETS for line in two)


def _beside_weak(lines: Sequence[Line], at: int, noise: Noise) -> bool:
    beside = [lines[near] for near in (at - 1, at + 1) if near >= 0]
    return any(_is_weak(line, noise) and not is_caption(line.text, noise) for line in beside)


def _is_weak(line: Line, noise: Noise) -> bool:
    """A line that only names a person and what is seen."""
    return (
        len(line.text) <= _LONGEST_UNMARKED
        and not line.is_stopped
        and line.is_one_sentence
        and noise.has("caption-weak", line.text)
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
        and len(line.text.split()) >= _FEWEST_WORDS
        and line.text[0].isupper()
        and line.text[-1] not in _LISTING
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
