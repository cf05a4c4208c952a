"""Whatever becomes of .build/ and of site/ between two builds, the next ones make the clean site or say why not."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.commands.main import main
from tests.archives import tree
from tests.build.changing import Changing, differing
from tests.build.test_changes import edit

Spoil = Callable[[Changing], None]
DATABASE, TERMS = "archive.db", "search/syllable/terms.sqlite"
PERSON = "nguoi/lo-sang/index.html"
_SHARE = 5  # without --long, every fifth


def site(archive: Changing) -> int:
    """The command as an editor gives it."""
    return main(["site", "--quiet", "--root", str(archive.path(""))])


# what becomes of the work folder


def write(name: str, data: bytes) -> Spoil:
    return lambda archive: _write(archive.paths.work / name, data)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def cut(name: str, keep: Callable[[int], int]) -> Spoil:
    def spoil(archive: Changing) -> None:
        for path in found(archive, name):
            os.truncate(path, keep(path.stat().st_size))

    return spoil


def flip(name: str, count: int) -> Spoil:
    def spoil(archive: Changing) -> None:
        for path in found(archive, name):
            data = bytearray(path.read_bytes())
            for number in range(count):
                data[(number + 1) * len(data) // (count + 2)] ^= 0xFF
            path.write_bytes(data)

    return spoil


def garbage(name: str) -> Spoil:
    def spoil(archive: Changing) -> None:
        for path in found(archive, name):
            path.write_bytes(b"garbage " * 600)

    return spoil


def gone(name: str) -> Spoil:
    def spoil(archive: Changing) -> None:
        for path in found(archive, name):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return spoil


def folder(name: str) -> Spoil:
    def spoil(archive: Changing) -> None:
        (archive.paths.work / name).unlink()
        (archive.paths.work / name / "x").mkdir(parents=True)

    return spoil


def sql(script: str) -> Spoil:
    def spoil(archive: Changing) -> None:
        with closing(sqlite3.connect(archive.paths.work / DATABASE, isolation_level=None)) as db:
            db.executescript(script)

    return spoil


def both(one: Spoil, other: Spoil) -> Spoil:
    def spoil(archive: Changing) -> None:
        one(archive)
        other(archive)

    return spoil


def found(archive: Changing, pattern: str) -> list[Path]:
    paths = [path for path in archive.paths.work.glob(pattern) if path.is_file() or "*" not in pattern]
    assert paths, pattern
    return paths


SPOILT: dict[str, Spoil] = {
    "database cut in half": cut(DATABASE, lambda size: size // 2),
    "database cut to 100 bytes": cut(DATABASE, lambda _: 100),
    "database empty": cut(DATABASE, lambda _: 0),
    "database garbage": garbage(DATABASE),
    "database with a byte flipped": flip(DATABASE, 1),
    "database with 20 bytes flipped": flip(DATABASE, 20),
    "database with 300 bytes flipped": flip(DATABASE, 300),
    "database gone": gone(DATABASE),
    "database a folder": folder(DATABASE),
    "database without a table": sql("DROP TABLE task"),
    "database without a column": sql("ALTER TABLE file DROP COLUMN size"),
    "database of another version": sql("PRAGMA user_version = 7"),
    "database of another archive": sql("UPDATE setting SET value = x'00' WHERE name = 'key'"),
    "settings that say nothing": sql("UPDATE setting SET value = x'ff'"),
    "rows of another form": sql("UPDATE problem SET facts = 'x'; UPDATE record_file SET positions = '['"),
    "write-ahead log garbage": write(f"{DATABASE}-wal", b"garbage " * 600),
    "database garbage after a kill": both(gone("seal.json"), garbage(DATABASE)),
    "database a folder after a kill": both(gone("seal.json"), folder(DATABASE)),
    "seal garbage": garbage("seal.json"),
    "seal a list": write("seal.json", b"[1, 2]"),
    "note of the last build garbage": garbage("last.json"),
    "note of the last build a list": write("last.json", b"[1, 2]"),
    "templates garbage": garbage("templates/*"),
    "templates cut": cut("templates/*", lambda size: size // 2),
    "templates flipped": flip("templates/*", 20),
    "search cache garbage": garbage(TERMS),
    "search cache cut": cut(TERMS, lambda size: size // 2),
    "search cache flipped": flip(TERMS, 300),
    "search cache gone": gone("search"),
    "a file of the search cache garbage": garbage("search/syllable/files/*/*"),
    "everything gone": lambda archive: shutil.rmtree(archive.paths.work),
    "lock garbage": garbage("lock.db"),
    "lock a folder": folder("lock.db"),
}


# what becomes of the site


def in_site(path: str, change: Callable[[Path], object]) -> Spoil:
    def damage(archive: Changing) -> None:
        change(archive.out / path)

    return damage


def _put_folder(path: Path) -> None:
    path.unlink()
    (path / "x").mkdir(parents=True)


def _put_file(path: Path) -> None:
    shutil.rmtree(path)
    path.write_bytes(b"x")


def _empty(site: Path) -> None:
    for path in site.iterdir():
        if path.name != ".archive-build":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


DAMAGED: dict[str, Spoil] = {
    "a page gone": in_site(PERSON, Path.unlink),
    "a page cut": in_site(PERSON, lambda path: os.truncate(path, 100)),
    "a page a folder": in_site(PERSON, _put_folder),
    "the folder of a page a file": in_site("nguoi/lo-sang", _put_file),
    "all people gone": in_site("nguoi", shutil.rmtree),
    "the search index gone": in_site("tim-kiem/chi-muc", shutil.rmtree),
    "a file of the search index cut": in_site("tim-kiem/chi-muc/lexicon.gz", lambda path: os.truncate(path, 20)),
    "a table gone": in_site("du-lieu/articles.json", Path.unlink),
    "a table cut": in_site("du-lieu/articles.json", lambda path: os.truncate(path, 100)),
    "line ends of a table": in_site(
        "du-lieu/articles.csv", lambda path: path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    ),
    "all but the marker gone": in_site("", _empty),
    "all gone": in_site("", shutil.rmtree),
    "a style sheet older": in_site("assets/archive.css", lambda path: os.utime(path, (1, 1))),
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for name, cases in (("spoil", SPOILT), ("damage", DAMAGED)):
        if name in metafunc.fixturenames:
            step = 1 if metafunc.config.getoption("--long") else _SHARE
            metafunc.parametrize(name, list(cases.values())[::step], ids=list(cases)[::step])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Changing]:
    """The archive that one test after another damages; empty after a test that failed."""
    return {}


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site after the edit."""
    archive = Changing(tmp_path_factory.mktemp("edited"), search=True)
    edit(archive)
    assert site(archive) == 0
    return tree(archive.out)


