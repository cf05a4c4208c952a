"""All that is written of an archive: pages, tables, search entries, files of the whole site.

In: a database whose facts are up to date. Out: `Made` values, one for each task of the steps `plan`, `page` and `site`.
Each module of this room is an output, found by `outputs_of`: a new one is one file, and a label.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from archive.database import Made, Rows
from archive.kinds import RenderContext, subject_of
from archive.model.pages import SiteFile
from archive.model.search import SearchEntry
from archive.outputs.output import Frame, Output, Piece, Site
from archive.outputs.registry import outputs_of
from archive.outputs.search import entry_of, entry_of_page
from archive.problems import Problem, Report
from archive.render import Lists, Plans, Renderer

__all__ = ["Frame", "Output", "Outputs", "Written"]


class Written(NamedTuple):
    """What one task writes: files, and what search may find of its page."""

    files: tuple[SiteFile, ...] = ()
    entry: SearchEntry | None = None


class Outputs:
    """Everything that can be written of one database."""

    def __init__(
        self,
        context: RenderContext,
        frame: Frame,
        templates: Path,
        compiled: Path | None = None,
        config: str = "mkdocs.yml",
    ) -> None:
        """`compiled`: a folder where compiled templates are kept; `config`: what problems of the frame are told of."""
        lists = Lists(context)
        renderer = Renderer(context, lists, templates, compiled)
        self.context = context
        self.site = Site(context, lists, Plans(context, lists), renderer, frame, config)
        self.outputs = outputs_of(self.site)

    def plan(self) -> Made[None]:
        """Which pages there are that belong to no record."""
        report = Report()
        with self.context.db.watching() as asked:
            rows = Rows()
            rows.extend(plan.row for plan in self.site.plans.others(report))
        return Made("", rows, tuple(report), frozenset(asked))

    def record(self, kind: str, id: str) -> Made[Written]:
        """All that is written of one record."""
        with self.context.db.watching() as asked:
            subject = subject_of(self.context, kind, id)
            pieces = [piece for output in self.outputs for piece in output.of_record(subject)]
        return _made(subject.key, pieces, asked)

    def address(self, address: str) -> Made[Written]:
        """All that is written of a page that belongs to no record; its task has the key `/address`."""
        with self.context.db.watching() as asked:
            plan = self.site.plans.at(address)
            pieces = [piece for output in self.outputs for piece in output.of_page(plan)]
        return _made(f"/{address}", pieces, asked)

    def entry(self, key: str) -> SearchEntry | None:
        """What search may find of the page of a task, `kind/id` of a record or `/address`, without making the page."""
        kind, _, id = key.partition("/")
        return (
            entry_of(self.context, subject_of(self.context, kind, id))
            if kind
            else entry_of_page(self.context, self.site.plans.at(id))
        )

    @cached_property
    def _of_site(self) -> dict[str, Output]:
        return {key: output for output in self.outputs for key in output.site_keys()}

    def keys(self) -> Iterable[str]:
        """Keys of what is written once for the whole site."""
        return self._of_site.keys()

    def make(self, key: str) -> Made[Written]:
        """What is written under one of `keys`, once all pages are made."""
        with self.context.db.watching() as asked:
            pieces = [*self._of_site[key].of_site(key)]
        return _made(key, pieces, asked)


def _made(key: str, pieces: Iterable[Piece], asked: set[int]) -> Made[Written]:
    rows, files, problems = Rows(), list[SiteFile](), list[Problem]()
    entry = None
    for piece in pieces:
        match piece:
            case SiteFile():
                files.append(piece)
            case SearchEntry():
                entry = piece
            case Problem():
                problems.append(piece)
            case _:
                rows.add(piece)
    return Made(key, rows, tuple(problems), frozenset(asked), Written(tuple(files), entry))
