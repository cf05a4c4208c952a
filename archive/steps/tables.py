"""The data files on disk: written once in full, then patched where a record's lines changed.

In: the lines of records, as they are made. Out: files, and for each table which bytes belong to
which record, so that the next build copies what stayed in whole stretches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from archive.memo import Store
from archive.render import BOM, DataLines, DataTable
from archive.steps.stored import decoder, encode

_OPEN, _BETWEEN, _CLOSE, _EMPTY = b"[\n", b",\n", b"\n]\n", b"[]\n"
_AT_ONCE = 1 << 20


@dataclass(slots=True)
class Table:
    """`lengths`: key (`kind/id`) of a record → bytes in JSON (without the comma), bytes in CSV, rows; by key."""

    name: str
    header: str = "\r\n"
    lengths: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    @property
    def shown(self) -> DataTable:
        json = sum(length for length, _, _ in self.lengths.values())
        json += 2 * len(self.lengths) + 3 if self.lengths else len(_EMPTY)
        rows = sum(length for _, length, _ in self.lengths.values())
        before = len((BOM + self.header).encode())
        return DataTable(self.name, sum(count for _, _, count in self.lengths.values()), json, before + rows)


def load_tables(store: Store, names: Iterable[str]) -> dict[str, Table]:
    kept = ((name, store.fact(f"table/{name}")) for name in names)
    return {name: decoder(Table)(blob) if blob else Table(name) for name, blob in kept}


def keep_tables(store: Store, tables: Iterable[Table]) -> None:
    for table in tables:
        store.keep(f"table/{table.name}", encode(table))


class Writer:
    """Writes tables from the beginning; records come in the order of their keys."""

    def __init__(self, names: Iterable[str], out: Path) -> None:
        self.tables = {name: Table(name) for name in names}
        self._out = out
        self._files: dict[str, tuple[BinaryIO, BinaryIO | None]] = {}
        self._open = ExitStack()

    def __enter__(self) -> Writer:
        for name, table in self.tables.items():
            shown = table.shown
            (self._out / shown.json_path).parent.mkdir(parents=True, exist_ok=True)
            json = self._open.enter_context((self._out / shown.json_path).open("wb"))
            csv = None
            if shown.csv_path:
                csv = self._open.enter_context((self._out / shown.csv_path).open("wb"))
                csv.write(BOM.encode())
            self._files[name] = json, csv
        return self

    def add(self, key: str, lines: DataLines) -> None:
        table, (json, csv) = self.tables[lines.table], self._files[lines.table]
        if not table.lengths:
            table.header = lines.header
            if csv:
                csv.write(lines.header.encode())
        json.write(_BETWEEN if table.lengths else _OPEN)
        table.lengths[key] = (json.write(_json(lines)), csv.write(lines.csv.encode()) if csv else 0, lines.rows)

    def __exit__(self, *_: object) -> None:
        for name, table in self.tables.items():
            json, csv = self._files[name]
            json.write(_CLOSE if table.lengths else _EMPTY)
            if csv and not table.lengths:
                csv.write(table.header.encode())
        self._open.close()


def patch(
    table: Table, changed: Mapping[str, DataLines | None], published: Path, stage: Path
) -> tuple[Table, dict[str, Path]]:
    """The table with some records' lines changed or (None) gone, and its files written below `stage`."""
    given = {id: lines for id, lines in changed.items() if lines is not None}
    ids = sorted((table.lengths.keys() | given.keys()) - (changed.keys() - given.keys()))
    new = Table(table.name, next((lines.header for lines in given.values()), table.header))
    for id in ids:
        lines = given.get(id)
        new.lengths[id] = table.lengths[id] if lines is None else _lengths(lines)
    if not ids:
        new.header = Table(table.name).header
    old, files = table.shown, {}
    for path, place, between in ((old.json_path, 0, len(_BETWEEN)), (old.csv_path, 1, 0)):
        if path is None:
            continue
        start = len(_OPEN) if place == 0 else len((BOM + table.header).encode())
        offsets = _offsets(table, place, start, between)
        target = stage / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with (published / path).open("rb") as source, target.open("wb") as file:
            if place == 0:
                _write_json(file, source, ids, given, offsets)
            else:
                file.write((BOM + new.header).encode())
                for part in _parts(ids, given, offsets, 0):
                    _copy(part, lambda lines: lines.csv.encode(), source, file)
        files[path] = target
    return new, files


_Part = DataLines | tuple[int, int]


def _parts(
    ids: list[str], given: Mapping[str, DataLines], offsets: Mapping[str, tuple[int, int]], between: int
) -> Iterator[_Part]:
    """New lines, and stretches (start, end) of the old file, in order; neighbours are one stretch."""
    stretch: tuple[int, int] | None = None
    for id in ids:
        if id in given:
            if stretch:
                yield stretch
            stretch = None
            yield given[id]
        else:
            start, end = offsets[id]
            if stretch and stretch[1] + between == start:
                stretch = (stretch[0], end)
            else:
                if stretch:
                    yield stretch
                stretch = (start, end)
    if stretch:
        yield stretch


def _write_json(
    file: BinaryIO,
    source: BinaryIO,
    ids: list[str],
    given: Mapping[str, DataLines],
    offsets: Mapping[str, tuple[int, int]],
) -> None:
    opening = _OPEN
    for part in _parts(ids, given, offsets, len(_BETWEEN)):
        file.write(opening)
        _copy(part, _json, source, file)
        opening = _BETWEEN
    file.write(_CLOSE if ids else _EMPTY)


def _copy(part: _Part, encoded: Callable[[DataLines], bytes], source: BinaryIO, file: BinaryIO) -> None:
    if isinstance(part, DataLines):
        file.write(encoded(part))
        return
    start, end = part
    source.seek(start)
    while start < end:
        held = source.read(min(_AT_ONCE, end - start))
        file.write(held)
        start += len(held) or end


def _offsets(table: Table, place: int, start: int, between: int) -> dict[str, tuple[int, int]]:
    offsets = {}
    for id, lengths in table.lengths.items():
        offsets[id] = (start, start + lengths[place])
        start += lengths[place] + between
    return offsets


def _json(lines: DataLines) -> bytes:
    return lines.json.removesuffix(",\n").encode()


def _lengths(lines: DataLines) -> tuple[int, int, int]:
    return len(_json(lines)), len(lines.csv.encode()), lines.rows
