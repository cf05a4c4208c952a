"""`build.py settle`: doubts listed and settled, and what is said where nothing can be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive.commands.main import main
from archive.config import Paths
from tests.archives import tree

ARTICLE = "articles/2024/suoi-may-hop-giao-ban.md"
SHOWN = f"content/{ARTICLE}"
UNSURE = """\
unsure:
  - field: "date"
    why: "no-year"
    words: "Sáng 11/4"
  - field: "speakers.0.roles"
    value: "Trưởng ban"
    why: "no-role"
    other: "Phó Trưởng ban"
  - field: "speakers.0.capacity"
    why: "not-stated"
"""
Captured = pytest.CaptureFixture[str]


def run(paths: Paths, *arguments: str) -> int:
    return main([*arguments, "--root", str(paths.content.parent)])


def doubt(paths: Paths) -> Path:
    """The toy archive with an article that leaves three things open."""
    file = paths.content / ARTICLE
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\nrights:", f"\n{UNSURE}rights:", 1), encoding="utf-8", newline="\n")
    return file


def open_places(paths: Paths, capsys: Captured) -> list[str]:
    """The fields that `check` warns of; it finds nothing else."""
    capsys.readouterr()
    assert run(paths, "check") == 0
    said = capsys.readouterr().out
    assert said.count("[unsure-value]") == said.count("\n    → ")
    return re.findall(rf"settle {SHOWN} (\S+) ", said)


def test_without_a_field_they_are_listed(toy_copy: Paths, capsys: Captured) -> None:
    """Where, who, what, the other reading, why, the words; and what to type next. Nothing changes."""
    file = doubt(toy_copy)
    before = file.read_bytes()
    assert run(toy_copy, "settle", str(file)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{file}: còn 3 điều chưa chắc."
    assert lines[1] == "  ? date — bài không cho biết năm “Sáng 11/4”"
    assert lines[2].startswith("  ? speakers.0.roles (") and "Trưởng ban (hoặc: Phó Trưởng ban) — bài" in lines[2]
    assert lines[-1] == f"Đã xem thì: python3 build.py settle {file} date"
    assert file.read_bytes() == before


def test_a_doubt_is_warned_of_until_it_is_settled(toy_copy: Paths, capsys: Captured) -> None:
    """By field, by person, by hand; the file ends as it began but for an empty list."""
    file = doubt(toy_copy)
    before = file.read_text(encoding="utf-8")
    assert open_places(toy_copy, capsys) == ["date", "speakers.0.roles", "speakers.0.capacity"]
    assert run(toy_copy, "settle", SHOWN, "speakers.0") == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"{SHOWN}: còn 1 điều chưa chắc."
    assert open_places(toy_copy, capsys) == ["date"]
    file.write_text(re.sub(r'  - field: "date"\n(    .*\n)+', "", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert open_places(toy_copy, capsys) == []
    file.write_text(before, encoding="utf-8", newline="\n")
    assert run(toy_copy, "settle", SHOWN, "--all") == 0
    assert file.read_text(encoding="utf-8") == before.replace(UNSURE, "unsure: []\n")


def test_all_fields_or_none(toy_copy: Paths, capsys: Captured) -> None:
    """A field that nobody doubts is told with those that are, and what may have been meant; nothing is settled."""
    file = doubt(toy_copy)
    before = file.read_bytes()
    assert run(toy_copy, "settle", SHOWN, "date", "speaker.0.role") == 2
    said = capsys.readouterr().err
    assert "“speaker.0.role”" in said and "Ý bạn là “speakers.0.roles”?" in said
    assert "date, speakers.0.roles, speakers.0.capacity" in said
    assert file.read_bytes() == before
    assert run(toy_copy, "--lang", "en", "settle", "content/articles/2019/huyen-dong-may-doi-thoai.md", "date") == 2
    assert 'nothing is in doubt at "date". Nothing is open.' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("articles/2024/khong-co.md", None, "không có tệp này"),
        ("articles/2024", None, "không có tệp này"),
        ("inbox/goi.txtar", "-- articles/2024/a.md --\n---\n---\n", "là một gói"),
        ("sources/tho.txt", "Lời bài.\n", "không phải một bản ghi"),
        ("articles/2024/hong.md", '---\ntitle: "Bài\n---\n', "hong.md, dòng 3"),
        ("articles/2024/hong.md", "---\ntitle: Bài\nunsure: date\n---\n", "hong.md, dòng 3"),
        ("articles/2024/latin.md", b"---\ntitle: \xff\n---\n", "latin.md, dòng 1"),
    ],
)
def test_the_wrong_file(name: str, text: str | bytes | None, said: str, toy_copy: Paths, capsys: Captured) -> None:
    """Each says what it is, and nothing is written."""
    path = toy_copy.content / name
    if text is not None:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    before = tree(toy_copy.content)
    assert run(toy_copy, "settle", f"content/{name}", "date") == 2
    assert said in capsys.readouterr().err
    assert tree(toy_copy.content) == before
