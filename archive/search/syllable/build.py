"""Search entries → the archive's own index in a site.

In: entries, vocabulary, a work folder that keeps what is known from build to build. Out: the folder
docs/search.md describes, whole (`build_syllable_index`) or what differs in it (`update_syllable_index`).
What did not change is not made again, and what is made is what a clean build makes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

from archive.language import spelling
from archive.model.search import SearchEntry
from archive.search import codes, forms, vocabulary, words
from archive.search.syllable import update
from archive.search.syllable.cache import BUILT, PUBLISHED, Cache
from archive.search.syllable.facets import Facets
from archive.search.syllable.files import Store
from archive.search.syllable.shards import Shard, compress, shard_list
from archive.search.syllable.terms import Taken, take_all, take_changed
from archive.search.syllable.whole import all_shards
from archive.search.vocabulary import VERSION, Vocabulary, words_json

_FORMAT = 2
_DATABASE = "terms.sqlite"
_DIRECTORY = "directory.gz"
_FOLDERS = ("shards", "entries", "facets")


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the index that is published: paths in its folder with the files to link or copy there, paths
    to remove as far as they are there, and how many entries there are now."""

    written: Mapping[str, Path]
    removed: frozenset[str]
    entries: int


def build_syllable_index(entries: Iterable[SearchEntry], folder: Path, work: Path, known: Vocabulary) -> int:
    """Writes the index into an empty folder and returns the number of entries."""
    with closing(_open(work, known)) as cache:
        builder = _Builder(cache, work, known)
        cache.set_state("")
        taken = take_all(cache, builder.store, entries, known)
        builder.bring_up_to_date(taken, builder.store.listed())
        paths = cache.paths()
        builder.store.remove(builder.store.listed() - set(paths.values()))
        for part in _FOLDERS:
            (folder / part).mkdir(parents=True, exist_ok=True)
        root = str(folder)
        for path, digest in paths.items():
            builder.store.put(digest, f"{root}/{path}")
        cache.set_state(BUILT)
        cache.commit()
        return cache.count()


def update_syllable_index(
    changed: Iterable[SearchEntry], removed: Iterable[str], work: Path, known: Vocabulary
) -> Changes | None:
    """What to publish after some entries are new or changed, and those at some addresses are gone.

    No other entry is looked at, and nothing but `work` is written. None where there is nothing to start from: no
    build that was published, another vocabulary or program, a lost file. Then all entries are needed.

    Which paths and which entries have changed is noted in the same transaction as the change itself, until
    `published` is called. So an update may be repeated: what was made is not made again, and all that has not been
    published is told again. An entry of `unsettled` has to be among those given: a build that was killed may have
    left it here as it no longer is.
    """
    with closing(_open(work, known)) as cache:
        if cache.state() != PUBLISHED:
            return None
        builder = _Builder(cache, work, known)
        builder.bring_up_to_date(take_changed(cache, builder.store, changed, removed, known))
        found = {path: cache.path(path) for path in cache.unpublished()}
        written = {path: builder.store.path(digest) for path, digest in found.items() if digest}
        if not all(file.exists() for file in written.values()):
            return None
        return Changes(written, frozenset(found.keys() - written.keys()), cache.count())


def unsettled(work: Path) -> frozenset[str]:
    """Addresses of entries that an update changed, added or removed, and nobody said that it was published."""
    with closing(Cache(work / _DATABASE)) as cache:
        return cache.unsettled()


def published(work: Path) -> None:
    """What the last build or update has made is published now."""
    with closing(Cache(work / _DATABASE)) as cache:
        cache.settle()
        cache.commit()


def forget_published(work: Path) -> None:
    """Another index is published now: an update has nothing to start from."""
    if (work / _DATABASE).exists():
        with closing(Cache(work / _DATABASE)) as cache:
            cache.set_state("")
            cache.commit()


