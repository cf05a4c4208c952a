"""A table as spreadsheets save it: CSV with `,` or `;` (or tabs) between the cells.

In: a path. Out: its rows, every cell with its line and column, or a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from archive.model.raw import RawScalar
from archive.problems import Position, Report
from archive.read.files import decoded

Row = tuple[RawScalar, ...]
_SEPARATORS = ",;\t"
_BOM = b"\xef\xbb\xbf"  # Excel writes one


def read_table(path: Path, shown: str, report: Report) -> list[Row] | None:
    """Every row with something in it, the first one too; `shown` is the path as problems name it.

    A cell is without the space around it, and None where it is empty.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        report.add("import-unreadable", shown, detail=error.strerror or "")
        return None
    text = decoded(data.removeprefix(_BOM), shown, report)
    if text is None:
        return None
    rows: list[list[RawScalar]] = [[]]
    for cell, is_last in _cells(text, _separator(text)):
        if isinstance(cell, Position):
            report.add("import-table-quote", shown, cell)
            return None
        rows[-1].append(cell)
        if is_last:
            rows.append([])
    return [tuple(row) for row in rows if any(cell.value for cell in row)]


def _separator(text: str) -> str:
    """The one that stands most often in the first row."""
    return max(_SEPARATORS, key=text.lstrip("\n").partition("\n")[0].count)


def _cells(text: str, separator: str) -> Iterator[tuple[RawScalar | Position, bool]]:
    """Each cell, and whether it is the last of its row; last of all a `Position` where a quotation mark is astray."""
    quoted, plain = r'"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"[ ]*+', rf'(?P<plain>(?!")[^{separator}\n]*+)'
    form = re.compile(rf"[ ]*+(?:{quoted}|{plain})(?P<end>[{separator}\n]|\Z)")
    at, line, begin = 0, 1, 0
    while at < len(text):
        match = form.match(text, at)
        if match is None:
            yield Position(line, at - begin + 1), True
            return
        is_plain = match["plain"] is not None
        value = match["plain"] if is_plain else match["quoted"].replace('""', '"')
        where = match.start("plain") if is_plain else match.start("quoted") - 1
        yield RawScalar(value.strip() or None, Position(line, where - begin + 1)), match["end"] != separator
        at = match.end()
        if breaks := text.count("\n", match.start(), at):
            line, begin = line + breaks, text.rfind("\n", match.start(), at) + 1
