"""The lists that index pages show, each in the order in which it is shown.

In: the shelf. Out: groups of records. Names are in Vietnamese dictionary order, time runs forward.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from archive.model.derived import Moment
from archive.model.records import Article, Document, Official
from archive.render.view import Shelf


@dataclass(frozen=True, slots=True)
class ArticleYear:
    year: int | None
    articles: tuple[Article, ...]


class Lists:
    """The lists of one archive."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.key = shelf.knowledge.collation.key
        self.labels = shelf.knowledge.labels

    @property
    def mention_count(self) -> int:
        return sum(len(held.mentions) for held in self.shelf.derived.read.values())

    @property
    def newest(self) -> list[Moment]:
        """The latest moments that have a year, latest first."""
        dated = [moment for moment in self.shelf.derived.moments.values() if moment.years]
        return dated[: -self.shelf.settings.newest_events - 1 : -1]

    @property
    def event_keys(self) -> list[str]:
        return [key for key, moment in self.shelf.derived.moments.items() if moment.kind == "events"]

    @property
    def articles_by_year(self) -> list[ArticleYear]:
        """Latest year first, within a year latest first, those without a year last."""
        years: dict[int | None, list[Article]] = defaultdict(list)
        for article in self.shelf.corpus.articles.values():
            known = article.date.years if article.date else ()
            years[known[0] if 0 < len(known) <= 2 else None].append(article)
        ordered = sorted(years.items(), key=lambda item: -(item[0] or 0))
        return [
            ArticleYear(
                year,
                tuple(
                    sorted(found, key=lambda a: (a.date.sort_key if a.date else (), a.id), reverse=True)
                    if year
                    else sorted(found, key=lambda a: self.key(a.title))
                ),
            )
            for year, found in ordered
        ]

    @cached_property
    def people_by_given_name(self) -> list[tuple[str, list[Official]]]:
        """Vietnamese order of people: given name, then surname and middle names."""
        return self._people(lambda name: (name.split()[-1], name))

    @cached_property
    def people_by_full_name(self) -> list[tuple[str, list[Official]]]:
        return self._people(lambda name: (name, ""))

    def _people(self, sorting: Callable[[str], tuple[str, str]]) -> list[tuple[str, list[Official]]]:
        groups: dict[str, list[Official]] = defaultdict(list)
        officials = self.shelf.corpus.officials.values()
        for official in sorted(officials, key=lambda o: (*map(self.key, sorting(o.name)), o.id)):
            groups[self.shelf.knowledge.collation.initial(sorting(official.name)[0])].append(official)
        return list(groups.items())

    def last_role(self, id: str) -> str:
        """The latest role as printed, to tell namesakes apart in a list; empty if none is printed."""
        posts = self.shelf.derived.officials[id].posts
        return posts[-1].role if posts else ""

    @property
    def documents_by_type(self) -> list[tuple[str, list[Document]]]:
        names = self.shelf.knowledge.vocabularies["document_types"]
        return self._documents(lambda d: names[d.type].name)

    @property
    def documents_by_issuer(self) -> list[tuple[str, list[Document]]]:
        return self._documents(lambda d: d.issuer or self.labels["document"]["no_issuer"])

    @property
    def documents_by_year(self) -> list[tuple[str, list[Document]]]:
        def year(document: Document) -> str:
            years = document.date.years if document.date else ()
            return str(years[0]) if len(years) == 1 else self.labels["document"]["no_year"]

        return self._documents(year)

    def _documents(self, group: Callable[[Document], str]) -> list[tuple[str, list[Document]]]:
        groups: dict[str, list[Document]] = defaultdict(list)
        documents: Iterable[Document] = self.shelf.corpus.documents.values()
        for document in sorted(documents, key=lambda d: (self.key(d.name), d.id)):
            groups[group(document)].append(document)
        return sorted(groups.items(), key=lambda item: self.key(item[0]))
