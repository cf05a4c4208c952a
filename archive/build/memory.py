"""What is kept in the work folder between builds: the database, the cache of the search index, compiled templates.

In: the work folder, and the key of what everything rests on. Out: an open database. Nothing of it is needed: what is
spoilt, foreign, or of another version is made anew. How an orderly build left its files is written in a seal; a build
that is killed leaves none, and its database is as good as its last commit.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from archive.build import unchanged
from archive.build.publish import finish_change
from archive.database import Database, DatabaseError

DATABASE, SEARCH, TEMPLATES = "archive.db", "search", "templates"  # in the work folder
_SEAL = "seal.json"
_KEY = "key"


def open_database(work: Path, key: str) -> tuple[Database, bool]:
    """The database, empty if it rests on another key; and whether what was there could not be used.

    A change of a published folder that was begun is finished first.
    """
    spoilt = _drop_spoilt(work)
    db = _opened(work / DATABASE)
    if db is None:
        spoilt = True
    elif db.setting(_KEY) == key.encode():
        return db, spoilt
    else:
        db.close()
    _remove(work / DATABASE)
    db = Database(work / DATABASE)
    db.set(_KEY, key.encode())
    db.commit()
    return db, spoilt


def seal(work: Path) -> None:
    """To be called when nobody has the files open any more."""
    (work / _SEAL).write_text(json.dumps(_looks(work)), encoding="utf-8")


def forget(work: Path) -> None:
    """Drops everything that is kept; a change of a published folder that was begun is finished first."""
    _drop_spoilt(work)
    if (work / DATABASE).is_file() and (db := _opened(work / DATABASE)):
        db.close()
    for name in (DATABASE, SEARCH, TEMPLATES, unchanged.NAME):
        _remove(work / name)


def finish_begun(work: Path) -> None:
    """Finishes a change of a published folder that a killed build began."""
    _drop_spoilt(work)
    if (work / DATABASE).is_file() and (db := _opened(work / DATABASE)):
        db.close()
        seal(work)


def _opened(file: Path) -> Database | None:
    """None for what is no database of this version."""
    try:
        db = Database(file)
    except DatabaseError:
        return None
    try:
        finish_change(db)
    except (DatabaseError, ValueError):
        db.close()
        return None
    except OSError:
        db.close()
        raise
    return db


def _drop_spoilt(work: Path) -> bool:
    """Drops what is not as the last build left it; True if that is the database. Breaks the seal."""
    if not (work / _SEAL).is_file():
        return False
    try:
        before = dict(json.loads((work / _SEAL).read_bytes()))
    except (ValueError, TypeError):
        before = {}
    (work / _SEAL).unlink()
    now = _looks(work)
    altered = {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
    spoilt = {part for part in (DATABASE, SEARCH, TEMPLATES) if any(name.startswith(part) for name in altered)}
    for part in spoilt:
        _remove(work / part)
    return DATABASE in spoilt


def _looks(work: Path) -> dict[str, list[int]]:
    """Size and time of each file that would be believed as it stands."""
    return {path.relative_to(work).as_posix(): _look(path) for path in _believed(work) if path.exists()}


def _believed(work: Path) -> Iterator[Path]:
    yield work / DATABASE
    yield work / f"{DATABASE}-wal"
    yield from (work / SEARCH).glob("*/*.sqlite*")
    yield from (work / TEMPLATES).glob("*")


def _look(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
