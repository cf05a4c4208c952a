"""The second door of the archive's own index: what an update tells to publish equals a clean build."""

from __future__ import annotations

import dataclasses
import random
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.search import SearchEntry
from archive.search.syllable import (
    Changes,
    build_syllable_index,
    forget_published,
    published,
    unsettled,
    update_syllable_index,
)
from archive.search.syllable import shards as cutting
from tests.archives import tree
from tests.search.made import VOCABULARY, search_entries
from tests.search.test_syllable import made_up

Entries = dict[str, SearchEntry]


class Publisher:
    """Somebody who builds and publishes, and knows the entries of the last time that all went well."""

    def __init__(self, root: Path, entries: Iterable[SearchEntry]) -> None:
        self.root, self.work = root, root / "work"
        self.site: dict[str, bytes] = {}
        self.known: Entries = {}
        self.build(by_address(entries))

    def build(self, entries: Entries) -> None:
        self.site = clean(entries, self.root, self.work)
        published(self.work)
        self.known = dict(entries)

    def update(self, entries: Entries) -> Changes | None:
        """Told of what differs from what is known, and of what an update that came to nothing has touched."""
        touched = unsettled(self.work) | {
            address for address in entries.keys() | self.known.keys() if entries.get(address) != self.known.get(address)
        }
        changed = [entries[address] for address in sorted(touched & entries.keys())]
        return update_syllable_index(changed, touched - entries.keys(), self.work, VOCABULARY)

    def apply(self, changes: Changes) -> None:
        self.site |= {path: file.read_bytes() for path, file in changes.written.items()}
        for path in changes.removed:
            self.site.pop(path, None)  # an update that came to nothing may have been the one that made it

    def publish(self, entries: Entries) -> int:
        """The number of files that were written."""
        changes = self.update(entries)
        if changes is None:
            self.build(entries)
            return len(self.site)
        assert changes.entries == len(entries)
        self.apply(changes)
        published(self.work)
        self.known = dict(entries)
        return len(changes.written)


def by_address(entries: Iterable[SearchEntry]) -> Entries:
    return {entry.address: entry for entry in entries}


def clean(entries: Entries, root: Path, work: Path | None = None) -> dict[str, bytes]:
    """The files of a build that looks at all entries."""
    with tempfile.TemporaryDirectory(dir=root) as out, tempfile.TemporaryDirectory(dir=root) as empty:
        build_syllable_index(entries.values(), Path(out), work or Path(empty), VOCABULARY)
        return tree(Path(out))


def retitled(entry: SearchEntry, title: str) -> SearchEntry:
    return dataclasses.replace(entry, title=f"{entry.title} {title}")


@st.composite
def changed_entries(draw: st.DrawFn, entries: Entries) -> Entries:
    """Some edited, one added or one gone."""
    now = dict(entries)
    for address in draw(st.lists(st.sampled_from(sorted(now)), max_size=2)) if now else ():
        edited = draw(search_entries(int(address.split("/")[1])))
        same_day = draw(st.booleans())
        now[address] = dataclasses.replace(edited, date=now[address].date) if same_day else edited
    match draw(st.integers(0, 5)):
        case 0 if now:
            del now[draw(st.sampled_from(sorted(now)))]
        case 1:
            entry = draw(search_entries(draw(st.integers(0, 12))))
            now[entry.address] = entry
    return now


