"""The change of the published site: what is wanted is kept first, then the folder takes its new form.

In: a stage with the new files, a database whose table `file` says what is wanted. Out: the published folder. A build
that is killed between the two is finished by the next one, from the journal; if that is lost, the next build finds by
the table what differs.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path

from archive.database import Database
from archive.site.journal import FILES, apply_journal, write_journal
from archive.site.output import recover, take_over

_JOURNAL, _OUT, _LOST = "journal", "out", "journal-lost"  # settings


def published_at(db: Database) -> Path | None:
    """The folder that the table `file` describes."""
    kept = db.setting(_OUT)
    return Path(kept.decode()) if kept else None


def publish_whole(db: Database, stage: Path, out: Path) -> None:
    """Keeps what is wanted, then puts a site of which nothing was there before in its place."""
    db.set(_OUT, str(out.resolve()).encode())
    db.commit()
    take_over(stage / FILES, out)


def begin_change(db: Database, stage: Path, out: Path, written: Collection[str], removed: Collection[str]) -> bool:
    """Keeps what is wanted together with the changes that lead there: files of the stage, and paths that go.

    False if there are none; else the stage belongs to `finish_change` from here on.
    """
    db.set(_OUT, str(out.resolve()).encode())
    if written or removed:
        write_journal(stage, written, removed)
        db.set(_JOURNAL, json.dumps([str(stage.resolve()), str(out.resolve())]).encode())
    db.commit()
    return bool(written or removed)


def finish_change(db: Database) -> None:
    """Makes the changes of a folder that are written down and not yet all made."""
    if kept := db.setting(_JOURNAL):
        stage, out = json.loads(kept)
        if not apply_journal(Path(stage), Path(out)):
            db.set(_LOST, b"1")
        db.set(_JOURNAL, b"")
        db.commit()


def was_lost(db: Database) -> bool:
    """Whether a journal was lost, so that files may be in the folder that were to go; it is forgotten then."""
    lost = bool(db.setting(_LOST))
    db.set(_LOST, b"")
    return lost


def new_stage(out: Path) -> Path:
    """A new folder beside the output, on the same disk; what a killed build left is cleared first."""
    out.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{out.name}-stage-"
    for left in out.parent.glob(f"{prefix}*"):
        recover(left, out)
        shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=prefix, dir=out.parent))
