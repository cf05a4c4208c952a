"""Reads when the reported event took place, and the period it looks back on or ahead to.

In: a cleaned text, what came with it, and the patterns of site-config/event-dates.yml. Out: `When`.
A day whose year the text doesn't give stays `XXXX`; evidence that disagrees makes the date less
precise, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.ingest.date_patterns import DatePatterns
from archive.ingest.event_day import Day, days_in
from archive.ingest.event_year import Passage, YearFinder
from archive.language.sentences import sentence_bounds
from archive.language.spelling import unified
from archive.model.dates import Date
from archive.model.draft import Cleaned, Received, Unsure, When
from archive.model.edtf import parse_date
from archive.model.records import DateBasis

_BLANK = "\u00a4"  # stands for a letter that says nothing about the event
_ADDRESS = re.compile(r"https?://[^\s)>\"]{4,300}")
_MOST_PASSAGES, _LONGEST_PASSAGE = 200, 8_000  # far beyond any report; a file without end costs no more
_LONGEST_LEAD = 60
_LONGEST_OPENING, _LONGEST_DEED = 130, 600
_PROSE = 120
_STOPS = '.!?:;…"'
_HEAD = 3
_VAGUE_HEAD = 5
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


# How sure it is that a day is the event's: it opens a sentence of the first paragraphs; stands within the first
# paragraph or the title; within the next ones; in a caption or further down.
_OPENING, _IN_LEDE, _IN_HEAD, _ELSEWHERE = 4, 3, 2, 1


@dataclass(frozen=True, slots=True)
class _Found:
    """A day that may be the event's; the higher the trust, the surer."""

    day: Day
    trust: int
    passage: Passage


def find_when(cleaned: Cleaned, received: Received, patterns: DatePatterns) -> When:
    """The date of the event with the words it rests on, as far as the text and its page give it."""
    passages = _passages(cleaned, patterns)
    period = _period(passages, patterns)
    stamps = tuple(stamp for stamp in (cleaned.stamp, received.published) if stamp)
    ends = [change.text or "" for change in cleaned.changes] + [block.text for block in cleaned.blocks[-1:]]
    links = [link for text in ends for link in _ADDRESS.findall(text)]
    addresses = tuple(address for address in (cleaned.url, received.url, *links) if address)
    days = sorted(_days(passages, patterns), key=lambda found: -found.trust)
    if not days:
        return _today(passages, patterns, stamps, period) or _vague(passages, patterns, period)
    best = _longest(days[0], days)
    years = YearFinder(patterns, passages, stamps, addresses, _printed_days(cleaned, passages))
    if rival := _rival(best, days):
        return _less_precise(best, rival, years, period)
    return _dated(best, years, patterns, period)


def _longest(best: _Found, days: Sequence[_Found]) -> _Found:
    """`Ngày 12/5 … trong hai ngày 12 và 13/5`: the days that hold the best one, if the lede gives them."""
    holding = (other for other in days if other.trust >= _IN_LEDE and other.passage.order <= best.passage.order)
    longer = [other for other in holding if other.day.length > best.day.length and other.day.covers(best.day)]
    return longer[0] if longer else best


def _rival(best: _Found, days: Sequence[_Found]) -> _Found | None:
    """A day that may as well be the event's: as sure, or before the best one in the lede."""
    for other in days:
        if best.day.covers(other.day) or other.trust < min(best.trust, _IN_LEDE):
            continue
        near = other.passage.order - best.passage.order <= 1
        if _place(other) < _place(best) or (other.trust == best.trust and (best.trust < _OPENING or near)):
            return other
    return None


def _place(found: _Found) -> tuple[int, int]:
    return found.passage.order, found.day.sentence[0]


def _printed_days(cleaned: Cleaned, passages: Sequence[Passage]) -> list[str]:
    """Lines of the page with a date and no clock time; the first line of a page may show the day it was opened."""
    dropped = (c.text or "" for c in cleaned.changes if c.kind == "render-date" and c.line and c.line > 1)
    return [*dropped, *(passage.plain for passage in passages if passage.kind == "line" and passage.order <= 1)]


