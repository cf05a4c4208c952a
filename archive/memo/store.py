"""The store: one SQLite file with every computed value, every row of every list, and who read what.

In: what cells made. Out: values and rows by name. A *cell* is one computation (`level`, `key`).
It makes named values and rows of lists, finds problems, and reads values and lists that other
cells made; names of values and lists are the currency in which changes are told.

Names: a value is called as its maker says (`records/officials/a`); one part of a list is
`list=part`, the number and names of its parts `list=*`, and lists of one family `family:`.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

_TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value BLOB);
CREATE TABLE IF NOT EXISTS cells (
  number INTEGER PRIMARY KEY, level TEXT, key TEXT, problems BLOB, reads TEXT, note BLOB);
CREATE UNIQUE INDEX IF NOT EXISTS cell_of ON cells (level, key);
CREATE INDEX IF NOT EXISTS cell_wrong ON cells (level, key) WHERE problems != x'';
CREATE TABLE IF NOT EXISTS made (name TEXT, cell INTEGER, digest BLOB, value BLOB);
CREATE UNIQUE INDEX IF NOT EXISTS made_name ON made (name);
CREATE INDEX IF NOT EXISTS made_cell ON made (cell);
CREATE TABLE IF NOT EXISTS listed (list TEXT, part TEXT, sort TEXT, id TEXT, cell INTEGER, digest BLOB, value BLOB);
CREATE INDEX IF NOT EXISTS listed_part ON listed (list, part, sort, id);
CREATE INDEX IF NOT EXISTS listed_cell ON listed (cell);
CREATE TABLE IF NOT EXISTS readers (name TEXT PRIMARY KEY, cells BLOB) WITHOUT ROWID;
"""
_CACHE_KB, _READER_CACHE_KB = 32_000, 8_000
_OF_NOTHING = blake2b(digest_size=12).digest()  # most rows have no value

RowKey = tuple[str, str, str, str]  # list, part, sort, id


@dataclass(frozen=True, slots=True)
class Made:
    """What one computation gave. Values and those of rows are encoded; `note` is for its level alone.

    `extra` is for whoever asked for the computation; it is not kept.
    """

    key: str
    values: Mapping[str, bytes] = field(default_factory=dict)
    rows: Mapping[RowKey, bytes] = field(default_factory=dict)
    problems: bytes = b""
    reads: frozenset[str] = frozenset()
    note: bytes = b""
    extra: Any = None


