"""Records that may be the same: an editor's notes, shown on both records.

In: authority records of one kind. Out: for each id the records it may be the same as. Nothing is
proposed here; `check` makes proposals to editors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from archive.model.derived import PossiblyTheSame
from archive.model.records import Authority


def possibly_same(records: Iterable[Authority]) -> dict[str, tuple[PossiblyTheSame, ...]]:
    notes: dict[str, dict[str, str]] = defaultdict(dict)
    for record in records:
        for note in record.possibly_same_as:
            notes[record.id].setdefault(note.record, note.why)
            notes[note.record].setdefault(record.id, note.why)
    return {
        id: tuple(PossiblyTheSame(other, why) for other, why in sorted(found.items())) for id, found in notes.items()
    }
