"""Whether a place that is said to be in a text is in the text.

In: the place of an article or event, and texts. Out: problems.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from archive.language.spelling import comparable
from archive.model.records import Article, Event
from archive.problems import Report, either
from archive.rules.vocabularies import PlaceTerm

ShortNames = Callable[[str], Collection[str]]  # the name of a unit → short forms of it (`TP.HCM`)


def check_place(
    record: Article | Event,
    texts: Sequence[str],
    places: Mapping[str, PlaceTerm],
    short_names: ShortNames,
    report: Report,
) -> None:
    """`texts` are in compared form: the article's own, or those of the reports of an event."""
    place = record.place
    if not place or not place.unit or place.basis == "editor" or not texts:
        return
    term = places[place.unit]
    if _names_others(place.unit, comparable(place.printed or ""), places):
        _tell(record, place.unit, term.name, places, report)
        return
    if any(_names(text, (term.name, *term.also)) for text in texts):
        return
    if any(_names(text, short_names(term.name)) for text in texts):
        return
    _tell(record, place.unit, term.name, places, report)


def _tell(record: Article | Event, unit: str, name: str, places: Mapping[str, PlaceTerm], report: Report) -> None:
    printed = comparable(record.place.printed or "") if record.place else ""
    meant = either(code for code, other in places.items() if _names(printed, (other.name,)))
    where = record.origin.at("place.unit")
    report.add("place-not-in-text", record.origin.path, where, unit=unit, name=name, suggestion=meant)


def _names_others(unit: str, printed: str, places: Mapping[str, PlaceTerm]) -> bool:
    """Whether the printed place names units, and none of them is this one, holds it or lies in it."""
    named = [code for code, term in places.items() if _names(printed, (term.name,))]
    own = {places[unit].name, *(places[code].name for code in _line(unit, places))}
    return bool(named) and not any(
        places[code].name in own or unit in _line(code, places) or unit in (places[code].now, code) for code in named
    )


def _line(unit: str, places: Mapping[str, PlaceTerm]) -> list[str]:
    """The units around a unit."""
    line: list[str] = []
    around = places[unit].part_of
    while around and around in places and around not in line:
        line.append(around)
        around = places[around].part_of
    return line


def _names(text: str, names: Collection[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(comparable(name))}(?!\w)", text) for name in names if name)
