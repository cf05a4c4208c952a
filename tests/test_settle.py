"""Doubts are taken out of a file one by one, and nothing else in it changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.doubts import entries_of
from archive.model.draft import Unsure
from archive.read.nodes import Uneditable
from archive.settle import belongs_to, open_doubts, without

HEAD = '---\ntitle: "Họp - tổ" # ghi chú\nspeakers:\n  - {name: "Lý Thị Mây"}\n'
END = "topics: []\n---\n\nLời bài.\n- unsure: không phải trường\n"
FORMS = {
    "lines": (
        'unsure:\n  - field: "date"\n    why: "no-year"\n  - field: title\n  - field: level\n    value: xa\n',
        'unsure:\n  - field: "date"\n    why: "no-year"\n  - field: level\n    value: xa\n',
    ),
    "at the left edge": (
        "unsure:\n- field: date\n- field: title\n  why: x\n- field: level\n",
        "unsure:\n- field: date\n- field: level\n",
    ),
    "dashes alone": (
        "unsure:\n  -\n    field: date\n  -   # - xem lại\n    field: title\n  -\n    field: level\n",
        "unsure:\n  -\n    field: date\n  -\n    field: level\n",
    ),
    "brackets in lines": (
        "unsure:\n  - {field: date}\n  - {field: title, words: 'a, {b}'} # rồi\n  - {field: level}\n",
        "unsure:\n  - {field: date}\n  - {field: level}\n",
    ),
    "one line": (
        'unsure: [{field: date}, {field: title, words: "],"},   {field: level}]\n',
        "unsure: [{field: date}, {field: level}]\n",
    ),
    "brackets over lines": (
        "unsure: [\n  {field: date},\n  {field: title},\n  {field: level}\n]\n",
        "unsure: [\n  {field: date},\n  {field: level}\n]\n",
    ),
    "comments between": (
        "unsure: # còn\n  # một\n  - field: date\n  # hai\n  - field: title\n    # trong\n    why: x\n\n"
        "  # ba\n  - field: level\n",
        "unsure: # còn\n  # một\n  - field: date\n  # hai\n\n  # ba\n  - field: level\n",
    ),
    "words over lines": (
        "unsure:\n  - field: date\n  - field: title\n    words: |\n      một\n      hai\n  - field: level\n",
        "unsure:\n  - field: date\n  - field: level\n",
    ),
    "folded words": (
        "unsure:\n  - field: date\n  - field: title\n    words: một\n      - hai\n  - field: level\n",
        "unsure:\n  - field: date\n  - field: level\n",
    ),
    "twice": (
        "unsure:\n  - field: title\n    why: a\n  - field: date\n  - field: title\n    why: b\n  - field: level\n",
        "unsure:\n  - field: date\n  - field: level\n",
    ),
}
LINE_ENDS = {"unix": "\n", "windows": "\r\n", "old mac": "\r"}


def numbers(text: str, field: str) -> list[int]:
    return [index for index, doubt in enumerate(open_doubts(text)) if belongs_to(doubt, field)]


@pytest.mark.parametrize("ends", LINE_ENDS)
@pytest.mark.parametrize("form", FORMS)
def test_entries_go_and_all_else_stays(form: str, ends: str) -> None:
    """However an editor writes the list: only the lines or brackets of the entry are gone."""
    before, after = (f"\ufeff{HEAD}{part}{END}".replace("\n", LINE_ENDS[ends]) for part in FORMS[form])
    assert without(before, numbers(before, "title")) == after
    assert [doubt.field for doubt in open_doubts(after)] == ["date", "level"]


@pytest.mark.parametrize("form", FORMS)
def test_the_first_the_last_and_all(form: str) -> None:
    """Whichever are settled, the others are left as they were; the last leaves an empty list."""
    before = HEAD + FORMS[form][0] + END
    doubts = open_doubts(before)
    for number in range(len(doubts)):
        assert open_doubts(without(before, [number])) == doubts[:number] + doubts[number + 1 :]
    empty = without(before, range(len(doubts)))
    assert open_doubts(empty) == []
    assert empty.startswith(f"{HEAD}unsure: []") and empty.endswith(END)


def test_comments_outlive_the_last_entry() -> None:
    """An editor's remark beside the field is not the entry's."""
    before = f"{HEAD}unsure: # hỏi ông Mây\n  - field: title\n{END}"
    assert without(before, [0]) == f"{HEAD}unsure: [] # hỏi ông Mây\n{END}"


@pytest.mark.parametrize("none", ["", "unsure:\n", "unsure: []\n", "unsure: null\n", "unsure: ~\n"])
def test_nothing_is_open(none: str) -> None:
    """No field, or an empty one."""
    text = HEAD + none + END
    assert open_doubts(text) == []
    assert without(text, []) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Lời bài.\n", 0),
        ("---\ntitle: x\n", 0),
        ("---\n- a\n---\n", 0),
        ("---\ntitle: x\nunsure: date\n---\n", 3),
        ("---\ntitle: x\nunsure: {date: x}\n---\n", 3),
        ("---\nunsure:\n  - date\n---\n", 3),
        ('---\ntitle: "x\n---\n', 3),
    ],
)
def test_what_can_not_be_read_is_refused(text: str, line: int) -> None:
    """With the line to look at, where there is one."""
    with pytest.raises(Uneditable) as refused:
        open_doubts(text)
    assert refused.value.line == line


def test_an_alias_is_not_torn_apart() -> None:
    """An entry that another part of the file rests on stays: a person has to look."""
    text = "---\nunsure:\n  - &eins\n    field: date\n  - field: title\ntitle: *eins\n---\n"
    with pytest.raises(Uneditable):
        without(text, [0])


def test_whom_a_doubt_is_about() -> None:
    """A place in a list comes with the name that stands there."""
    text = f"{HEAD}unsure: [{{field: speakers.0.roles}}, {{field: speakers.7.roles}}, {{field: title}}]\n{END}"
    assert [doubt.named for doubt in open_doubts(text)] == ["Lý Thị Mây", "", ""]


@pytest.mark.parametrize(
    ("field", "of", "is_it"),
    [
        ("speakers.1", "speakers.1.roles", True),
        ("speakers.1", "speakers.1", True),
        ("speakers.1", "speakers.10.roles", False),
        ("speakers.1.roles", "speakers.1", False),
        ("place", "place.unit", True),
        ("date", "date_basis", False),
    ],
)
def test_what_a_field_holds(field: str, of: str, is_it: bool) -> None:
    """A field holds what is inside of it, and nothing beside."""
    assert belongs_to(Unsure(of, "", ""), field) is is_it


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40)


@given(doubts=st.lists(st.builds(Unsure, st.just("title"), WORDS, WORDS, WORDS, WORDS), max_size=6), data=st.data())
def test_what_the_importer_writes_can_be_settled(doubts: list[Unsure], data: st.DataObject) -> None:
    """Any words: those lines that the settled ones were written in are gone, and no others."""
    from archive.ingest.write import front_matter
    from archive.model.records import Article

    settled = data.draw(st.sets(st.sampled_from(range(len(doubts))))) if doubts else set()
    rest = [doubt for index, doubt in enumerate(doubts) if index not in settled]
    before, after = (front_matter(Article, {"unsure": entries_of(some)}) for some in (doubts, rest))
    assert without(before, settled) == after
