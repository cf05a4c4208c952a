"""What lies in content/: files → records, one at a time. The first two rooms, one behind the other.

In: a file, or the paths of an archive, and what it knows. Out: records with their kinds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archive.config import Paths
from archive.knowledge import Knowledge
from archive.model.records import PAGES, REMOVED, Page, Record
from archive.normalise import normalise_page, normalise_record, normalise_removed
from archive.problems import Report
from archive.read import read_record, scan


def record_of(root: Path, shown: str, kind: str, knowledge: Knowledge, report: Report) -> Record | Page | None:
    """The record in one file; `shown` is its path below the archive's root. None if it can't be read."""
    raw = read_record(root / shown, shown, kind, report)
    if raw is None:
        return None
    if kind == PAGES:
        return normalise_page(raw, knowledge, report)
    if kind == REMOVED:
        return normalise_removed(raw, knowledge, report)
    return normalise_record(raw, knowledge.kinds[kind], knowledge, report)


def records(paths: Paths, knowledge: Knowledge, report: Report) -> Iterator[tuple[str, Record]]:
    """Every record that can be read, with its kind; what can't is a problem in `report`."""
    folders = {kind.id: kind.folder for kind in knowledge.kinds.values()}
    for key, (shown, _) in scan(paths.content, folders, report).records.items():
        kind = key.partition("/")[0]
        record = record_of(paths.content.parent, shown, kind, knowledge, report)
        if isinstance(record, Record):
            yield kind, record
