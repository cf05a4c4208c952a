"""Doubts beside the fields of a form: where each is shown, and which of them a person leaves open.

In: the doubts of a draft, its form, and the form as a person has it now. Out: a place in the form for each; the
doubts whose value the person has neither changed nor confirmed, at their places in the record as it will be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from archive.ingest.doubts import PEOPLE
from archive.model.draft import Unsure

Form = Mapping[str, Any]

_LISTS = {**dict.fromkeys(PEOPLE, "people"), "documents": "documents", "captions": "captions"}
# What a form has in several fields or under another name; the first is where a doubt is shown.
_FIELDS = {
    "date": ("date", "date_basis", "date_words"),
    "date_basis": ("date_words", "date_basis", "date"),
    "place": ("place", "unit"),
    "place.unit": ("unit",),
    "source": ("url",),
    "source.url": ("url",),
}
_FIELDS_OF_ENTRIES = {"capacity": ("capacity", "group")}


@dataclass(frozen=True, slots=True)
class Spot:
    """`at`: a field of the form, or an entry by its place in the draft (`people.3`), empty if there is none.

    `fields` are those of the form, or of the entry, that hold the value; without any, nothing shows it.
    """

    at: str
    fields: tuple[str, ...] = ()
    rest: str = ""  # of the place in the record, behind the number of the entry

    @property
    def entry(self) -> tuple[str, int] | None:
        name, dot, number = self.at.partition(".")
        return (name, int(number)) if dot else None


def key_of(doubt: Unsure) -> str:
    """By what a form knows a doubt that was confirmed, in the next visit, too."""
    return " ".join((doubt.field, doubt.why, doubt.value))


def spot_of(doubt: Unsure, before: Form) -> Spot:
    """`before`: the form as the machine filled it, in whose order the doubt's field counts."""
    first, _, inner = doubt.field.partition(".")
    if first in _LISTS:
        return _in_list(first, inner, before)
    fields = _FIELDS.get(doubt.field) or _FIELDS.get(first) or ((first,) if first in before else ())
    return Spot(fields[0] if fields else "", fields)


def _in_list(group: str, inner: str, before: Form) -> Spot:
    name = _LISTS[group]
    entries = [entry for entry in before[name] if entry.get("group", group) == group]
    number, _, field = inner.partition(".")
    if not number.isdigit() or int(number) >= len(entries):
        return Spot(name)
    entry = entries[int(number)]
    whole = tuple(key for key in entry if key != "at")
    held = field.partition(".")[0]
    fields = _FIELDS_OF_ENTRIES.get(held) or ((held,) if held in entry else whole)
    return Spot(f"{name}.{entry['at']}", fields, field)


def still_open(doubts: Iterable[Unsure], before: Form, now: Form) -> Iterator[Unsure]:
    """What a person took out of the form is in doubt no more."""
    confirmed = set(now.get("confirmed") or ())
    places = _places(now)
    for doubt in doubts:
        spot = spot_of(doubt, before)
        old, new = _held(spot, before), _held(spot, now)
        if key_of(doubt) in confirmed or new is None or old is None or any(old[f] != new[f] for f in spot.fields):
            continue
        if spot.entry:
            place = places[spot.at]
            doubt = replace(doubt, field=f"{place}.{spot.rest}" if spot.rest else place)
        yield doubt


def _held(spot: Spot, form: Form) -> Form | None:
    """What holds the fields: the form itself, or one of its entries, None if that is gone."""
    if not spot.entry:
        return form
    name, at = spot.entry
    return next((entry for entry in form[name] if entry["at"] == at), None)


def _places(form: Form) -> dict[str, str]:
    """Entries by their places in the draft → their places in the record."""
    count: Counter[str] = Counter()
    found = {}
    for name in ("people", "documents", "captions"):
        for entry in form[name]:
            group = entry.get("group", name)
            group = group if group in _LISTS else PEOPLE[-1]
            found[f"{name}.{entry['at']}"] = f"{group}.{count[group]}"
            count[group] += 1
    return found