def _passages(cleaned: Cleaned, patterns: DatePatterns) -> list[Passage]:
    """Title, body and captions, with what never is the event's date blanked out."""
    texts = [(0, "title", cleaned.title or "")]
    order = 0
    for block in cleaned.blocks[:_MOST_PASSAGES]:
        prose = _is_prose(block.text, patterns)
        order += prose
        texts.append((max(order, 1), "body" if prose else "line", block.text))
    texts += [(1000 + order, "caption", c.text) for order, c in enumerate(cleaned.captions[:_MOST_PASSAGES])]
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
    uncited = _blanked(plain, ((citation.start, citation.end) for citation in citations))
    shown = uncited
    has_day = any(pattern.regex.search(uncited) for pattern in patterns.days)
    for pattern in patterns.never if has_day else ():
        shown = _blanked(shown, (match.span() for match in pattern.regex.finditer(shown)))
    documents = tuple(citation.date for citation in citations if citation.date)
    return Passage(order, kind, text, plain, uncited, shown, documents)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, done = [], 0
    for start, end in sorted(spans):
        if end > done:
            pieces += [text[done:start], _BLANK * (end - max(start, done))]
            done = end
    return "".join([*pieces, text[done:]])


def _days(passages: Sequence[Passage], patterns: DatePatterns) -> Iterator[_Found]:
    for passage in passages:
        if passage.kind == "line" or (passage.kind == "body" and passage.order > 2 * _HEAD):
            continue
        for start, end in sentence_bounds(passage.shown, patterns.no_sentence_end):
            taken = start
            event = bool(patterns.event.search(passage.shown[start:end]))
            for match, day in days_in(passage.shown, start, end, patterns):
                lead_from = max(taken, match.start() - _LONGEST_LEAD)
                lead = patterns.before.search(passage.shown[lead_from : match.start()])
                taken = match.end()
                history = day.year is not None and day.year < patterns.first_year
                if lead is None or history or day.length > patterns.longest_event or _is_document_date(day, passage):
                    continue
                words_from = lead_from + lead.start()
                sentence = (start, end)
                opening = words_from - start <= _LONGEST_OPENING and patterns.opening.match(
                    passage.shown[start:words_from]
                )
                until = min(end, match.end() + _LONGEST_DEED)
                happens = event and patterns.happens.search(passage.shown, match.end(), until) is not None
                held = event and bool(patterns.held.search(passage.shown[max(start, words_from - 120) : words_from]))
                if passage.order <= 1 and passage.shown[start:words_from].rstrip(" (").endswith(","):
                    held = held or happens
                trust = _trust(passage, bool(opening), happens, held)
                if trust:
                    closing = 1 if passage.text[words_from : match.end() + 1].endswith(")") else 0
                    words = passage.text[words_from : match.end() + closing].strip(" ,(")
                    words = words if "(" in words else words.removesuffix(")")
                    yield _Found(replace(day, words=words, sentence=sentence), trust, passage)


def _trust(passage: Passage, opening: bool, happens: bool, held: bool) -> int:
    if passage.kind == "caption":
        return _ELSEWHERE
    if passage.order <= 1:
        return _OPENING if opening else _IN_LEDE if held else 0
    if passage.order <= _HEAD:
        return _OPENING if opening and happens else _IN_HEAD if held else 0
    return _ELSEWHERE if opening and happens and passage.order <= 2 * _HEAD else 0


def _is_document_date(day: Day, passage: Passage) -> bool:
    """True for `ngày 3/6/2013, Ban Bí thư ban hành …`, whose date the citation has taken."""
    if not day.year:
        return False
    edtf = f"{day.year:04d}-{day.month:02d}-{day.day:02d}"
    return any(date.edtf == edtf for date in passage.documents)