@pytest.fixture
def archive(built: dict[str, Changing], tmp_path_factory: pytest.TempPathFactory, quick: None) -> Iterator[Changing]:
    """An archive with its site."""
    kept = built.pop("", None)
    if kept is None:
        kept = Changing(tmp_path_factory.mktemp("spoilt"), search=True)
        assert site(kept) == 0
        kept.first = tree(kept.out)
    yield kept
    if tree(kept.out) == kept.first:
        built[""] = kept


@pytest.fixture(autouse=True)
def remembered_templates() -> None:
    """Compiled templates are kept where a build keeps them."""


def assert_whole(archive: Changing, edited: dict[str, bytes]) -> None:
    """A build, an edit with a build, and the edit undone with a build, each make the clean site."""
    assert site(archive) == 0
    assert differing(tree(archive.out), archive.first) == []
    edit(archive)
    assert site(archive) == 0
    assert differing(tree(archive.out), edited) == []
    archive.undo()
    assert site(archive) == 0
    assert differing(tree(archive.out), archive.first) == []


def test_a_spoilt_work_folder_is_made_anew(archive: Changing, spoil: Spoil, edited: dict[str, bytes]) -> None:
    """Nothing of .build/ is needed, and nothing in it is believed that somebody else has changed."""
    spoil(archive)
    assert_whole(archive, edited)


def test_a_damaged_site_is_mended(archive: Changing, damage: Spoil, edited: dict[str, bytes]) -> None:
    """What is missing in site/, or has another size or time, is made again by the next build, and nothing is said."""
    damage(archive)
    assert_whole(archive, edited)


def test_a_spoilt_database_is_told_in_one_sentence(archive: Changing, capsys: pytest.CaptureFixture[str]) -> None:
    """The build goes on."""
    garbage(DATABASE)(archive)
    assert main(["site", "--root", str(archive.path(""))]) == 0
    assert ".build" in capsys.readouterr().err.splitlines()[0]


def test_strange_files_go(archive: Changing, edited: dict[str, bytes]) -> None:
    """The next build that publishes something removes what somebody else has put into site/."""
    _write(archive.out / "nguoi/lo-sang/la.txt", b"x")
    _write(archive.out / "la/la/la.txt", b"x")
    edit(archive)
    assert site(archive) == 0
    assert differing(tree(archive.out), edited) == []
    archive.undo()
    assert site(archive) == 0


def test_a_site_without_its_marker_is_refused(archive: Changing, capsys: pytest.CaptureFixture[str]) -> None:
    """It may be somebody else's folder."""
    (archive.out / ".archive-build").unlink()
    assert site(archive) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    (archive.out / ".archive-build").touch()


def test_check_finds_changed_bytes(
    archive: Changing, edited: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    """Bytes that were changed without a trace in size and time are told by `check`, and the next build mends them."""
    path = archive.out / PERSON
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"<title>", b"<titel>"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert main(["check", "--root", str(archive.path(""))]) == 0
    assert f"site/{PERSON}" in capsys.readouterr().out
    assert_whole(archive, edited)
