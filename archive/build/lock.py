"""One build at a time: a lock that ends with its process, however it ends.

In: the work folder. Out: nothing, or `Busy`.
"""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.config import Paths

_BUILD, _SERVING = "lock.db", "serving.db"


class Busy(Exception):
    """Another build of the same archive is running."""


@contextmanager
def one_at_a_time(paths: Paths) -> Iterator[None]:
    """Raises Busy if another process builds in this work folder."""
    with _lock(paths.work / _BUILD):
        yield


def served(paths: Paths) -> Paths:
    """The paths that `serve` builds with: it keeps a site and a memory of its own."""
    return dataclasses.replace(paths, work=paths.work / "serve")


@contextmanager
def serving(paths: Paths) -> Iterator[None]:
    """While a site is served from `paths`, its folder is its own; raises Busy if another process serves it."""
    with _lock(paths.work / _SERVING):
        yield


def forget_served(paths: Paths) -> None:
    """What is withdrawn must not live on in what `serve` left behind; one that runs follows by itself."""
    own = served(paths).work
    if own.is_dir():
        with suppress(Busy), _lock(own / _SERVING):
            for path in own.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                elif not path.name.startswith(_SERVING):
                    path.unlink()


@contextmanager
def _lock(file: Path) -> Iterator[None]:
    lock = _begun(file)
    try:
        yield
    finally:
        lock.close()


def _begun(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.is_dir():
        shutil.rmtree(file)
    lock = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise  # a folder in which nothing can be written, say
        raise Busy from error
    except sqlite3.DatabaseError:  # something else stands in its place
        lock.close()
        file.unlink()
        return _begun(file)
    return lock
