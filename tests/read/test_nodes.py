"""Values are set, added and taken out in place, and nothing else of the file changes."""

from __future__ import annotations

import pytest

from archive.read.nodes import Uneditable, Value, front_of, tree, with_items, with_value, without_items, yaml_of

HEAD = '---\ntitle: "Họp - tổ" # ghi chú\n'
END = "rights: full # cuối\n---\n\nLời bài: title: x\n"
ENDS = {"unix": "\n", "windows": "\r\n"}
# front matter between HEAD and END, place, value, what is there then
SET: dict[str, tuple[str, str, Value, str]] = {
    "quoted": ('event: "a" # x\n', "event", "b", 'event: "b" # x\n'),
    "plain": ("event: a # x\n", "event", "b-2", "event: b-2 # x\n"),
    "plain that would be null": ("event: a\n", "event", "no", 'event: "no"\n'),
    "single quotes": ("event: 'a'\n", "event", "l'a", "event: 'l''a'\n"),
    "quotes inside": ('event: "a"\n', "event", 'a "b" \\ c', 'event: "a \\"b\\" \\\\ c"\n'),
    "to null": ('event: "a" # x\n', "event", None, "event: null # x\n"),
    "from null": ("event: null # x\n", "event", "a", 'event: a # x\n'),
    "from nothing": ("event: # x\n", "event", "a", 'event: "a" # x\n'),
    "missing": ("", "event", "a", ""),
    "inside a group": ('place:\n  # y\n  unit: "a"\n  note: b\n', "place.unit", "c",
                       'place:\n  # y\n  unit: "c"\n  note: b\n'),
    "missing in a group": ("place:\n  unit: a\n# z\n", "place.note", "c", 'place:\n  unit: a\n  note: "c"\n# z\n'),
    "missing in brackets": ("place: {unit: a} # z\n", "place.note", "c", 'place: {unit: a, note: "c"} # z\n'),
    "empty group": ("place: null\n", "place.note", "c", 'place: {note: "c"}\n'),
    "in a list": ("speakers:\n  - {official: a, name: b}\n  - official: a\n    name: c\n", "speakers.1.official", "d",
                  "speakers:\n  - {official: a, name: b}\n  - official: d\n    name: c\n"),
    "over lines": ("words: |\n  một\n  hai\n", "words", "ba", 'words: "ba"\n'),
    "folded": ("words: một\n  hai\nevent: a\n", "words", "ba", "words: ba\nevent: a\n"),
    "a list": ('roles: ["a", "b"]\n', "roles", ["c"], 'roles: ["c"]\n'),
    "a list in lines": ("roles:\n  - a\n  - b\nevent: a\n", "roles", ["c"], 'roles: ["c"]\nevent: a\n'),
    "a group to null": ("basis:\n  kind: a\n  words: b\nevent: a\n", "basis", None, "basis: null\nevent: a\n"),
}  # fmt: skip
ADDED: dict[str, tuple[str, str, list[Value], str]] = {
    "in brackets": ('names: ["a"] # x\n', "names", ["b", "c"], 'names: ["a", "b", "c"] # x\n'),
    "in empty brackets": ("names: [] # x\n", "names", ["b"], 'names: ["b"] # x\n'),
    "groups in empty brackets": ("names: []\n", "names", [{"a": "b"}], 'names:\n  - {a: "b"}\n'),
    "in lines": ("names:\n  - a # x\n  # y\nevent: b\n", "names", ["c"],
                 'names:\n  - a # x\n  - "c"\n  # y\nevent: b\n'),
    "at the left edge": ("names:\n- a\nevent: b\n", "names", ["c"], 'names:\n- a\n- "c"\nevent: b\n'),
    "groups": ("of:\n  - a: b\n    c:\n      - {d: e}\n", "of", [{"a": None}],
               "of:\n  - a: b\n    c:\n      - {d: e}\n  - {a: null}\n"),
    "a list in a list": ("of:\n  - a: b\n    c:\n      - {d: e}\nevent: a\n", "of.0.c", [{"d": "f"}],
                         'of:\n  - a: b\n    c:\n      - {d: e}\n      - {d: "f"}\nevent: a\n'),
    "nothing": ("names: [a]\n", "names", [], "names: [a]\n"),
}  # fmt: skip
TAKEN: dict[str, tuple[str, str, list[int], str]] = {
    "in brackets": ("names: [a, b, c] # x\n", "names", [0, 2], "names: [b] # x\n"),
    "all in brackets": ("names: [a]\n", "names", [0], "names: []\n"),
    "in lines": ("names:\n  - a # x\n  # y\n  - b\nevent: c\n", "names", [1], "names:\n  - a # x\n  # y\nevent: c\n"),
    "all in lines": ("names: # x\n  - a: b\n    c: d\nevent: c\n", "names", [0], "names: [] # x\nevent: c\n"),
    "inside": ("of:\n  - a: b\n    c:\n      - d\n      - e\n", "of.0.c", [0], "of:\n  - a: b\n    c:\n      - e\n"),
}


