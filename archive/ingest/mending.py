"""Lines as they were meant: what a crawler, a table or a drop cap did to them is undone.

In: lines. Out: lines of which none holds two things (a day and a headline, an author and a clock time, a headline
and the lede, several captions), and what was done. Nothing is judged here and nothing left out but bars of tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, repeat
from operator import itemgetter

from archive.ingest.captions import read_caption
from archive.ingest.lines import Line, Step
from archive.ingest.noise import Noise, end_of
from archive.model.records import Change

_HEAD = 12
"""Only among the first lines do headline, author, day and lede stand on one line."""
_FEWEST_WORDS = 4
_LONGEST_HEAD = 400
_SHORTEST_LEDE = 60
_FARTHEST_DROP_CAP = 2
_SHORTEST_ALT = 15
_BARS = "| \u2502\u00a6"
_STAR = "*"
_SHORTCODE = re.compile(r"\[caption[^\]]{0,200}\](?P<words>[^\[\]]{1,400})\[/caption\]")
_VOWELS = "aeiouyàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"


def mend_lines(lines: list[Line], noise: Noise) -> Step:
    """Bars off, drop caps on, and lines of the page's head parted where two things were glued together."""
    barless = [_without_bars(part) for line in lines for part in _shortcodes(line)]
    whole, changes = _with_drop_caps(barless, noise)
    parted = [part for line in whole[:_HEAD] for part in _parts(line, noise)]
    apart = [part for line in parted + whole[_HEAD:] for part in _with_captions_apart(line, noise)]
    return _without_alt_text_glued(apart, noise), changes


def _with_captions_apart(line: Line, noise: Noise) -> Iterator[Line]:
    """Captions glued to each other or to the report, stop to capital, and one with its label behind the report."""
    at = next(iter(noise.places("caption-inside", line.text)), None)
    if at is not None:
        yield replace(line, text=line.text[:at].rstrip())
        yield replace(line, text=line.text[at:].lstrip(), gap=1)
        return
    starts = [0, *noise.places("sentence-glued", line.text)]
    if len(starts) == 1:
        yield line
        return
    pieces = [line.text[start:end] for start, end in pairwise([*starts, len(line.text)])]
    for number, (text, is_seen) in enumerate(_captions_and_text(pieces, noise)):
        yield replace(line, text=text, is_barred=is_seen or line.is_barred, gap=1 if number else line.gap)


def _captions_and_text(pieces: Sequence[str], noise: Noise) -> Iterator[tuple[str, bool]]:
    """Each caption by itself, and the sentences between captions as they were; whether it is a caption."""
    are_seen = [read_caption(piece, noise) is not None for piece in pieces]
    if any(are_seen) and all(map(_may_be_caption, pieces, are_seen, repeat(noise))):
        are_seen = [True] * len(pieces)
    for is_seen, run in groupby(zip(are_seen, pieces, strict=True), key=itemgetter(0)):
        texts = [text for _, text in run]
        yield from ((text, is_seen) for text in (texts if is_seen else ["".join(texts)]))


def _without_alt_text_glued(lines: list[Line], noise: Noise) -> list[Line]:
    """ "Quang cảnh" on a line, "Quang cảnh Bà A phát biểu" on the next: alt text, its caption and what is behind it."""
    kept: list[Line] = []
    for line in lines:
        alt = kept[-1].text if kept else ""
        rest = line.text[len(alt) :].lstrip() if len(alt) >= _SHORTEST_ALT and line.text.startswith(alt) else ""
        if rest[:1].isupper() and alt[-1].isalnum() and read_caption(alt, noise):
            kept += [replace(line, text=alt), replace(line, text=rest, gap=1)]
        else:
            kept.append(line)
    return kept


def _may_be_caption(piece: str, is_seen: bool, noise: Noise) -> bool:
    return is_seen or noise.has("caption-people", piece)


def _shortcodes(line: Line) -> Iterator[Line]:
    """`[caption id=…]words[/caption]` of some publishing software: a picture's caption, and what is glued to it."""
    if "[/caption]" not in line.text:
        yield line
        return
    found = _SHORTCODE.search(line.text)
    if found is None:
        yield line
        return
    parts = (line.text[: found.start()], found["words"], line.text[found.end() :])
    for at, text in enumerate(map(str.strip, parts)):
        if text:
            yield replace(line, text=text, is_barred=at == 1)


def _without_bars(line: Line) -> Line:
    """The words of a table's only cell; a row of several cells keeps its bars."""
    bare = _without_stars(line.text.strip(_BARS))
    if bare == line.text or (not bare and line.text.strip() == ""):
        return line
    if not bare:  # nothing but bars: a stray mark, dropped as one later
        return line
    return line if "|" in bare and line.text[0] == "|" else replace(line, text=bare, is_barred=True)


