"""What the published site consists of: the table `file` beside the folder.

In: files as tasks make them, and the published folder. Out: rows of the table, and below the stage the files that
differ from what is published. `mtime` is empty in a row whose file is missing in the folder, or is another.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from archive.database import Database
from archive.database.rows import File
from archive.site.output import MARKER


@dataclass(frozen=True, slots=True)
class Look:
    """What was found in the published folder: paths that belong to the site, paths that do not, damaged ones."""

    known: frozenset[str]
    strange: frozenset[str]
    missing: frozenset[str]
    altered: frozenset[str]


def look_at(db: Database, out: Path, *, read: bool = False, everywhere: bool = False) -> Look:
    """Compares the published folder with the table, by size and time, with `read` by every byte.

    What is missing or altered is marked in the table. Strange files are looked for in folders that have changed since
    the site was published, or `everywhere`.
    """
    known, missing, altered = set[str](), set[str](), set[str]()
    folder = os.fspath(out)
    for path, digest, size, mtime in db.rows("SELECT path, digest, size, mtime FROM file"):
        known.add(path)
        try:
            status = os.stat(f"{folder}/{path}", follow_symlinks=False)  # noqa: PTH116 – there are many
            is_same = (status.st_size, status.st_mtime_ns) == (size, mtime)
            if not is_same or (read and digest_of((out / path).read_bytes()) != digest):
                altered.add(path)
        except (FileNotFoundError, NotADirectoryError):
            missing.add(path)
        except IsADirectoryError:
            altered.add(path)
    db.write("UPDATE file SET mtime = NULL WHERE path = ?", [(path,) for path in missing | altered])
    return Look(frozenset(known), frozenset(_strange(out, known, everywhere)), frozenset(missing), frozenset(altered))


def forget_published(db: Database) -> None:
    """Nothing of the site is published in the folder that is asked for."""
    db.write("UPDATE file SET mtime = NULL WHERE mtime IS NOT NULL", [()])


def _strange(out: Path, known: Collection[str], everywhere: bool) -> Iterator[str]:
    """Files that are not known, in folders that have changed since the marker was touched, which comes last."""
    try:
        published = -1 if everywhere else (out / MARKER).stat().st_mtime_ns
    except OSError:
        return
    root, folders = os.fspath(out), {""}
    for path in known:
        while (path := path.rpartition("/")[0]) not in folders:
            folders.add(path)
    for folder in sorted(folders):
        with suppress(FileNotFoundError, NotADirectoryError):
            here = f"{root}/{folder}" if folder else root
            if os.stat(here).st_mtime_ns > published:  # noqa: PTH116 – text is quicker, and there are many
                yield from (path for path in _below(here, folder, folders) if path not in known and path != MARKER)


def _below(here: str, folder: str, folders: Collection[str]) -> Iterator[str]:
    """Files in a folder, and in folders below it that are not among `folders`."""
    with os.scandir(here) as found:
        for entry in found:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if not entry.is_dir(follow_symlinks=False):
                yield path
            elif path not in folders:
                yield from _below(entry.path, path, folders)


class Stage:
    """New files that wait beside the published site; nothing is written if there is no folder."""

    def __init__(self, db: Database, folder: Path | None) -> None:
        self._db = db
        self._folder = folder
        self._folders: set[str] = set()  # that are there

    def put(self, files: Iterable[tuple[str, bytes]]) -> tuple[list[File], list[str]]:
        """Rows of the table for some files, and the paths of those that differ from what is published."""
        rows, written = [], []
        for path, content in files:
            digest = digest_of(content)
            row = self._published(path, digest)
            if row is None:
                row = File(path, digest, len(content), self._write(path, content))
                written.append(path)
            rows.append(row)
        return rows, written

    def take(self, folder: str) -> tuple[list[File], list[str]]:
        """The same for files that somebody else has written below a folder of the stage."""
        rows, written = [], []
        assert self._folder is not None
        for file in sorted(file for file in (self._folder / folder).rglob("*") if file.is_file()):
            path = file.relative_to(self._folder).as_posix()
            row = self.look(path)
            if held := self._published(path, row.digest):
                file.unlink()
                row = held
            else:
                written.append(path)
            rows.append(row)
        return rows, written

    def look(self, path: str) -> File:
        """The row of a file that lies in the stage."""
        assert self._folder is not None
        status = (self._folder / path).stat()
        return File(path, digest_of((self._folder / path).read_bytes()), status.st_size, status.st_mtime_ns)

    def link(self, path: str, file: Path) -> File:
        """Puts a file into the stage that stays where it lies, too."""
        assert self._folder is not None
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file, target)
        except OSError:  # no links on this disk
            shutil.copyfile(file, target)
        return self.look(path)

    def _write(self, path: str, content: bytes) -> int:
        """The time of the new file."""
        if self._folder is None:
            return 0
        target = f"{self._folder}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 – text is quicker, and there are many
            self._folders.add(folder)
        with open(target, "wb") as file:  # noqa: PTH123
            file.write(content)
        return os.stat(target).st_mtime_ns  # noqa: PTH116

    def _published(self, path: str, digest: bytes) -> File | None:
        found = self._db.rows("SELECT size, mtime FROM file WHERE path = ? AND digest = ?", (path, digest))
        return next((File(path, digest, size, mtime) for size, mtime in found if mtime is not None), None)


def digest_of(content: bytes) -> bytes:
    """Of the bytes of a file, or of something that is kept."""
    return blake2b(content, digest_size=16).digest()
