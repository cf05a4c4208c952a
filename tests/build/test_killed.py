"""Builds that are killed at any moment: the site is whole, and the next build makes it what it should be."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.build import builder, publish
from archive.build.files import Stage
from archive.build.site import ContentProblems, build
from archive.build.steps import PAGE, PLAN, SITE, Steps
from archive.build.tasks import STEPS as FACTS
from archive.database import Database
from archive.problems import Report
from tests.archives import QUIET, tree
from tests.build.changing import Changing
from tests.build.test_changes import everything_at_once, rights_of_article, theme_option

Patch = Callable[[pytest.MonkeyPatch], None]


def killed(*_: object, **__: object) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def build_killed(archive: Changing, patch: Patch) -> None:
    """Builds in a process of its own, in which the patch puts the kill."""
    child = os.fork()
    if child == 0:
        with pytest.MonkeyPatch.context() as monkeypatch:
            patch(monkeypatch)
            archive.build()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the build ended before it could be killed"


def instead_of(owner: object, name: str) -> Patch:
    return lambda monkeypatch: monkeypatch.setattr(owner, name, killed)


def after(owner: Any, name: str) -> Patch:
    """The kill comes when the function has done its work."""
    real = getattr(owner, name)

    def run(*given: Any) -> None:
        real(*given)
        killed()

    return lambda monkeypatch: monkeypatch.setattr(owner, name, run)


def at_call(owner: Any, name: str, number: int) -> Patch:
    """The kill comes in the place of the n-th call."""
    real, calls = getattr(owner, name), [0]

    def run(*given: Any, **named: Any) -> Any:
        calls[0] += 1
        return killed() if calls[0] == number else real(*given, **named)

    return lambda monkeypatch: monkeypatch.setattr(owner, name, run)


def before_step(wanted: str) -> Patch:
    real = Steps.work

    def work(self: Steps[Any], step: str, *given: Any) -> Any:
        return killed() if step == wanted else real(self, step, *given)

    return lambda monkeypatch: monkeypatch.setattr(Steps, "work", work)


@pytest.mark.parametrize("step", [*FACTS, PLAN, PAGE, SITE])
def test_killed_before_a_step(changing: Changing, step: str) -> None:
    """What earlier steps kept is not acted on twice, nor forgotten; the old site stays."""
    everything_at_once(changing)
    build_killed(changing, before_step(step))
    assert tree(changing.out) == changing.first
    assert changing.compare() == []


def test_killed_again_and_again(changing: Changing) -> None:
    """One kill in several steps, one after another, with another change before each."""
    everything_at_once(changing)
    for step in ("article", "authority", "page"):
        build_killed(changing, before_step(step))
    rights_of_article(changing)
    build_killed(changing, before_step("event"))
    assert changing.compare() == []


def test_killed_while_the_first_site_was_not_yet_made(changing: Changing) -> None:
    """A database without a site: an error stopped the first build, and the second was killed."""
    for name in ("archive.db", "archive.db-wal", "archive.db-shm"):
        (changing.paths.work / name).unlink(missing_ok=True)
    kept = changing.text("content/events/hop-bao-chua-co-bai.md")
    changing.write("content/events/hop-bao-chua-co-bai.md", "---\n---\n")
    assert changing.build() != ""
    changing.write("content/events/hop-bao-chua-co-bai.md", kept)
    everything_at_once(changing)
    build_killed(changing, before_step("article"))
    assert changing.compare() == []


BEFORE = [
    instead_of(publish, "write_journal"),
    instead_of(builder, "begin_change"),
    after(publish, "write_journal"),
    at_call(Stage, "_write", 3),
]


@pytest.mark.parametrize("patch", BEFORE)
def test_killed_before_the_journal_counts(changing: Changing, patch: Patch) -> None:
    """Until the journal is kept nothing has happened to the site."""
    everything_at_once(changing)
    build_killed(changing, patch)
    assert tree(changing.out) == changing.first
    assert changing.compare() == []


AFTER = [
    instead_of(publish, "apply_journal"),
    at_call(os, "replace", 2),
    at_call(os, "replace", 9),
    at_call(Path, "rmdir", 1),
    instead_of(shutil, "rmtree"),
    after(publish, "apply_journal"),
]


@pytest.mark.parametrize("patch", AFTER)
def test_killed_while_the_journal_is_applied(changing: Changing, patch: Patch) -> None:
    """The next build finishes what was begun, whatever it is asked to build."""
    everything_at_once(changing)
    build_killed(changing, patch)
    assert changing.compare() == []
    assert not list(changing.out.parent.glob(".site-stage-*"))


def test_a_journal_is_applied_to_its_own_site(changing: Changing) -> None:
    """The next build is of another output: the first is finished, the other is made whole."""
    everything_at_once(changing)
    build_killed(changing, instead_of(publish, "apply_journal"))
    first, changing.out = changing.out, changing.out.with_name("other")
    assert changing.compare() == []
    assert tree(first) == tree(changing.out)
    changing.out = first
    assert changing.compare() == []


def test_a_lost_journal_is_not_taken_for_done(changing: Changing) -> None:
    """Whoever clears away the folder that a killed build left gets the new site all the same."""
    everything_at_once(changing)
    build_killed(changing, at_call(os, "replace", 3))
    for left in changing.out.parent.glob(".site-stage-*"):
        shutil.rmtree(left)
    assert changing.compare() == []


def test_another_engine_finishes_what_was_begun(changing: Changing) -> None:
    """A build by MkDocs that stops at an error leaves the new site, not a mixture."""
    everything_at_once(changing)
    build_killed(changing, at_call(os, "replace", 3))
    changing.write("content/events/hong.md", "---\n---\n")
    with pytest.raises(ContentProblems):
        build(changing.paths, changing.out, Report(), QUIET, engine="mkdocs", search=False)
    now = tree(changing.out)
    changing.delete("content/events/hong.md")
    assert now == changing.clean()[0]


def test_a_strange_journal_is_not_followed(changing: Changing) -> None:
    """A folder that looks like one of ours and would move files elsewhere is cleared away, and nothing else."""
    outside = changing.path("quan-trong.txt")
    outside.write_text("quý", encoding="utf-8")
    stage = changing.out.parent / ".site-stage-la"
    (stage / "site").mkdir(parents=True)
    (stage / "journal.json").write_text('{"move": [], "remove": ["../quan-trong.txt"]}', encoding="utf-8")
    assert changing.compare() == []
    assert outside.read_text(encoding="utf-8") == "quý"
    assert not stage.exists()
    outside.unlink()


def test_a_journal_is_applied_though_the_next_build_fails(changing: Changing) -> None:
    """The site is the new one as a whole, not a mixture, while the content has an error."""
    everything_at_once(changing)
    build_killed(changing, at_call(os, "replace", 5))
    changing.write("content/events/hong.md", "---\n---\n")
    changing.replace("site-config/site.yml", "newest_events: 6", "newest_events: 5")
    assert changing.build() != ""
    now = tree(changing.out)
    changing.delete("content/events/hong.md")
    changing.replace("site-config/site.yml", "newest_events: 5", "newest_events: 6")
    assert now == changing.clean()[0]


def test_a_full_disk_while_the_journal_is_applied(changing: Changing, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception is like a kill: what was written down is done by the next build."""
    everything_at_once(changing)
    real, calls = os.replace, [0]

    def full(*given: Any) -> None:
        calls[0] += 1
        if calls[0] == 4:
            raise OSError("no space left")
        real(*given)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space left"):
        changing.build()
    monkeypatch.setattr(os, "replace", real)
    assert changing.compare() == []


WHOLE = [instead_of(publish, "take_over"), after(publish, "take_over"), at_call(Database, "commit", 9)]


@pytest.mark.parametrize("patch", WHOLE)
def test_killed_while_a_whole_site_takes_over(changing: Changing, patch: Patch) -> None:
    """The site is the old one or the new one, and the next build knows which."""
    theme_option(changing)
    build_killed(changing, patch)
    now = tree(changing.out)
    assert changing.compare() == []
    assert now in (changing.first, tree(changing.out))
