"""Days that a page prints of itself, and which of them is the day of publication.

In: lines. Out: what each day's line says, and once the headline is known, the day of publication or None.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from archive.ingest.lines import Line, drop
from archive.ingest.noise import Noise
from archive.model.records import Change

_DAY = re.compile(r"(\d{1,2})\D{1,8}(\d{1,2})\D{1,8}(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_BULLETS = "\u2022\u00b7|> "
_UTC_TO_VIETNAM = datetime.timedelta(hours=7)


class Says(IntEnum):
    """How much the form of a day's line says about publication, the most first."""

    STATED = 0  # a clock time, or words such as "Ngày đăng"
    CRAWLED = 1  # the day an index keeps with the page
    BARE = 2  # a day and nothing else: of publication under the headline, of opening above it
    OPENED = 3  # a weekday, or the words of a clock: the moment the page was opened


@dataclass(frozen=True, slots=True)
class PageDate:
    """A line that is a day of the page; `day` is EDTF, None for a day that isn't in the calendar."""

    line: Line
    says: Says
    day: str | None


def read_page_date(line: Line, noise: Noise) -> PageDate | None:
    """What a line that is nothing but a day (and a clock time, views, a zone) says."""
    text = line.text.lstrip(_BULLETS)
    if noise.has("opened", text):
        return PageDate(line, Says.OPENED, None)
    for group, says in (("stamp", Says.STATED), ("crawled", Says.CRAWLED), ("bare-day", Says.BARE)):
        if found := noise.find(group, text):
            return PageDate(line, says, _day(found["day"], found.groupdict().get("utc")))
    return PageDate(line, Says.OPENED, None) if noise.has("render-date", text) else None


def day_of_publication(dates: Iterable[PageDate], headline: int | None) -> str | None:
    """The day that speaks most clearly; below the headline before above it.

    `headline` is the number of the headline's line. A bare day counts below it or behind it alone.
    """
    below = headline or 0
    ranked = [
        (found.line.number <= below, found.says, found.line.number, found.day)
        for found in dates
        if found.day
        and (found.says < Says.BARE or (found.says is Says.BARE and headline and found.line.number >= below))
    ]
    stated = sorted(ranked, key=lambda rank: (rank[1] is Says.CRAWLED, rank[0], rank[1:3]))
    return stated[0][3] if stated else None


def drop_date(found: PageDate, published: str | None, noise: Noise) -> Change:
    """The change of leaving a day's line out, with what it is."""
    is_stamp = found.says is not Says.OPENED and found.day is not None and found.day == published
    if is_stamp or found.says in (Says.STATED, Says.CRAWLED):
        return drop(found.line, "stamp", noise.note("stamp"))
    return drop(found.line, "render-date", noise.note("render-date"))


def _day(words: str, clock_in_utc: str | None) -> str | None:
    iso, match = _ISO.fullmatch(words), _DAY.fullmatch(words)
    if iso is None and match is None:
        return None
    year, month, day = map(int, iso.groups()) if iso else map(int, reversed(match.groups()))  # type: ignore[union-attr]
    if month > 12:  # `06/17/2022 4:12:30 PM`: some sites print dates as their software's country does
        day, month = month, day
    try:
        date = datetime.datetime(year, month, day, int(clock_in_utc or 0))
    except ValueError:
        return None
    return (date + _UTC_TO_VIETNAM if clock_in_utc else date).date().isoformat()
