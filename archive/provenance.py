"""What a person says of inputs, by options or in a table beside them.

In: values as written. Out: `Told`, by input; what can't be used is a problem at its option, or at its line and column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.config import Paths
from archive.knowledge import Knowledge, load_knowledge
from archive.language.spelling import nfc, slug
from archive.model.raw import RawMapping, RawNode, RawRecord, RawScalar
from archive.model.schema import fields_of
from archive.model.told import Told
from archive.normalise import normalise_told
from archive.problems import Position, Report, either
from archive.read import Row, read_table, scan
from archive.suggestions import meant_field, nearest

FIELDS = tuple(fields_of(Told))
FILE = "file"
COLUMNS = (FILE, *FIELDS)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Reads what is said, in the forms of the archive: its vocabularies, the events that it has."""

    knowledge: Knowledge
    events: Collection[str]
    report: Report

    @classmethod
    def of(cls, paths: Paths, report: Report) -> Provenance:
        knowledge = load_knowledge(paths.site_config)
        folders = {kind.id: kind.folder for kind in knowledge.kinds.values()}
        ids = (key.partition("/") for key in scan(paths.content, folders, Report()).records)
        return cls(knowledge, [id for kind, _, id in ids if kind == "events"], report)

    def by_options(self, given: Mapping[str, str]) -> Told:
        """Of all inputs; a problem's path is the option."""
        told = Told()
        for name, value in given.items():
            told |= self._told(f"--{name}", {name: RawScalar(value, Position())})
        return told

    def by_table(self, table: Path, inputs: Sequence[Path]) -> dict[Path, Told]:
        """By input, in the order of the rows; without `inputs` they are the files that the table names.

        The first row names the columns. A file is named by its path from the table's folder, or by its name alone.
        """
        shown = table.as_posix()
        rows = read_table(table, shown, self.report)
        if rows is None:
            return {}
        columns = self._columns(shown, rows[0] if rows else ())
        if FILE not in columns:
            self.report.add("import-table-no-file", shown, known=", ".join(COLUMNS))
            return {}
        files = _Files(table.parent, inputs)
        told: dict[Path, Told] = {}
        lines: dict[Path, int] = {}
        for row in rows[1:]:
            said = self._row(shown, columns, row)
            path = self._file(shown, said.pop(FILE, None), row[0].position, files)
            if path in lines:
                self.report.add(
                    "import-table-twice", shown, row[0].position, what=path.name if path else "", first=lines[path]
                )
            elif path:
                lines[path] = row[0].position.line
                told[path] = self._told(shown, said)
        return told

    def _columns(self, shown: str, header: Row) -> list[str | None]:
        """The field of each column; None for one without a name, or with a name that means nothing."""
        called = {name: self.knowledge.fields.get(f"called.{name}", "") for name in COLUMNS}
        own = {name: {slug(name), *map(slug, called[name].split(","))} for name in COLUMNS}
        columns: list[str | None] = []
        for cell in header:
            written = nfc(cell.value or "")
            name = next((name for name in COLUMNS if written and slug(written) in own[name]), None)
            if written and name is None:
                suggestion = either(meant_field(written, COLUMNS, called))
                self._problem("import-table-column", shown, cell, suggestion, known=", ".join(COLUMNS))
            elif name in columns and name:
                first = header[columns.index(name)].position
                self.report.add("import-table-twice", shown, cell.position, what=name, first=first.line)
            columns.append(name)
        return columns

    def _row(self, shown: str, columns: Sequence[str | None], row: Row) -> dict[str, RawScalar]:
        for cell in row[len(columns) :]:
            if cell.value:
                self._problem("import-table-cells", shown, cell, columns=len(columns))
        return {name: cell for name, cell in zip(columns, row, strict=False) if name and cell.value}

    def _file(self, shown: str, cell: RawScalar | None, row: Position, files: _Files) -> Path | None:
        if cell is None:
            self.report.add("missing-field", shown, row, field=FILE)
            return None
        path = files.find(cell.value or "")
        if path is None:
            self._problem("import-table-file", shown, cell, either(nearest(nfc(cell.value or ""), files.names())))
        return path

    def _problem(self, code: str, shown: str, cell: RawScalar, suggestion: str = "", **values: object) -> None:
        self.report.add(code, shown, cell.position, value=cell.value, suggestion=suggestion, **values)

    def _told(self, shown: str, said: Mapping[str, RawNode]) -> Told:
        keys = {name: node.position for name, node in said.items()}
        raw = RawRecord("", "", shown, RawMapping(said, keys, Position()), "", 1)
        return normalise_told(raw, self.events, self.knowledge, self.report)


class _Files:
    """The inputs that a table may speak of: those given, or those in its folder."""

    def __init__(self, folder: Path, given: Iterable[Path]) -> None:
        self._folder = folder
        self._given = list(given)

    def find(self, written: str) -> Path | None:
        written = nfc(written.replace("\\", "/"))
        if not self._given:
            path = self._folder / written
            return path if path.is_file() else self._in(path.parent).get(path.name)
        own = nfc((self._folder / written).resolve().as_posix())
        same = [path for path in self._given if nfc(path.resolve().as_posix()) == own]
        same = same or [path for path in self._given if nfc(path.name) == written]
        return same[0] if len(same) == 1 else None

    def names(self) -> list[str]:
        return sorted(nfc(path.name) for path in self._given or self._in(self._folder).values())

    @staticmethod
    def _in(folder: Path) -> Mapping[str, Path]:
        """By name in NFC: a disk may hold it in NFD."""
        files = sorted(folder.iterdir()) if folder.is_dir() else ()
        return {nfc(path.name): path for path in files if path.is_file()}
