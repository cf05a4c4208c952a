"""The hallway: the same archive gives the same site, and a failed build leaves the old one."""

from __future__ import annotations

import dataclasses
import errno
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive import search
from archive.build.files import Stage
from archive.build.lock import Busy
from archive.build.site import ContentProblems, build, check
from archive.commands.main import main
from archive.config import Paths
from archive.problems import Report
from archive.search import SearchFailed
from archive.site import html
from archive.site.theme import Theme
from tests.archives import QUIET, TOY, codes, said, tree

TOY_FILES = list(TOY.rglob("*.md"))


def test_twice_is_the_same(site: Path, toy_copy: Paths) -> None:
    """Built elsewhere, from a copy, the site is the same to the byte."""
    out = toy_copy.content.parent / "site"
    build(toy_copy, out, Report(), QUIET)
    one, other = tree(site), tree(out)
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []


def test_nothing_is_left_behind(site: Path) -> None:
    """Beside the finished site no stage remains."""
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_clean_forgets_the_last_build(toy_copy: Paths) -> None:
    """What is remembered is believed: no file is written again. With `clean` all are, and the site is the same."""
    out = toy_copy.content.parent / "site"
    build(toy_copy, out, Report(), QUIET, search=False)
    before, page = tree(out), out / "nguoi" / "index.html"
    written = page.stat().st_mtime_ns
    build(toy_copy, out, Report(), QUIET, search=False)
    assert page.stat().st_mtime_ns == written
    build(toy_copy, out, Report(), QUIET, search=False, clean=True)
    assert page.stat().st_mtime_ns != written
    assert tree(out) == before


@pytest.fixture
def old_site(toy_copy: Paths, site: Path) -> Path:
    """A copy of the built site in its public place."""
    out = toy_copy.content.parent / "site"
    shutil.copytree(site, out)
    return out


def test_content_with_errors_leaves_the_old_site(toy_copy: Paths, old_site: Path) -> None:
    """An error in the content stops the build; the old site is as it was, byte for byte."""
    before = tree(old_site)
    (toy_copy.content / "events" / "hong.md").write_text("---\n---\n", encoding="utf-8")
    with pytest.raises(ContentProblems) as stopped:
        build(toy_copy, old_site, Report(), QUIET)
    assert codes(stopped.value.report) == ["missing-field"]
    assert tree(old_site) == before
    assert not list(old_site.parent.glob(".*stage*"))