def files(before: str, after: str, ends: str) -> tuple[str, str]:
    one, two = (f"\ufeff{HEAD}{part}{END}".replace("\n", ENDS[ends]) for part in (before, after))
    return one, two


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("case", SET)
def test_a_value_is_set(case: str, ends: str) -> None:
    """However the value is written; its quotes stay where they can, and a new field stands at the end."""
    held, path, value, expected = SET[case]
    before, after = files(held, expected, ends)
    if case == "missing":
        after = before.replace(
            f"{ENDS[ends]}---{ENDS[ends]}{ENDS[ends]}", f'{ENDS[ends]}event: "a"{ENDS[ends]}---{ENDS[ends] * 2}'
        )
    assert with_value(front_of(before), path, value) == after


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("case", ADDED)
def test_items_are_added(case: str, ends: str) -> None:
    """Behind the last one, written as the list is."""
    held, path, items, expected = ADDED[case]
    before, after = files(held, expected, ends)
    assert with_items(front_of(before), path, items) == after


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("case", TAKEN)
def test_items_are_taken_out(case: str, ends: str) -> None:
    """With their lines or brackets; an empty list stays as `[]`."""
    held, path, numbers, expected = TAKEN[case]
    before, after = files(held, expected, ends)
    assert without_items(front_of(before), path, numbers) == after


def test_a_list_that_is_missing_is_a_field_of_its_own() -> None:
    """Groups stand in lines, words in brackets."""
    front = front_of("---\nname: a\n---\n")
    assert with_items(front, "of", [{"b": "c"}]) == '---\nname: a\nof:\n  - {b: "c"}\n---\n'
    assert with_items(front, "of", ["b"]) == '---\nname: a\nof: ["b"]\n---\n'


def test_a_file_that_is_yaml_as_a_whole() -> None:
    """Comments around a list stay; without a line end at the end one is added."""
    text = "# trên\nredirects: []"
    made = with_items(yaml_of(text), "redirects", [{"from": "/a/", "to": "/b/"}])
    assert made == '# trên\nredirects:\n  - {from: "/a/", to: "/b/"}'
    assert with_items(yaml_of(made), "redirects", [{"from": "/c/"}]).endswith('to: "/b/"}\n  - {from: "/c/"}\n')


@pytest.mark.parametrize(
    "text", ["không có phần đầu\n", "---\na: [\n---\n", "---\n- a\n---\n", '---\na: "b\n---\n', "---\na: b\n"]
)
def test_what_can_t_be_read_is_refused(text: str) -> None:
    """With the line, where there is one."""
    with pytest.raises(Uneditable):
        with_value(front_of(text), "a", "b")


def test_what_would_change_something_else_is_refused() -> None:
    """A value that an anchor shares with another can't be set by itself."""
    with pytest.raises(Uneditable):
        with_items(front_of("---\na: &x [b]\nc: *x\n---\n"), "a", ["d"])
    assert tree(front_of("---\na: {b: c, d: [e, null]}\n---\n").root) == {"a": {"b": "c", "d": ["e", None]}}
