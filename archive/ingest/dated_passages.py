"""The parts of a report that its date is read from, with what never is the event's day hidden.

In: a cleaned text and the patterns of site-config/event-dates.yml. Out: title, paragraphs, lines of the page and
captions as `Passage`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.ingest.date_patterns import DatePatterns
from archive.language.spelling import unified
from archive.model.dates import Date
from archive.model.draft import Cleaned

BLANK = "\u00a4"  # stands for a letter that says nothing about the event
CITED = "cited"
HEAD = 3
_MOST_PASSAGES, _LONGEST_PASSAGE = 200, 8_000  # far beyond any report; a file without end costs no more
_CAPTIONS_FROM = 1000
_PROSE = 120
_STOPS = '.!?:;…"'


@dataclass(frozen=True, slots=True)
class Hidden:
    """A stretch of a passage whose day isn't the event's, and the rule that says so."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Title, paragraph (`body`), line of the page or caption. `plain` is one form of the text; `uncited` has the
    documents blanked out, `shown` also the days that never are the event's, which `hidden` lists. `order`: title 0,
    paragraphs from 1 (lines of the page count as the paragraph before), captions from 1000."""

    order: int
    kind: str
    text: str
    plain: str
    uncited: str
    shown: str
    documents: tuple[Date, ...] = ()
    hidden: tuple[Hidden, ...] = ()


def read_passages(cleaned: Cleaned, patterns: DatePatterns) -> list[Passage]:
    """Title, body and captions, in that order."""
    texts = [(0, "title", cleaned.title or "")]
    order = 0
    for block in cleaned.blocks[:_MOST_PASSAGES]:
        is_prose = _is_prose(block.text, patterns)
        order += is_prose
        texts.append((max(order, 1), "body" if is_prose else "line", block.text))
    texts += [(_CAPTIONS_FROM + order, "caption", c.text) for order, c in enumerate(cleaned.captions[:_MOST_PASSAGES])]
    return [_passage(order, kind, text[:_LONGEST_PASSAGE], patterns) for order, kind, text in texts if text]


def _is_prose(text: str, patterns: DatePatterns) -> bool:
    """A paragraph, not a masthead, a heading or a line of the page that the cleaning left."""
    plain = unified(text[:_PROSE])
    if len(text) >= _PROSE or plain.rstrip()[-1:] in _STOPS:
        return True
    day = next((match for pattern in patterns.days for match in pattern.regex.finditer(plain)), None)
    return day is not None and patterns.happens.search(plain, day.end()) is not None


def _passage(order: int, kind: str, text: str, patterns: DatePatterns) -> Passage:
    citations = patterns.finder.find(text) if patterns.finder else ()
    plain = unified(text)
    hidden = [Hidden(citation.start, citation.end, CITED) for citation in citations]
    uncited = _blanked(plain, hidden)
    shown = uncited
    if any(pattern.regex.search(uncited) for pattern in patterns.days):
        for pattern in patterns.never:
            found = [Hidden(*match.span(), pattern.id) for match in pattern.regex.finditer(shown)]
            shown = _blanked(shown, found)
            hidden += found
    documents = tuple(citation.date for citation in citations if citation.date)
    return Passage(order, kind, text, plain, uncited, shown, documents, tuple(hidden))


def _blanked(text: str, spans: Iterable[Hidden]) -> str:
    return "".join(_pieces(text, spans))


def _pieces(text: str, spans: Iterable[Hidden]) -> Iterator[str]:
    done = 0
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if span.end > done:
            yield text[done : span.start]
            yield BLANK * (span.end - max(span.start, done))
            done = span.end
    yield text[done:]
