"""Articles and official documents as RIS, which reference managers read: only what a source states of them.

In: records. Out: `du-lieu/citations.ris`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.bibliography.ris import ris_entry
from archive.database.rows import Chunk
from archive.kinds import AnySubject
from archive.outputs.output import JoinedOutput, ListedFile, Piece

_NAME = "citations.ris"


class RisEntries(JoinedOutput):
    def files(self) -> Iterable[ListedFile]:
        return [ListedFile(self.data_path(_NAME), "citations", "RIS")]

    def of_record(self, subject: AnySubject) -> Iterator[Piece]:
        if entry := ris_entry(subject.record, subject.published):
            yield Chunk(self.data_path(_NAME), subject.key, 1, b"", entry.encode())
