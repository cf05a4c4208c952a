"""Changes of a published site, all or none of them.

In: new files beside the site, paths to write and to remove. Out: the site with the changes. They
are written down before the first is made, so that a build that is killed is finished by the next.
Each file changes in one step; whoever reads the site meanwhile may for some milliseconds see new
pages beside old ones.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from archive.site.output import MARKER

FILES = "site"  # the folder of the stage where the new files lie, as they will on the site
_NAME = "journal.json"


def write_journal(stage: Path, written: Iterable[str], removed: Iterable[str]) -> None:
    """`written`: paths on the site of the files that lie in the stage."""
    data = json.dumps({"move": sorted(written), "remove": sorted(removed)}, ensure_ascii=False)
    aside = stage / f"{_NAME}.new"
    with aside.open("w", encoding="utf-8") as journal:
        journal.write(data)
        journal.flush()
        os.fsync(journal.fileno())
    aside.replace(stage / _NAME)


def apply_journal(stage: Path, out: Path) -> bool:
    """Makes the changes, or those that are left to make; then the stage is gone.

    False if there is no journal: all changes are made, or it is lost.
    """
    is_there = (stage / _NAME).is_file()
    if is_there:
        journal = json.loads((stage / _NAME).read_text(encoding="utf-8"))
        for path in journal["move"]:
            if (stage / FILES / path).exists():
                _move(stage / FILES / path, out / path)
        for path in journal["remove"]:
            if not (out / path).is_dir():  # a folder of pages may have come in the place of a strange file
                (out / path).unlink(missing_ok=True)
            _remove_empty((out / path).parent, out)
        (out / MARKER).touch()  # what is changed in a folder from here on is not ours
    shutil.rmtree(stage, ignore_errors=True)
    return is_there


def _move(file: Path, target: Path) -> None:
    """Puts the file there even if a strange file stands where its folder has to be, or a folder in its place."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)
    except (FileExistsError, NotADirectoryError):
        _clear_way(target.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)
    except IsADirectoryError:
        shutil.rmtree(target)
        file.replace(target)


def _clear_way(folder: Path) -> None:
    for one in (folder, *folder.parents):
        if one.exists() or one.is_symlink():
            if not one.is_dir():
                one.unlink()
            return


def _remove_empty(folder: Path, out: Path) -> None:
    while folder != out and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
