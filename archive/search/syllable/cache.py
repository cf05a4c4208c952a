"""What a build leaves for the next one: the terms of every entry, which shards they went into, and what was
handed over to be published.

In: entries by address with the digest of what they hold. Out: the same, kept in one SQLite file of the work
folder, changed in one transaction, so that a killed build leaves the state before it or the state after it.
"""

from __future__ import annotations

import marshal
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from archive.model.search import SearchEntry
from archive.search.syllable.facets import Filters
from archive.search.syllable.shards import Shard

_TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, raw TEXT, digest TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (
    address TEXT PRIMARY KEY, digest BLOB, day TEXT, filters BLOB, file TEXT, number INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS terms (address TEXT PRIMARY KEY, terms BLOB, weights BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shards (
    place INTEGER PRIMARY KEY, first TEXT, last TEXT, alone INTEGER, digest TEXT, size INTEGER);
CREATE TABLE IF NOT EXISTS unpublished (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unsettled (address TEXT PRIMARY KEY) WITHOUT ROWID;
"""
BUILT, PUBLISHED = "built", "published"
_NUMBERED = (
    "SELECT number, terms, weights FROM entries JOIN terms USING (address)"
    " WHERE number >= ? AND number < ? ORDER BY number"
)


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one entry, packed: sorted terms and their weights."""

    terms: bytes
    weights: bytes

    @classmethod
    def packed(cls, terms: Sequence[str], weights: bytes) -> Terms:
        return cls(zlib.compress("\n".join(terms).encode(), 1), weights)

    def unpacked(self) -> dict[str, int]:
        return dict(zip(*unpack(self.terms, self.weights), strict=True))


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an entry beside its terms: digest of what it says, its first day, its filters packed, and the
    file that readers get."""

    digest: bytes
    day: str
    filters: bytes
    file: str


def unpack(terms: bytes, weights: bytes) -> tuple[list[str], bytes]:
    return (zlib.decompress(terms).decode().split("\n") if weights else []), weights


def digest_of(entry: SearchEntry) -> bytes:
    """A digest of all that an entry says."""
    # marshal in version 2 knows no references: equal values give equal bytes
    content = marshal.dumps(
        (
            entry.address,
            entry.kind,
            entry.title,
            entry.facts,
            entry.date,
            tuple(entry.names),
            tuple(entry.blocks),
            tuple(entry.filters.items()),
            tuple(entry.said),
        ),
        2,
    )
    return blake2b(content, digest_size=16).digest()


def pack_filters(filters: Filters) -> bytes:
    """What readers can narrow to an entry by; equal filters give equal bytes."""
    return marshal.dumps(tuple(filters.items()), 2)


def unpack_filters(packed: bytes) -> Filters:
    return dict(marshal.loads(packed))


class Cache:
    """The cache of one work folder. It is empty if `stamp` is given and it was made under another one."""

    def __init__(self, path: Path, stamp: str | None = None) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._open(path)
            usable = stamp is None or self.fact("stamp") == stamp
        except sqlite3.DatabaseError:
            self._db.close()
            usable = False
        if not usable:
            self._db.close()
            for left in path.parent.glob(f"{path.name}*"):
                left.unlink()
            self._open(path)
            self.set_fact("stamp", stamp or "")
            self._db.commit()

    def _open(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.executescript(_TABLES)
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("PRAGMA secure_delete=ON")  # words that are taken down do not lie on in free pages

    def commit(self) -> None:
        self._db.commit()

    def close(self) -> None:
        """Closes; what was not committed is as if it had not been."""
        self._db.close()

    def fact(self, name: str) -> str:
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_fact(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def entries(self) -> dict[str, Kept]:
        rows = self._db.execute("SELECT address, digest, day, filters, file FROM entries")
        return {address: Kept(*kept) for address, *kept in rows}

    def entry(self, address: str) -> Kept | None:
        query = "SELECT digest, day, filters, file FROM entries WHERE address = ?"
        row = self._db.execute(query, (address,)).fetchone()
        return Kept(*row) if row else None

    def count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM entries").fetchone()[0])

    def in_order(self) -> list[str]:
        """Addresses in the order of their numbers: by day, undated first."""
        rows = self._db.execute("SELECT day, address FROM entries").fetchall()
        return [address for _, address in sorted(rows)]

    def filters(self) -> list[Filters]:
        """The filters of numbered entries, in order."""
        return [unpack_filters(row[0]) for row in self._db.execute("SELECT filters FROM entries ORDER BY number")]

    def terms(self, address: str) -> Terms | None:
        row = self._db.execute("SELECT terms, weights FROM terms WHERE address = ?", (address,)).fetchone()
        return Terms(*row) if row else None

    def put(self, address: str, kept: Kept, terms: Terms) -> None:
        """New or changed; its number stays, or is none yet."""
        self._db.execute(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, -1) ON CONFLICT (address) DO UPDATE SET digest ="
            " excluded.digest, day = excluded.day, filters = excluded.filters, file = excluded.file",
            (address, kept.digest, kept.day, kept.filters, kept.file),
        )
        self._db.execute("INSERT OR REPLACE INTO terms VALUES (?, ?, ?)", (address, terms.terms, terms.weights))

    def remove(self, addresses: Iterable[str]) -> None:
        rows = [(address,) for address in addresses]
        self._db.executemany("DELETE FROM entries WHERE address = ?", rows)
        self._db.executemany("DELETE FROM terms WHERE address = ?", rows)

    def number(self, addresses: Sequence[str]) -> list[int]:
        """Numbers the entries in the order given; the numbers that are other entries' now."""
        self._db.execute("CREATE INDEX IF NOT EXISTS by_number ON entries (number)")
        held = dict(self._db.execute("SELECT address, number FROM entries"))
        rows = [(number, address) for number, address in enumerate(addresses) if held[address] != number]
        self._db.executemany("UPDATE entries SET number = ? WHERE address = ?", rows)
        return [number for number, _ in rows]

    def numbers(self, addresses: Iterable[str]) -> dict[str, int]:
        """The numbers of those that there are."""
        query = "SELECT number FROM entries WHERE address = ?"
        rows = ((address, self._db.execute(query, (address,)).fetchone()) for address in addresses)
        return {address: int(row[0]) for address, row in rows if row}

    def shards(self) -> list[Shard]:
        rows = self._db.execute("SELECT first, last, alone, digest, size FROM shards ORDER BY place")
        return [Shard(first, last, bool(alone), digest, size) for first, last, alone, digest, size in rows]

    def set_shards(self, before: Sequence[Shard], shards: Sequence[Shard]) -> None:
        """Other shards instead of those before."""
        self._db.execute("DELETE FROM shards WHERE place >= ?", (len(shards),))
        self._db.executemany(
            "INSERT OR REPLACE INTO shards VALUES (?, ?, ?, ?, ?, ?)",
            (
                (place, s.first, s.last, s.alone, s.digest, s.size)
                for place, s in enumerate(shards)
                if place >= len(before) or before[place] != s
            ),
        )

    def file(self, name: str) -> tuple[str, str]:
        """Of a file with a name of its own: the digest of what was compressed, and of the file in the store."""
        row = self._db.execute("SELECT raw, digest FROM files WHERE name = ?", (name,)).fetchone()
        return (row[0], row[1]) if row else ("", "")

    def set_file(self, name: str, raw: str, digest: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (name, raw, digest))

    def remove_file(self, name: str) -> None:
        self._db.execute("DELETE FROM files WHERE name = ?", (name,))

    def file_names(self, start: str) -> set[str]:
        return {name for (name,) in self._db.execute("SELECT name FROM files") if name.startswith(start)}

    def paths(self) -> dict[str, str]:
        """Every file of the index as it should be published: its path, and its digest in the store."""
        paths = {f"shards/{place}.gz": digest for place, digest in self._db.execute("SELECT place, digest FROM shards")}
        for number, digest in self._db.execute("SELECT number, file FROM entries"):
            paths[f"entries/{number}.gz"] = digest
        paths.update(self._db.execute("SELECT name, digest FROM files"))
        return paths

    def path(self, path: str) -> str:
        """The digest of the file at a path; empty if none should be there."""
        kind, _, name = path.partition("/")
        if kind in ("shards", "entries"):
            query = {
                "shards": "SELECT digest FROM shards WHERE place = ?",
                "entries": "SELECT file FROM entries WHERE number = ?",
            }[kind]
            row = self._db.execute(query, (int(name.removesuffix(".gz")),)).fetchone()
            return str(row[0]) if row else ""
        return self.file(path)[1]

    def state(self) -> str:
        """BUILT: held here is what a whole build has made. PUBLISHED: what is published is what is held here, but for
        what is noted. Empty: neither can be said."""
        return self.fact("state")

    def set_state(self, state: str) -> None:
        self.set_fact("state", state)

    def note(self, paths: Iterable[str], addresses: Iterable[str]) -> None:
        """Paths and entries that differ from what is published."""
        self._db.executemany("INSERT OR IGNORE INTO unpublished VALUES (?)", ((path,) for path in paths))
        self._db.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", ((address,) for address in addresses))

    def unpublished(self) -> list[str]:
        return [path for (path,) in self._db.execute("SELECT path FROM unpublished ORDER BY path")]

    def unsettled(self) -> frozenset[str]:
        return frozenset(address for (address,) in self._db.execute("SELECT address FROM unsettled"))

    def settle(self) -> None:
        """What is held here is published."""
        if self.state() in (BUILT, PUBLISHED):
            self.set_state(PUBLISHED)
            self._db.execute("DELETE FROM unpublished")
            self._db.execute("DELETE FROM unsettled")


def read_numbered(path: Path, start: int, end: int) -> Iterator[tuple[int, list[str], bytes]]:
    """From another process: number, terms and weights of a range of entries."""
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        for number, terms, weights in database.execute(_NUMBERED, (start, end)):
            yield number, *unpack(terms, weights)
    finally:
        database.close()
