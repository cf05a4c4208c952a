"""Reading: every value is a string with its line and column, and nothing is swallowed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.raw import RawList, RawMapping, RawNode, RawRecord, RawScalar
from archive.problems import Position, Report
from archive.read import read_record, scan
from archive.read.front_matter import read_front_matter
from archive.read.plain_yaml import plain_tree
from archive.read.yaml_faults import find_fault
from tests.archives import codes, write_files
from tests.strategies import in_any_form, marked_up

keys = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=10)
texts = st.one_of(in_any_form, marked_up)
trees = st.recursive(
    st.one_of(st.none(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=8,
)


def plain(node: RawNode) -> object:
    """A raw tree as plain lists, mappings and strings."""
    if isinstance(node, RawScalar):
        return node.value
    if isinstance(node, RawList):
        return [plain(item) for item in node.items]
    return {name: plain(item) for name, item in node.items.items()}


def scalars(node: RawNode) -> Iterator[RawScalar]:
    if isinstance(node, RawScalar):
        yield node
    elif isinstance(node, RawList):
        for item in node.items:
            yield from scalars(item)
    else:
        for item in node.items.values():
            yield from scalars(item)


def read(front_matter: str, body: str = "") -> tuple[RawMapping, str, int]:
    report = Report()
    found = read_front_matter(f"---\n{front_matter}---\n{body}", "content/x.md", report)
    assert found is not None and not list(report)
    return found


@given(st.dictionaries(keys, trees, max_size=4))
def test_round_trip(values: dict[str, object]) -> None:
    """What is written as YAML comes back as the same strings, lists and mappings."""
    text = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    assert plain(read(text)[0]) == values


@given(st.dictionaries(keys, texts, min_size=1, max_size=5), st.integers(0, 3))
def test_places(values: dict[str, str], indent: int) -> None:
    """Every value knows the line and the column at which it stands in the file."""
    lines = [f"{key}: {' ' * indent}{json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    metadata, _, _ = read("\n".join(lines) + "\n")
    for number, (key, line) in enumerate(zip(values, lines, strict=True), 2):
        node = metadata.items[key]
        assert metadata.keys[key] == Position(number, 1)
        assert node.position == Position(number, line.index('"') + 1)


@pytest.mark.parametrize(
    "text", ["no", "07", "1e3", "2024-04-11", "12:30", "0x1F", "true", "~x", "1_000", ".5", "=", "<<"]
)
def test_plain_words_stay_words(text: str) -> None:
    """Nothing is guessed: `no` is "no", `07` is "07", a date is its letters."""
    assert plain(read(f"a: {text}\n")[0]) == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"), [("null", None), ("~", None), ("", None), ('"null"', "null"), ('""', ""), ("'~'", "~")]
)
def test_empty_and_quoted(text: str, value: str | None) -> None:
    """Empty, `~` and `null` mean nothing is known; in quotes they are words."""
    assert plain(read(f"a: {text}\n")[0]) == {"a": value}


@given(st.dictionaries(keys, texts, max_size=3), st.lists(texts, max_size=4))
def test_body_is_kept(values: dict[str, str], lines: list[str]) -> None:
    """The body is what follows the closing line, to the letter, and knows its first line."""
    front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    body = "\n".join(["", *lines, "---", "cuối"])
    found = read(front, body)
    assert found[1:] == (body, len(values) + 3)


def test_block_style_positions() -> None:
    """Values of nested block lists have their own lines and columns."""
    metadata, _, _ = read("speakers:\n  - name: A\n    roles:\n      - B\n      - |\n        nhiều\n        dòng\n")
    assert [(s.value, s.position.line, s.position.column) for s in scalars(metadata)] == [
        ("A", 3, 11),
        ("B", 5, 9),
        ("nhiều\ndòng\n", 6, 9),
    ]


def record_of(folder: Path, data: bytes) -> tuple[RawRecord | None, list[str]]:
    path = folder / "bai.md"
    path.write_bytes(data)
    report = Report()
    return read_record(path, "content/bai.md", "articles", report), codes(report)


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"], ids=["unix", "windows", "old mac"])
def test_line_ends(newline: bytes, tmp_path: Path) -> None:
    """Files of every system are read alike."""
    raw, found = record_of(tmp_path, b'---\ntitle: "A"\n---\n\nm\xe1\xbb\x99t\nhai\n'.replace(b"\n", newline))
    assert raw is not None and found == []
    assert (raw.body, raw.body_line, plain(raw.metadata)) == ("\nmột\nhai\n", 4, {"title": "A"})


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_reported(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """No file stops the reader: it gives a record or a problem."""
    raw, found = record_of(tmp_path_factory.getbasetemp(), data)
    assert raw is not None or found


@given(st.text(st.sampled_from("---\n:[]{}\"'&*!|>#%@`, \tabô"), max_size=40))
def test_any_front_matter_is_read_or_reported(text: str) -> None:
    """No front matter stops the reader either."""
    report = Report()
    found = read_front_matter(f"---\n{text}\n---\n", "content/x.md", report)
    assert found is not None or list(report)


@given(st.text(st.sampled_from("\n\n  ::--[]{},,\"'&*!~#abô1"), max_size=60))
def test_a_fault_stands_in_its_text(text: str) -> None:
    """Whatever is no YAML, the place of the slip is a line of it, not below the one where the parser stopped."""
    for stopped in range(1, text.count("\n") + 2):
        fault = find_fault(text, stopped)
        assert fault is None or (1 <= fault.line <= stopped and 1 <= fault.column <= len(text) + 1)


@given(st.text(st.sampled_from("\n\n  ::--[]{},,\"'&*!~#abô1"), max_size=60))
def test_plain_reading_is_the_same_reading(text: str) -> None:
    """What is read from YAML's events alone is what its nodes give: values, and the place of each."""
    plainly = plain_tree(text, 12)
    with patch("archive.read.front_matter.plain_tree", return_value=None):
        report = Report()
        found = read_front_matter(f"---\n{text}\n---\n", "content/x.md", report)
    if plainly is not None:
        assert found is not None and not list(report)
        assert found[0] == plainly


def test_order_and_hidden_files(tmp_path: Path) -> None:
    """Records come in the order of their paths; what begins with a dot is nobody's."""
    note = "---\nname: x\n---\n"
    write_files(tmp_path, {"events/b.md": note, "events/a.md": note, "events/.nhap.md": note, "events/c/a-1.md": note})
    report = Report()
    found = scan(tmp_path, {"events": "events", "officials": "officials"}, report).records
    assert {key: path for key, (path, _) in found.items()} == {
        "events/a": "content/events/a.md",
        "events/b": "content/events/b.md",
        "events/a-1": "content/events/c/a-1.md",
    }
    assert (list(found), codes(report)) == (["events/a", "events/b", "events/a-1"], [])


def test_the_first_of_two_ids_stays(tmp_path: Path) -> None:
    """Of two files with one id in one kind the first stays and the second is reported."""
    write_files(tmp_path, {"officials/a.md": "", "officials/moi/a.md": "", "documents/a.md": ""})
    report = Report()
    found = scan(tmp_path, {"officials": "officials", "documents": "documents"}, report).records
    assert (found["officials/a"][0], found["documents/a"][0]) == ("content/officials/a.md", "content/documents/a.md")
    assert [(problem.code, problem.path) for problem in report] == [("duplicate-id", "content/officials/moi/a.md")]
