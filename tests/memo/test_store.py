"""The store and its levels: who read what, and what is therefore computed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from archive.memo import Lazy, Levels, Made, Store, Tracker
from archive.memo.store import RowKey


def made(
    key: str, values: Mapping[str, str] | None = None, rows: Iterable[RowKey] = (), reads: Iterable[str] = ()
) -> Made:
    encoded = {name: value.encode() for name, value in (values or {}).items()}
    return Made(key, encoded, dict.fromkeys(rows, b""), reads=frozenset(reads))


@pytest.fixture
def store() -> Store:
    return Store(None)


def test_a_new_cell_changes_all_that_it_makes(store: Store) -> None:
    """Its values, the sets they belong to, its parts of lists, the lists and their families."""
    changed = store.put("level", made("a", {"records/people/a": "1"}, [("in/place:x", "2020", "", "a")]))
    assert changed == {
        "records/people/a",
        "records/people/*",
        "records/*",
        "in/place:x=2020",
        "in/place:x=*",
        "in/place:",
    }


def test_the_same_again_changes_nothing(store: Store) -> None:
    cell = made("a", {"v/a": "1"}, [("list", "p", "", "a")])
    store.put("level", cell)
    assert store.put("level", cell) == set()


def test_a_changed_value_changes_its_name_alone(store: Store) -> None:
    """The set of names is the same as before."""
    store.put("level", made("a", {"v/a": "1", "v/b": "1"}))
    assert store.put("level", made("a", {"v/a": "2", "v/b": "1"})) == {"v/a"}
    assert store.value("v/a") == b"2"


def test_a_value_that_goes_changes_its_set(store: Store) -> None:
    store.put("level", made("a", {"v/a": "1", "v/b": "1"}))
    assert store.put("level", made("a", {"v/a": "1"})) == {"v/b", "v/*"}
    assert not store.has("v/b")


def test_a_row_that_moves_changes_both_parts_and_their_numbers(store: Store) -> None:
    store.put("level", made("a", rows=[("years", "2020", "", "a")]))
    changed = store.put("level", made("a", rows=[("years", "2021", "", "a")]))
    assert changed == {"years=2020", "years=2021", "years=*", "years:"}
    assert store.parts("years") == (("2021", 1),)


def test_a_row_with_another_value_changes_its_part_alone(store: Store) -> None:
    key = ("in/people", "p", "", "a")
    store.put("level", Made("a", rows={key: b"1"}))
    assert store.put("level", Made("a", rows={key: b"2"})) == {"in/people=p"}
    assert store.values("in/people", "p") == [b"2"]


def test_a_removed_cell_takes_along_what_it_made(store: Store) -> None:
    store.put("level", made("a", {"v/a": "1"}, [("list", "p", "", "a")]))
    store.put("level", made("b", {"v/b": "1"}, [("list", "p", "", "b")]))
    assert store.remove("level", "a") == {"v/a", "v/*", "list=p", "list=*", "list:"}
    assert store.ids("list", "p") == ("b",)
    assert [*store.names("v/")] == ["v/b"]
    assert store.keys("level") == {"b"}
    assert store.remove("level", "a") == set()


def test_two_cells_may_stand_in_one_place_of_a_list(store: Store) -> None:
    """The one that goes leaves the other's row."""
    for key in ("a", "b"):
        store.put("level", made(key, rows=[("list", "p", "s", "same")]))
    store.remove("level", "a")
    assert store.ids("list", "p") == ("same",)


def test_lists_of_a_family_and_their_order(store: Store) -> None:
    """Parts are in order, members by sort key and then by id."""
    rows = [("place:b", "1", "z", "x"), ("place:b", "1", "a", "y"), ("place:a", "2", "", "x"), ("plan:c", "1", "", "x")]
    store.put("level", made("a", rows=rows))
    assert store.lists("place:") == ("place:a", "place:b")
    assert store.ids("place:b", "1") == ("y", "x")
    assert store.parts("place:b") == (("1", 2),)


def test_readers_are_known_before_and_after_a_commit(store: Store) -> None:
    store.put("up", made("a", reads=["v/a"]))
    assert store.readers(["v/a"], "up") == {"a"}
    store.commit()
    store.put("up", made("b", reads=["v/a"]))
    assert store.readers(["v/a"], "up") == {"a", "b"}
    assert store.readers(["v/a"], "other") == set()
    store.remove("up", "a")
    assert store.readers(["v/a"], "up") == {"b"}


def test_what_is_rolled_back_was_never_there(tmp_path: Path) -> None:
    """Values, rows, readers and numbers of cells are those of the last commit, here and after opening anew."""
    store = Store(tmp_path / "store.db")
    store.put("level", made("a", {"v/a": "1"}, reads=["x"]))
    store.commit()
    store.put("level", made("a", {"v/a": "2"}, reads=["y"]))
    store.put("level", made("b", {"v/b": "1"}, reads=["y"]))
    store.roll_back()
    for _ in range(2):
        assert store.value("v/a") == b"1"
        assert store.readers(["x", "y"], "level") == {"a"}
        assert store.readers(["y"], "level") == set()
        store.close()
        store = Store(tmp_path / "store.db")
    store.put("level", made("c", {"v/c": "1"}, reads=["z"]))
    assert store.readers(["z"], "level") == {"c"}
    store.close()


