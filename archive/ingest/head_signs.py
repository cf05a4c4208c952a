"""What speaks for and against a line's being the headline.

In: the lines at the top of a page. Out: candidates (a line, a line without a section's name glued to it, two lines of
capitals) and of each the signs seen, with how much there is of each, 0 to 1. Weights are in site-config/noise.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from archive.ingest.head_lines import HeadLine, Part, opens_report
from archive.ingest.lines import Line, word_key
from archive.ingest.noise import Noise, end_of
from archive.ingest.page_dates import Says
from archive.language.spelling import comparable

_LEDE, _BODY, _BODY_LINES = 700, 3000, 12
_DASHES = "-–"
_OPEN_ENDS = f",;:{_DASHES}"
_MARKS = "\"'.,;:!?()[]“”‘’…-–|"
_EXPLAINED = (Part.DATE, Part.FURNITURE, Part.SECTION, Part.MASTHEAD, Part.BYLINE, Part.CAPTION)
_AGAINST = {Part.DATE: "is-day", Part.FURNITURE: "is-furniture", Part.BYLINE: "is-byline", Part.PROSE: "is-prose"}
_AGAINST |= {Part.SECTION: "is-section", Part.MASTHEAD: "is-masthead", Part.CAPTION: "is-caption"}
_HEADLINE_WORDS = 4
_MOST_MENU = 3
_USUAL_WORDS = (6, 32)
_LONGEST_STOPPED, _LITTLE = 140, 0.4
_SAME = 0.5
"""A line that shares more with the headline says the headline in other words."""

Pairs = frozenset[tuple[str, str]]
Sign = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be the headline: the lines of the head from `at` to `last`, its words, and what was glued to them."""

    at: int
    last: int
    text: str
    glued: str = ""


