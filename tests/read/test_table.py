"""Tables as spreadsheets save them: every cell comes out, with the place where it stands."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.problems import Report
from archive.read import read_table
from tests.archives import said

CELLS = st.text(alphabet="a\"ồ ,;\n\t|'", max_size=6)


def read(path: Path, data: bytes) -> tuple[list[list[str]], Report]:
    path.write_bytes(data)
    report = Report()
    rows = read_table(path, "bang.csv", report)
    return [[cell.value or "" for cell in row] for row in rows or ()], report


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_as_programs_save_it(separator: str, start: bytes, end: str, tmp_path: Path) -> None:
    """Any separator, with or without a byte order mark, with the line ends of any machine."""
    text = end.join(["Tệp,Nơi đăng", "a.txt,Báo Mây", ""]).replace(",", separator)
    assert read(tmp_path / "bang.csv", start + text.encode())[0] == [["Tệp", "Nơi đăng"], ["a.txt", "Báo Mây"]]


@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5), separator=st.sampled_from(",;\t"))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read(rows: list[list[str]], separator: str, tmp_path: Path) -> None:
    """Whatever stands in the cells, they come back without the space around them, each from its own place."""
    rows = [["file", "url", "event"], *rows]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, lineterminator="\n").writerows(rows)
    text = written.getvalue()
    (tmp_path / "bang.csv").write_text(text, encoding="utf-8", newline="")
    report = Report()
    found = read_table(tmp_path / "bang.csv", "bang.csv", report)
    assert found is not None and list(report) == []
    wanted = [[cell.strip() for cell in row] for row in rows]
    assert [[cell.value or "" for cell in row] for row in found] == [row for row in wanted if any(row)]
    lines = text.split("\n")
    for cell in (cell for row in found for cell in row if cell.value):
        begins = "\n".join(lines[cell.position.line - 1 :])[cell.position.column - 1 :]
        assert begins.lstrip(' \t\n"').startswith((cell.value or "").replace('"', '""').lstrip(' \t\n"'))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('file,url\na.txt,"https://a.example\n', "2:7"),
        ('file,publisher\na.txt,"Báo" Mây\n', "2:7"),
        ('file,publisher\n"a.txt" ,  "Báo\n', "2:10"),
        ('file,publisher\na.txt,"hai\ndòng"\nb.txt,"Báo', "4:7"),
    ],
)
def test_a_quotation_mark_astray(text: str, place: str, tmp_path: Path) -> None:
    """A quotation mark that is closed nowhere, or too early, is told where its cell begins; no row is guessed."""
    rows, report = read(tmp_path / "bang.csv", text.encode())
    assert rows == []
    assert said(report).startswith(f"bang.csv:{place}: lỗi [import-table-quote]")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("file,publisher\na.txt,Báo\n".encode("utf-16"), "bang.csv:1:1: lỗi [utf-16]"),
        ("file,publisher\na.txt,Báo\n".encode("cp1258"), "bang.csv:2:8: lỗi [not-utf-8]"),
        ("file,publisher\na.txt,B\u202eáo\n".encode(), "bang.csv:2:8: lỗi [control-character]"),
    ],
)
def test_what_is_no_text(data: bytes, told: str, tmp_path: Path) -> None:
    """Another encoding, or a character that can't be seen, is told at its place."""
    rows, report = read(tmp_path / "bang.csv", data)
    assert rows == []
    assert said(report).startswith(told)


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    report = Report()
    assert read_table(tmp_path / "bang.csv", "bang.csv", report) is None
    assert said(report).startswith("bang.csv:1:1: lỗi [import-unreadable]")


def test_an_endless_row_takes_no_endless_time(tmp_path: Path) -> None:
    """A megabyte of quotation marks, or of separators, is read or refused at once."""
    for text in ('file\n"' + '""' * 100_000, "file\n" + "," * 100_000, 'file\n"' + "a" * 1_000_000):
        read(tmp_path / "bang.csv", text.encode())
