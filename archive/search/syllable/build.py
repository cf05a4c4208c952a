"""Search entries → the archive's own index in a site.

In: entries, vocabulary, a work folder that keeps what is known from build to build. Out: the folder
docs/search.md describes. What did not change is not made again, and what is made is what a clean build makes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, islice, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from archive.language import spelling
from archive.model.search import SearchEntry
from archive.search import codes, forms, vocabulary, words
from archive.search.syllable import update
from archive.search.syllable.cache import Cache, Terms, digest_of, digest_of_filters
from archive.search.syllable.facets import Facets, Filters
from archive.search.syllable.files import Store
from archive.search.syllable.lexicon import is_syllable, line_of, write_lexicon
from archive.search.syllable.merge import joined, merged, write_runs
from archive.search.syllable.postings import Group, groups
from archive.search.syllable.shards import Shard, compress, cut, encode_shard, shard_list
from archive.search.syllable.workers import in_order, processes, worker_count
from archive.search.vocabulary import VERSION, Vocabulary, words_json
from archive.search.words import TermMaker

_CHUNK = 100
_FEW = 1000  # so many changed entries are quicker done here than by processes that must start first
_EDTF_START = re.compile(r"[\dX]{4}(?:-[\dX]{2}){0,2}")
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is kept of an entry once its terms are in the cache."""

    order: tuple[str, str]
    address: str
    filters: Filters


def build_syllable_index(entries: Iterable[SearchEntry], folder: Path, work: Path, known: Vocabulary) -> int:
    """Writes the index into `folder` and returns the number of entries."""
    cache = Cache(work / "terms.sqlite", _stamp(known))
    store = Store(work / "files")
    try:
        builder = _Builder(cache, store, work, known)
        return builder.build(entries, folder)
    finally:
        cache.close()