class _Builder:
    """Makes shards, facets and directory of what the cache holds, and notes which files differ."""

    def __init__(self, cache: Cache, work: Path, known: Vocabulary) -> None:
        self.cache, self.work, self.known = cache, work, known
        self.store = Store(work / "files")
        self.noted: set[str] = set()  # paths of files that differ from before
        self.dropped: set[str] = set()  # files of the store that are no longer named

    def bring_up_to_date(self, taken: Taken, files: Collection[str] | None = None) -> None:
        """`files`: all that the store has, where it is to be asked whether some are lost."""
        self.dropped |= taken.files
        shards = self.cache.shards()
        whole = files is None or all(shard.digest in files for shard in shards)
        now, lexicon = (self._edited(taken, shards) if whole else None) or self._all_shards()
        self._note_entries(taken)
        self._replace_shards(shards, now)
        self._write_facets(taken.same_filters)
        self._write("lexicon.gz", compress, lexicon)
        self._write("words.json", bytes, words_json(self.known))
        self._write(_DIRECTORY, compress, self._directory(now))
        self.cache.set_fact("lexicon", lexicon)
        self.cache.note(self.noted, taken.addresses)
        self.cache.commit()
        if files is None:
            self.store.remove(self.dropped)

    def _edited(self, taken: Taken, shards: list[Shard]) -> tuple[list[Shard], str] | None:
        """Shards and lexicon if they can be had from those before."""
        if taken.before is None or not taken.same_places or not self.cache.fact("numbering"):
            return None
        try:
            return update.changed_shards(self.store, self.cache, taken.before, shards)
        except FileNotFoundError:
            return None

    def _all_shards(self) -> tuple[list[Shard], str]:
        addresses = self.cache.in_order()
        numbering = sha256("\n".join(addresses).encode()).hexdigest()[:8]
        moved = self.cache.number(addresses)
        self.noted |= {f"entries/{number}.gz" for number in moved}
        state = self.cache.state()
        # other processes read what is committed; whoever is killed meanwhile leaves nothing to start an update from
        self.cache.set_state("")
        self.cache.set_fact("numbering", "")
        self.cache.commit()
        made = all_shards(self.store, self.work / _DATABASE, len(addresses), numbering)
        self.cache.set_fact("numbering", numbering)
        self.cache.set_state(state)
        return made

    def _note_entries(self, taken: Taken) -> None:
        numbers = self.cache.numbers(taken.addresses).values()
        count, before = self.cache.count(), int(self.cache.fact("count") or 0)
        self.noted |= {f"entries/{number}.gz" for number in (*numbers, *range(count, before))}
        self.cache.set_fact("count", str(count))

    def _replace_shards(self, before: list[Shard], now: list[Shard]) -> None:
        self.cache.set_shards(before, now)
        self.noted |= {f"shards/{place}.gz" for place, (a, b) in enumerate(zip_longest(before, now)) if a != b}
        self.dropped |= {shard.digest for shard in before} - {shard.digest for shard in now}

    def _write_facets(self, same_filters: bool) -> None:
        """As before where no place and no filter changed, and no file is lost."""
        numbering = self.cache.fact("numbering")
        kept = [self.store.path(self.cache.file(name)[1]) for name in self.cache.file_names("facets/")]
        if same_filters and self.cache.fact("facets of") == numbering and all(path.exists() for path in kept):
            return
        facets = Facets(self.cache.filters())
        files = {f"facets/{name}.gz": text for name, text in facets.files().items()}
        for name in self.cache.file_names("facets/") - files.keys():
            self.noted.add(name)
            self.dropped.add(self.cache.file(name)[1])
            self.cache.remove_file(name)
        for name, text in files.items():
            self._write(name, compress, text)
        self.cache.set_fact("facets", _json(facets.directory()))
        self.cache.set_fact("facets of", numbering)

    def _directory(self, shards: list[Shard]) -> str:
        content = {"version": VERSION, "numbering": self.cache.fact("numbering"), "entries": self.cache.count()}
        return _json({**content, **json.loads(self.cache.fact("facets")), "shards": shard_list(shards)})

    def _write(self, name: str, pack: Callable[[bytes], bytes], text: str) -> None:
        """Keeps a file with a name of its own; it is packed only where it is not that of the build before."""
        raw = sha256(text.encode()).hexdigest()
        before, digest = self.cache.file(name)
        if before == raw and self.store.path(digest).exists():
            return
        now = self.store.add(pack(text.encode()))
        if now != digest:
            self.dropped |= {digest} - {""}
            self.noted.add(name)
        self.cache.set_file(name, raw, now)


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _open(work: Path, known: Vocabulary) -> Cache:
    """The cache, empty if what it holds rests on another vocabulary or another program."""
    here = Path(__file__).parent
    modules = (Path(str(m.__file__)) for m in (spelling, codes, forms, vocabulary, words))
    digest = sha256(f"{_FORMAT} {words_json(known)} {known.groups}".encode())
    for source in [*sorted(here.glob("*.py")), *modules]:
        digest.update(source.read_bytes())
    return Cache(work / _DATABASE, digest.hexdigest())
