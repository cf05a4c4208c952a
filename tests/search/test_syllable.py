"""The archive's own index: the format, what is found in it, and that an update equals a clean build."""

from __future__ import annotations

import dataclasses
import random
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.search import SearchEntry
from archive.search.syllable import build_syllable_index
from archive.search.syllable import shards as cutting
from archive.search.syllable.postings import Group, Postings, decode, encode, read_varint, varint
from archive.search.syllable.reader import Index
from archive.search.syllable.shards import cut, decode_shard, encode_shard, is_big
from archive.search.words import TermMaker
from tests.archives import tree
from tests.search.made import VOCABULARY, search_entries


def built(entries: Sequence[SearchEntry], root: Path, work: str = "work", out: str = "out") -> dict[str, bytes]:
    """The files of the index of these entries."""
    shutil.rmtree(root / out, ignore_errors=True)
    (root / out).mkdir()
    assert build_syllable_index(entries, root / out, root / work, VOCABULARY) == len(entries)
    return tree(root / out)


def made_up(count: int, seed: int = 1) -> list[SearchEntry]:
    """Entries of made-up syllables, enough for several shards."""
    chance = random.Random(seed)
    vowels = ("a", "á", "ạ", "ê", "ế", "o", "ô", "ơ", "ừ")
    syllables = [a + b + c for a in ("b", "đ", "kh", "ngh", "t", "v") for b in vowels for c in ("", "n", "ng", "t")]
    return [
        SearchEntry(
            f"bai-viet/{number}/",
            "articles",
            " ".join(chance.choices(syllables, k=6)),
            date=f"20{10 + number % 10}-0{1 + number % 9}",
            blocks=(("doan-1", " ".join(chance.choices(syllables, k=150))),),
            filters={"kind": (("articles", "Bài viết"),), "year": ((f"20{10 + number % 10}", ""),)},
        )
        for number in range(count)
    ]


@given(st.integers(0, 2**40))
def test_varint(number: int) -> None:
    """A number is read back as it was, and so is the place after it."""
    assert read_varint(varint(number) + b"x", 0) == (number, len(varint(number)))


@given(st.dictionaries(st.integers(0, 2**20), st.integers(0, 255), min_size=1))
def test_postings(postings: dict[int, int]) -> None:
    """Postings are read back as they were."""
    assert decode(encode("dân", postings)) == postings


@given(st.dictionaries(st.text(min_size=1), st.lists(st.text(), min_size=1, unique=True), min_size=1))
def test_shard(keys: dict[str, list[str]]) -> None:
    """A shard is read back as it was written."""
    held = [
        Group(key, tuple(encode(form, {1: 2, 300: 4}) for form in sorted(forms))) for key, forms in sorted(keys.items())
    ]
    assert decode_shard(encode_shard(b"\1\2\3\4", held)) == (b"\1\2\3\4", held)


def test_cuts_fall_again_where_they_fell() -> None:
    """A new key moves the cuts behind it for a short way only; a big group stands alone."""
    held = [Group(f"k{n:05}", (Postings("", 1, bytes(cutting.BIG if n % 997 == 5 else 40)),)) for n in range(6000)]
    pieces = list(cut(held))
    assert all(len(piece) == 1 for piece in pieces if any(map(is_big, piece)))
    firsts = {piece[0].key for piece in pieces}
    with_one_more = {piece[0].key for piece in cut([*held[:9], Group("k00008x", held[8].forms), *held[9:]])}
    assert len(firsts) > 20 and len(firsts ^ with_one_more) <= 6


def test_everything_is_found(tmp_path: Path) -> None:
    """Every term of every entry is in the index, with its weight and under its number, and nothing else is."""
    entries = made_up(60)
    built(entries, tmp_path)
    index = Index(tmp_path / "out")
    addresses = [index.entry(number)["a"] for number in range(60)]
    numbers = {address: number for number, address in enumerate(addresses)}
    assert addresses == [entry.address for entry in sorted(entries, key=lambda entry: (entry.date, entry.address))]
    expected: dict[str, dict[str, dict[int, int]]] = {}
    maker = TermMaker(VOCABULARY)
    for entry in entries:
        for term, weight in zip(*maker.entry_terms(entry), strict=True):
            key, _, form = term.partition("\t")
            expected.setdefault(key, {}).setdefault(form, {})[numbers[entry.address]] = weight
    assert len(index.firsts) > 3
    groups = [group for place in range(len(index.firsts)) for group in index.shard(place)]
    assert [group.key for group in groups] == sorted(expected)
    assert {group.key: {form.form: decode(form) for form in group.forms} for group in groups} == expected
    assert all(
        index.lookup(key) == expected[key] for key in [*index.firsts[1:9], *sorted(expected)[::997]] if key in expected
    )
    assert index.lookup("không có") == {}
    years = index.facet("year")
    assert {year: [n for n in range(60) if index.entry(n)["d"][:4] == year] for year in years} == years


