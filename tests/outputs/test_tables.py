"""The data files: the same rows in every format, in the order of ids, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from archive.build.loading import Loaded
from archive.kinds import Json, tables
from archive.outputs.csv_tables import cell
from archive.outputs.output import Joined, JoinedOutput
from archive.outputs.registry import outputs_of as all_outputs
from tests.made_site import MadeSite, PlainFrame, make_site, outputs_of


@pytest.fixture(scope="module")
def site(toy: Loaded) -> MadeSite:
    return make_site(toy)


def test_data_files_say_the_same_twice(site: MadeSite, toy: Loaded) -> None:
    """JSON and CSV of a table have the same rows under the same ids, in order."""
    for name in tables(toy.knowledge):
        rows = json.loads(site.files[f"du-lieu/{name}.json"])
        text = site.files[f"du-lieu/{name}.csv"].decode().removeprefix("\ufeff")
        table = list(csv.DictReader(io.StringIO(text, newline="")))
        assert len(rows) == len(table) and list(rows[0]) == list(table[0])
        if name in toy.knowledge.kinds:
            assert [row["id"] for row in rows] == [row["id"] for row in table] == list(toy.corpus.records(name))


def test_roles_are_one_row_each(site: MadeSite) -> None:
    """Each role that an article prints for a person is a row of plain cells, as it is in the person's own row."""
    rows = json.loads(site.files["du-lieu/roles.json"])
    assert all(value is None or isinstance(value, str) for row in rows for value in row.values())
    people = json.loads(site.files["du-lieu/officials.json"])
    own = [
        (person["id"], *(post[name] for name in ("article", "date", "role", "paragraph")))
        for person in people
        for post in person["posts"]
    ]
    assert own == [tuple(row[name] for name in ("official", "article", "date", "role", "paragraph")) for row in rows]
    assert {row["event"] for row in rows} > {None}


def test_the_page_of_the_data_lists_every_file(site: MadeSite) -> None:
    """Each joined file is linked, with its size and the number of its entries."""
    shown = site.pages["du-lieu/"].markdown
    for path in [path for path in site.files if re.fullmatch(r"du-lieu/[a-z]+\.(?!html)[a-z]+", path)]:
        size = max(1, round(len(site.files[path]) / 1024))
        file = path.split("/")[1]
        assert re.search(f'href="../{path}" download aria-label="{file}">\\w+ <span class="[^"]+">{size} KB<', shown), (
            path
        )


def test_a_size_is_that_of_the_joined_file(toy: Loaded) -> None:
    """With no piece, one, and three, a file is as long as is said of it."""
    outputs = [output for output in all_outputs(outputs_of(toy, PlainFrame()).site) if isinstance(output, JoinedOutput)]
    assert len(outputs) == 6
    for output in outputs:
        for pieces in ([], [b"a"], [b"abc", b"de", b"f"]):
            header = b"x,y\r\n" if pieces else b""
            joined = Joined(len(pieces), len(pieces), sum(map(len, pieces)), header)
            assert output.size(joined) == len(b"".join(output.join(header, pieces)))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        ("'=", "'="),
        (("a", "b"), "a | b"),
        ([], ""),
        ([{"a": "é"}], '[{"a": "é"}]'),
        (True, "true"),
        ("họp;=cmd|' /C calc'!A0;x", "họp;'=cmd|' /C calc'!A0;x"),
        (("Ủy viên", "x; @SUM(1)"), "Ủy viên | x; '@SUM(1)"),
        ([{"a": "x;-1+2"}], '[{"a": "x;\'-1+2"}]'),
        ("a; b = c", "a; b = c"),
    ],
)
def test_cells(value: Json, shown: str) -> None:
    """Nothing is empty, a list of words is words, anything deeper is JSON (formulas: tests/test_hostile_input.py)."""
    assert cell(value) == shown
