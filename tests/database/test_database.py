"""The database: answers, what they rest on, and what follows from a change."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archive.database import Database, Made, Query, Rows
from archive.database.rows import ListEntry, PageAnchor, Presence
from archive.problems import Position, Problem

PRESENT = Query("SELECT official FROM presence WHERE event = :event ORDER BY official", str)
EVENTS = Query("SELECT event FROM presence WHERE official = :official ORDER BY event", str)
PART = Query("SELECT id FROM list_entry WHERE list = :list AND part = :part ORDER BY sort, id", str)
LISTED = Query("SELECT page FROM page_anchor WHERE listed = :listed ORDER BY page", str)
ALL = Query("SELECT event FROM presence ORDER BY event, official", str)


def _made(
    key: str,
    *rows: Presence | ListEntry | PageAnchor,
    problems: tuple[Problem, ...] = (),
    asked: set[int] | None = None,
) -> Made[None]:
    held = Rows()
    held.extend(rows)
    return Made(key, held, problems, frozenset(asked or ()))


def _asking(db: Database, key: str, query: Query[str], **values: str) -> None:
    """A task of the step `page` that asks one question."""
    with db.watching() as asked:
        db.ask(query, **values)
    db.put("page", _made(key, asked=asked))


@pytest.fixture
def db() -> Database:
    db = Database(None)
    db.add("event", _made("a", Presence("a", "an"), Presence("a", "binh")))
    db.add("event", _made("b", Presence("b", "an")))
    db.commit()
    db.index()
    return db


def test_answers_come_in_order_and_typed(db: Database) -> None:
    assert db.ask(PRESENT, event="a") == ("an", "binh")
    assert db.ask(PRESENT, event="c") == ()
    assert db.first(EVENTS, official="an") == "a"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        "SELECT p.event FROM presence p JOIN event e ON e.id = p.event WHERE e.id = :id",
        "SELECT event FROM presence WHERE event = :event OR official = :official",
        "SELECT event FROM presence WHERE event IN (SELECT id FROM event)",
        "SELECT event FROM presence UNION SELECT id FROM event",
    ],
)
def test_a_question_whose_grounds_would_be_unclear_is_refused(sql: str) -> None:
    with pytest.raises(ValueError, match="one table"):
        Query(sql, str)


def test_who_asked_is_due_when_a_row_comes_goes_or_changes(db: Database) -> None:
    """Old and new values count, an empty answer too; who asked something else is left alone."""
    _asking(db, "page of a", PRESENT, event="a")
    _asking(db, "page of b", PRESENT, event="b")
    _asking(db, "page of c", PRESENT, event="c")
    _asking(db, "page of all", ALL)
    db.settle()
    db.put("event", _made("a", Presence("a", "an"), Presence("a", "binh")))
    assert db.due("page") == set() and not db.has_changed

    db.put("event", _made("a", Presence("a", "an")))
    assert db.due("page") == {"page of a", "page of all"}
    db.settle()
    db.put("event", _made("b", Presence("c", "an")))
    assert db.due("page") == {"page of b", "page of c", "page of all"}
    db.settle()
    db.remove("event", "b")
    assert db.due("page") == {"page of c", "page of all"}
    assert db.keys("event") == {"a"} and db.ask(EVENTS, official="an") == ("a",)


def test_a_question_of_two_columns_is_not_one_of_either(db: Database) -> None:
    db.put("list", _made("x", ListEntry("years", "2024", "", "one"), ListEntry("years", "2025", "", "two")))
    _asking(db, "2024", PART, list="years", part="2024")
    _asking(db, "2025", PART, list="years", part="2025")
    db.settle()
    db.put("list", _made("x", ListEntry("years", "2024", "", "one"), ListEntry("years", "2025", "", "three")))
    assert db.due("page") == {"2025"}


def test_a_truth_value_is_the_number_that_it_is_kept_as(db: Database) -> None:
    """Rows may say True where questions say 1: who asked is due all the same."""
    with db.watching() as asked:
        db.ask(LISTED, listed=1)
    db.put("page", _made("sitemap", asked=asked))
    db.settle()
    db.put("event", _made("p", PageAnchor("p/", True, False, "")))
    assert db.due("page") == {"sitemap"}


def test_what_is_recalled_brings_its_questions(db: Database) -> None:
    """A value that is worked out once counts as asked by everybody who uses it."""
    for key in ("first", "second"):
        with db.watching() as asked:
            assert db.recall(("both",), lambda: len(db.ask(PRESENT, event="a"))) == 2
        db.put("page", _made(key, asked=asked))
    db.settle()
    db.put("event", _made("a"))
    assert db.due("page") == {"first", "second"}


def test_what_is_looked_at_is_not_noted(db: Database) -> None:
    with db.watching() as asked:
        db.look(PRESENT, event="a")
    assert asked == set()


def test_problems_are_kept_with_their_task(db: Database) -> None:
    one = Problem("content/a.md", Position(3, 4), "unknown-record", (("field", "event"), ("id", "x")))
    db.put("event", _made("a", problems=(one,)))
    assert [*db.problems("event")] == [one]
    db.put("event", _made("a"))
    assert [*db.problems("event")] == []


def test_an_attempt_leaves_nothing_behind(db: Database) -> None:
    db.savepoint()
    db.put("event", _made("c", Presence("c", "an")))
    db.commit()
    assert db.ask(EVENTS, official="an") == ("a", "b", "c")
    db.roll_back_to_savepoint()
    assert db.ask(EVENTS, official="an") == ("a", "b") and not db.has_changed


def test_what_was_committed_is_there_again(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    db = Database(file)
    db.add("event", _made("a", Presence("a", "an")))
    db.set("key", b"1")
    db.commit()
    db.add("event", _made("b", Presence("b", "an")))
    db.close()
    again, beside = Database(file), Database(file, reading=True)
    assert again.ask(EVENTS, official="an") == beside.ask(EVENTS, official="an") == ("a",)
    assert again.setting("key") == b"1"


@pytest.mark.parametrize("spoilt", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_file_of_another_kind_is_told(spoilt: bytes, tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    file.write_bytes(spoilt)
    with pytest.raises(sqlite3.DatabaseError):
        Database(file)


def test_a_database_of_another_version_is_told(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    other = sqlite3.connect(file)
    other.execute("PRAGMA user_version=7")
    other.close()
    with pytest.raises(sqlite3.DatabaseError, match="another version"):
        Database(file)


def test_nothing_of_what_was_removed_lies_on_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    db = Database(file)
    db.add("event", _made("a", Presence("a", "nguoi-khong-con-o-day")))
    db.commit()
    db.remove("event", "a")
    db.scrub()
    db.close()
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"nguoi-khong-con-o-day" not in left
