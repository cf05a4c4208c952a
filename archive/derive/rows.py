"""Rows: the lists in which one record or moment stands.

In: one article, official, document, added record or moment. Out: its `Row` values, which depend on
nothing else. The names of the lists are here and in `render/listings.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.language.spelling import Collation
from archive.model.dates import Date
from archive.model.derived import Moment, ReadArticle
from archive.model.lists import SPANNING, Row, month_part, year_parts
from archive.model.records import Article, Authority, Document, Entity, Official

_NEXT = "\x01"  # between two keys; lower than anything that either holds
_NO_DATE = "9999-12-319999-12-31~"


def moment_rows(moment: Moment) -> Iterator[Row]:
    """By year, in all and by kind, level and place; a moment that may fall in two years stands in both."""
    lists = ["moments"]
    lists += ["moments/events"] if moment.kind == "events" else []
    lists += [f"moments/level:{moment.level}"] if moment.level else []
    lists += [f"moments/place:{place}" for place in moment.places]
    years, sort = year_parts(moment.date), _by_date(moment.date)
    for name in lists:
        for year in years:
            yield Row(name, year, sort, moment.key)
            if len(years) > 1:
                yield Row(SPANNING + name, year, sort, moment.key)


def article_rows(article: Article, held: ReadArticle, order: Collation) -> Iterator[Row]:
    """By year (by title where there is none), its unresolved citations by month, and how much it mentions.

    `mentions` has one row an article, whose part is the number of its mentions.
    """
    year = year_parts(article.date)[0]
    yield Row("articles", year, _by_date(article.date) if year else order.sort_text(article.title), article.id)
    yield Row("mentions", f"{len(held.mentions)}", "", article.id)
    for number, _ in enumerate(held.unresolved, 1):
        sort = _NEXT.join([_by_date(article.date), article.id, f"{number:04d}"])
        yield Row("unresolved", month_part(article.date), sort, f"{article.id}/{number}")


def correction_rows(kind: str, record: Article | Authority) -> Iterator[Row]:
    """By year; the id is the record and the number of the correction in it."""
    for number, correction in enumerate(record.corrections, 1):
        id = f"{kind}/{record.id}"
        sort = _NEXT.join([_by_date(correction.date), id, f"{number:04d}"])
        yield Row("corrections", year_parts(correction.date)[0], sort, f"{id}/{number}")


def official_rows(official: Official, order: Collation) -> Iterator[Row]:
    """By given name, which comes last in a Vietnamese name, and by full name."""
    given, full = official.name.split()[-1], order.sort_text(official.name)
    yield Row("officials/given", order.initial(given), order.sort_text(given) + _NEXT + full, official.id)
    yield Row("officials/full", order.initial(official.name), full, official.id)


def document_rows(document: Document, order: Collation) -> Iterator[Row]:
    """By type, by the letter of the issuer, and by year."""
    name, issuer = order.sort_text(document.name), document.issuer or ""
    years = document.date.years if document.date else ()
    yield Row("documents/type", document.type, name, document.id)
    letter = order.initial(issuer) if issuer else ""
    yield Row("documents/issuer", letter, order.sort_text(issuer) + _NEXT + name, document.id)
    yield Row("documents/year", f"{years[0]:04d}" if len(years) == 1 else "", name, document.id)


def entity_rows(entity: Entity, order: Collation) -> Iterator[Row]:
    yield Row(f"entities:{entity.kind}", order.initial(entity.name), order.sort_text(entity.name), entity.id)


def _by_date(date: Date | None) -> str:
    """Sorts as `Date.sort_key` does, what has no date last."""
    if date is None:
        return _NO_DATE
    start, end, edtf = date.sort_key
    return start.isoformat() + end.isoformat() + edtf
