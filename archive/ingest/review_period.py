"""Reads the period that a meeting looks back on or ahead to, and the time that it leaves open for the meeting itself.

In: the passages of a report and the patterns of site-config/event-dates.yml. Out: dates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.ingest.date_patterns import QUARTERS, DatePatterns, Pattern
from archive.ingest.dated_passages import Passage
from archive.ingest.rules.event_dates import VagueRule
from archive.model.dates import Date
from archive.model.edtf import parse_date

_HEAD = 5


def find_period(passages: Sequence[Passage], patterns: DatePatterns) -> Date | None:
    """The first period with a year, in the title, else in the first paragraphs."""
    for passage in passages:
        if passage.kind == "caption" or passage.order > _HEAD:
            continue
        found = [(m.start(), p, m) for p in patterns.periods if (m := p.regex.search(passage.uncited))]
        if found:
            _, pattern, match = min(found, key=lambda item: item[0])
            return parse_date(_filled(pattern.rule.period, match))
    return None


def find_span(passages: Sequence[Passage], patterns: DatePatterns) -> tuple[Date, str] | None:
    """Where no day is printed: the time that the reviewed period leaves open, and its words."""
    head = [passage for passage in passages if passage.order <= _HEAD]
    together = "\n".join(passage.plain for passage in head)
    for pattern in patterns.vague:
        if patterns.vague_with[pattern.id].search(together):
            spans = [span for passage in head if (span := _span_in(passage, pattern))]
            if fitting := next((span for span in spans if not _is_before_a_document(span[0], passages)), None):
                return fitting
    return None


def _is_before_a_document(date: Date, passages: Sequence[Passage]) -> bool:
    """Whether the text cites a document that is later than the whole span."""
    issued = (document.earliest for passage in passages for document in passage.documents)
    return date.latest is not None and any(day > date.latest for day in issued if day)


def _span_in(passage: Passage, pattern: Pattern[VagueRule]) -> tuple[Date, str] | None:
    match = pattern.regex.search(passage.plain if pattern.rule.unmasked else passage.shown)
    if match is None:
        return None
    return parse_date(_filled(pattern.rule.date, match)), passage.text[match.start() : match.end()].strip(" .-)")


def _filled(template: str, match: re.Match[str]) -> str:
    groups = match.groupdict()
    year = int(groups.get("year") or groups.get("year2") or 0)
    quarter = QUARTERS.get((groups.get("quarter") or "1").lower(), 1)
    end = quarter * 3
    months = [(year + (month - 1) // 12, (month - 1) % 12 + 1) for month in (end - 3, end - 2, end, end + 1)]
    before, begin, close, after = (f"{y:04d}-{m:02d}" for y, m in months)
    return template.format(
        y=year, z=year + 1, z2=groups.get("year2") or "", m=f"{int(groups.get('month') or 0):02d}",
        q=32 + quarter, a=close, b=after, c=before, d=begin,
    )  # fmt: skip
