"""New and changed entries → their terms and the files that readers get of them, in the cache and the store.

In: entries. Out: `Taken`: what the shards know of changed entries, and whether places or filters changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from archive.model.search import SearchEntry
from archive.search.syllable.cache import Cache, Kept, Terms, digest_of, pack_filters
from archive.search.syllable.files import Store
from archive.search.syllable.shards import compress
from archive.search.vocabulary import Vocabulary
from archive.search.words import TermMaker
from archive.workers import WorkerPool

_CHUNK = 100
_FEW = 1000  # so many changed entries are quicker done here than by processes that must start first
_EDTF_START = re.compile(r"[\dX]{4}(?:-[\dX]{2}){0,2}")
_Changed = tuple[bytes, SearchEntry]
_Made = tuple[str, Kept, Terms]


@dataclass(slots=True)
class Taken:
    """`addresses`: what is new, changed or gone; `before`: the terms of changed entries as the shards have them, None
    if they are too many to hold; `files`: those of readers that are no longer named."""

    addresses: set[str] = field(default_factory=set)
    before: dict[str, Terms | None] | None = field(default_factory=dict)
    same_places: bool = True
    same_filters: bool = True
    files: set[str] = field(default_factory=set)


def take_all(cache: Cache, store: Store, entries: Iterable[SearchEntry], known: Vocabulary) -> Taken:
    """Takes in all the entries there are; what is not among them goes."""
    held, files = cache.entries(), store.listed()
    seen: set[str] = set()
    taken = Taken()

    def changed() -> Iterator[_Changed]:
        for entry in entries:
            seen.add(entry.address)
            digest = digest_of(entry)
            kept = held.get(entry.address)
            if kept is None or kept.digest != digest or kept.file not in files:
                yield digest, entry

    _take(cache, taken, _made(changed(), store, known))
    _drop(cache, taken, held.keys() - seen)
    return taken


def take_changed(
    cache: Cache, store: Store, changed: Iterable[SearchEntry], removed: Iterable[str], known: Vocabulary
) -> Taken:
    """Takes in entries that may be new or changed, and lets those at some addresses go."""
    taken = Taken()
    _drop(cache, taken, removed)
    digests = ((digest_of(entry), entry) for entry in changed)
    unlike = ((digest, entry) for digest, entry in digests if not _is_held(cache, store, entry.address, digest))
    _take(cache, taken, _made(unlike, store, known))
    return taken


def entry_file(entry: SearchEntry) -> bytes:
    """What readers get of an entry."""
    content = {
        "a": entry.address,
        "k": entry.kind,
        "t": entry.title,
        "f": entry.facts,
        "d": entry.date,
        "n": entry.names,
        "b": entry.blocks,
        "s": entry.said,
    }
    return compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def _is_held(cache: Cache, store: Store, address: str, digest: bytes) -> bool:
    kept = cache.entry(address)
    return kept is not None and kept.digest == digest and store.path(kept.file).exists()


def _take(cache: Cache, taken: Taken, made: Iterable[_Made]) -> None:
    for address, kept, terms in made:
        before = cache.entry(address)
        if taken.before is not None:
            taken.before.setdefault(address, cache.terms(address))
            taken.before = taken.before if len(taken.before) <= _FEW else None
        taken.same_places &= before is not None and before.day == kept.day
        taken.same_filters &= before is not None and before.filters == kept.filters
        if before and before.file != kept.file:
            taken.files.add(before.file)
        taken.files.discard(kept.file)
        taken.addresses.add(address)
        cache.put(address, kept, terms)


def _drop(cache: Cache, taken: Taken, addresses: Iterable[str]) -> None:
    gone = [(address, kept) for address in sorted(addresses) if (kept := cache.entry(address))]
    if gone:
        taken.same_places = False
        taken.files.update(kept.file for _, kept in gone)
        taken.addresses.update(address for address, _ in gone)
        cache.remove(address for address, _ in gone)


def _made(changed: Iterator[_Changed], store: Store, known: Vocabulary) -> Iterator[_Made]:
    """Terms of entries: a few are made here, many by several processes."""
    with WorkerPool(partial(_TermWriter, known, store)) as pool:
        yield from pool.map(_make, changed, enough=_FEW, at_once=_CHUNK)


class _TermWriter:
    """What a process needs to make the terms of entries and their files."""

    def __init__(self, known: Vocabulary, store: Store) -> None:
        self.maker = TermMaker(known)
        self.store = store


def _make(writer: _TermWriter, changed: _Changed) -> _Made:
    digest, entry = changed
    kept = Kept(digest, _day(entry.date), pack_filters(entry.filters), writer.store.add(entry_file(entry)))
    return entry.address, kept, Terms.packed(*writer.maker.entry_terms(entry))


def _day(edtf: str) -> str:
    """The first day a date names, for the order of entries; undated first."""
    match = _EDTF_START.search(edtf)
    return match[0].replace("X", "0") if match else ""
