"""List entries: the lists in which one record or timeline entry stands.

In: one article, official, document, added record or moment. Out: `ListEntry` rows, which depend on nothing else.
The names of the lists are here and in `render/listings.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.database.rows import ListEntry, Moment
from archive.json_text import strings
from archive.language.spelling import Collation
from archive.model.dates import Date
from archive.model.edtf import parse_date
from archive.model.lists import SPANNING, month_part, year_parts
from archive.model.records import Article, Authority, Document, Entity, Official, Record

_NEXT = "\x01"  # between two keys; lower than anything that either holds
_DIGITS, _WIDEST = re.compile(r"\d+"), 8
_NO_DATE = "9999-12-319999-12-31~"


def in_time(article: Article) -> str:
    """A sort key: the order of time, without a date last."""
    return "/".join(map(str, article.date.sort_key)) if article.date else "~"


def moment_entries(moment: Moment) -> Iterator[ListEntry]:
    """By year, in all and by kind, level and place; a moment that may fall in two years stands in both."""
    lists = ["moments"]
    lists += ["moments/events"] if moment.kind == "events" else []
    lists += [f"moments/level:{moment.level}"] if moment.level else []
    lists += [f"moments/place:{place}" for place in strings(moment.places)]
    date = parse_date(moment.date) if moment.date else None
    years, sort = year_parts(date), by_date(date)
    for name in lists:
        for year in years:
            yield ListEntry(name, year, sort, moment.key)
            if len(years) > 1:
                yield ListEntry(SPANNING + name, year, sort, moment.key)


def article_entries(article: Article, mentions: int, unresolved: int, order: Collation) -> Iterator[ListEntry]:
    """By year (by title where there is none), its open citations by month, and how much it mentions.

    `mentions` has one entry an article, whose part is the number of its mentions.
    """
    year = year_parts(article.date)[0]
    yield ListEntry("articles", year, by_date(article.date) if year else order.sort_text(article.title), article.id)
    yield ListEntry("mentions", f"{mentions}", "", article.id)
    for number in range(1, unresolved + 1):
        sort = _NEXT.join([by_date(article.date), article.id, f"{number:04d}"])
        yield ListEntry("unresolved", month_part(article.date), sort, f"{article.id}/{number}")


def record_entries(kind: str, record: Record, order: Collation) -> Iterator[ListEntry]:
    """The lists of its kind, and corrections by year: their id is the record and the number of the correction in it."""
    match record:
        case Official():
            yield from _official_entries(record, order)
        case Document():
            yield from _document_entries(record, order)
        case Entity():
            initial, name = order.initial(record.name), order.sort_text(record.name)
            yield ListEntry(f"entities:{record.kind}", initial, name, record.id)
    for number, correction in enumerate(record.corrections if isinstance(record, (Article, Authority)) else (), 1):
        id = f"{kind}/{record.id}"
        sort = _NEXT.join([by_date(correction.date), id, f"{number:04d}"])
        yield ListEntry("corrections", year_parts(correction.date)[0], sort, f"{id}/{number}")


def _official_entries(official: Official, order: Collation) -> Iterator[ListEntry]:
    """By given name, which comes last in a Vietnamese name, and by full name."""
    given, full = official.name.split()[-1], order.sort_text(official.name)
    yield ListEntry("officials/given", order.initial(given), order.sort_text(given) + _NEXT + full, official.id)
    yield ListEntry("officials/full", order.initial(official.name), full, official.id)


def natural(name: str) -> str:
    """A name in which numbers sort as numbers.

    >>> sorted(["118-QĐ/TW", "25-NQ/TW"], key=natural)
    ['25-NQ/TW', '118-QĐ/TW']
    """
    return _DIGITS.sub(lambda number: number[0].zfill(_WIDEST), name)


def _document_entries(document: Document, order: Collation) -> Iterator[ListEntry]:
    """By type, by the letter of the issuer, and by year."""
    name, issuer = order.sort_text(natural(document.name)), document.issuer or ""
    years = document.date.years if document.date else ()
    yield ListEntry("documents/type", document.type, name, document.id)
    letter = order.initial(issuer) if issuer else ""
    yield ListEntry("documents/issuer", letter, order.sort_text(issuer) + _NEXT + name, document.id)
    yield ListEntry("documents/year", f"{years[0]:04d}" if len(years) == 1 else "", name, document.id)


def by_date(date: Date | None) -> str:
    """Sorts as `Date.sort_key` does, what has no date last."""
    if date is None:
        return _NO_DATE
    start, end, edtf = date.sort_key
    return start.isoformat() + end.isoformat() + edtf
