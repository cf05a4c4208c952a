"""What is published: what the table says, what lies in the folder, and what is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive.build.files import Stage, forget_published, look_at
from archive.database import Database, Made
from archive.site.output import MARKER
from tests.archives import tree

FILES = [("a/index.html", b"A"), ("b/index.html", b"B"), ("c.json", b"[]")]


@pytest.fixture
def db() -> Database:
    return Database(None)


@pytest.fixture
def out(tmp_path: Path, db: Database) -> Path:
    """A published site, as the table has it."""
    out = tmp_path / "site"
    rows, written = Stage(db, out).put(FILES)
    assert written == [path for path, _ in FILES]
    db.put("page", Made("", {"file": [tuple(row) for row in rows]}))
    (out / MARKER).touch()
    return out


def test_only_what_differs_is_written(db: Database, out: Path, tmp_path: Path) -> None:
    """By the bytes, not by who makes them."""
    rows, written = Stage(db, tmp_path / "stage").put([*FILES[:2], ("c.json", b"[1]"), ("d", b"")])
    assert written == ["c.json", "d"]
    assert tree(tmp_path / "stage") == {"c.json": b"[1]", "d": b""}
    assert [row.path for row in rows] == ["a/index.html", "b/index.html", "c.json", "d"]


def test_what_somebody_else_wrote_into_the_stage(db: Database, out: Path, tmp_path: Path) -> None:
    """It is compared in the same way, and what is published already goes."""
    stage = tmp_path / "stage"
    (stage / "a").mkdir(parents=True)
    (stage / "a/index.html").write_bytes(b"A")
    (stage / "a/new").write_bytes(b"N")
    assert Stage(db, stage).take("a")[1] == ["a/new"]
    assert tree(stage) == {"a/new": b"N"}


def test_without_a_stage_nothing_is_written(db: Database, tmp_path: Path) -> None:
    rows, written = Stage(db, None).put(FILES)
    assert (len(rows), len(written)) == (3, 3)
    assert list(tmp_path.iterdir()) == []


def test_a_sound_site(db: Database, out: Path) -> None:
    look = look_at(db, out)
    assert (look.missing, look.altered, look.strange) == (frozenset(), frozenset(), frozenset())
    assert look.known == {path for path, _ in FILES}


def test_damage_is_noticed_and_made_again(db: Database, out: Path, tmp_path: Path) -> None:
    """A file that is gone, one of another size, one of another time: each counts as not published."""
    (out / "a/index.html").unlink()
    (out / "b/index.html").write_bytes(b"BB")
    os.utime(out / "c.json", (1, 1))
    look = look_at(db, out)
    assert look.missing == {"a/index.html"}
    assert look.altered == {"b/index.html", "c.json"}
    assert Stage(db, tmp_path / "stage").put(FILES)[1] == [path for path, _ in FILES]


def test_changed_bytes_are_noticed_by_reading(db: Database, out: Path) -> None:
    """Where size and time are as they were."""
    status = (out / "c.json").stat()
    (out / "c.json").write_bytes(b"{}")
    os.utime(out / "c.json", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert look_at(db, out).altered == frozenset()
    assert look_at(db, out, read=True).altered == {"c.json"}


def test_strange_files_are_noticed_where_a_folder_has_changed(db: Database, out: Path) -> None:
    """In folders of ours, and in new ones at any depth; everywhere, if that is asked."""
    os.utime(out / MARKER, ns=(0, 10**18))
    for folder in (out, out / "a", out / "b"):
        os.utime(folder, ns=(0, 10**18))
    (out / "a/x").write_bytes(b"")
    (out / "new/deep").mkdir(parents=True)
    (out / "new/deep/x").write_bytes(b"")
    (out / "b/x").write_bytes(b"")
    os.utime(out / "b", ns=(0, 10**18))
    assert look_at(db, out).strange == {"a/x", "new/deep/x"}
    assert look_at(db, out, everywhere=True).strange == {"a/x", "b/x", "new/deep/x"}


def test_another_folder_has_nothing(db: Database, out: Path, tmp_path: Path) -> None:
    forget_published(db)
    assert len(Stage(db, tmp_path / "other").put(FILES)[1]) == 3
