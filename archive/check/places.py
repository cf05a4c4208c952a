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
    if any(_names(text, (term.name, *term.also)) for text in texts):
        return
    if any(_names(text, short_names(term.name)) for text in texts):
        return
    printed = comparable(place.printed or "")
    meant = either(code for code, other in places.items() if _names(printed, (other.name,)))
    where = record.origin.at("place.unit")
    report.add("place-not-in-text", record.origin.path, where, unit=place.unit, name=term.name, suggestion=meant)


def _names(text: str, names: Collection[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(comparable(name))}(?!\w)", text) for name in names if name)
