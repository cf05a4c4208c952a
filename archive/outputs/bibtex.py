"""Articles and official documents as BibTeX, for LaTeX and reference managers: only what a source states of them.

In: records. Out: `du-lieu/citations.bib`, in UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.bibliography.bibtex import bibtex_entry
from archive.database.rows import Chunk
from archive.kinds import AnySubject
from archive.outputs.output import JoinedOutput, ListedFile, Piece

_NAME = "citations.bib"


class BibtexEntries(JoinedOutput):
    def files(self) -> Iterable[ListedFile]:
        return [ListedFile(self.data_path(_NAME), "citations", "BibTeX")]

    def of_record(self, subject: AnySubject) -> Iterator[Piece]:
        if entry := bibtex_entry(subject.record, subject.published):
            yield Chunk(self.data_path(_NAME), subject.key, 1, b"", entry.encode())
