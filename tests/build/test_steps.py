"""The steps: what is done again after a change, and what is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from archive.build.steps import Steps
from archive.database import Database, Made, Query, Rows
from archive.database.rows import ListEntry, LongList
from archive.workers import WorkerPool
from tests.archives import QUIET

COUNT = Query("SELECT count(*) FROM list_entry WHERE list = :list", int)
IS_LONG = Query("SELECT list FROM long_list WHERE list = :list", str)
READ, COUNTED, SHOWN = "record", "list", "page"  # three steps, as far as these tests go


class Numbers:
    """Words in lists, lists that are long, and pages that say so: three steps, as small as they can be."""

    def __init__(self, db: Database) -> None:
        self.words: dict[str, str] = {}
        self.db = db
        self.steps = Steps(db, WorkerPool(lambda: self, self, jobs=1), QUIET)
        self.done: list[str] = []

    def run(self, changed: Iterable[str] = ()) -> list[str]:
        """Keys of the tasks that were done."""
        self.done.clear()
        steps, lists = self.steps, {word[0]: word[0] for word in self.words.values()}
        steps.finish(steps.work(READ, read, self.words_by_key(), changed))
        steps.renew(COUNTED, counted, lists)
        steps.renew(SHOWN, shown, {"/": "a b"})
        self.db.settle()
        self.db.commit()
        return [*self.done]

    def words_by_key(self) -> Mapping[str, tuple[str, str]]:
        return {key: (key, word) for key, word in self.words.items()}


def read(numbers: Numbers, task: tuple[str, str]) -> Made[None]:
    key, word = task
    numbers.done.append(key)
    rows = Rows()
    rows.add(ListEntry(word[0], "", word, key))
    return Made(key, rows)


def counted(numbers: Numbers, name: str) -> Made[None]:
    numbers.done.append(name)
    rows = Rows()
    with numbers.db.watching() as asked:
        if (numbers.db.first(COUNT, list=name) or 0) > 1:
            rows.add(LongList(name))
    return Made(name, rows, (), frozenset(asked))


def shown(numbers: Numbers, names: str) -> Made[None]:
    numbers.done.append("/")
    with numbers.db.watching() as asked:
        for name in names.split():
            numbers.db.ask(IS_LONG, list=name)
    return Made("/", {}, (), frozenset(asked))


@pytest.fixture
def numbers() -> Numbers:
    numbers = Numbers(Database(None))
    numbers.words = {"1": "ab", "2": "ba", "3": "bc"}
    assert numbers.run() == ["1", "2", "3", "a", "b", "/"]
    return numbers


def test_nothing_is_done_twice(numbers: Numbers) -> None:
    assert numbers.run() == []


def test_a_change_is_followed_as_far_as_it_goes(numbers: Numbers) -> None:
    """A new word makes its list's count anew; the page is made anew if the list is long now, and only then."""
    numbers.words["4"] = "bd"
    assert numbers.run() == ["4", "b"]
    numbers.words["5"] = "ae"
    assert numbers.run() == ["5", "a", "/"]


def test_the_same_rows_again_change_nothing(numbers: Numbers) -> None:
    """A file that was read again and says the same."""
    assert numbers.run(changed=["2"]) == ["2"]


def test_what_goes_is_followed(numbers: Numbers) -> None:
    """A task that is not wanted any more takes its rows along; a list without words has no task."""
    del numbers.words["3"]
    assert numbers.run() == ["b", "/"]
    del numbers.words["2"]
    assert numbers.run() == []
    assert numbers.db.keys(COUNTED) == {"a"}


def test_the_first_task_of_a_step_is_news_to_later_ones(tmp_path: Path) -> None:
    """A page that asked for lists when there was none is made anew once there is one."""
    numbers = Numbers(Database(tmp_path / "archive.db"))
    assert numbers.run() == ["/"]
    numbers.words = {"1": "aa", "2": "ab"}
    assert numbers.run() == ["1", "2", "a", "/"]
    numbers.db.close()


def test_what_changed_is_acted_on_after_a_kill(numbers: Numbers) -> None:
    """Marks are kept with the step that makes them, until everything is published."""
    numbers.words["4"] = "ad"
    numbers.steps.finish(numbers.steps.work(READ, read, numbers.words_by_key()))
    numbers.db.roll_back()
    assert numbers.run() == ["a", "/"]
