"""What the file system says of the files below a folder, asked once.

In: paths of folders. Out: entries. Reads no file. A build looks at every file of an archive
twice, to see whether anything changed and then what; of ten thousand articles that is thirty
thousand questions each time.
"""

from __future__ import annotations

import os

Signature = tuple[int, int, int, int]  # changed, status changed (ns), size in bytes, inode; of a folder zeros
Entry = tuple[str, bool, bool, Signature]  # name, whether it is a symbolic link, whether it is a folder

_FOLDER: Signature = (0, 0, 0, 0)


class Disk:
    """Remembers what stood in each folder until it is told to forget."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Entry, ...]] = {}

    def entries(self, folder: str | os.PathLike[str]) -> tuple[Entry, ...]:
        """In order of their names; nothing where there is no folder."""
        path = os.fspath(folder)
        if path not in self._known:
            try:
                with os.scandir(path) as found:
                    self._known[path] = tuple(sorted(filter(None, map(_entry, found))))
            except (FileNotFoundError, NotADirectoryError):
                return ()
        return self._known[path]

    def forget(self, path: str) -> None:
        """Something changed at a path: what stood in its folder, and below it, has to be looked at again."""
        self._known.pop(os.path.dirname(path), None)  # noqa: PTH120 – text, as scandir gives it
        self._known.pop(path, None)
        below = f"{path}{os.sep}"
        for folder in [known for known in self._known if known.startswith(below)]:
            del self._known[folder]

    def forget_all(self) -> None:
        self._known.clear()


def _entry(found: os.DirEntry[str]) -> Entry | None:
    if found.is_dir(follow_symlinks=False):
        return found.name, False, True, _FOLDER
    try:
        status = found.stat(follow_symlinks=False)
    except FileNotFoundError:  # gone again, as files are that an editor writes aside
        return None
    signature = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
    return found.name, found.is_symlink(), False, signature
