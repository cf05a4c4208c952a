"""What a person says when importing: by options, and in a table beside the files."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from archive.build.site import check
from archive.commands.main import main
from archive.config import Paths
from archive.problems import Report
from tests.archives import QUIET, TESTS, codes, copy_of_toy, tree, write_files

Captured = pytest.CaptureFixture[str]
EVENT = "giao-ban-dan-van-quy-1-2024"
TEXTS = {
    "a.txt": "Xóm Bãi bàn việc giữ nước sạch\n\nNgày 3/2/2024, tại xóm Bãi, ông Mạc Văn Thử, Trưởng xóm, chủ trì "
    "buổi họp bàn việc giữ nguồn nước của bà con.\n",
    "b.txt": "Tổ hòa giải phường Gác đi từng nhà\n\nChiều 9/8/2022, bà Lý Thị Nháp, Tổ trưởng tổ hòa giải, cùng các "
    "tổ viên đến từng hộ nghe ý kiến về con ngõ chung.\n",
}
PAGE = """<html lang="vi"><head><title>Xóm Bãi bàn việc giữ nước sạch</title>
<link rel="canonical" href="https://bao-gio.example/xom-bai">
<meta property="og:site_name" content="Báo Gió">
<meta property="article:published_time" content="2024-02-05T08:00:00+07:00">
</head><body><article><h1>Xóm Bãi bàn việc giữ nước sạch</h1>
<p>Ngày 3/2, tại xóm Bãi, ông Mạc Văn Thử, Trưởng xóm, chủ trì buổi họp bàn việc giữ nguồn nước trong xóm.</p>
<p>Bà con góp nhiều ý kiến về việc trông coi con suối, chia phiên và phần việc của mỗi nhà trong những tháng khô.</p>
</article></body></html>
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return copy_of_toy(tmp_path / "archive")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return write_files(tmp_path / "files", TEXTS)


def run(paths: Paths, *arguments: str | Path) -> int:
    return main(["import", *map(str, arguments), "--root", str(paths.content.parent)])


def imported(capsys: Captured, paths: Paths, *arguments: str | Path) -> list[dict[str, Any]]:
    assert run(paths, "--json", *arguments) == 0, capsys.readouterr().err
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def front_matter(paths: Paths, item: dict[str, Any]) -> dict[str, Any]:
    text = (paths.content / item["article"]).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text.split("---\n")[1])
    return loaded


def said_of(values: dict[str, Any]) -> list[object]:
    """What a person can say, as the record has it, in the order of the options."""
    source = values["source"]
    return [source["url"], values["publisher"], source["captured"], values["rights"], values["published"]]


def test_options_go_into_the_record(paths: Paths, files: Path, capsys: Captured) -> None:
    """What is said is in the draft, in its form, and `check` has nothing to remind of."""
    said = ["https://bao-may.example/xom-bai", "Báo Mây", "2024-12-25", "excerpt", "2024-02-04"]
    names = ["--url", "--publisher", "--captured", "--rights", "--published"]
    options = [part for pair in zip(names, said, strict=True) for part in pair]
    (item,) = imported(capsys, paths, files / "a.txt", *options)
    assert said_of(front_matter(paths, item)) == said
    assert item["rights"] == "excerpt"
    report = Report()
    check(paths, report, QUIET)
    assert "no-provenance" not in codes(report)


def test_a_draft_without_them_is_reminded_of(paths: Paths, files: Path, capsys: Captured) -> None:
    """Nothing said, nothing known: the record holds null, and `check` reminds of it."""
    (item,) = imported(capsys, paths, files / "a.txt")
    assert said_of(front_matter(paths, item)) == [None, None, None, "full", None]
    report = Report()
    check(paths, report, QUIET)
    (problem,) = (problem for problem in report if problem.code == "no-provenance")
    assert problem.path == f"content/{item['article']}"
    assert dict(problem.values)["missing"] == "publisher, source.url"


def test_a_person_goes_before_the_page(paths: Paths, tmp_path: Path, capsys: Captured) -> None:
    """Where page and person differ the person's value stands, and both are shown; what isn't said is the page's."""
    page = write_files(tmp_path / "files", {"xom-bai.html": PAGE}) / "xom-bai.html"
    assert run(paths, page, "--publisher", "Báo Mây", "--url", "https://bao-gio.example/xom-bai") == 0
    out = capsys.readouterr().out
    assert "! publisher: ghi “Báo Mây” như bạn cho biết; trang thì ghi “Báo Gió”" in out
    assert "! source.url" not in out
    (made,) = paths.content.glob("articles/2024/xom-bai*.md")
    values = front_matter(paths, {"article": made.relative_to(paths.content)})
    assert said_of(values) == ["https://bao-gio.example/xom-bai", "Báo Mây", None, "full", "2024-02-05"]


