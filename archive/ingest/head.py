"""The head of a page, judged as a whole: which line is the headline, and what the lines around it are.

In: the first lines of a page, nothing of them left out yet. Out: `Head`: the headline, the authors and the day of
publication that stand above the text, the lines that are left, what was left out or moved and why, and a doubt where
a second reading is nearly as good.

Every line that may be a headline is a candidate. What speaks for and against it is a sign with a weight of `head` in
site-config/noise.yml; the highest sum wins, against the sum of there being no headline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from archive.ingest.head_lines import HeadLine, Part, read_head
from archive.ingest.head_signs import Candidate, Page
from archive.ingest.lines import Line, drop, move, without, word_key
from archive.ingest.noise import Noise
from archive.ingest.page_dates import day_of_publication, drop_date
from archive.model.draft import Reason, Unsure
from archive.model.records import Change

_SHORTEST_KEY = 20
_SAME_TITLE = 0.9
_LONGEST_MENU, _LONGEST_MENU_ABOVE = 4, 12
_RARE = frozenset(("prose-above", "is-masthead", "is-section", "is-furniture", "is-day", "is-byline"))
"""A headline that has one of these signs is doubtful, however far the others are behind."""


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
class _Judged:
    """A candidate, or None for there being no headline, with its weighed signs."""

    candidate: Candidate | None
    signs: tuple[tuple[str, float], ...]

    @property
    def score(self) -> float:
        return sum(weight for _, weight in self.signs)

    @property
    def text(self) -> str:
        return self.candidate.text if self.candidate else ""


def judge_head(lines: list[Line], furniture: Mapping[Line, Change], known: str | None, noise: Noise) -> Head:
    """The best reading of the first lines; `known` is the headline that a page's metadata gives."""
    page = Page(read_head(lines, furniture, noise), lines, noise)
    if known:
        return _known(page, known)
    best, *others = sorted(_judged(page), key=lambda one: (-one.score, one.candidate.at if one.candidate else -1))
    second = next((one for one in others if one.text != best.text), None)
    head = _taken(page, best.candidate)
    return replace(head, unsure=tuple(_doubts(best, second, noise)), reasons=tuple(_reasons(best, second)))


def _judged(page: Page) -> Iterator[_Judged]:
    weights = page.noise.head_weights
    yield _Judged(None, (("no-headline", weights["no-headline"]),))
    for candidate in page.candidates():
        yield _Judged(candidate, tuple((name, much * weights[name]) for name, much in page.signs(candidate) if much))


def _known(page: Page, known: str) -> Head:
    """The headline that the page's metadata give, or the line of the page that prints it in full; the line goes."""
    key = word_key(known)
    above = page.head[: page.first_prose + 1]
    same = next((at for at, one in enumerate(above) if _is_same(word_key(one.line.text), key)), None)
    if same is None:
        fuller = next((at for at, one in enumerate(above) if _is_in_full(one, key)), None)
        head = _taken(page, None if fuller is None else Candidate(fuller, fuller, above[fuller].line.text))
        return head if fuller is not None else replace(head, title=known)
    head = _taken(page, Candidate(same, same, above[same].line.text))
    note = page.noise.note("title-of-page")
    changes = [replace(made, action="dropped", note=note) if made.kind == "title" else made for made in head.changes]
    return replace(head, title=known, changes=changes)


def _is_same(line: str, known: str) -> bool:
    return line == known or (len(line) > _SAME_TITLE * len(known) and known.startswith(line))


def _is_in_full(one: HeadLine, known: str) -> bool:
    """Whether a line goes on where the metadata break off, or is the headline that they give with the site's name."""
    line = word_key(one.line.text)
    is_long = min(len(line), len(known)) >= _SHORTEST_KEY
    return one.part is Part.OTHER and is_long and (line.startswith(known) or known.startswith(line))


def _taken(page: Page, chosen: Candidate | None) -> Head:
    """The head read with a headline chosen: what is above it goes, authors and days below it are taken."""
    headline = page.head[chosen.at].line.number if chosen else None
    published = day_of_publication((one.date for one in page.head if one.date), headline)
    authors = tuple(page.head[at].line for at in _authors(page, chosen))
    changes = [*_left_out(page, chosen, published), *(_title_changes(page, chosen) if chosen else ())]
    moved = [page.head[at].line for at in range(chosen.at, chosen.last + 1)] if chosen else []
    gone = [*changes, *(move(line, "title") for line in moved), *(move(line, "byline") for line in authors)]
    said = (Line(headline or 0, chosen.text),) if chosen else ()
    title = chosen.text if chosen else None
    return Head(title, without(page.lines, gone), published, authors, changes, said)


def _left_out(page: Page, chosen: Candidate | None, published: str | None) -> Iterator[Change]:
    """Days, furniture and the page's frame."""
    headline = range(chosen.at, chosen.last + 1) if chosen else range(0)
    for at, one in enumerate(page.head):
        if at in headline:
            continue
        if one.date:
            yield drop_date(one.date, published, page.noise)
        elif one.change:
            yield one.change
        elif _is_frame(page, at, chosen):
            yield drop(one.line, "section")


def _authors(page: Page, chosen: Candidate | None) -> Iterator[int]:
    """Names between the headline and the text, or above a text without a headline."""
    start = chosen.last + 1 if chosen else 0
    for at in range(start, page.next_prose(start - 1)):
        if page.head[at].part is Part.BYLINE:
            yield at


def _is_frame(page: Page, at: int, chosen: Candidate | None) -> bool:
    """Whether a line is none of the report's: above the headline anything, below it sections and menu words."""
    if chosen and at < chosen.at:
        return True
    one = page.head[at]
    if at >= page.next_prose(chosen.last if chosen else -1):
        return False
    if one.part in (Part.SECTION, Part.MASTHEAD):
        return True
    longest = _LONGEST_MENU if chosen else _LONGEST_MENU_ABOVE
    is_words = not one.line.is_stopped and not any(map(str.isdigit, one.line.text))
    return page.is_menu(at) and is_words and len(one.line.text.split()) <= longest


def _title_changes(page: Page, chosen: Candidate) -> Iterator[Change]:
    noise = page.noise
    first = page.head[chosen.at].line
    if chosen.glued:
        is_tag = first.text.startswith(chosen.glued) and noise.has("agency", first.text)
        kind, note = ("agency-tag", "agency-start") if is_tag else ("section", "section-glued")
        yield Change("dropped", kind, chosen.glued, first.number, noise.note(note))
        yield Change("moved", "title", chosen.text, first.number)
        return
    for at in range(chosen.at, chosen.last + 1):
        yield move(page.head[at].line, "title")


def _doubts(best: _Judged, second: _Judged | None, noise: Noise) -> Iterator[Unsure]:
    """A doubt where the second reading is nearly as good; between a line and no headline at all less will do."""
    if second is None:
        return
    is_one_line = best.candidate is None or second.candidate is None
    margin = noise.head_weights["margin-alone" if is_one_line else "margin"]
    if best.score - second.score < margin or not _RARE.isdisjoint(dict(best.signs)):
        yield Unsure("title", best.text, "headline-unclear", best.text, second.text)


def _reasons(best: _Judged, second: _Judged | None) -> Iterator[Reason]:
    for judged in (best, second):
        for name, weight in judged.signs if judged else ():
            yield Reason("title", judged.text if judged else "", f"head-{name}", weight=round(weight, 1))
