"""What a web page puts around a report: widgets, lone marks, pictures, lists of other news.

In: lines. Out: the lines that are surely none of the report's, each with the change of leaving it out. Nothing is
left out here: the head of the page is judged with all its lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from archive.ingest.head_lines import is_prose
from archive.ingest.lines import Line, drop
from archive.ingest.noise import Noise
from archive.model.records import Change

_WIDGETS = ("image", "widget", "advert", "gallery", "related-line")


def find_furniture(lines: Sequence[Line], noise: Noise) -> Mapping[Line, Change]:
    """Lone marks, widgets and lists of other news."""
    found = _marks(lines, noise)
    found |= _widgets([line for line in lines if line not in found], noise)
    return found | _tails([line for line in lines if line not in found], noise)


def after_images(lines: Sequence[Line], noise: Noise) -> frozenset[int]:
    """Numbers of the lines that stand right after the place of a picture."""
    pairs = pairwise(lines)
    return frozenset(line.number for before, line in pairs if noise.has("image", before.text))


def _marks(lines: Sequence[Line], noise: Noise) -> dict[Line, Change]:
    """Lines that hold neither a letter nor a digit."""
    bare = (line for line in lines if not any(map(str.isalnum, line.text)))
    return {line: drop(line, "end-mark" if noise.has("end-mark", "." + line.text) else "stray-mark") for line in bare}


def _widgets(lines: Sequence[Line], noise: Noise) -> dict[Line, Change]:
    """Buttons, counters, adverts, pictures and the headings of galleries."""
    found: dict[Line, Change] = {}
    labelled = False  # the line before was `Từ khóa:`, whose words may stand on a line of their own
    for line in lines:
        group = next((group for group in _WIDGETS if noise.has(group, line.text)), None)
        if group:
            found[line] = drop(line, noise.kind(group, line.text))
        elif labelled and line.text[0].islower() and not line.is_stopped:
            found[line] = drop(line, "widget")
        labelled = noise.has("tag-label", line.text)
    return found


def _tails(lines: Sequence[Line], noise: Noise) -> dict[Line, Change]:
    """Lists of other news.

    After a report's end (a byline or an end mark below a paragraph) everything below such a list's heading goes;
    in the middle of a report only the headlines that follow it, up to the next paragraph.
    """
    found: dict[Line, Change] = {}
    inside = ended = begun = False
    for line in lines:
        if noise.has("tail", line.text):
            found[line] = drop(line, "widget")
            inside = begun  # above the report it is a menu word
        elif inside and (ended or not is_prose(line, noise)):
            found[line] = drop(line, "related")
        else:
            inside = False
            begun = begun or is_prose(line, noise)
            ended = ended or (begun and _ends_report(line, noise))
    return {} if inside and len(found) == len(lines) else found


def _ends_report(line: Line, noise: Noise) -> bool:
    return noise.has("byline", line.text) or line.text.endswith("./.")
