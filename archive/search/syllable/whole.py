"""All shards of an archive from the cached terms of its entries.

In: the cache with its entries numbered, a folder for runs. Out: shards in the store, in order, and the lexicon.
Several processes take a range of entries each, then a range of first letters each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.search.syllable.files import Store
from archive.search.syllable.lexicon import is_syllable, line_of, write_lexicon
from archive.search.syllable.merge import Run, joined, letters, merged, write_runs
from archive.search.syllable.postings import Group, groups
from archive.search.syllable.shards import Shard, compress, cut, encode_shard, is_big
from archive.workers import WorkerPool, worker_count

_FEW = 1000  # so many entries are quicker merged here than by processes that must start first
Made = tuple[list[Shard], dict[str, str]]


def all_shards(store: Store, database: Path, count: int, numbering: str) -> tuple[list[Shard], str]:
    """Shards and lexicon of `count` numbered entries in the database of the cache."""
    shards: list[Shard] = []
    lexicon: dict[str, str] = {}
    with TemporaryDirectory(prefix="runs-", dir=database.parent) as name:
        for made, lines in _made(store, database, Path(name), count, numbering):
            shards += made
            lexicon |= lines
    return shards, write_lexicon(lexicon)


def make_shard(store: Store, numbering: bytes, piece: Sequence[Group]) -> Shard:
    data = compress(encode_shard(numbering, piece))
    alone = len(piece) == 1 and is_big(piece[0])
    return Shard(piece[0].key, piece[-1].key, alone, store.add(data), len(data))


def _made(store: Store, database: Path, folder: Path, count: int, numbering: str) -> Iterator[Made]:
    tasks = 1 if count < _FEW else worker_count() * 8
    bounds = [count * task // tasks for task in range(tasks + 1)]
    ranges = [(database, folder, start, end) for start, end in pairwise(bounds)]
    with WorkerPool(dict[str, str], jobs=1 if count < _FEW else None) as pool:
        runs = [run for found in pool.map(_write_runs, ranges, enough=0, at_once=1) for run in found]
        of_letters = ((store, runs, letter, numbering) for letter in letters(runs))
        yield from pool.map(_shards_of_letter, of_letters, enough=0, at_once=1)


def _shards_of_letter(_: object, task: tuple[Store, list[Run], str, str]) -> Made:
    store, runs, letter, numbering = task
    lexicon: dict[str, str] = {}
    pieces = cut(_noting(groups(joined(merged(runs, letter))), lexicon))
    return [make_shard(store, bytes.fromhex(numbering), piece) for piece in pieces], lexicon


def _noting(found: Iterable[Group], lexicon: dict[str, str]) -> Iterator[Group]:
    for group in found:
        if is_syllable(group.key):
            lexicon[group.key] = line_of(group)
        yield group


def _write_runs(_: object, task: tuple[Path, Path, int, int]) -> list[Run]:
    return write_runs(*task)
