"""What the pictures are made from: provinces as tiles, levels as lanes, places × years; a person's career, the years of
reports, a document's relations.

In: the lists of an archive, and dossiers. Out: values for archive/render/charts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from archive.kinds.context import RenderContext
from archive.kinds.document import DocumentDossier
from archive.kinds.official import OfficialDossier, PrintedPost, PrintedRole
from archive.model.dates import Date
from archive.model.derived import Passage, Statement
from archive.model.records import Document
from archive.render.charts import Bar, Box, Cell, Lane, Mark, Related, Row, Shape, Side, Tile, tiles_of
from archive.render.lists import Lists

_ENOUGH = 5  # articles: fewer are read sooner than a picture of them
_LANES = 8


class Pictures:
    """The pictures of one archive."""

    def __init__(self, context: RenderContext, lists: Lists) -> None:
        self.knowledge = context.knowledge
        self.dates = context.dates
        self.lists = lists
        self.pages = context.knowledge.addresses.pages

    def tiles(self) -> tuple[Tile, ...]:
        """The provinces of today and of before, with how many timeline entries each has."""
        today, former = {}, {}
        for code in self.lists.named("moments/place:"):
            today[code] = self.lists.total(f"moments/place:{code}")
            former[code] = len(self._members(code) - self._merged(code))
        return tiles_of(self.knowledge.tiles, self.knowledge.places, today, former, f"{self.pages.places}{{unit}}/")

    def _merged(self, code: str) -> set[str]:
        """What happened in the units that were merged into a unit of today: it stands in the list of that one, too."""
        return {id for merged in self.knowledge.places[code].absorbed for id in self._members(merged)}

    def _members(self, code: str) -> set[str]:
        list = f"moments/place:{code}"
        return {id for part in self.lists.counts(list) for id in self.lists.ids(list, part)}

    def years(self) -> list[int]:
        """From the first year that anything fell in to the last."""
        known = [int(part) for part in self.lists.counts("moments") if part]
        return [*range(min(known), max(known) + 1)] if known else []

    def place_rows(self, places: list[str]) -> list[Row]:
        """A row for each place: how many timeline entries each year has, and where they are listed."""
        return [self._place_row(code) for code in places]

    def _place_row(self, code: str) -> Row:
        way = self.lists.listings.place(self.knowledge.places[code])
        counts, divided = self.lists.counts(way.list), self.lists.divided(way)

        def cell(year: int) -> Cell:
            part = f"{year:04d}"
            to = self.lists.listings.address(way, part) if divided else f"{way.address}#nam-{year}"
            return Cell(counts.get(part, 0), to if part in counts else "")

        cells = tuple(map(cell, self.years()))
        return Row(self.knowledge.places[code].name, cells, self.lists.total(way.list), way.address)

    def level_lanes(self) -> list[Lane]:
        """A lane for each level, a mark for each timeline entry."""
        lanes = []
        for code, level in self.knowledge.levels.items():
            if dates := self.lists.dates(code):
                words = self.knowledge.labels["common"]["count_moments"].format(n=len(dates))
                marks = tuple(map(self._mark, dates))
                lanes.append(Lane(level.name, marks, words, f"{self.pages.levels}{code}/"))
        return lanes

    def report_years(self, articles: Sequence[str]) -> list[Bar]:
        """A bar for each year in which a record is named, and those between; none for a handful of articles."""
        dates = [date for article in articles if (date := self.lists.head(article).date) and date.years]
        years = sorted({year for date in dates for year in date.years})
        if len(articles) < _ENOUGH or len(years) < 2:
            return []
        sure = Counter(date.years[0] for date in dates if len(date.years) == 1)
        maybe = Counter(year for date in dates if len(date.years) > 1 for year in date.years)
        return [Bar(year, sure[year], maybe[year]) for year in range(years[0], years[-1] + 1)]

    def career(self, dossier: OfficialDossier) -> list[Lane]:
        """A lane for each of the latest roles, a mark for each report that prints it; none for a handful of them."""
        if not self.report_years(dossier.articles):
            return []
        return [self._post(role, dossier.capacities) for role in dossier.roles[:_LANES]]

    def _post(self, role: PrintedRole, capacities: Mapping[str, frozenset[str]]) -> Lane:
        posts = {post.passage.article: post for post in role.posts}
        marks = tuple(self._report(post, capacities.get(article, frozenset())) for article, post in posts.items())
        words = self.knowledge.labels["common"]["count_articles"].format(n=role.articles)
        said = [" – ".join(map(self.dates.short, role.dates)), words]
        return Lane(role.role, marks, " · ".join(filter(None, said)))

    def _report(self, post: PrintedPost, capacities: frozenset[str]) -> Mark:
        known = [self.knowledge.capacities[code] for code in sorted(capacities)]
        shape = Shape.HAPPENS
        if any(capacity.present for capacity in known):
            shape = Shape.SPEAKS if any(capacity.speaks for capacity in known) else Shape.ATTENDS
        said = ", ".join([self.dates.short(post.date), *(capacity.name for capacity in known)])
        return Mark(post.date, post.date is not None and post.date.is_day, shape, said, self._address(post.passage))

    def related(self, document: Document, dossier: DocumentDossier) -> tuple[Side, Box, Side]:
        """What a document rests on, itself, and what follows from it."""
        words = self.knowledge.labels["document"]
        return (
            Side(words["before"], tuple(map(self._relation, dossier.relations))),
            self._box(document.id, to=""),
            Side(words["after"], tuple(map(self._relation, dossier.inverse_relations))),
        )

    def _relation(self, statement: Statement) -> Related:
        address = f"{self.knowledge.kinds['documents'].address}/{statement.record}/"
        said = self.knowledge.name_of("relations", statement.type)
        proof = self._address(statement.passages[0]) if statement.passages else ""
        return Related(self._box(statement.record, address), said[:1].lower() + said[1:], proof)

    def _box(self, id: str, to: str) -> Box:
        head = self.lists.document(id)
        said = [self.dates.short(head.date) if head.date else "", head.issuer or ""]
        return Box(head.name, " · ".join(filter(None, said)), to)

    def _address(self, passage: Passage) -> str:
        anchor = f"#{passage.anchor}" if passage.anchor else ""
        return f"{self.knowledge.kinds['articles'].address}/{passage.article}/{anchor}"

    def _mark(self, date: Date | None) -> Mark:
        to = f"{self.pages.years}{date.years[0]}/" if date and len(date.years) == 1 else ""
        return Mark(date, date is not None and date.is_day, Shape.HAPPENS, self.dates.short(date), to)
