"""Records that may be the same: an editor's notes, shown on both records.

In: an authority record, and the ground. Out: the records it may be the same as. Nothing is
proposed here; `check` makes proposals to editors.
"""

from __future__ import annotations

from archive.derive.ground import Ground
from archive.model.derived import PossiblyTheSame
from archive.model.records import Authority


def possibly_same(kind: str, record: Authority, ground: Ground) -> tuple[PossiblyTheSame, ...]:
    """Its own notes and those of others on it; where both say why, the record first by id is heard."""
    notes: dict[str, dict[str, str]] = {}
    for note in record.possibly_same_as:
        notes.setdefault(note.record, {}).setdefault(record.id, note.why)
    for other in ground.values(f"in/notes/{kind}", record.id):
        authority = ground.corpus.records(kind)[other]
        for note in authority.possibly_same_as if isinstance(authority, Authority) else ():
            if note.record == record.id:
                notes.setdefault(other, {}).setdefault(other, note.why)
    return tuple(PossiblyTheSame(other, whys[min(whys)]) for other, whys in sorted(notes.items()))
