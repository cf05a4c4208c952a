"""The data as JSON: for each table a list of its rows.

In: records. Out: `du-lieu/<table>.json`. The text of articles is not among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.database.rows import Chunk
from archive.json_text import json_bytes
from archive.kinds import AnySubject, Json, module_of, tables
from archive.outputs.output import JoinedOutput, ListedFile, Piece


class JsonList(JoinedOutput):
    """A list of values, each on a line of its own."""

    def join(self, header: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
        opening = b"[\n"
        for piece in pieces:
            yield opening
            yield piece
            opening = b",\n"
        yield b"\n]\n" if opening == b",\n" else b"[]\n"


def json_piece(path: str, key: str, rows: list[Json]) -> Chunk:
    """The lines of one record in a list."""
    return Chunk(path, key, len(rows), b"", b",\n".join(map(json_bytes, rows)))


class JsonTables(JsonList):
    def files(self) -> Iterable[ListedFile]:
        return [ListedFile(self.data_path(f"{table}.json"), table, "JSON") for table in tables(self.context.knowledge)]

    def of_record(self, subject: AnySubject) -> Iterator[Piece]:
        for table, rows in module_of(subject.kind).rows(subject):
            yield json_piece(self.data_path(f"{table}.json"), subject.key, [*rows])
