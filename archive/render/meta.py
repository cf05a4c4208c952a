"""What a page says of itself to machines: description, Dublin Core, schema.org.

In: the record a page is about. Out: the page's front matter, as plain values. Material prints title
and description as they are, so both are escaped here.
"""

from __future__ import annotations

import html
import json
from typing import Any

from archive.knowledge import Kind
from archive.model.dates import Date
from archive.model.records import Article, Document, Entity, Event, Official, Page, Record
from archive.render.view import Shelf


class PageMeta:
    """Makes the front matter of pages."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def of(self, address: str, record: Record | None, kind: Kind | None) -> dict[str, Any]:
        if record is None or isinstance(record, Page):
            description = record.description if isinstance(record, Page) else None
            return {"description": html.escape(description or self.shelf.settings.description)}
        assert kind is not None
        core, linked = self._about(record)
        return {
            "description": html.escape(self._description(record, kind)),
            "dublin_core": {"title": record.label, "language": self.shelf.settings.language, **core},
            "schema_org": _script_json(
                {
                    "@context": "https://schema.org",
                    "url": self.shelf.settings.url + address,
                    **{key: value for key, value in linked.items() if value},
                }
            ),
        }

    def _description(self, record: Record, kind: Kind) -> str:
        date = None
        if isinstance(record, Article):
            date = record.date
        elif isinstance(record, Event):
            date = self.shelf.derived.events[record.id].date
        when = self.shelf.dates.display(date) if date else ""
        return " · ".join(filter(None, [record.label, when, self.shelf.settings.name]))

    def _about(self, record: Record) -> tuple[dict[str, Any], dict[str, Any]]:
        """Dublin Core elements and schema.org properties of a record."""
        if isinstance(record, Article):
            return self._article(record)
        if isinstance(record, Event):
            return self._event(record)
        if isinstance(record, Official):
            return {"type": "Text"}, {"@type": "Person", "name": record.name}
        if isinstance(record, Document):
            core = {"type": "Text", "identifier": record.number, "date": _edtf(record.date)}
            linked = {"@type": "CreativeWork", "name": record.name, "identifier": record.number}
            return {k: v for k, v in core.items() if v}, {**linked, "dateCreated": _day(record.date)}
        assert isinstance(record, Entity)
        return {"type": "Text"}, {"@type": "Thing", "name": record.name}

    def _article(self, article: Article) -> tuple[dict[str, Any], dict[str, Any]]:
        core = {
            "type": "Text",
            "creator": ", ".join(article.byline),
            "publisher": article.publisher,
            "coverage": article.place.printed if article.place else None,
            "source": article.source.url if article.source else None,
            "issued": _edtf(article.published),
        }
        linked = {
            "@type": "NewsArticle",
            "headline": article.title,
            "inLanguage": self.shelf.settings.language,
            "author": [{"@type": "Person", "name": name} for name in article.byline],
            "datePublished": _day(article.published),
            "publisher": {"@type": "Organization", "name": article.publisher} if article.publisher else None,
        }
        return {key: value for key, value in core.items() if value}, linked

    def _event(self, event: Event) -> tuple[dict[str, Any], dict[str, Any]]:
        dossier = self.shelf.derived.events[event.id]
        linked = {"@type": "Event", "name": event.name, "startDate": _day(dossier.date)}
        core = {"type": "Event", "date": _edtf(dossier.date)}
        return {key: value for key, value in core.items() if value}, linked


def _script_json(value: Any) -> str:
    """JSON that can stand in a script element: no `<`, so that nothing in it can end the element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _edtf(date: Date | None) -> str | None:
    return date.edtf if date else None


def _day(date: Date | None) -> str | None:
    """Only a certain day is given to machines that know no uncertainty."""
    return date.edtf if date and date.is_day else None
