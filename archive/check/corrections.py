"""Checks corrections: a day, a field that there is, and words that differ.

In: a record and the fields of its kind. Out: problems.
"""

from __future__ import annotations

from collections.abc import Mapping

from archive.fields import dotted_names
from archive.model.records import UNSURE, Article, Authority
from archive.model.schema import FieldSpec
from archive.problems import Report, either
from archive.suggestions import nearest

BODY = "body"  # what stands below the front matter: the text of an article, the notes of a record
ID = "id"  # the name of the file: the record had another, or took in, or came out of, the one that had


def check_corrections(record: Article | Authority, fields: Mapping[str, FieldSpec], report: Report) -> None:
    """`fields`: those of the record's kind."""
    shown = {name: field for name, field in fields.items() if name not in ("corrections", UNSURE)}
    known = {BODY, ID, *dotted_names(shown)} if record.corrections else set[str]()
    for index, correction in enumerate(record.corrections):
        path, at = record.origin.path, f"corrections.{index}"
        if not correction.date.is_day:
            report.add("not-a-day", path, record.origin.at(f"{at}.date"), field=f"{at}.date", value=correction.date)
        named = ".".join(part for part in correction.field.split(".") if not part.isdigit())
        if named not in known:
            place = record.origin.at(f"{at}.field")
            report.add(
                "correction-of-no-field", path, place, field=correction.field, suggestion=either(nearest(named, known))
            )
        if correction.before == correction.after:
            report.add("correction-without-change", path, record.origin.at(at), field=correction.field)
