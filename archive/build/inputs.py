"""Which files of content/ changed since the last build.

In: what lies there now, and the table `input`. Out: the tasks whose files differ. Files are read only then.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from archive.database import Database
from archive.disk import Signature
from archive.read import Scan

REDIRECTS = "site-config/redirects.yml"  # read as content; its path is its key, too
Row = tuple[str, str]  # key, signature


class Inputs:
    """All files that are read as content: `tasks` by key, with the path of each; `changed`, keys of those to read."""

    def __init__(self, db: Database, found: Scan, redirects: Path) -> None:
        """Marks what rests on the files themselves, such as sources."""
        self._db = db
        now: dict[str, Row] = {path: (key, _text(signature)) for key, (path, signature) in found.records.items()}
        now |= {f"content/sources/{name}": ("", _text(signature)) for name, signature in found.sources.items()}
        now[REDIRECTS] = (REDIRECTS, _look(redirects))
        now |= {path: (path, _text(signature)) for path, signature in found.ledger.items()}
        self.tasks = {key: path for path, (key, _) in now.items() if key}
        before: dict[str, Row] = {path: (key, held) for path, key, held in db.rows("SELECT * FROM input")}
        both = {path: (before.get(path), now.get(path)) for path in now.keys() | before.keys()}
        self._differing = {path: rows for path, rows in both.items() if rows[0] != rows[1]}
        self.changed = {row[0] for rows in self._differing.values() for row in rows if row}
        if before:
            self._mark()

    def _mark(self) -> None:
        for path, rows in self._differing.items():
            self._db.mark("input", ("path",), (path,))
            if None in rows:
                self._db.mark("input", ("key",), tuple(row[0] for row in rows if row))
                self._db.mark("input", (), ())

    def keep(self, of: Callable[[str], bool]) -> None:
        """The files that belong to such keys have been acted on."""
        kept = {path: now for path, (before, now) in self._differing.items() if of((now or before or ("", ""))[0])}
        self._db.write("DELETE FROM input WHERE path = ?", [(path,) for path in kept])
        self._db.write("INSERT INTO input VALUES (?, ?, ?)", [(path, *row) for path, row in kept.items() if row])


def _text(signature: Signature) -> str:
    return " ".join(map(str, signature))


def _look(file: Path) -> str:
    try:
        status = file.stat()
    except OSError:
        return "none"
    return _text((status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino))
