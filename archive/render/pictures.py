"""What the pictures on pages of lists are made from: provinces as tiles, levels as lanes, places × years.

In: the lists of an archive. Out: values for archive/render/charts.
"""

from __future__ import annotations

from archive.kinds.context import RenderContext
from archive.model.dates import Date
from archive.render.charts import Cell, Lane, Mark, Row, Shape, Tile, tiles_of
from archive.render.lists import Lists


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
                words = self.knowledge.labels["common"]["count_events"].format(n=len(dates))
                marks = tuple(map(self._mark, dates))
                lanes.append(Lane(level.name, marks, words, f"{self.pages.levels}{code}/"))
        return lanes

    def _mark(self, date: Date | None) -> Mark:
        to = f"{self.pages.years}{date.years[0]}/" if date and len(date.years) == 1 else ""
        return Mark(date, date is not None and date.is_day, Shape.HAPPENS, self.dates.short(date), to)
