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
from collections.abc import Iterable, Mapping
from pathlib import Path

_NAME = "journal.json"


def write_journal(stage: Path, written: Mapping[str, Path], removed: Iterable[str]) -> None:
    """`written`: path on the site → the new file; those that don't lie below `stage` are linked or copied there."""
    moves = {}
    for path, file in sorted(written.items()):
        staged = file
        if not file.is_relative_to(stage):
            staged = stage / "given" / path
            staged.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(file, staged)
            except OSError:
                shutil.copyfile(file, staged)
        moves[path] = staged.relative_to(stage).as_posix()
    data = json.dumps({"move": moves, "remove": sorted(removed)}, ensure_ascii=False)
    aside = stage / f"{_NAME}.new"
    with aside.open("w", encoding="utf-8") as journal:
        journal.write(data)
        journal.flush()
        os.fsync(journal.fileno())
    aside.replace(stage / _NAME)


def apply_journal(stage: Path, out: Path) -> None:
    """Makes the changes, or those that are left to make; then the stage is gone."""
    if not (stage / _NAME).is_file():  # all changes are made: it goes last but for the folders that are left
        shutil.rmtree(stage, ignore_errors=True)
        return
    journal = json.loads((stage / _NAME).read_text(encoding="utf-8"))
    for path, file in journal["move"].items():
        target = out / path
        if (stage / file).exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            (stage / file).replace(target)
    for path in journal["remove"]:
        target = out / path
        target.unlink(missing_ok=True)
        _remove_empty(target.parent, out)
    shutil.rmtree(stage)


def _remove_empty(folder: Path, out: Path) -> None:
    while folder != out and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
