"""The head of a page, judged as a whole: which line is the headline, and what the lines around it are.

In: the first lines of a page, nothing of them left out yet. Out: `Head`: the headline, the authors and the day of
publication that stand above the text, the lines that are left, what was left out or moved and why, and a doubt where
a second reading is nearly as good.

Every line that may be a headline, whole or without a section's name glued to it, is a candidate. What speaks for and
against it is a feature with a weight of `head` in site-config/noise.yml; the highest sum wins, against the sum of
there being no headline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from archive.ingest.head_lines import HeadLine, Part, opens_report, read_head
from archive.ingest.lines import Line, drop, move, without, word_key
from archive.ingest.noise import Noise, end_of
from archive.ingest.page_dates import day_of_publication, drop_date
from archive.language.spelling import comparable
from archive.model.draft import Reason, Unsure
from archive.model.records import Change

NO_HEADLINE = ""
_LEDE, _BODY = 700, 3000
_MARKS = "\"'.,;:!?()[]“”‘’…-–|"
_EXPLAINED = (Part.DATE, Part.FURNITURE, Part.SECTION, Part.MASTHEAD, Part.BYLINE, Part.CAPTION)
_AGAINST = {Part.DATE: "is-day", Part.FURNITURE: "is-furniture", Part.BYLINE: "is-byline", Part.PROSE: "is-prose"}
_AGAINST |= {Part.SECTION: "is-section", Part.MASTHEAD: "is-masthead", Part.CAPTION: "is-caption"}
_SHORTEST_KEY = 20


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a report; `lines` are the rest of the page, `authors` the lines that name who wrote."""

    title: str | None
    lines: list[Line]
    stamp: str | None
    authors: tuple[Line, ...]
    changes: list[Change]
    title_lines: tuple[Line, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line as a headline: its place in the head, its words, and what was glued to them."""

    at: int
    text: str
    glued: str = ""


@dataclass(frozen=True, slots=True)
class _Judged:
    candidate: _Candidate | None
    features: tuple[tuple[str, float], ...]

    @property
    def score(self) -> float:
        return sum(weight for _, weight in self.features)

    @property
    def text(self) -> str:
        return self.candidate.text if self.candidate else NO_HEADLINE


def judge_head(lines: list[Line], furniture: Mapping[Line, Change], known: str | None, noise: Noise) -> Head:
    """The best reading of the first lines; `known` is the headline that a page's metadata gives."""
    page = _Page(read_head(lines, furniture, noise), lines, noise)
    if known:
        return _known(page, lines, known, noise)
    judged = sorted(page.judged(), key=lambda one: (-one.score, one.candidate.at if one.candidate else -1))
    best, second = judged[0], next((one for one in judged[1:] if one.text != judged[0].text), None)
    head = _taken(page, lines, best.candidate, noise)
    return replace(head, unsure=_doubt(best, second, noise), reasons=tuple(_reasons(best, second)))


class _Page:
    """The first lines with all that is asked of several of them."""

    def __init__(self, head: Sequence[HeadLine], lines: Sequence[Line], noise: Noise) -> None:
        self.head = head
        self.noise = noise
        self.weights = noise.head_weights
        self.lines = lines

    @cached_property
    def first_prose(self) -> int:
        """The place of the first paragraph, or the number of lines if there is none."""
        return next((at for at, one in enumerate(self.head) if one.part is Part.PROSE), len(self.head))

    @cached_property
    def body_pairs(self) -> frozenset[tuple[str, str]]:
        text = " ".join(one.text for one in self.lines[self.first_prose : self.first_prose + 12])
        return _pairs(text[:_BODY])

    def judged(self) -> Iterator[_Judged]:
        yield _Judged(None, (("no-headline", self.weights["no-headline"]),))
        for candidate in self._candidates():
            found = tuple((name, share * self.weights[name]) for name, share in self._features(candidate) if share)
            yield _Judged(candidate, found)

    def _candidates(self) -> Iterator[_Candidate]:
        for at, one in enumerate(self.head):
            yield _Candidate(at, one.line.text)
            for text in _unglued(one.line.text, self.noise):
                yield _Candidate(at, text, glued=one.line.text.replace(text, "").strip())

    def _features(self, candidate: _Candidate) -> Iterator[tuple[str, float]]:
        """What is seen of a candidate, each with how much of it there is, 0 to 1."""
        yield from self._of_words(candidate)
        yield from self._of_form(candidate)
        yield from self._of_place(candidate)

    def _of_words(self, candidate: _Candidate) -> Iterator[tuple[str, float]]:
        pairs = _pairs(candidate.text)
        lede = self.lede_of(candidate.at)
        answered = _share(pairs, _pairs(lede.line.text[:_LEDE])) if lede else 0.0
        yield "answered", answered
        taken_up = max(0.0, _share(pairs, self.body_pairs) - answered) if lede else 0.0
        yield "taken-up", taken_up
        yield "unanswered", float(not answered and not taken_up)
        yield "lede-follows", float(bool(lede and lede.opens))
        yield "nothing-follows", float(candidate.at + 1 >= len(self.lines))
        yield "above-text", float(self._stands_above_text(candidate.at))
        key = word_key(candidate.text)
        again = (one.line for at, one in enumerate(self.head) if at != candidate.at and one.part is not Part.PROSE)
        yield "said-again", float(len(pairs) > 3 and any(key in word_key(line.text) for line in again))

    def _of_form(self, candidate: _Candidate) -> Iterator[tuple[str, float]]:
        one, text, noise = self.head[candidate.at], candidate.text, self.noise
        line = Line(one.line.number, text)
        words = len(text.split())
        yield "few-words", max(0.0, (6 - words) / 3)
        yield "many-words", max(0.0, (words - 32) / 10)
        lede = self.lede_of(candidate.at)
        yield "stopped-lede-follows", float(line.text.endswith(".") and bool(lede and lede.opens))
        yield "stopped", float(line.text.endswith(".") and not text.endswith("...") and not (lede and lede.opens))
        yield "open-end", float(text[-1] in ",;:")
        yield "several-sentences", float(not line.is_one_sentence)
        yield "small-start", float(text[0].islower())
        yield "opens", float(opens_report(text, noise))
        yield "capitals", float(text.isupper())
        yield "begins-item", float(noise.has("not-joined", text))
        yield "glued-section", float(not candidate.glued and _has_section_glued(text, noise))
        yield "scene", float(noise.has("scene", text) and not text.isupper())

    def _of_place(self, candidate: _Candidate) -> Iterator[tuple[str, float]]:
        one = self.head[candidate.at]
        if one.part in _AGAINST and not (candidate.glued and one.part is Part.SECTION):
            yield _AGAINST[one.part], 1.0
        above = self.head[: candidate.at]
        yield "prose-above", float(any(other.part is Part.PROSE for other in above))
        yield "headline-above", max((self._like_headline(other) for other in above), default=0.0)
        between = self.head[candidate.at + 1 : self._next_prose(candidate.at)]
        yield "menu-between", float(min(3, sum(self._is_menu(other) for other in between)))
        yield "first", float(candidate.at == 0)

    def _stands_above_text(self, at: int) -> bool:
        """Whether nothing but days, authors, sections and captions is between the line and the first paragraph."""
        prose = self._next_prose(at)
        return prose < len(self.head) and all(one.part in _EXPLAINED for one in self.head[at + 1 : prose])

    def _like_headline(self, other: HeadLine) -> float:
        """How much a line above looks like the headline itself."""
        if other.part is not Part.OTHER or len(other.line.text.split()) < 4:
            return 0.0
        return _share(_pairs(other.line.text), self.body_pairs)

    def _is_menu(self, other: HeadLine) -> bool:
        return other.part is Part.OTHER and not _share(_pairs(other.line.text), self.body_pairs)

    def _next_prose(self, at: int) -> int:
        return next((n for n in range(at + 1, len(self.head)) if self.head[n].part is Part.PROSE), len(self.head))

    def lede_of(self, at: int) -> HeadLine | None:
        """The first paragraph below a line."""
        found = self._next_prose(at)
        return self.head[found] if found < len(self.head) else None

    def is_menu_above(self, other: HeadLine) -> bool:
        """Words of the page's frame above a report without a headline: short, no sentence, nothing of the report."""
        return self._is_menu(other) and not other.line.is_stopped and other.line.text[-1] not in ";,"


def _has_section_glued(text: str, noise: Noise) -> bool:
    """Not merely a section's name and a blank, which may be the headline's own first words."""
    is_before = noise.has("section-glued", text) or (noise.has("agency", text) and not noise.has("not-agency", text))
    return is_before or (not Line(0, text).is_stopped and noise.has("section-after", text))


def _unglued(text: str, noise: Noise) -> Iterator[str]:
    """The line without the name of a section glued to its beginning or its end, or without an agency's tag."""
    if (found := noise.find("agency", text)) and not noise.has("not-agency", text):
        yield text[found.end() :].strip()
    elif found := noise.find("section-glued", text) or noise.find("section-maybe", text):
        if rest := text[found.end() :].strip():
            yield rest
    elif not Line(0, text).is_stopped and (found := noise.find("section-after", text)):
        if rest := text[: end_of(text, found)].strip():
            yield rest


def _known(page: _Page, lines: list[Line], known: str, noise: Noise) -> Head:
    """The headline that the page's metadata give, or the line of the page that prints it in full; the line goes."""
    key = word_key(known)
    above = page.head[: page.first_prose + 1]
    at = next((at for at, one in enumerate(above) if _same(word_key(one.line.text), key)), None)
    if at is None:
        at = next(
            (at for at, one in enumerate(above) if _is_fuller(one, key) or _is_fuller(one, key, whole=True)), None
        )
        return _taken(page, lines, _Candidate(at, above[at].line.text) if at is not None else None, noise, known)
    head = _taken(page, lines, _Candidate(at, page.head[at].line.text), noise)
    note = noise.note("title-of-page")
    changes = [replace(c, action="dropped", note=note) if c.kind == "title" else c for c in head.changes]
    return replace(head, title=known, changes=changes)


def _is_fuller(one: HeadLine, key: str, *, whole: bool = False) -> bool:
    """Whether a line goes on where the metadata break off, or is the headline that they print with the site's name."""
    line = word_key(one.line.text)
    if one.part is not Part.OTHER or min(len(line), len(key)) < _SHORTEST_KEY:
        return False
    return key.startswith(line) if whole else line.startswith(key)


def _same(one: str, two: str) -> bool:
    return one == two or (len(one) > 0.9 * len(two) and two.startswith(one))


def _taken(page: _Page, lines: list[Line], chosen: _Candidate | None, noise: Noise, known: str | None = None) -> Head:
    """The head read with a headline chosen: what is above it goes, authors and days below it are taken."""
    changes: list[Change] = []
    authors: list[Line] = []
    headline = page.head[chosen.at].line.number if chosen else None
    dates = [one.date for one in page.head if one.date]
    published = day_of_publication(dates, headline)
    last = page._next_prose(chosen.at) if chosen else page.first_prose
    for at, one in enumerate(page.head):
        if chosen and at == chosen.at:
            changes += _title_changes(one.line, chosen, noise)
        elif one.date:
            changes.append(drop_date(one.date, published, noise))
        elif one.change:
            changes.append(one.change)
        elif at < last and one.part is Part.BYLINE and (not chosen or at > chosen.at):
            authors.append(one.line)
        elif (chosen and at < chosen.at) or (at < last and _is_frame(page, one)):
            changes.append(drop(one.line, "section"))
    gone = [*changes, *(move(line, "byline") for line in authors)]
    if chosen:
        gone.append(move(page.head[chosen.at].line, "title"))
    said = (Line(headline or 0, chosen.text),) if chosen else ()
    return Head(chosen.text if chosen else known, without(lines, gone), published, tuple(authors), changes, said)


def _is_frame(page: _Page, one: HeadLine) -> bool:
    return one.part in (Part.SECTION, Part.MASTHEAD) or page.is_menu_above(one)


def _title_changes(line: Line, chosen: _Candidate, noise: Noise) -> Iterator[Change]:
    if chosen.glued:
        is_tag = line.text.startswith(chosen.glued) and noise.has("agency", line.text)
        kind, note = ("agency-tag", "agency-start") if is_tag else ("section", "section-glued")
        yield Change("dropped", kind, chosen.glued, line.number, noise.note(note))
    yield Change("moved", "title", chosen.text, line.number)


def _doubt(best: _Judged, second: _Judged | None, noise: Noise) -> tuple[Unsure, ...]:
    if second is None or best.score - second.score >= noise.head_weights["margin"]:
        return ()
    return (Unsure("title", best.text, "headline-unclear", best.text, second.text),)


def _reasons(best: _Judged, second: _Judged | None) -> Iterator[Reason]:
    for judged in (best, second):
        if judged is not None:
            for name, weight in judged.features:
                yield Reason("title", judged.text or "-", f"head-{name}", weight=round(weight, 1))


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    words = [word for raw in comparable(text).split() if (word := raw.strip(_MARKS))]
    return frozenset(pairwise(words))


def _share(some: frozenset[tuple[str, str]], others: frozenset[tuple[str, str]]) -> float:
    return len(some & others) / len(some) if some else 0.0
