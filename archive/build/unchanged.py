"""Whether anything changed since the last build, by what the file system says; nothing else is loaded for that.

In: the folders that a build reads, and the site it made. Out: what the last build said, or None.
A file counts as unchanged while its size, its times and its place on the disk are the same, a published one while its
size and time are.
"""

from __future__ import annotations

import json
import marshal
import os
import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from archive.config import Paths
from archive.disk import Disk
from archive.problems import Position, Problem, Report

NAME = "last.json"
_PACKAGE = Path(__file__).resolve().parents[1]
_ANOTHER_TRY = "import-tool-missing"


def stamp(paths: Paths, out: Path, search: bool, disk: Disk) -> str:
    """What everything that a build reads looks like now. Taken before a build begins."""
    digest = blake2b(f"{sys.version}\0{out}\0{search}".encode(), digest_size=16)
    for folder in (_PACKAGE, paths.content, paths.site_config, paths.templates):
        for look in _looks(disk, os.fspath(folder)):
            digest.update(look)
    for file in (paths.mkdocs, Path(sys.prefix) / "installed"):
        digest.update(_look(file).encode())
    return digest.hexdigest()


def remembered(paths: Paths, out: Path, stamp: str, report: Report) -> int | None:
    """The number of pages of the last build if it had this stamp and its site stands; its problems go into `report`."""
    try:
        kept = json.loads((paths.work / NAME).read_text(encoding="utf-8"))
        if kept["stamp"] != stamp or kept["memory"] != _memory(paths) or not _stands(paths, out):
            return None
        for path, line, column, code, values in kept["problems"]:
            report.found.append(Problem(path, Position(line, column), code, tuple((k, v) for k, v in values)))
        return int(kept["pages"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(paths: Paths, stamp: str, pages: int, report: Report) -> None:
    """To be called once the site is published. Not where the next build may get what this one could not."""
    if any(problem.code == _ANOTHER_TRY for problem in report):
        forget(paths)
        return
    problems = [[p.path, p.position.line, p.position.column, p.code, p.values] for p in report]
    kept = {"stamp": stamp, "memory": _memory(paths), "pages": pages, "problems": problems}
    aside = paths.work / f"{NAME}.new"
    aside.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    aside.replace(paths.work / NAME)


def forget(paths: Paths) -> None:
    """The next build looks at everything."""
    (paths.work / NAME).unlink(missing_ok=True)


def _memory(paths: Paths) -> str:
    """The database as an orderly build left it, which is said by the seal beside it."""
    return _look(paths.work / "archive.db") if (paths.work / "seal.json").is_file() else ""


def _stands(paths: Paths, out: Path) -> bool:
    """Whether every published file is there with its size and its time."""
    import sqlite3  # only where nothing else has changed

    here = os.fspath(out)
    try:
        db = sqlite3.connect(f"{(paths.work / 'archive.db').resolve().as_uri()}?immutable=1", uri=True)
        try:
            for path, size, mtime in db.execute("SELECT path, size, mtime FROM file"):
                status = os.stat(f"{here}/{path}")  # noqa: PTH116 – there are many
                if status.st_mtime_ns != mtime or status.st_size != size:
                    return False
        finally:
            db.close()
    except sqlite3.DatabaseError:
        return False
    return (out / ".archive-build").is_file()


def _looks(disk: Disk, folder: str) -> Iterator[bytes]:
    entries = [entry for entry in disk.entries(folder) if entry[0] != "__pycache__"]
    yield marshal.dumps(entries, 2)  # the version without references: equal entries, equal bytes
    for name, _, is_dir, _ in entries:
        if is_dir:
            yield from _looks(disk, f"{folder}/{name}")


def _look(file: Path) -> str:
    try:
        status = file.stat()
    except OSError:
        return "none"
    return f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_size} {status.st_ino}"
