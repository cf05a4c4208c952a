"""The schema: every table and column is explained, and every row type and record class fits its table."""

from __future__ import annotations

import re

import pytest

from archive.database import Database
from archive.database.database import SCHEMA
from archive.database.records import layout_of
from archive.database.rows import ROWS, table_of_name
from archive.model import records
from archive.model.schema import Group, Many, fields_of

_KINDS = (
    records.Article,
    records.Event,
    records.Official,
    records.Document,
    records.Entity,
    records.Page,
    records.Removed,
)


def _columns(table: str) -> tuple[str, ...]:
    return tuple(name for (name,) in Database(None).rows("SELECT name FROM pragma_table_info(?)", [table]))


def test_every_table_and_column_has_a_word_on_it() -> None:
    """Who opens the schema is told what each line is."""
    lines = [line for line in SCHEMA.split("\n") if re.match(r'CREATE TABLE|  "?\w+"? (?:TEXT|INTEGER|BLOB)', line)]
    assert len(lines) > 200
    assert [line for line in lines if not re.search(r"-- \S", line)] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.__name__)
def test_a_row_type_has_the_columns_of_its_table(row: type) -> None:
    """Rows are written by position."""
    assert _columns(table_of_name(row.__name__)) == ("made_by", *row._fields)  # type: ignore[attr-defined]


def _parts(described: type) -> set[type]:
    """Classes of which a record holds lists, at any depth."""
    kinds = (spec.kind.of for spec in fields_of(described).values() if isinstance(spec.kind, Many))
    parts = {kind.of for kind in kinds if isinstance(kind, Group)}
    return parts | {inner for part in parts for inner in _parts(part)}


@pytest.mark.parametrize("described", _KINDS, ids=lambda described: described.__name__)
def test_a_record_class_has_the_columns_of_its_table(described: type) -> None:
    """A field that is added to a class without a column is found here."""
    for one in {described, records.EntityLink, *_parts(described)} - {records.Doubt}:
        layout = layout_of(one)
        assert _columns(layout.table) == ("made_by", *layout.columns), layout.table
