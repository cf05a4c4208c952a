"""The page of the data: every file that can be downloaded, with its size.

In: the pieces of the joined files. Out: one page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from archive.outputs.html_pages import page_pieces
from archive.outputs.output import JoinedOutput, Output, Piece
from archive.outputs.registry import outputs_of
from archive.schemas import schema_paths


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table as the page shows it; `files` are (path, size in bytes) by format."""

    name: str
    rows: int
    files: dict[str, tuple[str, int]] = field(default_factory=dict)


class DataPage(Output):
    def site_keys(self) -> Iterable[str]:
        return [f"/{self.data_path('')}"]

    def of_site(self, key: str) -> Iterator[Piece]:
        """Formats stand in the order of how many tables have them."""
        tables = self._tables()
        counts = Counter(format for table in tables for format in table.files)
        formats = sorted(counts, key=lambda format: (-counts[format], format))
        shown = {"tables": tables, "formats": formats, "schemas": schema_paths(self.context.knowledge)}
        yield from page_pieces(self.site, self.site.plans.data(shown))

    def _tables(self) -> list[DataTable]:
        """Those of kinds that site-config/kinds.yml adds come last."""
        found: dict[str, DataTable] = {}
        for output in [output for output in outputs_of(self.site) if isinstance(output, JoinedOutput)]:
            for path, name, format in output.files():
                joined = output.joined(path)
                table = found.setdefault(name, DataTable(name, joined.rows))
                table.files[format] = path, output.size(joined)
        return sorted(found.values(), key=lambda table: table.name in self.context.knowledge.added_kinds)
