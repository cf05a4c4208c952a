"""All pages of the site, one after another.

In: the shelf (corpus, derived, knowledge) and the templates. Out: `SitePage` and `SiteFile`
values. This module knows which pages there are; how they look is in templates/pages.
"""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from archive.config import Settings
from archive.knowledge import Knowledge
from archive.model.corpus import Corpus
from archive.model.derived import Derived
from archive.model.pages import SiteFile, SitePage
from archive.render import timeline
from archive.render.data import data_files
from archive.render.dates import DateWords
from archive.render.environment import make_environment
from archive.render.lists import Lists
from archive.render.meta import PageMeta
from archive.render.view import PLACES_ADDRESS, UNRESOLVED_ADDRESS, Shelf, View


def render_site(
    corpus: Corpus, derived: Derived, knowledge: Knowledge, settings: Settings, templates: Path
) -> Iterator[SitePage | SiteFile]:
    """Every page and data file of the site."""
    shelf = Shelf(corpus, derived, knowledge, settings, DateWords(knowledge.date_words))
    renderer = _Renderer(shelf, templates)
    yield from renderer.records()
    yield from renderer.sections()
    yield from renderer.listings()
    yield from renderer.written_pages()
    yield from renderer.tombstones()
    yield from renderer.redirects()
    tables = data_files(shelf)
    for json_file, csv_file, _ in tables.values():
        yield from (json_file, csv_file)
    shown = {name: table for name, (_, _, table) in tables.items()}
    yield renderer.page("du-lieu/", "data", knowledge.labels["data"]["title"], tables=shown)
    yield from _redirect_list(knowledge)


class _Renderer:
    def __init__(self, shelf: Shelf, templates: Path) -> None:
        self.shelf = shelf
        self.meta = PageMeta(shelf)
        self.environment = make_environment(
            templates,
            {
                "t": shelf.knowledge.labels,
                "lists": Lists(shelf),
                "strip": timeline.strip,
                "by_year_and_month": timeline.by_year_and_month,
            },
        )

    def page(self, address: str, template: str, title: str, **context: Any) -> SitePage:
        """One page; `context` is what its template needs beyond the view."""
        view = View(self.shelf, address)
        text = self.environment.get_template(f"{template}.md.j2").render(v=view, title=title, **context)
        meta = {"title": html.escape(title), **self.meta.of(address, context.get("record"), context.get("kind"))}
        meta["area"] = address.split("/", maxsplit=1)[0]
        return SitePage(address, title, text, meta)

    def records(self) -> Iterator[SitePage]:
        """A page for every record of every kind."""
        dossiers: Mapping[str, Mapping[str, Any]] = {
            "articles": self.shelf.derived.read,
            "events": self.shelf.derived.events,
            "officials": self.shelf.derived.officials,
            "documents": self.shelf.derived.documents,
            **self.shelf.derived.entities,
        }
        for kind in self.shelf.knowledge.kinds.values():
            for id, record in self.shelf.corpus.records(kind.id).items():
                address = f"{kind.address}/{id}/"
                yield self.page(
                    address, kind.template, record.label, record=record, kind=kind, dossier=dossiers[kind.id][id]
                )

    def sections(self) -> Iterator[SitePage]:
        """Home, the index of every kind, the timeline, search."""
        derived, labels = self.shelf.derived, self.shelf.knowledge.labels
        bars = timeline.bars(derived.by_year, derived.moments)
        yield self.page("", "home", self.shelf.settings.name, bars=bars)
        for kind in self.shelf.knowledge.kinds.values():
            title = kind.plural
            context = {"records": self.shelf.corpus.records(kind.id), "listed_kind": kind}
            yield self.page(f"{kind.address}/", kind.index, title, **context)
        yield self.page("nguoi/theo-ho/", "officials-by-full-name", labels["official"]["by_full"])
        yield self.page(UNRESOLVED_ADDRESS, "unresolved", labels["document"]["unresolved"])
        yield self.page("dong-thoi-gian/", "timeline", labels["timeline"]["title"], bars=bars)
        yield self.page("tim-kiem/", "search", labels["search"]["title"])

    def listings(self) -> Iterator[SitePage]:
        """By year, level and place."""
        derived, knowledge, labels = self.shelf.derived, self.shelf.knowledge, self.shelf.knowledge.labels
        bars = timeline.bars(derived.by_year, derived.moments)
        yield self.page("nam/", "years", labels["years"]["title"], bars=bars)
        for year, keys in derived.by_year.items():
            yield self.page(f"nam/{year}/", "year", f"{labels['timeline']['year']} {year}", year=year, keys=keys)
        yield self.page("cap/", "levels", labels["levels"]["title"])
        for code, term in knowledge.vocabularies["levels"].items():
            keys = derived.by_level.get(code, ())
            yield self.page(f"cap/{code}/", "level", term.name, level=term, keys=keys)
        yield self.page(PLACES_ADDRESS, "places", labels["places"]["title"], places=self._places())
        for code in self._places():
            term = knowledge.vocabularies["places"][code]
            keys = derived.by_place.get(code, ())
            yield self.page(f"{PLACES_ADDRESS}{code}/", "place", term.name, place=term, keys=keys)

    def _places(self) -> list[str]:
        """The places something happened in, in dictionary order."""
        places = self.shelf.knowledge.vocabularies["places"]
        return sorted(
            self.shelf.derived.by_place, key=lambda code: self.shelf.knowledge.collation.key(places[code].name)
        )

    def written_pages(self) -> Iterator[SitePage]:
        for id, page in self.shelf.corpus.pages.items():
            yield self.page(f"{id}/", "page", page.title, record=page)

    def tombstones(self) -> Iterator[SitePage]:
        for stone in self.shelf.knowledge.tombstones:
            title = self.shelf.knowledge.labels["tombstone"]["title"]
            yield self.page(stone.address.lstrip("/"), "tombstone", title, stone=stone)

    def redirects(self) -> Iterator[SitePage]:
        """A page at every old address that leads on by itself, and by a link."""
        for redirect in self.shelf.knowledge.redirects:
            address, target = redirect.source.lstrip("/"), redirect.target.lstrip("/")
            title = self.shelf.knowledge.labels["redirect"]["title"]
            page = self.page(address, "redirect", title, target=target, reason=redirect.reason)
            to = View(self.shelf, address).link(target)
            yield dataclasses.replace(page, meta={**page.meta, "redirect": to})


def _redirect_list(knowledge: Knowledge) -> Iterator[SiteFile]:
    """The redirects in the form that common hosts read, beside the pages that redirect by themselves."""
    if knowledge.redirects:
        lines = [f"{redirect.source} {redirect.target} 301" for redirect in knowledge.redirects]
        yield SiteFile("_redirects", "\n".join(lines) + "\n")