class _Builder:
    def __init__(self, cache: Cache, store: Store, work: Path, known: Vocabulary) -> None:
        self.cache, self.store, self.work, self.known = cache, store, work, known
        self.before: dict[str, Terms | None] = {}  # terms of changed entries as the shards have them
        self.files: dict[str, str] = {}
        self.filters: dict[str, Filters] = {}  # of changed entries whose terms are being made
        self.same_filters = True

    def build(self, entries: Iterable[SearchEntry], folder: Path) -> int:
        seen = sorted(self._read(entries), key=lambda entry: entry.order)
        addresses = [entry.address for entry in seen]
        numbering = sha256("\n".join(addresses).encode()).hexdigest()[:8]
        shards, lexicon = self._shards(addresses, numbering)
        facets = self._facets(seen, numbering)
        directory = {"version": VERSION, "numbering": numbering, "entries": len(seen), **facets["directory"]}
        directory["shards"] = shard_list(shards)
        texts = {"directory.gz": _json(directory), "lexicon.gz": lexicon}
        named = {name: self._compressed(name, text.encode()) for name, text in texts.items()}
        self._put(folder, named | facets["files"], shards, addresses)
        return len(seen)

    def _facets(self, seen: list[_Seen], numbering: str) -> Any:
        """What the directory says of facets, and their files: as before where no place and no filter changed."""
        known = json.loads(self.cache.fact("facets") or '{"numbering": "", "files": {}}')
        as_before = self.same_filters and known["numbering"] == numbering
        if as_before and self.store.held.issuperset(known["files"].values()):
            return known
        facets = Facets([entry.filters for entry in seen])
        texts = {f"facets/{name}.gz": text for name, text in facets.files().items()}
        files = {name: self._compressed(name, text.encode()) for name, text in texts.items()}
        known = {"numbering": numbering, "directory": facets.directory(), "files": files}
        self.cache.set_fact("facets", _json(known))
        return known

    def _read(self, entries: Iterable[SearchEntry]) -> list[_Seen]:
        """Every entry's place in the order; terms of new and changed entries go into the cache."""
        held = self.cache.digests()
        seen: list[_Seen] = []
        for address, digest, terms in self._terms_of(self._changed(entries, held, seen)):
            self.before[address] = self.cache.terms(address)
            filters = digest_of_filters(self.filters.pop(address))
            self.same_filters &= self.cache.filters(address) == filters
            self.cache.put(address, digest, filters, terms)
            self.files[address] = terms.file
            self.store.held.add(terms.file)
        gone = held.keys() - {entry.address for entry in seen}
        self.cache.remove(sorted(gone))
        return seen

    def _changed(
        self, entries: Iterable[SearchEntry], held: Mapping[str, tuple[bytes, str]], seen: list[_Seen]
    ) -> Iterator[tuple[bytes, SearchEntry]]:
        for entry in entries:
            seen.append(_Seen((_day(entry.date), entry.address), entry.address, entry.filters))
            digest = digest_of(entry)
            known = held.get(entry.address)
            if known and known[0] == digest and known[1] in self.store.held:
                self.files[entry.address] = known[1]
            else:
                self.filters[entry.address] = entry.filters
                yield digest, entry

    def _terms_of(self, changed: Iterator[tuple[bytes, SearchEntry]]) -> Iterator[tuple[str, bytes, Terms]]:
        """Terms of entries: a few are made here, many by several processes."""
        first = list(islice(changed, _FEW))
        if len(first) < _FEW:
            _prepare(self.known, self.work / "files")
            yield from _make_terms(first)
            return
        with processes(_prepare, self.known, self.work / "files") as pool:
            for made in in_order(pool, _make_terms, _chunks(chain(first, changed))):
                yield from made

    def _shards(self, addresses: list[str], numbering: str) -> tuple[list[Shard], str]:
        shards = self.cache.shards()
        whole = self.store.held.issuperset(shard.digest for shard in shards)
        if whole and self.cache.fact("numbering") == numbering:
            changed = update.changed_shards(self.store, self.cache, self.before, addresses, shards)
            if changed is not None:
                shards, lexicon = changed
                self._save(shards, numbering, lexicon)
                return shards, lexicon
        self.cache.set_shards([], {"numbering": ""})
        self.cache.number(addresses)
        self.cache.commit()
        shards, lexicon = self._all_shards(len(addresses), numbering)
        self._save(shards, numbering, lexicon)
        return shards, lexicon

    def _save(self, shards: list[Shard], numbering: str, lexicon: str) -> None:
        self.cache.set_shards(shards, {"numbering": numbering, "lexicon": lexicon})
        self.cache.commit()

    def _all_shards(self, count: int, numbering: str) -> tuple[list[Shard], str]:
        """All shards from the cached terms of all entries."""
        lexicon: dict[str, str] = {}
        with TemporaryDirectory(prefix="runs-", dir=self.work) as name, ThreadPoolExecutor(worker_count()) as threads:
            runs = self._runs(count, Path(name))
            pieces = cut(_noting(groups(joined(merged(runs))), lexicon))
            head = bytes.fromhex(numbering)
            shards = list(in_order(threads, lambda piece: make_shard(self.store, head, piece), pieces))
        return shards, write_lexicon(lexicon)

    def _runs(self, count: int, folder: Path) -> list[Path]:
        database = self.work / "terms.sqlite"
        if count < _FEW:
            return write_runs(database, folder, 0, count)
        parts = worker_count() * 8
        bounds = [count * part // parts for part in range(parts + 1)]
        tasks = [(database, folder, start, end) for start, end in pairwise(bounds)]
        with processes(_nothing) as pool:
            return [run for runs in in_order(pool, _write_runs, tasks) for run in runs]

    def _put(self, folder: Path, named: Mapping[str, str], shards: list[Shard], addresses: list[str]) -> None:
        for part in ("shards", "entries", "facets"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        root = str(folder)
        for place, shard in enumerate(shards):
            self.store.put(shard.digest, f"{root}/shards/{place}.gz")
        for number, address in enumerate(addresses):
            self.store.put(self.files[address], f"{root}/entries/{number}.gz")
        for name, digest in named.items():
            self.store.put(digest, f"{root}/{name}")
        self.cache.commit()
        (folder / "words.json").write_text(words_json(self.known), encoding="utf-8", newline="\n")
        self.store.keep_only([*(shard.digest for shard in shards), *self.files.values(), *named.values()])

    def _compressed(self, name: str, data: bytes) -> str:
        """The file of these bytes in the store, made only where they are not those of the build before."""
        before, _, digest = self.cache.fact(name).partition(" ")
        raw = sha256(data).hexdigest()
        if before != raw or digest not in self.store.held:
            digest = self.store.add(compress(data))
            self.cache.set_fact(name, f"{raw} {digest}")
        return digest


def make_shard(store: Store, numbering: bytes, piece: list[Group]) -> Shard:
    data = compress(encode_shard(numbering, piece))
    return Shard(piece[0].key, piece[-1].key, update.stands_alone(piece), store.add(data), len(data))


def _noting(found: Iterable[Group], lexicon: dict[str, str]) -> Iterator[Group]:
    for group in found:
        if is_syllable(group.key):
            lexicon[group.key] = line_of(group)
        yield group


_maker: TermMaker
_store: Store


def _prepare(known: Vocabulary, files: Path) -> None:
    global _maker, _store
    _maker, _store = TermMaker(known), Store(files)


def _make_terms(changed: list[tuple[bytes, SearchEntry]]) -> list[tuple[str, bytes, Terms]]:
    return [
        (entry.address, digest, Terms.packed(_store.add(entry_file(entry)), *_maker.entry_terms(entry)))
        for digest, entry in changed
    ]


def _write_runs(task: tuple[Path, Path, int, int]) -> list[Path]:
    return write_runs(*task)


def _nothing() -> None:
    pass


def entry_file(entry: SearchEntry) -> bytes:
    """What readers get of an entry."""
    return compress(
        _json(
            {
                "a": entry.address,
                "k": entry.kind,
                "t": entry.title,
                "f": entry.facts,
                "d": entry.date,
                "n": entry.names,
                "b": entry.blocks,
            }
        ).encode()
    )


def _chunks(changed: Iterator[tuple[bytes, SearchEntry]]) -> Iterator[list[tuple[bytes, SearchEntry]]]:
    while chunk := list(islice(changed, _CHUNK)):
        yield chunk


def _day(edtf: str) -> str:
    """The first day a date names, for the order of entries; undated first."""
    match = _EDTF_START.search(edtf)
    return match[0].replace("X", "0") if match else ""


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _stamp(known: Vocabulary) -> str:
    """What cached terms rest on: the vocabulary, and the program that made them."""
    here = Path(__file__).parent
    sources = [
        *sorted(here.glob("*.py")),
        *(Path(str(m.__file__)) for m in (spelling, codes, forms, vocabulary, words)),
    ]
    digest = sha256(f"{_FORMAT} {words_json(known)} {known.groups}".encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()
