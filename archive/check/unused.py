"""Records that no article names any more: their pages say nothing.

In: such a record. Out: problems. A record whose own notes say why it stays is left alone.
"""

from __future__ import annotations

from archive.model.records import Authority
from archive.problems import Position, Report


def check_unused(record: Authority, report: Report) -> None:
    """Tells of a record that is named nowhere, unless an editor says why it is there."""
    if not (record.notes or record.possibly_same_as):
        report.add("record-unused", record.origin.path, Position(), name=record.label)
