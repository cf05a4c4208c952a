"""What each line at the top of a page may be, before anything is chosen or left out.

In: lines, and which of them are known furniture. Out: `HeadLine`s, each with its part (day, byline, section, caption,
prose …) as far as its own words tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from archive.ingest.captions import read_caption
from archive.ingest.lines import Line
from archive.ingest.noise import Noise
from archive.ingest.page_dates import PageDate, read_page_date
from archive.model.records import Change

_FARTHEST = 24
"""So many lines at most stand above a report's second paragraph."""
_PROSE = 60
_MOST_NAMES = 8
_LONGEST_CAPTION = 300
_LONG_LEDE = 160
_PARAGRAPH = 240


class Part(Enum):
    """What a line is in the head of a page."""

    DATE = auto()
    FURNITURE = auto()  # buttons, counters, adverts, pictures
    SECTION = auto()  # names of sections, paths through the site
    MASTHEAD = auto()  # the name of a body or a site, and nothing else
    BYLINE = auto()
    CAPTION = auto()  # by its own words
    PROSE = auto()  # a paragraph
    OTHER = auto()  # may be a headline, a menu word, a summary


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line with its part; `date` and `change` are what a day's line and furniture are known to be."""

    line: Line
    part: Part
    date: PageDate | None = None
    change: Change | None = None
    opens: bool = False
    """It begins as a report does: with a day, or with an agency's tag."""


def read_head(lines: Sequence[Line], furniture: Mapping[Line, Change], noise: Noise) -> list[HeadLine]:
    """The lines down to the first dated lede, or so many as a head can have."""
    head: list[HeadLine] = []
    for at, line in enumerate(lines[:_FARTHEST]):
        after_picture = at > 0 and noise.has("image", lines[at - 1].text)
        one = _read(line, furniture.get(line), after_picture, noise)
        is_headline = one.part is Part.PROSE and one.opens and _is_dated_headline(lines[at : at + 2], noise)
        head.append(replace(one, part=Part.OTHER, opens=False) if is_headline else one)
        if head[-1].part is Part.PROSE and head[-1].opens:
            break
    return head


def _is_dated_headline(two: Sequence[Line], noise: Noise) -> bool:
    """A lede's first sentence without its stop, a day of the page below: some communes' sites head reports so."""
    line, *below = two
    return not line.is_stopped and line.is_one_sentence and any(read_page_date(one, noise) for one in below)


def is_prose(line: Line, noise: Noise) -> bool:
    """A paragraph: sentences that end, or more words than any headline has."""
    if len(line.text) > _PARAGRAPH:
        return True
    if len(line.text) < _PROSE:
        return False
    return line.is_stopped or not line.is_one_sentence or noise.has("lede", line.text) or _tagged_lede(line, noise)


def _tagged_lede(line: Line, noise: Noise) -> bool:
    """An agency's tag before a day; behind a tag alone a headline may stand, too."""
    found = noise.find("agency", line.text)
    return found is not None and (len(line.text) > _LONG_LEDE or noise.has("lede", line.text[found.end() :].strip()))


def opens_report(text: str, noise: Noise) -> bool:
    """Whether a line begins with a day or with the tag of an agency, as the first sentence of a report does."""
    return noise.has("lede", text) or (noise.has("agency", text) and not noise.has("not-agency", text))


def _read(line: Line, change: Change | None, after_picture: bool, noise: Noise) -> HeadLine:
    opens = opens_report(line.text, noise)
    if date := read_page_date(line, noise):
        return HeadLine(line, Part.DATE, date=date)
    if change is not None:
        return HeadLine(line, Part.FURNITURE, change=change)
    return HeadLine(line, _part(line, after_picture, noise), opens=opens)


def _part(line: Line, after_picture: bool, noise: Noise) -> Part:
    if noise.has("section", line.text):
        return Part.SECTION
    if noise.has("masthead", line.text):
        return Part.MASTHEAD
    caption = read_caption(line.text, noise)
    if is_byline(line.text, noise) and (caption is None or len(line.text.split()) <= _MOST_NAMES):
        return Part.BYLINE
    in_its_place = (after_picture or line.is_barred) and len(line.text) <= _LONGEST_CAPTION
    if in_its_place or (caption and _can_only_be_caption(line, caption[1], noise)):
        return Part.CAPTION
    return Part.PROSE if is_prose(line, noise) else Part.OTHER


def _can_only_be_caption(line: Line, credit: str | None, noise: Noise) -> bool:
    """ "Đồng chí A thăm xã B" may be a headline, too; with a credit or a scene it may not."""
    return credit is not None or noise.has("scene", line.text)


def is_byline(text: str, noise: Noise) -> bool:
    """Nothing but who wrote it."""
    named = noise.has("pen-name", text) and not noise.has("not-pen", text)
    return named or noise.has("byline", text) or noise.has("agency-end", text)
