"""What the importer in a browser has to know of the records that are there (archive/known.py).

In: records. Out: `du-lieu/known.json`, a list of lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.kinds import AnySubject, module_of
from archive.outputs.json_tables import JsonList, json_piece
from archive.outputs.output import ListedFile, Piece

_NAME = "known.json"


class KnownRecords(JsonList):
    def files(self) -> Iterable[ListedFile]:
        return [ListedFile(self.data_path(_NAME), "known", "JSON")]

    def of_record(self, subject: AnySubject) -> Iterator[Piece]:
        row = module_of(subject.kind).known(subject)
        if row is not None:
            yield json_piece(self.data_path(_NAME), subject.key, [row])
