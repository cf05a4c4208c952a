"""The output folder: taken over whole at the end, or left as it was.

In: a finished new folder. Out: the same folder under its public name. Two folders change places
in one step where the system can do that (Linux, macOS), in two renames elsewhere.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

MARKER = ".archive-build"
_BEFORE = "site-before"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h on macOS


class NotOurs(Exception):
    """The output folder holds something that no build of ours made."""


def check_output(out: Path) -> None:
    """Raises NotOurs if taking over `out` would destroy files that are not a built site."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise NotOurs(str(out))
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise NotOurs(str(out))


def take_over(new: Path, out: Path) -> None:
    """Puts `new` in the place of `out` and removes what was there."""
    (new / MARKER).write_text("", encoding="utf-8")
    out.parent.mkdir(parents=True, exist_ok=True)
    if not out.exists():
        new.replace(out)
        return
    if not _exchange(new, out):
        before = new.with_name(_BEFORE)
        out.replace(before)
        new.replace(out)
        new = before
    shutil.rmtree(new)


def recover(stage: Path, out: Path) -> None:
    """Puts back the old site if a build was killed between two renames; `stage` is what it left."""
    if (stage / _BEFORE).is_dir() and not out.exists():
        (stage / _BEFORE).replace(out)


def _exchange(one: Path, other: Path) -> bool:
    """Swaps two folders atomically; False where the system or file system can't."""
    a, b = os.fsencode(one), os.fsencode(other)
    try:
        import ctypes

        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            return bool(libc.renameat2(_AT_FDCWD, a, _AT_FDCWD, b, _RENAME_EXCHANGE) == 0)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(a, b, _RENAME_SWAP) == 0)
    except (OSError, AttributeError, TypeError):
        return False
    return False
