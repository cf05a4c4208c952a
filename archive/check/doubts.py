"""Repeats what an article's `unsure` leaves open, until an editor settles it.

In: an article and the fields of its kind. Out: problems, each at the value that is in doubt.
"""

from __future__ import annotations

from collections.abc import Mapping

from archive.fields import dotted_names
from archive.model.records import UNSURE, Article, Doubt
from archive.model.schema import FieldSpec
from archive.problems import Position, Report, either
from archive.suggestions import nearest

_NO_FIELDS = ("changes", "corrections", UNSURE)  # they tell of values and hold none
_NAMES = ("name", "printed", "text")  # in what a member of a list is known by


def check_doubts(article: Article, fields: Mapping[str, FieldSpec], report: Report) -> None:
    """`fields`: those of articles."""
    if not article.unsure:
        return
    path, places = article.origin.path, article.origin.places
    known = set(dotted_names({name: field for name, field in fields.items() if name not in _NO_FIELDS}))
    for index, doubt in enumerate(article.unsure):
        named = _without_numbers(doubt.field)
        if named not in known or not _is_there(doubt.field, places):
            meant = nearest(named, known) if named not in known else []
            at = article.origin.at(f"{UNSURE}.{index}.field")
            report.add("unsure-of-no-field", path, at, **_said(doubt, path), suggestion=either(meant))
            continue
        own = _nearest_place(doubt.field, places) or f"{UNSURE}.{index}"
        who = _name_of(article, doubt.field)
        report.add("unsure-value", path, article.origin.at(own), **_said(doubt, path), named=who)


def _said(doubt: Doubt, path: str) -> dict[str, object]:
    told = {name: getattr(doubt, name) or "" for name in ("value", "why", "words", "other")}
    return {**told, "field": doubt.field, "place": doubt.field, "file": path}


def _without_numbers(field: str) -> str:
    return ".".join(part for part in field.split(".") if not part.isdigit())


def _is_there(field: str, places: Mapping[str, Position]) -> bool:
    """Whether the members of lists that it names are there: a person may have been taken out."""
    parts = field.split(".")
    return all(".".join(parts[: end + 1]) in places for end, part in enumerate(parts) if part.isdigit())


def _nearest_place(field: str, places: Mapping[str, Position]) -> str:
    """The field, or the nearest thing around it that the file has; empty if it has none of it."""
    while field and field not in places:
        field = field.rpartition(".")[0]
    return field


def _name_of(article: Article, field: str) -> str:
    """Of a value inside a list: whom or what the member is, so that nobody has to count."""
    group, _, rest = field.partition(".")
    number = rest.partition(".")[0]
    members = getattr(article, group, None) or article.entities.get(group, ())
    if not number.isdigit() or int(number) >= len(members):
        return ""
    member = members[int(number)]
    return next((getattr(member, name) for name in _NAMES if hasattr(member, name)), "")