def _dated(best: _Found, years: YearFinder, patterns: DatePatterns, period: Date | None) -> When:
    day = best.day
    if day.year:
        basis = DateBasis(kind="stated", words=day.words)
        date = day.date(day.year)
        late = years.contradiction(day, day.year)
        unsure = [Unsure("date", date.edtf, late, day.words)] if late else []
        return When(date, basis, period, tuple(unsure))
    year, why, words = years.find(day, best.passage)
    date = day.date(year)
    note = patterns.notes[why if year else "unknown-year"].format(words=words)
    basis = DateBasis(kind="inferred", words=day.words, note=note)
    doubts = [] if year else [Unsure("date", date.edtf, why or "no-year", words or day.words)]
    if best.trust == _ELSEWHERE:
        doubts.append(Unsure("date", date.edtf, "not-in-opening", day.words))
    elif year:
        doubts.append(Unsure("date", date.edtf, "year-inferred", words))
    return When(date, basis, period, tuple(doubts))


def _less_precise(best: _Found, rival: _Found, years: YearFinder, period: Date | None) -> When:
    """Two days that are trusted alike: the month if they share it, else nothing."""
    words = f"{best.day.words} / {rival.day.words}"
    year, other = (found.day.year or years.find(found.day, found.passage)[0] for found in (best, rival))
    year = year if year == other else None
    if best.day.month != rival.day.month or year is None:
        return When(None, None, period, (Unsure("date", "", "two-dates", words),))
    date = parse_date(f"{year:04d}-{best.day.month:02d}")
    basis = DateBasis(kind="inferred", words=best.day.words)
    return When(date, basis, period, (Unsure("date", date.edtf, "two-dates", words),))


def _today(
    passages: Sequence[Passage], patterns: DatePatterns, stamps: Sequence[str], period: Date | None
) -> When | None:
    """`Sáng nay` on a page that carries the time of its publication."""
    for passage in passages[: _HEAD + 1]:
        match = patterns.today.search(passage.shown)
        if match and stamps and passage.kind != "caption":
            words = passage.text[match.start() : match.end()]
            date = parse_date(stamps[0])
            basis = DateBasis(kind="inferred", words=words, note=patterns.notes["today"].format(words=words))
            return When(date, basis, period, (Unsure("date", date.edtf, "day-of-publication", words),))
    return None


def _vague(passages: Sequence[Passage], patterns: DatePatterns, period: Date | None) -> When:
    """No day: the time that the reviewed period leaves open."""
    head = [passage for passage in passages if passage.order <= _VAGUE_HEAD]
    together = "\n".join(passage.plain for passage in head)
    documents = [date for passage in passages for date in passage.documents]
    for pattern in patterns.vague:
        for passage in head:
            text = passage.plain if "unmasked" in pattern.facts else passage.shown
            match = pattern.regex.search(text)
            if match is None or not pattern.facts["with"].search(together):
                continue
            date = parse_date(_filled(pattern.facts["date"], match))
            if any(d.earliest and date.latest and d.earliest > date.latest for d in documents):
                continue
            words = passage.text[match.start() : match.end()].strip(" .-)")
            basis = DateBasis(kind="inferred", words=words, note=patterns.notes["vague"])
            return When(date, basis, period, (Unsure("date", date.edtf, "no-day", words),))
    return When(None, None, period, (Unsure("date", "", "no-date"),))


def _period(passages: Sequence[Passage], patterns: DatePatterns) -> Date | None:
    """The first period with a year, in the title, else in the first paragraphs."""
    for passage in passages:
        if passage.kind == "caption" or passage.order > _VAGUE_HEAD:
            continue
        found = [(m.start(), p, m) for p in patterns.periods if (m := p.regex.search(passage.uncited))]
        if found:
            _, pattern, match = min(found, key=lambda item: item[0])
            return parse_date(_filled(pattern.facts["period"], match))
    return None


def _filled(template: str, match: re.Match[str]) -> str:
    groups = match.groupdict()
    year = int(groups.get("year") or groups.get("year2") or 0)
    quarter = _QUARTERS.get((groups.get("quarter") or "1").lower(), 1)
    end = quarter * 3
    months = [(year + (month - 1) // 12, (month - 1) % 12 + 1) for month in (end - 3, end - 2, end, end + 1)]
    before, begin, close, after = (f"{y:04d}-{m:02d}" for y, m in months)
    return template.format(
        y=year, z=year + 1, z2=groups.get("year2") or "", m=f"{int(groups.get('month') or 0):02d}",
        q=32 + quarter, a=close, b=after, c=before, d=begin,
    )  # fmt: skip
