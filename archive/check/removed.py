"""Checks what was taken down: its day is one, and it is gone.

In: the corpus, or the names of source files. Out: problems.
"""

from __future__ import annotations

from archive.model.corpus import Corpus
from archive.problems import Report


def check_removed(corpus: Corpus, report: Report) -> None:
    for id, stone in corpus.removed.items():
        path = stone.origin.path
        if not stone.date.is_day:
            report.add("not-a-day", path, stone.origin.at("date"), field="date", value=stone.date)
        there = corpus.records(stone.kind).get(id)
        if there:
            report.add("removed-but-there", path, file=there.origin.path)
