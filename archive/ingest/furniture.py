"""What a web page puts around a report: widgets, lone marks, dates of the page, sections, lists of other news.

In: lines. Out: the lines without it, the changes, and a publication stamp if there is one.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.ingest.lines import Line, Step, drop, without
from archive.ingest.noise import Noise, end_of
from archive.model.records import Change

_TOP = 8
"""Dates of the page and section names stand among the first lines."""
_WIDGETS = ("image", "widget", "advert", "gallery")
_PROSE = 160
_FEWEST_WORDS = 3
_LONGEST_HEADLINE = 260
_DATE = re.compile(r"(\d{1,2})\D{1,8}(\d{1,2})\D{1,8}(\d{4})")


def drop_marks(lines: list[Line], noise: Noise) -> Step:
    """Without lines that hold neither a letter nor a digit."""
    changes = [
        drop(line, "end-mark" if noise.has("end-mark", "." + line.text) else "stray-mark")
        for line in lines
        if not any(map(str.isalnum, line.text))
    ]
    return _without(lines, changes), changes


def drop_widgets(lines: list[Line], noise: Noise) -> Step:
    """Without buttons, counters, adverts and the headings of galleries."""
    changes = []
    labelled = False  # the line before was `Từ khóa:`, whose words may stand on a line of their own
    for line in lines:
        group = next((group for group in _WIDGETS if noise.has(group, line.text)), None)
        if group:
            changes.append(drop(line, noise.kind(group, line.text)))
        elif labelled and line.text[0].islower() and not line.is_stopped:
            changes.append(drop(line, "widget"))
        labelled = noise.has("tag-label", line.text)
    return _without(lines, changes), changes


def after_images(lines: Sequence[Line], noise: Noise) -> frozenset[int]:
    """Numbers of the lines that stand right after the place of a picture."""
    pairs = pairwise(lines)
    return frozenset(line.number for before, line in pairs if noise.has("image", before.text))


def drop_tails(lines: list[Line], noise: Noise) -> Step:
    """Without lists of other news.

    After a report's end (a byline or an end mark) everything below such a list's heading goes;
    in the middle of a report only the headlines do that follow it.
    """
    changes: list[Change] = []
    inside = ended = False
    for line in lines:
        if noise.has("tail", line.text):
            changes.append(drop(line, "widget"))
            inside = True
        elif inside and (ended or not _is_prose(line)):
            changes.append(drop(line, "related"))
        else:
            inside = False
            ended = ended or _ends_report(line, noise)
    if inside and _nothing_left(lines, changes):
        return lines, []
    return _without(lines, changes), changes


def drop_page_dates(lines: list[Line], noise: Noise) -> tuple[list[Line], list[Change], str | None]:
    """Without the dates of the page. Only one with a clock time says when the report came out."""
    changes: list[Change] = []
    stamp = None
    for line in lines[:_TOP] + lines[_TOP:][-_TOP:]:
        if found := noise.find("stamp", line.text):
            changes.append(drop(line, "stamp", noise.note("stamp")))
            stamp = stamp or _day(found["day"])
        elif noise.has("render-date", line.text) or noise.has("updated", line.text):
            changes.append(drop(line, "render-date", noise.note("render-date")))
    return _without(lines, changes), changes, stamp


def drop_sections(lines: list[Line], noise: Noise) -> Step:
    """Without names of sections and of the site above the report, alone on a line or glued to the headline."""
    changes = [drop(line, "section") for line in _leading_sections(lines, noise)]
    kept = _without(lines, changes)
    if kept and (found := noise.find("section-glued", kept[0].text)):
        first = kept[0]
        glued = first.text[: found.end()].strip()
        changes.append(Change("dropped", "section", glued, first.number, noise.note("section-glued")))
        kept[0] = Line(first.number, first.text[found.end() :].strip(), first.gap)
    if kept and not kept[0].is_stopped and (found := noise.find("section-after", kept[0].text)):
        first, at = kept[0], end_of(kept[0].text, found)
        note = noise.note("section-glued")
        changes.append(Change("dropped", "section", first.text[at:].strip(), first.number, note))
        kept[0] = Line(first.number, first.text[:at].rstrip(), first.gap)
    return kept, changes


def _leading_sections(lines: Sequence[Line], noise: Noise) -> Iterator[Line]:
    for at, line in enumerate(lines[:_TOP]):
        is_masthead = noise.has("masthead", line.text) and _headline_follows(lines[at + 1 : at + _TOP], noise)
        if not is_masthead and not noise.has("section", line.text):
            return
        yield line


def _headline_follows(lines: Sequence[Line], noise: Noise) -> bool:
    """Whether a headline is still to come: the name of a body may be all the headline a report has."""
    below = next((line for line in lines if not noise.has("section", line.text)), None)
    if below is None or len(below.text) > _LONGEST_HEADLINE or len(below.text.split()) < _FEWEST_WORDS:
        return False
    tag = noise.find("agency", below.text)
    words = below.text[tag.end() :] if tag else below.text
    is_text = below.is_stopped or words[:1].islower() or noise.has("lede", words) or noise.has("scene", words)
    return not is_text


def _is_prose(line: Line) -> bool:
    """A paragraph rather than a headline in a list of headlines."""
    return len(line.text) > _PROSE and line.is_stopped


def _ends_report(line: Line, noise: Noise) -> bool:
    return noise.has("byline", line.text) or line.text.endswith("./.")


def _nothing_left(lines: Sequence[Line], changes: Sequence[Change]) -> bool:
    return len(changes) == len(lines)


def _day(words: str) -> str | None:
    match = _DATE.fullmatch(words)
    if match is None:
        return None
    day, month, year = map(int, match.groups())
    if month > 12:  # `06/17/2022 4:12:30 PM`: some sites print dates as their software's country does
        day, month = month, day
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _without(lines: Sequence[Line], changes: Sequence[Change]) -> list[Line]:
    return without(lines, {change.line for change in changes if change.line is not None})
