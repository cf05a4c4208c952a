"""All postings of an archive in the order of their keys, in flat memory.

In: the cached terms of numbered entries. Out: terms in order, one first letter after another. Ranges of entries
become runs, sorted and written to the work folder; then all runs are read side by side.
"""

from __future__ import annotations

import marshal
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

from archive.search.syllable.cache import read_numbered
from archive.search.syllable.postings import pack

_TERMS_IN_A_RUN = 200_000  # about 50 MB
_CHUNK = 1000
_Chunk = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Run:
    """A file of sorted terms with their packed postings; `starts`: where terms of each first letter begin."""

    path: Path
    starts: Mapping[str, int]


def write_runs(database: Path, folder: Path, start: int, end: int) -> list[Run]:
    """Runs of a range of entries, in the order of entries."""
    runs: list[Run] = []
    held: defaultdict[str, bytearray] = defaultdict(bytearray)
    for number, terms, weights in read_numbered(database, start, end):
        packed = {weight: pack(number, weight) for weight in set(weights)}
        # millions of postings: maps of built-in functions are several times as fast as a loop
        added = map(bytearray.extend, map(held.__getitem__, terms), map(packed.__getitem__, weights))
        deque(added, maxlen=0)
        if len(held) >= _TERMS_IN_A_RUN:
            runs.append(_write_run(folder / f"{start}-{len(runs)}.run", held))
            held.clear()
    if held:
        runs.append(_write_run(folder / f"{start}-{len(runs)}.run", held))
    return runs


def letters(runs: Iterable[Run]) -> list[str]:
    """The first letters of all terms, in order."""
    return sorted({letter for run in runs for letter in run.starts})


def merged(runs: Iterable[Run], letter: str) -> Iterator[tuple[str, bytes]]:
    """(term, packed postings) of terms with one first letter, by term; equal terms in the order of the runs."""
    chunks = [_read_run(run, letter) for run in runs if letter in run.starts]
    heads: list[_Chunk] = [next(chunk, []) for chunk in chunks]
    while any(heads):
        # up to here every run has been read: what is not greater can be sorted and let go
        bound = min(head[-1][0] for head in heads if head)
        ready: _Chunk = []
        for place, head in enumerate(heads):
            if head and head[0][0] <= bound:
                upto = _after(head, bound)
                ready += head[:upto]
                heads[place] = head[upto:] or next(chunks[place], [])
        ready.sort(key=itemgetter(0))
        yield from ready


def _write_run(path: Path, held: Mapping[str, bytearray]) -> Run:
    starts: dict[str, int] = {}
    with path.open("wb") as file:
        for letter, terms in groupby(sorted(held), key=itemgetter(0)):
            starts[letter] = file.tell()
            while chunk := list(islice(terms, _CHUNK)):
                marshal.dump([(term, bytes(held[term])) for term in chunk], file)
    return Run(path, starts)


def _read_run(run: Run, letter: str) -> Iterator[_Chunk]:
    with run.path.open("rb") as file:
        file.seek(run.starts[letter])
        while True:
            try:
                chunk: _Chunk = marshal.load(file)
            except EOFError:
                return
            if chunk[0][0][0] != letter:
                return
            yield chunk


def _after(run: _Chunk, bound: str) -> int:
    low, high = 0, len(run)
    while low < high:
        middle = (low + high) // 2
        if run[middle][0] <= bound:
            low = middle + 1
        else:
            high = middle
    return low


def joined(terms: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Each term once, with the postings of all runs."""
    held: str | None = None
    parts: list[bytes] = []
    for term, packed in terms:
        if term != held:
            if held is not None:
                yield held, b"".join(parts)
            held, parts = term, []
        parts.append(packed)
    if held is not None:
        yield held, b"".join(parts)
