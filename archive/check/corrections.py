"""Checks corrections: a day, a field that there is, and words that differ.

In: a record and the fields of its kind. Out: problems.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archive.model.records import Article, Authority
from archive.model.schema import FieldSpec, Group, Many, fields_of
from archive.problems import Report, either
from archive.suggestions import nearest

BODY = "body"  # what stands below the front matter: the text of an article, the notes of a record


def check_corrections(record: Article | Authority, fields: Mapping[str, FieldSpec], report: Report) -> None:
    """`fields`: those of the record's kind."""
    known = {BODY, *_names(fields)} if record.corrections else set[str]()
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


def _names(fields: Mapping[str, FieldSpec], at: str = "") -> Iterator[str]:
    """Every field, and with a dot those inside of it: `place`, `place.unit`."""
    for name, field in fields.items():
        if at or name != "corrections":
            yield at + name
            inner = field.kind.of if isinstance(field.kind, Many) else field.kind
            if isinstance(inner, Group):
                yield from _names(fields_of(inner.of), f"{at}{name}.")
