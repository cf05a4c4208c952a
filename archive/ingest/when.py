"""Reads when the reported event took place, and the period it looks back on or ahead to.

In: a cleaned text, what came with it, and the patterns of site-config/event-dates.yml. Out: `When`.
A day whose year the text doesn't give stays `XXXX`; evidence that disagrees makes the date less
precise, never a guess.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.ingest.date_patterns import DatePatterns
from archive.ingest.event_year import Day, Passage, YearFinder
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
_LONGEST_OPENING = 130
_HEAD = 3
_VAGUE_HEAD = 5
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


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
    best = days[0]
    rivals = [other for other in days if other.trust == best.trust and not best.day.covers(other.day)]
    if rivals and (best.trust < 3 or rivals[0].passage.order - best.passage.order <= 1):
        return _less_precise(best, rivals[0], period)
    return _dated(best, YearFinder(patterns, passages, stamps, addresses), patterns, period)


def _passages(cleaned: Cleaned, patterns: DatePatterns) -> list[Passage]:
    """Title, body and captions, with what never is the event's date blanked out."""
    texts = [(0, "title", cleaned.title or "")]
    texts += [(order, "body", block.text) for order, block in enumerate(cleaned.blocks[:_MOST_PASSAGES], 1)]
    texts += [(1000 + order, "caption", c.text) for order, c in enumerate(cleaned.captions[:_MOST_PASSAGES])]
    return [_passage(order, kind, text[:_LONGEST_PASSAGE], patterns) for order, kind, text in texts if text]


def _passage(order: int, kind: str, text: str, patterns: DatePatterns) -> Passage:
    citations = patterns.finder.find(text) if patterns.finder else ()
    plain = unified(text)
    uncited = _blanked(plain, ((citation.start, citation.end) for citation in citations))
    shown = uncited
    for pattern in patterns.never:
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
        for start, end in sentence_bounds(passage.shown, patterns.no_sentence_end):
            taken = start
            event = bool(patterns.event.search(passage.shown[start:end]))
            for match, day in _days_in(passage, start, end, patterns):
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
                held = event and bool(patterns.held.search(passage.shown[max(start, words_from - 120) : words_from]))
                trust = _trust(passage, bool(opening), event, held)
                if trust:
                    closing = 1 if passage.text[words_from : match.end() + 1].endswith(")") else 0
                    words = passage.text[words_from : match.end() + closing].strip(" ,(")
                    words = words if "(" in words else words.removesuffix(")")
                    yield _Found(replace(day, words=words, sentence=sentence), trust, passage)


def _trust(passage: Passage, opening: bool, event: bool, held: bool) -> int:
    if passage.kind == "caption":
        return 1
    if passage.kind == "title" or passage.order <= _HEAD:
        return 3 if opening else 2 if held else 0
    return 1 if opening and event and passage.order <= 2 * _HEAD else 0


def _days_in(passage: Passage, start: int, end: int, patterns: DatePatterns) -> Iterator[tuple[re.Match[str], Day]]:
    """Days in a sentence from left to right; two days (`22 và 23/6`) before one."""
    found: dict[int, tuple[re.Match[str], Day]] = {}
    taken = bytearray(end - start)
    for pattern in patterns.days:
        for match in pattern.regex.finditer(passage.shown, start, end):
            place = slice(match.start() - start, match.end() - start)
            if not any(taken[place]):
                day = _day(match)
                if day:
                    taken[place] = b"\1" * (match.end() - match.start())
                    found[match.start()] = (match, day)
    yield from (found[at] for at in sorted(found))


def _day(match: re.Match[str]) -> Day | None:
    """The numbers of a match, or None if there is no such day."""
    numbers = {name: int(value) for name, value in match.groupdict().items() if value and value.isdigit()}
    month = numbers.get("m1") or numbers.get("m1w") or numbers.get("m2")
    last_month = numbers.get("m2", month)
    year = numbers.get("y1") or numbers.get("y2")
    first, last = numbers["d1"], numbers.get("d2", numbers["d1"])
    if month is None or last_month is None or not _is_real(year, month, first) or not _is_real(year, last_month, last):
        return None
    if (last_month, last) < (month, first) and not (month == 12 and last_month == 1):
        return None
    return Day(first, month, last, last_month, year, "", (0, 0))


def _is_real(year: int | None, month: int, day: int) -> bool:
    try:
        datetime.date(year or 2000, month, day)
    except ValueError:
        return False
    return True


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
    if best.trust < 2:
        doubts.append(Unsure("date", date.edtf, "not-in-opening", day.words))
    elif year:
        doubts.append(Unsure("date", date.edtf, "year-inferred", words))
    return When(date, basis, period, tuple(doubts))


def _less_precise(best: _Found, rival: _Found, period: Date | None) -> When:
    """Two days that are trusted alike: the month if they share it, else nothing."""
    words = f"{best.day.words} / {rival.day.words}"
    year = best.day.year if best.day.year == rival.day.year else None
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
