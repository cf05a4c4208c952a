"""The pool: results in the order of the tasks, wherever they are made."""

from __future__ import annotations

import os

import pytest

from archive.workers import WorkerPool


class Place:
    """A context that knows its process."""

    def __init__(self) -> None:
        self.process = os.getpid()


def square(place: Place, number: int) -> tuple[int, int]:
    return number * number, place.process


def fail(place: Place, number: int) -> int:
    raise ValueError(number)


def test_few_tasks_are_done_here() -> None:
    """No process is started for them, nor a second context made."""
    own = Place()
    with WorkerPool(Place, own, jobs=2) as pool:
        assert list(pool.map(square, range(3), enough=4)) == [(n * n, own.process) for n in range(3)]


def test_many_tasks_are_done_elsewhere_in_order() -> None:
    """By processes with contexts of their own; the same ones do the next tasks."""
    with WorkerPool(Place, Place(), jobs=2) as pool:
        first = list(pool.map(square, iter(range(50)), enough=4, at_once=3))
        second = list(pool.map(square, range(10), enough=4, at_once=1))
    assert [result for result, _ in first] == [n * n for n in range(50)]
    processes = {process for _, process in (*first, *second)}
    assert os.getpid() not in processes
    assert len(processes) <= 2


def test_no_context_is_made_for_nothing() -> None:
    def never() -> Place:
        raise AssertionError

    assert list(WorkerPool(never).map(square, [])) == []


def test_an_error_comes_back() -> None:
    with WorkerPool(Place, jobs=2) as pool, pytest.raises(ValueError, match="0"):
        list(pool.map(fail, range(5), enough=0))
