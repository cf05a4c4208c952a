"""Who wrote a report: agency tags, bylines, the mark at its end.

In: lines. Out: the lines without them, the names, and the changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from archive.ingest.captions import read_caption
from archive.ingest.lines import Line, Step, drop, move, without
from archive.ingest.noise import Noise, end_of
from archive.language.spelling import comparable, unified
from archive.model.records import Change

_SENTENCE = 50
_SIGNATURE = 25  # letters: a line of capitals in the last third is a name, also where notes of the page follow it
_FIRST = 4
_LONGEST_INITIALS = 2
_IN_BRACKETS = re.compile(r"\s?\([^()]{0,80}\)")


@dataclass(frozen=True, slots=True)
class Signed:
    """The names of a byline; `photographers` is its words if it also covers the pictures."""

    names: tuple[str, ...] = ()
    agency: str | None = None
    photographers: str | None = None


def take_end_marks(lines: list[Line], noise: Noise) -> Step:
    """Without `./.`; a name printed behind it becomes a line of its own."""
    kept: list[Line] = []
    changes: list[Change] = []
    for line in lines:
        behind = _glued_name(line, line is lines[-1], noise)
        at = end_of(line.text, behind, "byline") if behind else len(line.text)
        kept.append(_unmarked(replace(line, text=line.text[:at].rstrip()), changes, noise))
        if behind:
            kept.append(Line(line.number, line.text[at:], 1))
    return kept, changes


def _glued_name(line: Line, is_last: bool, noise: Noise) -> re.Match[str] | None:
    """The author's name behind an end mark, or glued to the last sentence of all."""
    behind = noise.find("byline-after-end", line.text)
    if behind or not is_last:
        return behind
    name = noise.find("name-after-end", line.text)
    return name if name and not noise.has("not-pen", _printed(line, name)) else None


def _unmarked(line: Line, changes: list[Change], noise: Noise) -> Line:
    mark = noise.find("end-mark", line.text)
    if mark is None:
        return line
    at = end_of(line.text, mark, "stop") + 1 if mark.groupdict().get("stop") else end_of(line.text, mark)
    if mark.groupdict().get("bare"):
        cut, text = line.text[at : at + 1], line.text[:at] + line.text[at + 1 :]
    else:
        cut, text = line.text[at:].strip(), line.text[:at].rstrip()
    changes.append(Change("dropped", "end-mark", cut, line.number, noise.note("end-mark")))
    return replace(line, text=text)


def take_agency(lines: list[Line], noise: Noise) -> tuple[str | None, list[Line], list[Change]]:
    """The tag in front of the first paragraphs, `ĐNO` of "ĐNO - Sáng 31-12 …"."""
    kept: list[Line] = []
    changes: list[Change] = []
    agency = None
    for line in lines[:_FIRST]:
        match = noise.find("agency", line.text)
        if match is None or noise.has("not-agency", line.text):
            kept.append(line)
            continue
        start, end = next((match.start(name), match.end(name)) for name, value in match.groupdict().items() if value)
        agency = agency or line.text[start:end]
        tag = line.text[: match.end()].strip()
        changes.append(Change("dropped", "agency-tag", tag, line.number, noise.note("agency-start")))
        kept.append(replace(line, text=line.text[match.end() :].strip()))
    return agency, kept + lines[_FIRST:], changes


def take_byline(above: Sequence[Line], lines: list[Line], noise: Noise) -> tuple[Signed, list[Line], list[Change]]:
    """Bylines with a label anywhere, names alone below the last paragraph, and the lines `above` the first."""
    end = last_sentence(lines)
    found = _Found(noise)
    for line in above:
        found.read(line, is_outside=True, is_last=False)
    signed_at = 0
    for at, line in enumerate(lines):
        is_outside = at > end or _may_be_signature(lines, at)
        is_signed = found.read(line, is_outside=is_outside, is_last=at > end)
        if not is_signed and signed_at and signed_at == at - 1:
            is_signed = found.read_photographer(line)
        if is_signed and at > end >= 0:
            signed_at = at
    foot = [drop(line, "widget") for line in lines[signed_at + 1 :] if signed_at and _is_foot(line, noise)]
    changes = found.changes + [change for change in foot if change not in found.changes]
    return found.signed(), without(lines, changes), changes


def _may_be_signature(lines: Sequence[Line], at: int) -> bool:
    """Right below headline or summary, or a line of capitals among the last: a name alone is the author's there."""
    text = lines[at].text
    in_capitals = text.isupper() and len(text) <= _SIGNATURE and 3 * at >= 2 * len(lines)
    below_summary = at == 0 or (at == 1 and lines[0].is_stopped)
    return in_capitals or (below_summary and len(text) <= _SIGNATURE)


