"""The hallway: the same archive gives the same site, and a failed build leaves the old one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import filelock
import pytest

from archive.config import Paths
from archive.pipeline import Busy, ContentProblems, build, check
from archive.problems import Report
from archive.search import SearchFailed
from archive.site import Plan, make_plan
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


def test_a_crash_leaves_the_old_site(toy_copy: Paths, old_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that breaks at its last step leaves the old site as it was, and no stage."""

    def fail(*_: object) -> int:
        raise SearchFailed("hỏng")

    before = tree(old_site)
    monkeypatch.setattr("archive.steps.publish.build_search_index", fail)
    with pytest.raises(SearchFailed):
        build(toy_copy, old_site, Report(), QUIET)
    assert tree(old_site) == before
    assert not list(old_site.parent.glob(".*stage*"))


def test_what_the_engine_says_stops_the_build(toy_copy: Paths, old_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A warning of the engine is an error of ours, and is not published."""

    def warn(*given: Any) -> tuple[Plan, list[str]]:
        return make_plan(*given)[0], ["mục lục chỉ vào chỗ trống"]

    monkeypatch.setattr("archive.steps.publish.make_plan", warn)
    before = tree(old_site)
    with pytest.raises(ContentProblems) as stopped:
        build(toy_copy, old_site, Report(), QUIET, search=False)
    assert "mục lục chỉ vào chỗ trống" in said(stopped.value.report)
    assert tree(old_site) == before


def test_one_at_a_time(toy_copy: Paths) -> None:
    """While one build runs, another is refused at once."""
    toy_copy.work.mkdir(parents=True)
    with filelock.FileLock(toy_copy.work / "lock"):
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


def test_check_publishes_nothing(toy_paths: Paths) -> None:
    """`check` looks at a site of its own and leaves no trace of it but what it has found out."""
    assert check(toy_paths, Report(), QUIET) > len(TOY_FILES)
    assert {path.name for path in toy_paths.work.iterdir()} <= {"lock", "store.db", "plan", "search"}
