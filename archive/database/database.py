"""The database of an archive: one SQLite file by the tables of schema.sql. Nobody else imports sqlite3 for it.

In: what tasks made. Out: answers to questions, and which tasks rest on an answer that has changed.

A *task* is one computation (`step`, `key`). It makes rows, finds problems, and asks questions (`query.py`). A row
that a task adds, removes or changes marks the questions that its old and its new values answer; the tasks of later
steps that asked one of them are to be done again. So a step may ask for what earlier steps made, never for its own.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Generic, TypeVar

from archive.database.query import Answer, Query, Value, compared, question
from archive.database.recent import Recent
from archive.database.rows import Row, Values, table_of
from archive.problems import Position, Problem

SCHEMA = files("archive.database").joinpath("schema.sql").read_text(encoding="utf-8")
VERSION = zlib.crc32(SCHEMA.encode()) >> 1
_CACHE_KB, _READER_CACHE_KB = 8_000, 8_000
_ROWS_IN_MEMORY = 8_000  # of answers: some 6 MB at most
_KEPT = 300  # values worked out of answers: records, texts, dossiers
_ROWS_AT_ONCE = 4_000  # written together
_OF_THE_BUILD = ("task", "input", "asked", "changed", "setting")  # tables that are no task's rows

Output = TypeVar("Output")
Kept = TypeVar("Kept")


class Rows(dict[str, list[Values]]):
    """Rows by table."""

    def add(self, row: Row) -> None:
        self.put(table_of(row), tuple(row))

    def extend(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.add(row)

    def put(self, table: str, values: Values) -> None:
        if table in self:
            self[table].append(values)
        else:
            self[table] = [values]


@dataclass(frozen=True, slots=True)
class Made(Generic[Output]):
    """What one task gave. `output` is for whoever asked for it; it is not kept."""

    key: str
    rows: Mapping[str, list[Values]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    asked: frozenset[int] = frozenset()
    output: Output | None = None


class Database:
    """Opened for writing by one process; others open it to read what was committed."""

    def __init__(self, file: Path | None, *, reading: bool = False) -> None:
        """In memory if there is no `file`. Raises sqlite3.DatabaseError for a file of another kind or version."""
        if file is not None and not reading:
            file.parent.mkdir(parents=True, exist_ok=True)
        name = ":memory:" if file is None else f"{file.resolve().as_uri()}{'?mode=ro' if reading else ''}"
        self.file = file
        self._db = sqlite3.connect(name, uri=file is not None, isolation_level=None, cached_statements=256)
        self._asked: set[int] | None = None
        self._answers: Recent[tuple[tuple[Any, ...], int]] = Recent(_ROWS_IN_MEMORY)
        self._kept: Recent[tuple[Any, set[int]]] = Recent(_KEPT)
        self._inserts: dict[str, str] = {}
        self._waiting: dict[str, list[Values]] = defaultdict(list)
        self._waiting_rows = 0
        self._savepoints = 0
        try:
            self._open(reading)
        except sqlite3.DatabaseError:
            self._db.close()
            raise

    def _open(self, reading: bool) -> None:
        db = self._db
        db.execute(f"PRAGMA cache_size=-{_READER_CACHE_KB if reading else _CACHE_KB}")
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version not in (0, VERSION):
            raise sqlite3.DatabaseError("another version")
        if not reading:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            db.execute("PRAGMA secure_delete=ON")  # what is taken down does not lie on in free pages
            if version == 0:
                db.executescript(f"BEGIN;\n{SCHEMA}\nPRAGMA user_version={VERSION};\nCOMMIT")
            db.execute("BEGIN")
        tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        self._columns = {
            table: tuple(name for (name,) in db.execute("SELECT name FROM pragma_table_info(?)", (table,)))
            for (table,) in tables.fetchall()
        }
        self._made = [table for table in self._columns if table not in _OF_THE_BUILD]
        (self._last,) = db.execute("SELECT coalesce(max(number), 0) FROM task").fetchone()

    # asking

    def ask(self, query: Query[Answer], **values: Value) -> tuple[Answer, ...]:
        """The answer to a question, and a note for the task that asks."""
        key = (query, *values.values())
        found = self._answers.get(key) or self._answer(key, query, values)
        if self._asked is not None:
            self._asked.add(found[1])
        return found[0]

    def look(self, query: Query[Answer], **values: Value) -> tuple[Answer, ...]:
        """The answer to a question that another one covers, which the task has asked: not noted, not kept."""
        return tuple([query.answer(*row) for row in self._db.execute(query.sql, values)])

    def first(self, query: Query[Answer], **values: Value) -> Answer | None:
        """The first of the answers, if there is one."""
        found = self.ask(query, **values)
        return found[0] if found else None

    def recall(self, key: tuple[Value, ...], make: Callable[[], Kept]) -> Kept:
        """What `make` works out of answers, kept with the questions that it asks; `key` says what it is."""
        held = self._kept.get(key)
        if held is None:
            outer, self._asked = self._asked, set()
            try:
                value = make()
            finally:
                inner, self._asked = self._asked, outer
            held = (value, inner)
            self._kept.put(key, held)
        if self._asked is not None:
            self._asked |= held[1]
        value_kept: Kept = held[0]
        return value_kept

    def scan(self, query: Query[Answer], **values: Value) -> Iterator[Answer]:
        """Answers one after another, for what is too much to hold; nothing is noted."""
        for row in self._db.execute(query.sql, values):
            yield query.answer(*row)

    @contextmanager
    def watching(self) -> Iterator[set[int]]:
        """What is asked within the block is in the set that it gives."""
        assert self._asked is None, "tasks don't nest"
        self._asked = set()
        try:
            yield self._asked
        finally:
            self._asked = None

    def forget(self) -> None:
        """Answers may have changed."""
        self._answers.clear()
        self._kept.clear()

    # tasks

    def keys(self, step: str) -> set[str]:
        return {key for (key,) in self._db.execute("SELECT key FROM task WHERE step = ?", (step,))}

    def add(self, step: str, made: Made[Output]) -> None:
        """A task that is new for sure. Its rows can be asked for after the next `flush` or `commit`."""
        rows = _all_rows(made)
        number = self._new_task(step, made.key, rows)
        for table in rows:
            self._insert(table, number, rows[table])
        self._waiting["asked"] += [(question, number) for question in made.asked]
        if self._waiting_rows > _ROWS_AT_ONCE:
            self.flush()

    def put(self, step: str, made: Made[Output]) -> None:
        """A task that may have been done before: marks what it changes.

        Answers that are kept stay: no task of the step may have asked for what others of it make. Whoever has put the
        last one calls `forget`.
        """
        self.flush()
        rows, task = _all_rows(made), self._task(step, made.key)
        if task is None:
            number, held = self._new_task(step, made.key, rows), frozenset[str]()
        else:
            number, held = task
            self._db.execute("UPDATE task SET made = ? WHERE number = ?", (_names(rows), number))
            self._db.execute("DELETE FROM asked WHERE task = ?", (number,))
        for table in sorted(held | rows.keys()):
            self._replace(table, number, rows.get(table, []))
        self._waiting["asked"] += [(question, number) for question in made.asked]
        self.flush()

    def index(self) -> None:
        """Makes the rows of a task quick to find. To be called once everything is there: indexes slow down filling."""
        for table in self._made:
            self._db.execute(f"CREATE INDEX IF NOT EXISTS {table}_made_by ON {table} (made_by)")

    def remove(self, step: str, key: str) -> None:
        """A task that is not to be done any more, with all that it made."""
        task = self._task(step, key)
        if task is not None:
            self.put(step, Made(key))
            self._db.execute("DELETE FROM task WHERE number = ?", (task[0],))

    def clear(self, step: str) -> None:
        """Forgets every task of a step; nothing is marked."""
        for table in self._made:
            self._db.execute(f"DELETE FROM {table} WHERE made_by IN (SELECT number FROM task WHERE step = ?)", (step,))
        self._db.execute("DELETE FROM asked WHERE task IN (SELECT number FROM task WHERE step = ?)", (step,))
        self._db.execute("DELETE FROM task WHERE step = ?", (step,))
        self.forget()

    def number(self, step: str, key: str) -> int:
        """The number of a task that is there."""
        task = self._task(step, key)
        assert task is not None, (step, key)
        return task[0]

    def problems(self, step: str) -> Iterator[Problem]:
        """What the tasks of a step found, in the order of their keys."""
        found = self._db.execute(
            # Every task that has a problem is looked up, not a problem for every task.
            'SELECT path, line, "column", code, facts FROM problem CROSS JOIN task ON task.number = made_by '
            "WHERE step = ? ORDER BY key, position",
            (step,),
        )
        for path, line, column, code, facts in found:
            yield Problem(path, Position(line, column), code, tuple((name, value) for name, value in json.loads(facts)))

    # what has changed

    def mark(self, table: str, columns: tuple[str, ...], values: tuple[Value, ...]) -> None:
        """The answer to a question may have changed."""
        self._db.execute("INSERT OR IGNORE INTO changed VALUES (?)", (question(table, columns, values),))

    def due(self, step: str) -> set[str]:
        """The keys of the tasks of a step that asked what has changed."""
        found = self._db.execute(
            "SELECT DISTINCT key FROM changed JOIN asked USING (question) JOIN task ON task.number = asked.task "
            "WHERE step = ?",
            (step,),
        )
        return {key for (key,) in found}

    @property
    def has_changed(self) -> bool:
        return self._db.execute("SELECT 1 FROM changed LIMIT 1").fetchone() is not None

    def settle(self) -> None:
        """Everything that changed has been acted on; kept with the next commit."""
        self._db.execute("DELETE FROM changed")

    # settings and tables of the build itself

    def setting(self, name: str) -> bytes | None:
        """Something that the build keeps for itself."""
        found = self._db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def set(self, name: str, value: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def rows(self, sql: str, values: Iterable[Value] = ()) -> Iterator[tuple[Any, ...]]:
        """For the build's own tables (input, file, chunk, …): rows of a SELECT; nothing is noted."""
        yield from self._db.execute(sql, tuple(values))

    def write(self, sql: str, values: Iterable[tuple[Value, ...]]) -> None:
        """For the build's own tables: one statement for each tuple of values."""
        self._db.executemany(sql, values)

    # transactions

    def commit(self) -> None:
        """From here on a killed process does not lose what was written."""
        self.flush()
        if not self._savepoints:
            self._db.execute("COMMIT")
            self._db.execute("BEGIN")

    def savepoint(self) -> None:
        """From here on everything is an attempt, until `roll_back_to_savepoint`; they can stand behind each other."""
        self.flush()
        self._db.execute("SAVEPOINT attempt")
        self._savepoints += 1

    def roll_back_to_savepoint(self) -> None:
        """Everything is as it was at the last savepoint."""
        self._drop_waiting()
        self._db.execute("ROLLBACK TO attempt")
        self._db.execute("RELEASE attempt")
        self._savepoints -= 1
        self.forget()

    def roll_back(self) -> None:
        """Everything is as it was at the last commit."""
        self._drop_waiting()
        if self._db.in_transaction:  # not after an error, such as a full disk
            self._db.execute("ROLLBACK")
        self._db.execute("BEGIN")
        self._savepoints = 0
        self.forget()

    def scrub(self) -> None:
        """Writes the file anew, without any trace of what is gone; nobody else may have it open."""
        self._db.execute("COMMIT")
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._db.execute("BEGIN")

    def close(self) -> None:
        self._db.close()

    # inside

    def _answer(
        self, key: tuple[object, ...], query: Query[Answer], values: Mapping[str, Value]
    ) -> tuple[tuple[Answer, ...], int]:
        """The answer to a question that is not kept, and its number."""
        answer = self.look(query, **values)
        held = answer, query.question(values)
        self._answers.put(key, held, len(answer) + 1)
        return held

    def _task(self, step: str, key: str) -> tuple[int, frozenset[str]] | None:
        """The number of a task, and the tables that it has rows in."""
        found = self._db.execute("SELECT number, made FROM task WHERE step = ? AND key = ?", (step, key)).fetchone()
        return (int(found[0]), frozenset(found[1].split())) if found else None

    def _new_task(self, step: str, key: str, tables: Iterable[str]) -> int:
        self._last = self._last + 1
        self._waiting["task"].append((self._last, step, key, _names(tables)))
        return int(self._last)

    def _insert(self, table: str, task: int, rows: Iterable[Values]) -> None:
        waiting = self._waiting[table]
        before = len(waiting)
        waiting += [(task, *row) for row in rows]
        self._waiting_rows += len(waiting) - before

    def flush(self) -> None:
        """Tasks that were added can be asked for, though not yet by other processes."""
        for table, rows in self._waiting.items():
            if table not in self._inserts:
                places = ", ".join("?" * len(self._columns[table]))
                self._inserts[table] = f"INSERT INTO {table} VALUES ({places})"
            self._db.executemany(self._inserts[table], rows)
        self._drop_waiting()

    def _drop_waiting(self) -> None:
        self._waiting.clear()
        self._waiting_rows = 0

    def _replace(self, table: str, task: int, rows: list[Values]) -> None:
        held: dict[Values, list[int]] = defaultdict(list)
        for number, _, *values in self._db.execute(f"SELECT rowid, * FROM {table} WHERE made_by = ?", (task,)):
            held[tuple(values)].append(number)
        new = Counter(rows)
        added = [row for row in new for _ in range(new[row] - len(held.get(row, ())))]
        lost = [(row, number) for row, numbers in held.items() for number in numbers[new[row] :]]
        if lost:
            self._db.executemany(f"DELETE FROM {table} WHERE rowid = ?", [(number,) for _, number in lost])
        if added or lost:
            self._insert(table, task, added)
            self._mark(table, [*added, *(row for row, _ in lost)])

    def _mark(self, table: str, rows: Iterable[Values]) -> None:
        own = self._columns[table][1:]
        for columns in compared.get(table, ()):
            places = [own.index(column) for column in columns]
            questions = {question(table, columns, tuple([row[place] for place in places])) for row in rows}
            self._db.executemany("INSERT OR IGNORE INTO changed VALUES (?)", [(one,) for one in sorted(questions)])


def _all_rows(made: Made[Any]) -> dict[str, list[Values]]:
    """The rows of a task by table, its problems among them; no table is empty."""
    rows = {table: rows for table, rows in made.rows.items() if rows}
    return {**rows, "problem": _problem_rows(made.problems)} if made.problems else rows


def _names(tables: Iterable[str]) -> str:
    return " ".join(sorted(tables))


def is_spoilt(error: sqlite3.DatabaseError) -> bool:
    """Whether an error says that the file is damaged, or no database at all."""
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_full(error: sqlite3.DatabaseError) -> bool:
    """Whether an error says that there is no room left on the disk."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL


def _problem_rows(problems: Iterable[Problem]) -> list[Values]:
    return [
        (number, problem.path, *problem.position, problem.code, json.dumps(problem.values, ensure_ascii=False))
        for number, problem in enumerate(problems)
    ]
