"""The output folder: taken over whole, or left as it was; never somebody else's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.model.pages import SiteFile, SitePage
from archive.site import output
from archive.site.output import NotOurs, check_output, recover, take_over
from archive.site.work_folder import page_text, write_work_folder
from tests.archives import tree, write_files


def built(folder: Path, text: str) -> Path:
    """A finished site with one page."""
    return write_files(folder, {"index.html": text, output.MARKER: ""})


def test_nothing_there_yet(tmp_path: Path) -> None:
    """Into a place where nothing is, a site is simply put."""
    out = tmp_path / "a" / "site"
    check_output(out)
    take_over(write_files(tmp_path / "new", {"index.html": "một"}), out)
    assert tree(out) == {"index.html": "một".encode(), output.MARKER: b""}


@pytest.mark.parametrize("exchange", [True, False], ids=["in one step", "in two renames"])
def test_take_over(exchange: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new site stands in the old one's place, whole, and nothing of the old is left."""
    if not exchange:
        monkeypatch.setattr(output, "_exchange", lambda one, other: False)
    out = built(tmp_path / "site", "cũ")
    (out / "da-go.html").write_text("cũ", encoding="utf-8")
    stage = tmp_path / "stage"
    take_over(write_files(stage / "site", {"index.html": "mới"}), out)
    assert tree(out) == {"index.html": "mới".encode(), output.MARKER: b""}
    assert tree(stage) == {}


def test_killed_between_two_renames(tmp_path: Path) -> None:
    """What a killed build left half done is put back; a site that is there is not touched."""
    stage, out = tmp_path / "stage", tmp_path / "site"
    built(stage / "site-before", "cũ")
    recover(stage, out)
    assert (out / "index.html").read_text(encoding="utf-8") == "cũ"
    built(stage / "site-before", "còn cũ hơn")
    recover(stage, out)
    assert (out / "index.html").read_text(encoding="utf-8") == "cũ"


def test_other_peoples_files(tmp_path: Path) -> None:
    """A folder with files of another origin, a file and a link are refused and left alone."""
    mine = write_files(tmp_path / "mine", {"luan-van.txt": "quý"})
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "link").symlink_to(built(tmp_path / "elsewhere", "x"))
    for out in (mine, tmp_path / "file", tmp_path / "link"):
        with pytest.raises(NotOurs):
            check_output(out)
    assert tree(mine) == {"luan-van.txt": "quý".encode()}


def test_what_may_be_taken(tmp_path: Path) -> None:
    """Nothing, an empty folder and a site of ours may be taken over."""
    (tmp_path / "empty").mkdir()
    for out in (tmp_path / "nothing", tmp_path / "empty", built(tmp_path / "site", "x")):
        check_output(out)


def test_work_folder(tmp_path: Path) -> None:
    """Pages become Markdown with front matter below docs, files lie beside them, and pages are counted."""
    person = SitePage("nguoi/a/", "A", "\n# A\n", {"title": 'A: “b” "c"\n', "x": None})
    home = SitePage("", "Trang đầu", "# T\n", {"section": True})
    people = SitePage("nguoi/", "Người", "# N\n", {"section": True})
    data = SiteFile("du-lieu/a.json", b"[]\n")
    items: list[SitePage | SiteFile] = [home, person, people, data]
    assert write_work_folder(items, tmp_path / "docs", tmp_path / "files") == 3
    written = [f"docs/{page.source_path}" for page in (home, person, people)]
    assert sorted(tree(tmp_path)) == sorted([*written, "files/du-lieu/a.json"])
    assert page_text(person) == '---\ntitle: "A: “b” \\"c\\"\\n"\nx: null\n---\n# A\n'