def test_the_day_of_publication_gives_the_year(paths: Paths, tmp_path: Path, capsys: Captured) -> None:
    """A day of publication that a person knows is evidence like one that the page gives."""
    text = TEXTS["a.txt"].replace("3/2/2024", "3/2")
    source = write_files(tmp_path / "files", {"a.txt": text}) / "a.txt"
    (item,) = imported(capsys, paths, source, "--published", "2021-02-04")
    assert front_matter(paths, item)["date"] == "2021-02-03"


def test_an_event_that_is_named_is_linked(paths: Paths, files: Path, capsys: Captured) -> None:
    """With `--event` the article belongs to that event: no new one is made, and none is asked about."""
    (item,) = imported(capsys, paths, files / "a.txt", "--event", EVENT)
    assert front_matter(paths, item)["event"] == EVENT
    assert f"events/{EVENT}" in item["linked"]
    assert not any(path.startswith("events/") for path in item["created"])
    assert not any(doubt["field"] == "event" for doubt in item["unsure"])


def test_why_is_explained(paths: Paths, files: Path, capsys: Captured) -> None:
    """`--explain` says of each such value that a person said it."""
    assert run(paths, files / "a.txt", "--explain", "--publisher", "Báo Mây", "--event", EVENT) == 0
    out = capsys.readouterr().out
    for said in ("publisher: Báo Mây", f"event: {EVENT}"):
        assert f"  + {said} — người nhập bài cho biết\n" in out


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_rights_of_a_draft_are_said(language: str, paths: Paths, files: Path, capsys: Captured) -> None:
    """The summary says which rights a draft has, and whether the archive's setting or the person gave them."""
    site = paths.site_config / "site.yml"
    site.write_text(site.read_text(encoding="utf-8").replace("import_rights: full", "import_rights: metadata"))
    assert run(paths, files / "a.txt", "--lang", language) == 0
    words = {
        "vi": "quyền đăng: metadata, mặc định của kho (import_rights",
        "en": "rights: metadata, the archive's default",
    }
    assert words[language] in capsys.readouterr().out
    assert run(paths, files / "b.txt", "--rights", "full", "--lang", language) == 0
    words = {"vi": "quyền đăng: full, như bạn ghi", "en": "rights: full, as you say"}
    assert words[language] in capsys.readouterr().out
    rights = [path.read_text(encoding="utf-8").partition('\nrights: "')[2][:4] for path in sorted(made(paths))]
    assert rights == ["full", "meta"]


def made(paths: Paths) -> list[Path]:
    toy = set(tree(TESTS / "toy_archive" / "content" / "articles"))
    articles = paths.content / "articles"
    return [path for path in articles.rglob("*.md") if path.relative_to(articles).as_posix() not in toy]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--url", "bao-may.example/a"], "--url: “bao-may.example/a” không phải địa chỉ web\n    → Ý bạn là “https://"),
        (["--captured", "25/12/2024"], "--captured: “25/12/2024” không phải là ngày viết theo EDTF\n    → Ý bạn là"),
        (["--published", "hôm qua"], "--published: “hôm qua” không phải là ngày viết theo EDTF\n"),
        (["--rights", "toàn văn"], "--rights: “toàn văn” không dùng được cho “rights”\n    → Ý bạn là “full”?"),
        (["--event", EVENT[:-1]], f"--event: không có bản ghi “{EVENT[:-1]}” trong content/events/\n    → Ý bạn là"),
        (["--event", "../events/x"], "--event: “../events/x” không thể là mã của một bản ghi\n"),
        (["--publisher", "<i>Báo</i>"], "--publisher: có mã HTML hoặc liên kết chạy mã ở “publisher”"),
        (["--rights", "all", "--lang", "en"], '--rights: "all" can\'t be used for "rights"\n    → Did you mean'),
    ],
)
def test_wrong_options(options: list[str], told: str, paths: Paths, files: Path, capsys: Captured) -> None:
    """A value that can't be used is wrong use: it is told what and how to mend, and nothing is imported."""
    before = tree(paths.content)
    assert run(paths, files / "a.txt", *options) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith(told)
    assert tree(paths.content) == before


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("header", ["file,url,publisher,captured,rights", "Tệp,Địa chỉ,Nơi đăng,Ngày lấy,Quyền đăng"])
def test_a_table(start: str, separator: str, header: str, paths: Paths, files: Path, capsys: Captured) -> None:
    """Each file gets what its row says, and what the options say of all; a file without a row gets the latter."""
    rows = [header, "b.txt,https://bao-may.example/gac,Báo Mây,2024-12-25,excerpt"]
    table = "\r\n".join(rows).replace(",", separator)
    write_files(files, {"bang.csv": start + table})
    options: list[str | Path] = ["--table", files / "bang.csv", "--publisher", "Báo Gió", "--captured", "2025-01-02"]
    found = imported(capsys, paths, files / "a.txt", files / "b.txt", *options)
    assert [said_of(front_matter(paths, item)) for item in found] == [
        [None, "Báo Gió", "2025-01-02", "full", None],
        ["https://bao-may.example/gac", "Báo Mây", "2024-12-25", "excerpt", None],
    ]