def test_another_process_sees_what_is_committed(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    store.put("level", made("a", {"v/a": "1"}))
    store.commit()
    store.put("level", made("b", {"v/b": "1"}))
    other = Store(tmp_path / "store.db", reading=True)
    assert (other.has("v/a"), other.has("v/b")) == (True, False)
    store.commit()
    assert other.has("v/b")
    other.close()
    store.close()


def test_problems_are_told_by_level(store: Store) -> None:
    store.put("one", Made("a", problems=b"1"))
    store.put("two", Made("a", problems=b"2"))
    assert [*store.problems("one")] == [b"1"]
    store.put("one", Made("a"))
    assert [*store.problems("one"), *store.problems("two")] == [b"2"]


def test_lazy_values_tell_what_was_looked_at(store: Store) -> None:
    """A value by its name, its presence by a name that changes less, all of them by the name of their set."""
    store.put("level", made("a", {"records/a": "1", "label/a": "A"}))
    tracker = Tracker()
    lazy = Lazy[bytes](store, tracker, "records/", bytes, 10, "label/")
    for look, read in (
        (lambda: lazy["a"], {"records/a"}),
        (lambda: lazy.get("b"), {"records/b"}),
        (lambda: "b" in lazy, {"label/b"}),
        (lambda: list(lazy), {"records/*"}),
    ):
        for _ in range(2):  # from the store, and from what is kept
            with tracker.watching() as reads:
                look()
            assert reads == read


def test_lazy_values_are_forgotten_on_demand(store: Store) -> None:
    store.put("level", made("a", {"v/a": "1"}))
    lazy = Lazy[bytes](store, Tracker(), "v/", bytes, 1)
    assert lazy["a"] == b"1"
    store.put("level", made("a", {"v/a": "2"}))
    lazy.forget()
    assert lazy["a"] == b"2"
    with pytest.raises(KeyError):
        lazy["b"]


class Sums:
    """Numbers, and for each group the sum of its numbers: two levels, as small as they can be."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.numbers: dict[str, int] = {}
        self.computed: list[str] = []

    def run(self, added: Iterable[str] = (), removed: Iterable[str] = ()) -> set[str]:
        self.computed.clear()
        levels = Levels(self.store)
        for _ in levels.run("number", self._numbers, added=added, removed=removed):
            pass
        groups = {part for part, _ in self.store.parts("group")} - self.store.keys("sum")
        for _ in levels.run("sum", self._sums, added=groups):
            pass
        return levels.changed

    def _numbers(self, keys: list[str]) -> Iterator[Made]:
        for key in keys:
            self.computed.append(key)
            yield made(key, {f"n/{key}": str(self.numbers[key])}, [("group", key[0], "", key)])

    def _sums(self, keys: list[str]) -> Iterator[Made]:
        for key in keys:
            self.computed.append(key)
            ids = self.store.ids("group", key)
            total = sum(int(self.store.value(f"n/{id}") or b"") for id in ids)
            yield made(key, {f"sum/{key}": str(total)}, reads=[f"group={key}", *(f"n/{id}" for id in ids)])


def test_only_what_read_a_change_is_computed_again(store: Store) -> None:
    sums = Sums(store)
    sums.numbers = {"a1": 1, "a2": 2, "b1": 5}
    sums.run(added=sums.numbers)
    assert sums.computed == ["a1", "a2", "b1", "a", "b"]
    sums.numbers["a2"] = 3
    assert sums.run(added=["a2"]) == {"n/a2", "sum/a"}
    assert sums.computed == ["a2", "a"]
    assert sums.run(added=["a2"]) == set()
    assert sums.computed == ["a2"]
    sums.numbers["a2"], sums.numbers["a1"] = sums.numbers["a1"], sums.numbers["a2"]
    assert sums.run(added=["a1", "a2"]) == {"n/a1", "n/a2"}
    del sums.numbers["a1"]
    sums.run(removed=["a1"])
    assert sums.computed == ["a"]
    assert store.value("sum/a") == b"1"


def test_a_level_filled_anew_forgets_its_cells(store: Store) -> None:
    levels = Levels(store)
    for keys in (["a", "b"], ["b"]):
        assert [cell.key for cell in levels.fill("level", lambda keys: [made(k, {f"v/{k}": k}) for k in keys], keys)]
    assert [*store.names("v/")] == ["v/b"]


def test_computations_do_not_nest() -> None:
    tracker = Tracker()
    with tracker.watching(), pytest.raises(AssertionError), tracker.watching():
        pass