def _is_foot(line: Line, noise: Noise) -> bool:
    """Below the author's name: the name of a paper, tags, a button; no sentence and no caption."""
    return len(line.text) <= _SENTENCE and not line.is_stopped and read_caption(line.text, noise) is None


@dataclass(slots=True)
class _Found:
    """The names met so far, of people and of agencies."""

    noise: Noise
    names: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    photographers: str | None = None
    changes: list[Change] = field(default_factory=list)

    def read(self, line: Line, *, is_outside: bool, is_last: bool) -> bool:
        """Whether the line names who wrote; then it is taken."""
        count = len(self.changes)
        if is_outside and (match := self.noise.find("agency-end", line.text)):
            self.agencies.append(_printed(line, match))
            self.bodies.append(_printed(line, match))
            self.changes.append(move(line, "agency-tag", self.noise.note("agency-end")))
        elif match := _byline(line, is_outside, is_last, self.noise):
            self._take(line, match)
        return len(self.changes) > count

    def read_photographer(self, line: Line) -> bool:
        """Whether the line, right below the author's, names who took the pictures; then it is taken."""
        match = self.noise.find("credit-alone", line.text)
        if match is None:
            return False
        self.photographers = self.photographers or line.text[match.start("credit") : match.end("credit")].strip()
        self.names += split_names(self.photographers, self.noise)
        self.changes.append(move(line, "byline", self.noise.note("byline-credit")))
        return True

    def _take(self, line: Line, match: re.Match[str]) -> None:
        pens = _printed(line, match)
        if match.groupdict().get("office"):  # a body is no author's name
            self.bodies.append(pens)
        else:
            self.names += split_names(pens, self.noise)
        covers = self.noise.photo_label in comparable(match.groupdict().get("label") or "")
        if covers:
            self.photographers = self.photographers or pens
        self.changes.append(move(line, "byline", self.noise.note("byline-credit") if covers else None))

    def signed(self) -> Signed:
        """People before "PV" and before the agency they work for."""
        nobody = {name for name in self.names if self.noise.has("pen-nobody", name) or _is_office(name, self.names)}
        people = [name for name in self.names if name not in nobody]
        names = tuple(dict.fromkeys(people or self.names or self.agencies))
        return Signed(names, self.bodies[0] if self.bodies else None, self.photographers)


def is_signature(line: Line, noise: Noise) -> bool:
    """Whether a line is nothing but the names of who wrote."""
    return _byline(line, True, False, noise) is not None or noise.has("agency-end", line.text)


def last_sentence(lines: Sequence[Line]) -> int:
    """The place of the last paragraph, -1 if there is none."""
    ends = (at for at in range(len(lines) - 1, -1, -1) if lines[at].is_stopped and len(lines[at].text) >= _SENTENCE)
    return next(ends, -1)


def split_names(pens: str, noise: Noise) -> list[str]:
    """The names alone, without their office: "Nguyễn Hoà - VP Huyện uỷ" is Nguyễn Hoà."""
    bare = _IN_BRACKETS.sub("", pens).strip(" .") or pens
    parts = [part.strip(" .") if part.count(".") < 2 else part.strip() for part in _parts(bare, noise)]
    known = [part for part in parts if part and noise.has("pen", part) and not noise.has("not-pen", part)]
    named = [part for part in known if not noise.has("pen-nobody", part)]
    return [name for name in named if not _is_office(name, named)] or named or known or [bare]


def _is_office(name: str, names: Sequence[str]) -> bool:
    """ "Ngọc Diễm - CNMT": an abbreviation beside a name in small letters is where the author works."""
    beside_name = any(not other.isupper() for other in names)
    return beside_name and len(name) > _LONGEST_INITIALS and name.isupper() and "." not in name and " " not in name


def _parts(pens: str, noise: Noise) -> Iterator[str]:
    """The pieces between the signs that part names, whichever dash is printed."""
    start = 0
    for sign in noise.between_names.finditer(unified(pens)):
        yield pens[start : sign.start()]
        start = sign.end()
    yield pens[start:]


def _byline(line: Line, is_outside: bool, is_last: bool, noise: Noise) -> re.Match[str] | None:
    labelled = noise.find("byline", line.text)
    if labelled and (is_outside or labelled.groupdict().get("label")):
        return labelled
    if not is_outside:
        return None
    if not noise.has("not-pen", line.text) and (name := noise.find("pen-name", line.text)):
        return name
    return noise.find("pen-office", line.text) if is_last else None


def _printed(line: Line, match: re.Match[str]) -> str:
    return line.text[match.start("pens") : match.end("pens")].strip()