def test_a_table_alone(paths: Paths, files: Path, tmp_path: Path, capsys: Captured) -> None:
    """Without files those of the table are imported, in its order; the disk may spell their names otherwise."""
    name = "bài của tổ.txt"
    (files / unicodedata.normalize("NFD", name)).write_text(TEXTS["b.txt"], encoding="utf-8")
    write_files(files, {"bang.csv": f"file;publisher\n{name};Báo Mây\na.txt;Báo Gió\n"})
    found = imported(capsys, paths, "--table", files / "bang.csv")
    assert [front_matter(paths, item)["publisher"] for item in found] == ["Báo Mây", "Báo Gió"]


with (Path(__file__).parent / "import_tables.yml").open(encoding="utf-8") as file:
    TABLES = yaml.safe_load(file)


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row["claim"])
@pytest.mark.parametrize("names", [["a.txt", "b.txt"], []], ids=["files", "table-alone"])
def test_wrong_tables(row: dict[str, Any], names: list[str], paths: Paths, files: Path, capsys: Captured) -> None:
    """What is wrong in a table is told with line and column, all at once, and nothing is imported."""
    write_files(files, {"bang.csv": row["table"]})
    before = tree(paths.content)
    assert run(paths, *(files / name for name in names), "--table", files / "bang.csv") == 1
    said = capsys.readouterr()
    lines = said.err.splitlines()
    found = [line.removeprefix(f"{files.as_posix()}/bang.csv:") for line in lines if not line.startswith("    → ")]
    assert found == [*row["expected"], "Chưa nhập tệp nào. Sửa bảng rồi chạy lại."]
    assert said.out == "" and tree(paths.content) == before


def test_machines_get_a_list_of_nothing(paths: Paths, files: Path, capsys: Captured) -> None:
    """With `--json` a program can read what comes, even where nothing was imported."""
    assert run(paths, files / "a.txt", "--json", "--rights", "x") == 2
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("with_table", [False, True])
def test_one_address_is_of_one_file(with_table: bool, paths: Paths, files: Path, capsys: Captured) -> None:
    """The address of a page is of one article: with several files it is refused, and a table is named."""
    write_files(files, {"bang.csv": "file\na.txt\nb.txt\n"})
    inputs = ["--table", files / "bang.csv"] if with_table else [files / "a.txt", files / "b.txt"]
    assert run(paths, *inputs, "--url", "https://bao-may.example/") == 2
    assert "--table" in capsys.readouterr().err
    assert made(paths) == []


def test_nothing_to_import(paths: Paths, capsys: Captured) -> None:
    """Neither file nor table: wrong use, with what to do."""
    assert run(paths) == 2
    assert capsys.readouterr().err.startswith("Chưa có tệp nào để nhập.")


def test_every_code_of_tables_is_tried() -> None:
    """Each problem that a table can have stands in a row of the cases."""
    problems = yaml.safe_load((TESTS.parent / "site-config" / "problems.yml").read_text(encoding="utf-8"))
    tried = " ".join(line for row in TABLES for line in row["expected"])
    assert [code for code in problems if code.startswith("import-table-") and f"[{code}]" not in tried] == []
