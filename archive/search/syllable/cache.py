"""What a build leaves for the next one: the terms of every entry, and which shards they went into.

In: entries by address with the digest of what they hold. Out: the same, kept in one SQLite file of the work
folder, changed in one transaction, so that a killed build leaves the state before it or the state after it.
"""

from __future__ import annotations

import marshal
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from archive.model.search import SearchEntry
from archive.search.syllable.facets import Filters
from archive.search.syllable.shards import Shard

_TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS entries (
    address TEXT PRIMARY KEY, digest BLOB, filters BLOB, file TEXT, number INTEGER, terms BLOB, weights BLOB)
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shards (
    place INTEGER PRIMARY KEY, first TEXT, last TEXT, alone INTEGER, digest TEXT, size INTEGER);
"""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one entry, packed: sorted terms and their weights, and the digest of the file readers get."""

    file: str
    terms: bytes
    weights: bytes

    @classmethod
    def packed(cls, file: str, terms: Sequence[str], weights: bytes) -> Terms:
        return cls(file, zlib.compress("\n".join(terms).encode(), 1), weights)

    def unpacked(self) -> dict[str, int]:
        return dict(zip(*unpack(self.terms, self.weights), strict=True))


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
        ),
        2,
    )
    return blake2b(content, digest_size=16).digest()


def digest_of_filters(filters: Filters) -> bytes:
    """A digest of what readers can narrow to an entry by."""
    return blake2b(marshal.dumps(tuple(filters.items()), 2), digest_size=16).digest()


class Cache:
    """The cache of one work folder. It is empty if it was made by another program or another vocabulary."""

    def __init__(self, path: Path, stamp: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._open(path)
            usable = self.fact("stamp") == stamp
        except sqlite3.DatabaseError:
            self._db.close()
            usable = False
        if not usable:
            self._db.close()
            for left in path.parent.glob(f"{path.name}*"):
                left.unlink()
            self._open(path)
            self.set_fact("stamp", stamp)
            self._db.commit()

    def _open(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.executescript(_TABLES)
        self._db.execute("PRAGMA synchronous=NORMAL")

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

    def digests(self) -> dict[str, tuple[bytes, str]]:
        """By address: the digest of the entry, and of its file."""
        rows = self._db.execute("SELECT address, digest, file FROM entries")
        return {address: (digest, file) for address, digest, file in rows}

    def terms(self, address: str) -> Terms | None:
        row = self._db.execute("SELECT file, terms, weights FROM entries WHERE address = ?", (address,)).fetchone()
        return Terms(*row) if row else None

    def filters(self, address: str) -> bytes | None:
        """The digest of an entry's filters."""
        row = self._db.execute("SELECT filters FROM entries WHERE address = ?", (address,)).fetchone()
        return bytes(row[0]) if row else None

    def put(self, address: str, digest: bytes, filters: bytes, terms: Terms) -> None:
        """New or changed; its number stays, or is none yet."""
        self._db.execute(
            "INSERT INTO entries VALUES (?, ?, ?, ?, -1, ?, ?) ON CONFLICT (address) DO UPDATE SET"
            " digest = excluded.digest, filters = excluded.filters, file = excluded.file,"
            " terms = excluded.terms, weights = excluded.weights",
            (address, digest, filters, terms.file, terms.terms, terms.weights),
        )

    def remove(self, addresses: Iterable[str]) -> None:
        self._db.executemany("DELETE FROM entries WHERE address = ?", ((address,) for address in addresses))

    def number(self, addresses: Iterable[str]) -> None:
        """Numbers the entries in the order given."""
        rows = [(number, address) for number, address in enumerate(addresses)]
        self._db.executemany("UPDATE entries SET number = ? WHERE address = ?", rows)
        self._db.execute("CREATE INDEX IF NOT EXISTS by_number ON entries (number)")

    def numbered(self, start: int, end: int) -> Iterator[tuple[int, bytes, bytes]]:
        """Number, terms and weights of a range of entries, in order."""
        query = "SELECT number, terms, weights FROM entries WHERE number >= ? AND number < ? ORDER BY number"
        yield from self._db.execute(query, (start, end))

    def shards(self) -> list[Shard]:
        rows = self._db.execute("SELECT first, last, alone, digest, size FROM shards ORDER BY place")
        return [Shard(first, last, bool(alone), digest, size) for first, last, alone, digest, size in rows]

    def set_shards(self, shards: Sequence[Shard], facts: Mapping[str, str]) -> None:
        self._db.execute("DELETE FROM shards")
        self._db.executemany(
            "INSERT INTO shards VALUES (?, ?, ?, ?, ?, ?)",
            ((place, s.first, s.last, s.alone, s.digest, s.size) for place, s in enumerate(shards)),
        )
        for name, value in facts.items():
            self.set_fact(name, value)


def read_numbered(path: Path, start: int, end: int) -> Iterator[tuple[int, list[str], bytes]]:
    """The same from another process: number, terms and weights of a range of entries."""
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        query = "SELECT number, terms, weights FROM entries WHERE number >= ? AND number < ? ORDER BY number"
        for number, terms, weights in database.execute(query, (start, end)):
            yield number, *unpack(terms, weights)
    finally:
        database.close()
