"""Everything that is written of an archive, made in memory, with pages in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from archive.build.loading import Loaded
from archive.config import Settings
from archive.database import Made
from archive.kinds import RenderContext
from archive.model.pages import SitePage
from archive.model.search import SearchEntry
from archive.outputs import Outputs, Written
from archive.problems import Problem
from tests.archives import ROOT


@dataclass
class PlainFrame:
    """Stands around no page: what it is given is kept, and comes back as it is."""

    pages: dict[str, SitePage] = field(default_factory=dict)

    def page(self, page: SitePage) -> str:
        assert page.address not in self.pages, page.address
        self.pages[page.address] = page
        return page.markdown

    def files(self) -> Iterable[tuple[str, bytes]]:
        return ()

    def sitemap(self, addresses: Iterable[str], changed: Mapping[str, str]) -> Mapping[str, bytes]:
        return {"sitemap.xml": "\n".join(addresses).encode()}

    def missing(self, addresses: Iterable[str]) -> Iterable[str]:
        return ()

    def said(self) -> Iterable[tuple[str, str]]:
        return ()


@dataclass
class MadeSite:
    """Pages by address, all files by path, search entries by address of their page."""

    pages: dict[str, SitePage] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    entries: dict[str, SearchEntry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, made: Made[Written]) -> Made[Written]:
        assert made.output is not None
        for file in made.output.files:
            assert file.path not in self.files, file.path
            self.files[file.path] = file.data
        if made.output.entry:
            self.entries[made.output.entry.address] = made.output.entry
        self.problems += made.problems
        return made


def outputs_of(loaded: Loaded | RenderContext, frame: PlainFrame, settings: Settings | None = None) -> Outputs:
    context = RenderContext(loaded.db, loaded.knowledge, settings or loaded.settings)
    return Outputs(context, frame, ROOT / "templates")


def make_site(loaded: Loaded | RenderContext, *, settings: Settings | None = None, backwards: bool = False) -> MadeSite:
    """`settings` stand in the place of the archive's own; the database is left as it was."""
    frame, db = PlainFrame(), loaded.db
    outputs = outputs_of(loaded, frame, settings)
    made = MadeSite(frame.pages)
    db.savepoint()
    try:
        plan = outputs.plan()
        made.problems += plan.problems
        db.add("plan", plan)
        db.flush()
        db.forget()
        addresses = [address for (address,) in db.rows("SELECT address FROM page_plan")]
        records = [(kind, id) for kind in loaded.knowledge.kinds for id in loaded.corpus.records(kind)]
        tasks = [partial(outputs.record, *key) for key in records]
        tasks += [partial(outputs.address, address) for address in addresses]
        for make in reversed(tasks) if backwards else tasks:
            db.add("page", made.take(make()))
        db.flush()
        db.forget()
        for key in [*outputs.keys()]:
            made.take(outputs.make(key))
    finally:
        db.roll_back_to_savepoint()
    return made
