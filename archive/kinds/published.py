"""The values of a record that are published, as one digest by a numbered recipe (archive/ledger.py: RECIPE).

In: a record with its dossier. Out: a digest. Recipe 1: the rows of the record in the data, without its address; of an
article the words of its blocks too, of other records the notes. No labels and no mark-up: another look changes none,
and a new report changes the people, documents and event that it names. Who adds a column to the data raises RECIPE.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from archive.json_text import json_text
from archive.kinds.article import ArticleDossier
from archive.kinds.kind import AnySubject, Json, KindModule, TableRow
from archive.model.records import Authority

_NOT_VALUES = ("id", "url")  # a record that moved says the same


def digest_of(value: Json) -> str:
    """Of plain values, without recipe."""
    return blake2b(json_text(value).encode(), digest_size=12).hexdigest()


def digest_of_record(module: KindModule[Any, Any], subject: AnySubject) -> str:
    """Of all that is published of a record, without recipe."""
    rows: dict[str, Json] = {name: [_values(row) for row in found] for name, found in module.rows(subject)}
    words: list[Json] = []
    if isinstance(subject.dossier, ArticleDossier):
        words = [[block.kind, block.text] for block in subject.dossier.blocks.values()]
    notes = subject.record.notes if isinstance(subject.record, Authority) else ""
    return digest_of([rows, words, notes])


def _values(row: TableRow) -> dict[str, Json]:
    return {name: value for name, value in row.items() if name not in _NOT_VALUES}