class Page:
    """The first lines of a page, with all that is asked of several of them."""

    def __init__(self, head: Sequence[HeadLine], lines: Sequence[Line], noise: Noise) -> None:
        self.head = head
        self.lines = lines
        self.noise = noise
        self._pairs = [word_pairs(one.line.text[:_LEDE]) for one in head]
        self._keys = [word_key(one.line.text) if one.part is not Part.PROSE else "" for one in head]

    @cached_property
    def first_prose(self) -> int:
        """The place of the first paragraph, or the number of lines if there is none."""
        return self.next_prose(-1)

    @cached_property
    def body(self) -> Pairs:
        """The pairs of words of the first paragraphs."""
        text = " ".join(one.text for one in self.lines[self.first_prose : self.first_prose + _BODY_LINES])
        return word_pairs(text[:_BODY])

    def next_prose(self, at: int) -> int:
        """The place of the first paragraph below a line, or the number of lines."""
        return next((n for n in range(at + 1, len(self.head)) if self.head[n].part is Part.PROSE), len(self.head))

    def is_menu(self, at: int) -> bool:
        """A line that has nothing of the report: a word of the page's frame."""
        return self.head[at].part is Part.OTHER and not self._pairs[at] & self.body

    def candidates(self) -> Iterator[Candidate]:
        for at, one in enumerate(self.head):
            text = one.line.text
            yield Candidate(at, at, text)
            for rest in unglued(text, self.noise):
                yield Candidate(at, at, rest, glued=text.replace(rest, "").strip())
            if self._goes_on_in_capitals(at):
                yield Candidate(at, at + 1, f"{text} {self.head[at + 1].line.text}")

    def signs(self, candidate: Candidate) -> Iterator[Sign]:
        """What is seen of a candidate, each with how much of it there is."""
        lede = self.next_prose(candidate.last)
        yield from self._of_words(candidate, lede)
        yield from self._of_form(candidate, lede)
        yield from self._of_place(candidate, lede)

    def _of_words(self, candidate: Candidate, lede: int) -> Iterator[Sign]:
        """Whether the text speaks of what the candidate says."""
        if lede < len(self.head):
            pairs = word_pairs(candidate.text)
            answered = share(pairs, self._pairs[lede])
            taken_up = max(0.0, share(pairs, self.body) - answered)
            yield "answered", answered
            yield "taken-up", taken_up
            yield "unanswered", float(not answered and not taken_up)
        key = word_key(candidate.text)
        others = (key in other for at, other in enumerate(self._keys) if not candidate.at <= at <= candidate.last)
        yield "said-again", float(len(candidate.text.split()) >= _HEADLINE_WORDS and any(others))

    def _of_form(self, candidate: Candidate, lede: int) -> Iterator[Sign]:
        text, noise = candidate.text, self.noise
        line = Line(self.head[candidate.at].line.number, text)
        few, many = _USUAL_WORDS
        words = len(text.split())
        yield "few-words", max(0.0, (few - words) / 3)
        yield "many-words", max(0.0, (words - many) / 10)
        if text.endswith(".") and not text.endswith(".."):
            yield ("stopped-lede-follows" if self._opens(lede) else "stopped"), 1.0
        yield "open-end", float(text[-1] in _OPEN_ENDS) + float(text[-1] in _DASHES)
        yield "several-sentences", float(not line.is_one_sentence)
        yield "small-start", float(text[0].islower())
        yield "opens", float(opens_report(text, noise) and (self._opens(candidate.at) or candidate.glued != ""))
        yield "capitals", float(text.isupper())
        yield "begins-item", float(noise.has("not-joined", text))
        yield "scene", float(noise.has("scene", text) and not text.isupper())
        yield "reports", float(noise.has("reported", text))
        if not candidate.glued and _has_section_glued(text, noise):
            yield "glued-section", 1.0
        elif not candidate.glued and noise.has("section-maybe", text):
            yield "section-words-first", 1.0
        yield "goes-on", float(candidate.at == candidate.last and self._goes_on_in_capitals(candidate.at))

    def _of_place(self, candidate: Candidate, lede: int) -> Iterator[Sign]:
        """What the line itself is taken for, and what stands above and below."""
        part = self.head[candidate.at].part
        if part in _AGAINST and not (candidate.glued and part is Part.SECTION):
            yield _AGAINST[part], _LITTLE if self._may_be_stopped_headline(candidate) else 1.0
        above, between = range(candidate.at), range(candidate.last + 1, lede)
        yield "first", float(candidate.at == 0)
        yield "prose-above", float(any(self.head[at].part is Part.PROSE for at in above))
        yield "headline-above", max((self._like_headline(at) for at in above), default=0.0)
        said = word_pairs(candidate.text)
        others = (at for at in between if share(self._pairs[at], said) < _SAME)
        yield "headline-below", max(map(self._like_headline, others), default=0.0)
        yield "stamp-follows", float(self._is_stamped(candidate))
        yield "menu-between", float(min(_MOST_MENU, sum(map(self.is_menu, between))))
        yield "nothing-follows", float(candidate.last + 1 >= len(self.lines))
        yield "lede-follows", float(self._opens(lede))
        is_alone = candidate.at == 0 and lede == 1 and part is Part.OTHER
        yield "alone", float(is_alone and _may_stand_alone(candidate.text))
        is_explained = all(self.head[at].part in _EXPLAINED for at in between)
        yield "above-text", float(lede < len(self.head) and is_explained)

    def _may_be_stopped_headline(self, candidate: Candidate) -> bool:
        """One short sentence above all but the page's frame: some sites print a stop behind their headlines."""
        one, above = self.head[candidate.at], self.head[: candidate.at]
        is_first = all(line.part in (Part.SECTION, Part.MASTHEAD, Part.FURNITURE) for line in above)
        is_short = is_first and len(candidate.text) <= _LONGEST_STOPPED
        return is_short and one.part is Part.PROSE and not one.opens and one.line.is_one_sentence

    def _is_stamped(self, candidate: Candidate) -> bool:
        """Some words, and right below them the day of publication."""
        below = self.head[candidate.last + 1 : candidate.last + 2]
        is_stamp = any(one.date is not None and one.date.says is Says.STATED for one in below)
        is_other = self.head[candidate.at].part is Part.OTHER
        return is_stamp and is_other and len(candidate.text.split()) >= _HEADLINE_WORDS

    def _opens(self, at: int) -> bool:
        return at < len(self.head) and self.head[at].opens

    def _like_headline(self, at: int) -> float:
        """How much a line above looks like the headline itself."""
        one = self.head[at]
        if one.part is not Part.OTHER or len(one.line.text.split()) < _HEADLINE_WORDS:
            return 0.0
        return share(self._pairs[at], self.body)

    def _goes_on_in_capitals(self, at: int) -> bool:
        """A headline in capitals on two lines."""
        both = self.head[at : at + 2]
        is_pair = len(both) == 2 and all(one.part is Part.OTHER and one.line.text.isupper() for one in both)
        is_said_on = is_pair and both[0].line.text[-1] not in ".!?" and self._keys[at] != self._keys[at + 1]
        return is_said_on and both[1].line.gap <= 1


def unglued(text: str, noise: Noise) -> Iterator[str]:
    """The line without the name of a section glued to its beginning or its end, or without an agency's tag."""
    if _has_tag(text, noise):
        found = noise.find("agency", text)
        yield text[found.end() if found else 0 :].strip()
    elif found := noise.find("section-glued", text) or noise.find("section-maybe", text):
        yield from filter(None, [text[found.end() :].strip()])
    elif found := _section_after(text, noise):
        yield from filter(None, [text[: end_of(text, found)].strip()])


def _may_stand_alone(text: str) -> bool:
    """Words that may be a headline even where the text takes up none of them, as those of features."""
    return len(text.split()) >= _HEADLINE_WORDS and text[0].isupper() and text[-1] not in _OPEN_ENDS + "."


def word_pairs(text: str) -> Pairs:
    """Neighbouring words, as compared."""
    words = [word for raw in comparable(text).split() if (word := raw.strip(_MARKS))]
    return frozenset(pairwise(words))


def share(some: Pairs, others: Pairs) -> float:
    return len(some & others) / len(some) if some else 0.0


def _has_section_glued(text: str, noise: Noise) -> bool:
    """Not merely a section's name and a blank, which may be the headline's own first words."""
    return noise.has("section-glued", text) or _has_tag(text, noise) or _section_after(text, noise) is not None


def _has_tag(text: str, noise: Noise) -> bool:
    return noise.has("agency", text) and not noise.has("not-agency", text)


def _section_after(text: str, noise: Noise) -> re.Match[str] | None:
    return None if Line(0, text).is_stopped else noise.find("section-after", text)
