"""The data as CSV, for spreadsheets: one row a record; lists of words joined by ` | `, anything deeper as JSON.

In: records. Out: `du-lieu/<table>.csv`, in UTF-8 with a byte order mark, without which spreadsheets don't read it so.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from archive.database.rows import Chunk
from archive.json_text import json_text
from archive.kinds import AnySubject, Json, module_of, tables
from archive.outputs.output import JoinedOutput, ListedFile, Piece

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # spreadsheets read the wide ones too
_AFTER_SEPARATOR = re.compile(rf"(?!\A)([;\t\r\n][ \u00a0]*)(?=[{re.escape(''.join(_FORMULA))}])")
_NUMBER = re.compile(r"-[0-9]+(?:[.,][0-9]+)?")
_BOM = "\ufeff".encode()


class CsvTables(JoinedOutput):
    def files(self) -> Iterable[ListedFile]:
        return [ListedFile(self.data_path(f"{table}.csv"), table, "CSV") for table in tables(self.context.knowledge)]

    def of_record(self, subject: AnySubject) -> Iterator[Piece]:
        for table, rows in module_of(subject.kind).rows(subject):
            lines = csv_lines(map(cell, row.values()) for row in rows)
            yield Chunk(self.data_path(f"{table}.csv"), subject.key, len(rows), _header(tuple(rows[0])), lines)

    def join(self, header: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
        yield _BOM
        yield header or b"\r\n"
        yield from pieces


@lru_cache(maxsize=100)
def _header(names: tuple[str, ...]) -> bytes:
    return csv_lines([names])


def csv_lines(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as CSV, with the line ends that spreadsheets expect."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def cell(value: Json) -> str:
    """One cell; an apostrophe keeps spreadsheets from running what looks like a formula.

    It stands within a cell, too: where the decimal sign is a comma, as in Vietnam, Excel parts a file at each `;`.
    """
    if value is None:
        return ""
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        value = " | ".join(value)
    text = _AFTER_SEPARATOR.sub(r"\1'", value if isinstance(value, str) else json_text(value))
    is_formula = text.startswith(_FORMULA) and not _NUMBER.fullmatch(text)
    return "'" + text if is_formula else text
