"""Checks what was taken down: its day is one, it is gone, and what it was split into is there.

In: the corpus, or the names of source files. Out: problems.
"""

from __future__ import annotations

from archive.model.corpus import Corpus
from archive.problems import Report, either
from archive.suggestions import meant_ids


def check_removed(corpus: Corpus, report: Report) -> None:
    for id, stone in corpus.removed.items():
        path = stone.origin.path
        if not stone.date.is_day:
            report.add("not-a-day", path, stone.origin.at("date"), field="date", value=stone.date)
        there = corpus.records(stone.kind).get(id)
        if there:
            report.add("removed-but-there", path, file=there.origin.path)
        for number, other in enumerate(stone.split_into):
            if other not in corpus.records(stone.kind):
                place, meant = f"split_into.{number}", either(meant_ids(other, corpus.records(stone.kind)))
                report.add(
                    "unknown-record",
                    path,
                    stone.origin.at(place),
                    field=place,
                    id=other,
                    folder=stone.kind,
                    suggestion=meant,
                )