@settings(max_examples=12, deadline=None)
@given(st.data(), st.booleans())
def test_updates_equal_clean_builds(data: st.DataObject, small: bool) -> None:
    """Whatever changes, and wherever a build before was killed, what is published is what a clean build makes."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as name:
        if small:  # every edit moves cuts, makes keys big and small, and empties shards
            for size, value in {"BIG": 14, "LEAST": 60, "MOST": 130, "_ONE_IN": 4}.items():
                patch.setattr(cutting, size, value)
            patch.setattr("archive.search.syllable.update._WORTH", 2.0)
        root = Path(name)
        publisher = Publisher(
            root, [data.draw(search_entries(number)) for number in range(data.draw(st.integers(0, 6)))]
        )
        for _ in range(data.draw(st.integers(1, 4))):
            entries = data.draw(changed_entries(publisher.known))
            match data.draw(st.sampled_from(["lives", "lives", "untold", "unsaid"])):
                case "untold":  # dies before anything is published; what was edited may be taken back
                    publisher.update(entries)
                case "unsaid":  # dies after all is published, before it is said
                    if changes := publisher.update(entries):
                        publisher.apply(changes)
                case "lives":
                    publisher.publish(entries)
                    assert publisher.site == clean(entries, root)
        publisher.publish(publisher.known)
        assert publisher.site == clean(publisher.known, root)


def test_an_edit_writes_little(tmp_path: Path) -> None:
    """An edit of one entry writes a part of the files, and no file of another entry."""
    publisher = Publisher(tmp_path, made_up(300))
    entries = dict(publisher.known)
    entries["bai-viet/7/"] = retitled(entries["bai-viet/7/"], "khé khừng")
    before = publisher.site.copy()
    changes = publisher.update(entries)
    assert changes is not None and len(changes.written) < len(before) / 4
    assert sum(path.startswith("entries/") for path in changes.written) == 1
    publisher.apply(changes)
    assert publisher.site == clean(entries, tmp_path)
    assert publisher.update(entries) == changes  # told again until somebody says that it is published
    published(publisher.work)
    assert publisher.update(entries) == Changes({}, frozenset(), 300)


def test_an_edit_taken_back(tmp_path: Path) -> None:
    """A killed update leaves its entries unsettled, so that what it made of them doesn't stay."""
    publisher = Publisher(tmp_path, made_up(30))
    entries = dict(publisher.known)
    entries["bai-viet/7/"] = retitled(entries["bai-viet/7/"], "đổi")
    publisher.update(entries)
    assert unsettled(publisher.work) == {"bai-viet/7/"}
    publisher.publish(publisher.known)
    assert publisher.site == clean(publisher.known, tmp_path)
    assert not unsettled(publisher.work)


@pytest.mark.parametrize("where", ["update.changed_shards", "whole.make_shard", "build._Builder._write_facets"])
def test_killed_within(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An update that dies at work leaves the state before it, or one that asks for all entries."""
    publisher = Publisher(tmp_path, made_up(40))
    entries = {address: retitled(entry, "đổi") for address, entry in publisher.known.items()}
    del entries["bai-viet/3/"]
    with monkeypatch.context() as patch:
        patch.setattr(f"archive.search.syllable.{where}", _die)
        for now in (entries, {**publisher.known, "bai-viet/9/": entries["bai-viet/9/"]}):
            with pytest.raises(KeyboardInterrupt):
                publisher.update(now)
                raise KeyboardInterrupt
    publisher.publish(entries)
    assert publisher.site == clean(entries, tmp_path)


@pytest.mark.parametrize("what", ["shard", "entry", "database", "another index"])
def test_nothing_to_start_from(what: str, tmp_path: Path) -> None:
    """What is lost is made again, or all entries are asked for."""
    publisher = Publisher(tmp_path, made_up(40))
    entries = {**publisher.known, "bai-viet/9/": retitled(publisher.known["bai-viet/9/"], "đổi")}
    files = {path.read_bytes(): path for path in (publisher.work / "files").rglob("*") if path.is_file()}
    match what:
        case "shard" | "entry":
            for path, content in publisher.site.items():
                if path.startswith({"shard": "shards/", "entry": "entries/"}[what]) and random.Random(1).random() < 0.5:
                    files[content].unlink()
        case "database":
            (publisher.work / "terms.sqlite").write_bytes(b"rubbish")
        case "another index":
            forget_published(publisher.work)
            published(publisher.work)  # said of the other one
            assert publisher.update(entries) is None
    publisher.publish(entries)
    assert publisher.site == clean(entries, tmp_path)


def test_without_a_build(tmp_path: Path) -> None:
    """Before the first build, and after one that nobody has published, all entries are asked for."""
    assert update_syllable_index([], [], tmp_path / "work", VOCABULARY) is None
    published(tmp_path / "work")
    assert update_syllable_index([], [], tmp_path / "work", VOCABULARY) is None
    clean(by_address(made_up(3)), tmp_path, tmp_path / "work")
    assert update_syllable_index([], [], tmp_path / "work", VOCABULARY) is None


def _die(*_: object) -> None:
    raise KeyboardInterrupt