def test_lexicon_counts_what_is_written(tmp_path: Path) -> None:
    """The lexicon counts entries by form, and leaves out what is there through abbreviations alone."""
    entry = SearchEntry("bai-viet/a/", "articles", "Dân vận", blocks=(("", "dẫn dân, CTDV"),))
    built([entry, dataclasses.replace(entry, address="bai-viet/b/", blocks=())], tmp_path)
    lexicon = Index(tmp_path / "out").lexicon()
    assert lexicon["dan"] == "dân 2 dẫn 1" and lexicon["ctdv"] == "= 1" and "tac" not in lexicon


def test_empty(tmp_path: Path) -> None:
    """An archive without entries has an index that finds nothing."""
    built([], tmp_path)
    assert Index(tmp_path / "out").directory["entries"] == 0


def test_edit_writes_little(tmp_path: Path) -> None:
    """An edit leaves most shards as they were, and the index equals a clean build."""
    entries = made_up(300)
    before = built(entries, tmp_path)
    changed = dataclasses.replace(
        entries[7], blocks=((("doan-1", entries[7].blocks[0][1] + " thêm một câu khác hẳn"),))
    )
    entries[7] = changed
    after = built(entries, tmp_path)
    assert after == built(entries, tmp_path, work="clean")
    shards = {before[name] for name in before if name.startswith("shards/")}
    assert len(shards - set(after.values())) < len(shards) / 3


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_update_equals_clean_build(data: st.DataObject) -> None:
    """Whatever is edited, added or taken away, one build after another gives what a clean build gives."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        count = data.draw(st.integers(1, 6))
        entries = [data.draw(search_entries(number)) for number in range(count)]
        built(entries, root)
        for _ in range(data.draw(st.integers(1, 3))):
            for place in data.draw(st.lists(st.integers(0, len(entries) - 1), max_size=2)) if entries else ():
                edited = data.draw(search_entries(int(entries[place].address.split("/")[1])))
                if data.draw(st.booleans()):  # most edits leave the date alone
                    edited = dataclasses.replace(edited, date=entries[place].date)
                entries[place] = edited
            if data.draw(st.integers(0, 4)) == 0:
                entries = entries[1:]
            elif data.draw(st.integers(0, 4)) == 0:
                entries = [*entries, data.draw(search_entries(100 + len(entries)))]
            assert built(entries, root) == built(entries, root, work="clean-" + str(random.random()))


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_updates_of_small_shards(data: st.DataObject) -> None:
    """The same with shards so small that every edit moves cuts, makes keys big and small, and empties shards."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as name:
        for size, value in {"BIG": 14, "LEAST": 60, "MOST": 130, "_ONE_IN": 4}.items():
            patch.setattr(cutting, size, value)
        patch.setattr("archive.search.syllable.update._WORTH", 2.0)
        root = Path(name)
        entries = [data.draw(search_entries(number)) for number in range(data.draw(st.integers(3, 9)))]
        entries = [dataclasses.replace(entry, date="2023") for entry in entries]
        built(entries, root)
        for _ in range(3):
            place = data.draw(st.integers(0, len(entries) - 1))
            entries[place] = dataclasses.replace(data.draw(search_entries(place)), date="2023")
            assert built(entries, root) == built(entries, root, work="clean-" + str(random.random()))


def test_a_lost_file_is_made_again(tmp_path: Path) -> None:
    """A work folder that somebody has half cleared, or filled with rubbish, gives the same index."""
    entries = made_up(40)
    first = built(entries, tmp_path)
    for place, path in enumerate(sorted((tmp_path / "work" / "files").rglob("*"))):
        if path.is_file() and place % 3 == 0:
            path.unlink()
    assert built(entries, tmp_path) == first
    (tmp_path / "work" / "terms.sqlite").write_bytes(b"rubbish")
    assert built(entries, tmp_path) == first


def test_killed_between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that dies while it writes leaves nothing that a later one trusts."""
    entries = made_up(40)
    built(entries, tmp_path)
    edited = [dataclasses.replace(entry, title=entry.title + " đổi") for entry in entries]
    for where in ("archive.search.syllable.update.changed_shards", "archive.search.syllable.whole.make_shard"):
        with monkeypatch.context() as patch:
            patch.setattr(where, _die)
            with pytest.raises(KeyboardInterrupt):
                built(edited, tmp_path)
                built([*edited, *made_up(41)[-1:]], tmp_path)
    assert built(edited, tmp_path) == built(edited, tmp_path, work="clean")


def _die(*_: object) -> None:
    raise KeyboardInterrupt
