"""The map of provinces as tiles: the 34 of today, or the 63 of before July 2025, counts as shades with their numbers.

In: positions (site-config/tiles.yml), places, counts. Out: a list of links that the stylesheet sets on a grid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from archive.render.charts import svg
from archive.render.charts.shades import Bounds, bounds_of, names_of, shade
from archive.render.charts.svg import Link, Words, text
from archive.rules.tiles import Position, TileRules
from archive.rules.vocabularies import PlaceTerm


@dataclass(frozen=True, slots=True)
class Unit:
    """A place with its count and the address of its page (empty: no page)."""

    name: str
    count: int
    to: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A unit of today where it stands on the map.

    `former` are the units of before, itself among them; `names` are other names that it holds (units merged into it,
    its own former name). A tile that `belongs_to` another unit is one of the sea.
    """

    unit: Unit
    position: Position
    former: tuple[Unit, ...] = ()
    names: tuple[str, ...] = ()
    belongs_to: str = ""


def tiles_of(
    rules: TileRules,
    places: Mapping[str, PlaceTerm],
    today: Mapping[str, int],
    former: Mapping[str, int],
    address: str = "",
) -> tuple[Tile, ...]:
    """The tiles with their counts.

    `today` has the count of every unit of today, with what was reported of units that are part of it now; `former` has
    the count of each unit by the name of its day. `address` is the pattern of a page's address (`dia-phuong/{unit}/`).
    """

    def unit(code: str, counts: Mapping[str, int], *others: str) -> Unit:
        count = sum(counts.get(one, 0) for one in (code, *others))
        name = rules.tiles[code].name if code in rules.tiles else None
        return Unit(name or places[code].name, count, address.format(unit=code) if count else "")

    found = []
    for code, position in rules.tiles.items():
        if code not in places:
            owner = places[position.part_of].name if position.part_of else ""
            found.append(Tile(Unit(position.name or code, today.get(code, 0)), position, belongs_to=owner))
            continue
        merged = places[code].absorbed
        renamed = [id for id, place in places.items() if place.now == code and id not in merged]
        units = (unit(code, former, *renamed), *(unit(id, former) for id in merged))
        names = tuple(places[id].name for id in (*renamed, *merged))
        found.append(Tile(unit(code, today), position, units, names))
    return tuple(found)


def tile_map(
    tiles: Sequence[Tile],
    rules: TileRules,
    *,
    words: Words,
    label: str,
    counted: str,
    link: Link = str,
    is_large: bool = False,
) -> Markup:
    """The units of today, each with the names inside it where `is_large` and there is room."""
    bounds = bounds_of(tile.unit.count for tile in tiles)
    drawn = [_tile(tile, bounds, words, counted, link) for tile in tiles]
    return _map(drawn, rules, _legend(bounds, words, counted), label, is_large=is_large)


def former_map(
    tiles: Sequence[Tile],
    rules: TileRules,
    *,
    words: Words,
    label: str,
    counted: str,
    link: Link = str,
    is_large: bool = False,
) -> Markup:
    """The units of before July 2025, those of one tile of today below each other."""
    bounds = bounds_of(unit.count for tile in tiles for unit in tile.former)
    drawn = [
        _former(tile, bounds, counted, link) if tile.former else _tile(tile, bounds, words, counted, link)
        for tile in tiles
    ]
    return _map(drawn, rules, _legend(bounds, words, counted), label, is_large=is_large)


def _map(drawn: Sequence[str], rules: TileRules, legend: str, label: str, *, is_large: bool) -> Markup:
    large = " c-map--large" if is_large else ""
    return svg.picture(
        f'<div class="c-map c-map--{rules.columns}{large}">',
        f'<ul aria-label="{text(label)}">',
        *drawn,
        "</ul>",
        f'<div class="c-map__key{_place(rules.key)}">{legend}</div>',
        f'<span class="c-map__sea{_place(rules.sea)}" aria-hidden="true">{text(rules.sea.name or "")}</span>',
        "</div>",
    )


def _legend(bounds: Bounds, words: Words, counted: str) -> str:
    names = enumerate(names_of(bounds, words))
    shades = "".join(f'<span><i class="c-s{at}"></i>{text(name)}</span>' for at, name in names)
    return f"<b>{text(words['in_archive'].format(counted=svg.noun(counted)))}</b>{shades}"


def _place(position: Position) -> str:
    """Classes, as the pages' security policy allows no style in an element."""
    return f" c-x{position.column} c-y{position.row}"


def _tile(tile: Tile, bounds: Bounds, words: Words, counted: str, link: Link) -> str:
    inside = words["part_of"].format(name=tile.belongs_to) if tile.belongs_to else ", ".join(tile.names)
    names = f"<small>{text(inside)}</small>" if inside else ""
    kind = "c-tile c-tile--sea" if tile.belongs_to else "c-tile"
    body = f"<b>{text(tile.unit.name)}</b>{names}{_number(tile.unit, counted)}"
    return (
        f'<li class="{kind} {shade(tile.unit.count, bounds)}{_place(tile.position)}">{_way(tile.unit, body, link)}</li>'
    )


def _former(tile: Tile, bounds: Bounds, counted: str, link: Link) -> str:
    bodies = ((unit, f"<b>{text(unit.name)}</b>{_number(unit, counted)}") for unit in tile.former)
    units = "".join(f'<li class="{shade(unit.count, bounds)}">{_way(unit, body, link)}</li>' for unit, body in bodies)
    return f'<li class="c-split{_place(tile.position)}"><ul>{units}</ul></li>'


def _way(unit: Unit, body: str, link: Link) -> str:
    href = svg.linked(unit.to, link)
    return f'<a href="{href}">{body}</a>' if href else f"<span>{body}</span>"


def _number(unit: Unit, counted: str) -> str:
    """The number, and for those who hear it what it counts."""
    before, _, after = counted.partition("{n}")
    heard = [f'<span class="c-vh">{text(part)}</span>' if part.strip() else "" for part in (before, after)]
    return f" <i>{heard[0]}{unit.count}{heard[1]}</i>"