def _without_stars(text: str) -> str:
    """`*words*`: a line that a crawler wrote in italics, as captions are."""
    words = text[1:-1].strip()
    is_starred = text[0] == text[-1] == _STAR and words and _STAR not in words if text else False
    return words if is_starred else text


def _with_drop_caps(lines: list[Line], noise: Noise) -> Step:
    """ "S" on a line of its own and "áng ngày 16/01" on the next are one line; so is "S áng ngày 16/01"."""
    kept: list[Line] = []
    changes: list[Change] = []
    for line in lines:
        cap = kept[-1] if kept else None
        if cap is not None and _is_drop_cap(cap, line):
            note = noise.note("drop-cap")
            changes.append(Change("joined", "line-break", line.text, line.number, note))
            kept[-1] = replace(line, number=cap.number, text=_with_cap(cap.text, line.text), gap=cap.gap)
        else:
            kept.append(_closed_up(line, noise))
    return kept, changes


def _is_drop_cap(cap: Line, line: Line) -> bool:
    letters, (first, *_) = cap.text.lstrip("\"“”'‘("), line.text.split(" ", 1)
    is_letter = len(letters) == 1 and letters.isupper()
    is_rest = first[0].islower() or (first.isalpha() and first.isupper())
    return is_letter and line.gap < _FARTHEST_DROP_CAP and len(line.text) > _SHORTEST_LEDE and is_rest


def _with_cap(cap: str, rest: str) -> str:
    """A vowel before a consonant and a vowel is a word by itself ("Ở" + "huyện"), else the beginning of one."""
    first = rest.split(" ", 1)[0].lower()
    is_word = cap[-1].lower() in _VOWELS and first[0] not in _VOWELS and any(c in _VOWELS for c in first)
    return f"{cap} {rest}" if is_word else cap + rest


def _closed_up(line: Line, noise: Noise) -> Line:
    text = line.text
    if len(text) > _SHORTEST_LEDE and text[0].isupper() and text[1] == " " and text[2].islower():
        glued = text[0] + text[2:]
        if noise.has("lede", glued) and not noise.has("lede", text):
            return replace(line, text=glued)
    return line


def _parts(line: Line, noise: Noise) -> Iterator[Line]:
    """A line of the head, parted behind a crawler's day, behind an author, and before the lede."""
    if found := noise.find("crawled", line.text):
        yield replace(line, text=line.text[: found.end()].strip())
        rest = line.text[found.end() :].strip()
        if rest:
            yield from _parts(replace(line, text=rest, gap=1), noise)
        return
    if (found := noise.find("author-before-day", line.text)) and not noise.has("not-pen", line.text):
        yield replace(line, text=line.text[: found.end("pens")].strip())
        yield replace(line, text=line.text[found.end() :].strip(), gap=0)
        return
    at = _day_behind(line.text, noise) or _lede_inside(line.text, noise)
    if at is not None:
        yield from _without_stamp(replace(line, text=line.text[:at].rstrip()), noise)
        yield replace(line, text=line.text[at:].lstrip(), gap=1)
        return
    yield from _without_stamp(line, noise)


def _without_stamp(line: Line, noise: Noise) -> Iterator[Line]:
    """What stands before a day with its clock time, the day, and what stands behind it and its counters."""
    at = next(iter(noise.places("stamp-inside", line.text)), 0)
    if at:
        yield replace(line, text=line.text[:at])
    rest = line.text[at:].lstrip()
    found = noise.find("stamp-first", rest)
    if found:
        yield replace(line, text=rest[found.start("stamp") : found.end("stamp")], gap=1)
        rest = rest[found.end() :]
    yield replace(line, text=rest, gap=1) if at or found else line


def _day_behind(text: str, noise: Noise) -> int | None:
    """Where a clock time or a day in brackets begins behind a headline."""
    found = noise.find("day-behind", text) if len(text) < _LONGEST_HEAD else None
    return end_of(text, found) if found and len(text[: end_of(text, found)].split()) >= _FEWEST_WORDS else None


def _lede_inside(text: str, noise: Noise) -> int | None:
    """Where a dated lede begins behind words that no stop ends: "… ở cơ sở Ngày 15/8/2025, Ban …"."""
    for at in noise.places("lede-inside", text[:_LONGEST_HEAD]):
        head, lede = text[:at].rstrip(), text[at:].lstrip()
        if len(head.split()) >= _FEWEST_WORDS and len(lede) >= _SHORTEST_LEDE:
            return at
    return None