class Store:
    """Opened for writing by one process; others open it to read what was committed."""

    def __init__(self, file: Path | None, *, reading: bool = False) -> None:
        if file is not None and not reading:
            file.parent.mkdir(parents=True, exist_ok=True)
        name = ":memory:" if file is None else f"{file.resolve().as_uri()}{'?mode=ro' if reading else ''}"
        self.file = file
        self.db = sqlite3.connect(name, uri=file is not None, isolation_level=None)
        self.db.execute(f"PRAGMA cache_size=-{_READER_CACHE_KB if reading else _CACHE_KB}")
        if not reading:
            self.db.execute("PRAGMA journal_mode=WAL")
            self.db.execute("PRAGMA synchronous=NORMAL")
            self.db.execute("PRAGMA secure_delete=ON")  # what is taken down does not lie on in free pages
            self.db.executescript(_TABLES)
            self.db.execute("BEGIN")
        self._last = self.db.execute("SELECT coalesce(max(number), 0) FROM cells").fetchone()[0]
        self._new_readers: dict[str, array[int]] = {}
        self._marks = 0

    # reading

    def fact(self, name: str) -> bytes | None:
        """Something the build keeps for itself between builds."""
        found = self.db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def value(self, name: str) -> bytes | None:
        found = self.db.execute("SELECT value FROM made WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def has(self, name: str) -> bool:
        return self.db.execute("SELECT 1 FROM made WHERE name = ?", (name,)).fetchone() is not None

    def names(self, prefix: str) -> Iterator[str]:
        """Names of values that begin so, in order."""
        for (name,) in self.db.execute(
            "SELECT name FROM made WHERE name >= ? AND name < ? ORDER BY name", (prefix, prefix + "\U0010ffff")
        ):
            yield name

    def count(self, prefix: str) -> int:
        """How many values have names that begin so."""
        bounds = (prefix, prefix + "\U0010ffff")
        found = self.db.execute("SELECT count(*) FROM made WHERE name >= ? AND name < ?", bounds).fetchone()
        return int(found[0])

    def values(self, list: str, part: str) -> list[bytes]:
        """Values of one part of a list, in its order."""
        found = self.db.execute("SELECT value FROM listed WHERE list = ? AND part = ? ORDER BY sort, id", (list, part))
        return [value for (value,) in found]

    def ids(self, list: str, part: str, most: int = -1) -> tuple[str, ...]:
        """The ids of one part of a list in its order; the first `most` of them, if that is given."""
        found = self.db.execute(
            "SELECT id FROM listed WHERE list = ? AND part = ? ORDER BY sort, id LIMIT ?", (list, part, most)
        )
        return tuple(id for (id,) in found)

    def parts(self, list: str) -> tuple[tuple[str, int], ...]:
        """Each part of a list with how many entries it has, in order."""
        return tuple(
            self.db.execute("SELECT part, count(*) FROM listed WHERE list = ? GROUP BY part ORDER BY part", (list,))
        )

    def lists(self, prefix: str) -> tuple[str, ...]:
        """Names of lists that begin so."""
        found: list[str] = []
        bound = prefix
        while row := self.db.execute(
            "SELECT list FROM listed WHERE list >= ? AND list < ? ORDER BY list LIMIT 1", (bound, prefix + "\U0010ffff")
        ).fetchone():
            found.append(row[0])
            bound = row[0] + "\0"
        return tuple(found)

    def keys(self, level: str) -> set[str]:
        return {key for (key,) in self.db.execute("SELECT key FROM cells WHERE level = ?", (level,))}

    def problems(self, level: str) -> Iterator[bytes]:
        """What the cells of a level found, in the order of their keys."""
        wanted = "SELECT problems FROM cells WHERE level = ? AND problems != x'' ORDER BY key"
        for (found,) in self.db.execute(wanted, (level,)):
            yield found

    def note(self, level: str, key: str) -> bytes | None:
        found = self.db.execute("SELECT note FROM cells WHERE level = ? AND key = ?", (level, key)).fetchone()
        return found[0] if found else None

    def notes(self, level: str) -> Iterator[tuple[str, bytes]]:
        yield from self.db.execute("SELECT key, note FROM cells WHERE level = ? ORDER BY key", (level,))

    def readers(self, names: Iterable[str], level: str) -> set[str]:
        """Keys of the cells of a level that read any of the names."""
        numbers: set[int] = set()
        for name in names:
            if found := self.db.execute("SELECT cells FROM readers WHERE name = ?", (name,)).fetchone():
                numbers.update(array("I", found[0]))
            numbers.update(self._new_readers.get(name, ()))
        found_keys = set()
        for number in numbers:
            cell = self.db.execute("SELECT key FROM cells WHERE number = ? AND level = ?", (number, level)).fetchone()
            if cell:
                found_keys.add(cell[0])
        return found_keys

    # writing

    def keep(self, name: str, value: bytes) -> None:
        self.db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def add(self, level: str, made: Made) -> None:
        """A cell that is new for sure."""
        self._last += 1
        self.db.execute(
            "INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?)",
            (self._last, level, made.key, made.problems, _joined(made.reads), made.note),
        )
        self._insert(self._last, made.values.items(), made.rows.items())
        self._reads(made.reads, self._last)

    def put(self, level: str, made: Made) -> set[str]:
        """A cell that may have been there before; returns the names whose values changed."""
        before = self.db.execute(
            "SELECT number, reads FROM cells WHERE level = ? AND key = ?", (level, made.key)
        ).fetchone()
        if before is None:
            self.add(level, made)
            return {*made.values, *_names_of_rows(made.rows), *_wildcards(made.values)}
        number = before[0]
        changed = self._replace_values(number, made.values) | self._replace_rows(number, made.rows)
        self.db.execute(
            "UPDATE cells SET problems = ?, reads = ?, note = ? WHERE number = ?",
            (made.problems, _joined(made.reads), made.note, number),
        )
        self._reads(made.reads.difference(before[1].split("\n")), number)
        return changed

    def remove(self, level: str, key: str) -> set[str]:
        """Takes a cell out with all it made; returns the names that changed."""
        found = self.db.execute("SELECT number FROM cells WHERE level = ? AND key = ?", (level, key)).fetchone()
        if found is None:
            return set()
        changed = self._replace_values(found[0], {}) | self._replace_rows(found[0], {})
        self.db.execute("DELETE FROM cells WHERE number = ?", found)
        return changed

    def clear(self, level: str) -> None:
        """Forgets all cells of a level."""
        numbers = "(SELECT number FROM cells WHERE level = ?)"
        self.db.execute(f"DELETE FROM made WHERE cell IN {numbers}", (level,))
        self.db.execute(f"DELETE FROM listed WHERE cell IN {numbers}", (level,))
        self.db.execute("DELETE FROM cells WHERE level = ?", (level,))

    def commit(self) -> None:
        """Everything since the last commit is kept, or after a crash none of it; after a mark nothing is kept."""
        self._put_readers()
        if not self._marks:
            self.db.execute("COMMIT")
            self.db.execute("BEGIN")

    def mark(self) -> None:
        """From here on everything is an attempt, until `back`; marks can stand behind each other."""
        self._put_readers()
        self.db.execute("SAVEPOINT mark")
        self._marks += 1

    def back(self) -> None:
        """Everything is as it was at the last mark."""
        self._new_readers.clear()
        self.db.execute("ROLLBACK TO mark")
        self.db.execute("RELEASE mark")
        self._marks -= 1

    def roll_back(self) -> None:
        self._new_readers.clear()
        self.db.execute("ROLLBACK")
        self.db.execute("BEGIN")
        self._marks = 0
        self._last = self.db.execute("SELECT coalesce(max(number), 0) FROM cells").fetchone()[0]

    def _put_readers(self) -> None:
        self.db.executemany(
            "INSERT INTO readers VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET cells = CAST(cells || excluded.cells AS BLOB)",
            [(name, numbers.tobytes()) for name, numbers in sorted(self._new_readers.items())],
        )
        self._new_readers.clear()

    def scrub(self) -> None:
        """Writes the file anew, without any trace of what is gone; nobody else may have it open."""
        self.db.execute("COMMIT")
        self.db.execute("VACUUM")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.execute("BEGIN")

    def close(self) -> None:
        self.db.close()

    def _reads(self, names: Iterable[str], cell: int) -> None:
        known = self._new_readers
        for name in names:
            if name in known:
                known[name].append(cell)
            else:
                known[name] = array("I", (cell,))

    def _insert(self, cell: int, values: Iterable[tuple[str, bytes]], rows: Iterable[tuple[RowKey, bytes]]) -> None:
        self.db.executemany(
            "INSERT INTO made VALUES (?, ?, ?, ?)", [(name, cell, digest(value), value) for name, value in values]
        )
        self.db.executemany(
            "INSERT INTO listed VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(*key, cell, digest(value), value) for key, value in rows],
        )

    def _replace_values(self, cell: int, values: Mapping[str, bytes]) -> set[str]:
        before = dict(self.db.execute("SELECT name, digest FROM made WHERE cell = ?", (cell,)))
        changed = {name for name, value in values.items() if before.get(name) != digest(value)}
        gone = before.keys() - values.keys()
        self.db.executemany("DELETE FROM made WHERE name = ?", [(name,) for name in changed | gone])
        self._insert(cell, [(name, values[name]) for name in changed], ())
        return changed | gone | _wildcards((changed - before.keys()) | gone)

    def _replace_rows(self, cell: int, rows: Mapping[RowKey, bytes]) -> set[str]:
        found = self.db.execute("SELECT list, part, sort, id, digest FROM listed WHERE cell = ?", (cell,))
        before = {(list, part, sort, id): held for list, part, sort, id, held in found}
        changed = {key for key, value in rows.items() if before.get(key) != digest(value)}
        gone = before.keys() - rows.keys()
        self.db.executemany(
            "DELETE FROM listed WHERE list = ? AND part = ? AND sort = ? AND id = ? AND cell = ?",
            [(*key, cell) for key in changed | gone],
        )
        self._insert(cell, (), [(key, rows[key]) for key in changed])
        moved = (changed - before.keys()) | gone
        return {f"{list}={part}" for list, part, _, _ in changed | gone} | {
            name for list, _, _, _ in moved for name in (f"{list}=*", _family(list))
        }


def digest(value: bytes) -> bytes:
    return blake2b(value, digest_size=12).digest() if value else _OF_NOTHING


def _joined(reads: Iterable[str]) -> str:
    return "\n".join(sorted(reads))


def _names_of_rows(rows: Iterable[RowKey]) -> set[str]:
    return {name for list, part, _, _ in rows for name in (f"{list}={part}", f"{list}=*", _family(list))}


def _family(list: str) -> str:
    """`moments/place:` for all lists `moments/place:…`: changes when one of them gains or loses an entry."""
    return f"{list.partition(':')[0]}:"


def _wildcards(names: Iterable[str]) -> set[str]:
    """`records/*` and `records/officials/*` for every value that came or went: the names of sets of values."""
    return {f"{name[:at]}/*" for name in names for at, letter in enumerate(name) if letter == "/"}
