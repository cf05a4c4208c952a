"""What lies in content/: files → records, one at a time. The first two rooms, one behind the other.

In: the paths of an archive and what it knows. Out: records with their kinds, and pages of words.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.config import Paths
from archive.knowledge import Knowledge
from archive.model.records import Page, Record
from archive.normalise import normalise_page, normalise_record
from archive.problems import Report
from archive.read import read_records


def records(paths: Paths, knowledge: Knowledge, report: Report) -> Iterator[tuple[str, Record]]:
    """Every record that can be read, with its kind; what can't is a problem in `report`."""
    folders = {kind.id: kind.folder for kind in knowledge.kinds.values()}
    for raw in read_records(paths.content, folders, report):
        record = normalise_record(raw, knowledge.kinds[raw.kind], knowledge, report)
        if record is not None:
            yield raw.kind, record


def pages(paths: Paths, knowledge: Knowledge, report: Report) -> list[Page]:
    """The pages of words that editors wrote."""
    raws = read_records(paths.content, {"pages": "pages"}, report)
    return [page for raw in raws if (page := normalise_page(raw, knowledge, report)) is not None]