@pytest.mark.parametrize("engine", ["fast", "mkdocs"])
def test_a_crash_leaves_the_old_site(
    engine: str, toy_copy: Paths, old_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that breaks at its last step leaves the old site as it was, and no stage."""

    def fail(*_: object) -> int:
        raise SearchFailed("hỏng")

    before = tree(old_site)
    monkeypatch.setattr(search, "build_search_index", fail)
    monkeypatch.setattr(html, "build_html", lambda engine, config, docs, out, *_: out.mkdir() or [])
    with pytest.raises(SearchFailed):
        build(toy_copy, old_site, Report(), QUIET, engine=engine)
    assert tree(old_site) == before
    assert not list(old_site.parent.glob(".*stage*"))


@pytest.mark.parametrize("engine", ["fast", "mkdocs"])
def test_what_the_engine_says_stops_the_build(
    engine: str, toy_copy: Paths, old_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warning of the engine is an error of ours, and is not published."""
    words = "mục lục chỉ vào chỗ trống"

    def warn(engine: str, config: Path, docs: Path, out: Path, *_: object) -> list[tuple[str, str]]:
        out.mkdir()
        return [("engine-warning", words)]

    monkeypatch.setattr(html, "build_html", warn)
    monkeypatch.setattr(Theme, "warnings", property(lambda _: [words], lambda *_: None), raising=False)
    before = tree(old_site)
    with pytest.raises(ContentProblems) as stopped:
        build(toy_copy, old_site, Report(), QUIET, engine=engine, search=False)
    assert words in said(stopped.value.report)
    assert tree(old_site) == before


def test_one_at_a_time(toy_copy: Paths) -> None:
    """While one build runs, another is refused at once."""
    toy_copy.work.mkdir(parents=True)
    with closing(sqlite3.connect(toy_copy.work / "lock.db", isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Busy):
            build(toy_copy, toy_copy.content.parent / "site", Report(), QUIET)
        with pytest.raises(Busy):
            check(toy_copy, Report(), QUIET)


def test_a_killed_build_is_cleared(toy_copy: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed build left is cleared by the next, and the old site it had moved is put back first."""
    root = toy_copy.content.parent
    left = root / ".site-stage-abc" / "site-before"
    left.mkdir(parents=True)
    (left / "index.html").write_text("cũ", encoding="utf-8")
    (toy_copy.content / "events" / "hong.md").write_text("---\n---\n", encoding="utf-8")
    with pytest.raises(ContentProblems):
        build(toy_copy, root / "site", Report(), QUIET)
    assert (root / "site" / "index.html").read_text(encoding="utf-8") == "cũ"
    assert not list(root.glob(".site-stage-*"))


def test_check_publishes_nothing(toy_copy: Paths) -> None:
    """`check` looks at a site of its own and leaves no trace of it but what is remembered."""
    assert check(toy_copy, Report(), QUIET) > len(TOY_FILES)
    assert {path.name for path in toy_copy.work.iterdir()} == {"archive.db", "lock.db", "seal.json", "templates"}
    assert not (toy_copy.content.parent / "site").exists()


def test_a_full_disk(toy_copy: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said in one sentence, nothing is left beside the site, and once there is room the build goes on."""
    root = toy_copy.content.parent
    build(toy_copy, root / "site", Report(), QUIET, search=False)
    before = tree(root / "site")
    page = toy_copy.content / "pages" / "gioi-thieu.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMột câu thêm vào.\n", encoding="utf-8")
    arguments = ["site", "--no-search", "--quiet", "--root", str(root)]

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "no space left")

    with monkeypatch.context() as patched:
        patched.setattr(Stage, "_write", full)
        assert main(arguments) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert tree(root / "site") == before
    assert not list(root.glob(".site-stage-*"))
    assert main(arguments) == 0
    assert tree(root / "site") != before


def add_a_year(paths: Paths) -> None:
    """An article of a year that had no page."""
    fields = 'title: "Bài mới"\nlevel: "tinh"\nrights: "full"\ndate: "2031"\n'
    basis = 'date_basis: {kind: "stated", words: "năm 2031"}\n'
    new = paths.content / "articles" / "2031" / "bai-moi.md"
    new.parent.mkdir()
    new.write_text(f"---\n{fields}{basis}---\nViệc của năm 2031.\n", encoding="utf-8")


def test_a_failed_build_between_two_takes_nothing_from_the_second(toy_copy: Paths, tmp_path: Path) -> None:
    """What a build made before it failed is still to be published once the fault is mended."""
    out = toy_copy.content.parent / "site"
    build(toy_copy, out, Report(), QUIET, search=False)
    add_a_year(toy_copy)
    template = toy_copy.templates / "pages" / "year.md.j2"
    sound = template.read_text(encoding="utf-8")
    template.write_text(f'{sound}\n<p><a href="khong-co/">hỏng</a></p>\n', encoding="utf-8")
    with pytest.raises(ContentProblems):
        build(toy_copy, out, Report(), QUIET, search=False)
    template.write_text(sound, encoding="utf-8")
    build(toy_copy, out, Report(), QUIET, search=False)
    other = dataclasses.replace(toy_copy, work=tmp_path / "other")
    build(other, tmp_path / "clean", Report(), QUIET, search=False)
    assert tree(out) == tree(tmp_path / "clean")


def test_check_between_two_builds_takes_nothing_from_the_second(toy_copy: Paths, tmp_path: Path) -> None:
    """What `check` has looked at is still to be published: the site equals one made at once."""
    out = toy_copy.content.parent / "site"
    build(toy_copy, out, Report(), QUIET)
    before = tree(out)
    add_a_year(toy_copy)
    check(toy_copy, Report(), QUIET)
    assert tree(out) == before
    build(toy_copy, out, Report(), QUIET)
    assert "nam/2031/index.html" in tree(out)
    other = dataclasses.replace(toy_copy, work=tmp_path / "other")
    build(other, tmp_path / "clean", Report(), QUIET)
    assert tree(out) == tree(tmp_path / "clean")
