"""site-config/tiles.yml: where each province stands on the map of tiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_MOST_COLUMNS, _MOST_ROWS = 12, 24  # what templates/theme/assets/charts.css has classes for


@dataclass(frozen=True, slots=True)
class Position:
    """A place on the map, counted from 1 at the top left.

    `name` is a shorter name than the one in places.yml; a tile that is no entry there has a name of its own, and says
    which unit it is `part_of`.
    """

    column: int
    row: int
    name: str | None = None
    part_of: str | None = None

    def __post_init__(self) -> None:
        if not (1 <= self.column <= _MOST_COLUMNS and 1 <= self.row <= _MOST_ROWS):
            raise ValueError(f"column: 1–{_MOST_COLUMNS}, row: 1–{_MOST_ROWS}")


@dataclass(frozen=True, slots=True)
class TileRules:
    """The file: tiles by the code of a unit; where the key and the name of the sea stand; the width in columns."""

    columns: int
    key: Position
    sea: Position
    tiles: Mapping[str, Position]
