"""All postings of an archive in the order of their keys, in flat memory.

In: the cached terms of numbered entries. Out: groups in order. Ranges of entries become runs, sorted
and written to the work folder; then all runs are read side by side.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from pathlib import Path

from archive.search.syllable.cache import read_numbered
from archive.search.syllable.postings import pack

_TERMS_IN_A_RUN = 200_000  # about 50 MB
_CHUNK = 1000
Run = list[tuple[str, bytes]]


def write_runs(database: Path, folder: Path, start: int, end: int) -> list[Path]:
    """Runs of a range of entries, in the order of entries."""
    paths: list[Path] = []
    held: dict[str, bytearray] = {}
    find = held.get
    for number, terms, weights in read_numbered(database, start, end):
        packed = [pack(number, weight) for weight in range(256)]
        for term, weight in zip(terms, weights, strict=True):
            postings = find(term)
            if postings is None:
                held[term] = bytearray(packed[weight])
            else:
                postings += packed[weight]
        if len(held) >= _TERMS_IN_A_RUN:
            paths.append(_write_run(folder / f"{start}-{len(paths)}.run", held))
            held.clear()
    if held:
        paths.append(_write_run(folder / f"{start}-{len(paths)}.run", held))
    return paths


def _write_run(path: Path, held: dict[str, bytearray]) -> Path:
    terms = iter(sorted(held))
    with path.open("wb") as file:
        while chunk := list(islice(terms, _CHUNK)):
            marshal.dump([(term, bytes(held[term])) for term in chunk], file)
    return path


def merged(paths: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """(term, packed postings) of all runs by term; equal terms in the order of the runs."""
    runs = [_read_run(path) for path in paths]
    heads: list[Run] = [next(run, []) for run in runs]
    while any(heads):
        # up to here every run has been read: what is not greater can be sorted and let go
        bound = min(head[-1][0] for head in heads if head)
        ready: Run = []
        for place, head in enumerate(heads):
            if head and head[0][0] <= bound:
                upto = _after(head, bound)
                ready += head[:upto]
                heads[place] = head[upto:] or next(runs[place], [])
        ready.sort(key=itemgetter(0))
        yield from ready


def _read_run(path: Path) -> Iterator[Run]:
    with path.open("rb") as file:
        while True:
            try:
                yield marshal.load(file)
            except EOFError:
                return


def _after(run: Run, bound: str) -> int:
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
