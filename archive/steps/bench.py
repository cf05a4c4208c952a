"""One process's place of work: everything that any step can ask it to compute.

In: paths, and where the store, the plan and the new site lie. Out: `Bench`, made in each process by
`Setup`, which can be sent there.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path

from archive.config import Paths, Settings
from archive.knowledge import Knowledge
from archive.memo import Made, Store
from archive.site.fast.plan import Plan
from archive.steps.facts import Facts
from archive.steps.pages import Pages


class Bench(Facts):
    """Facts and pages over one store. The plan is read when the first page is asked for."""

    def __init__(self, setup: Setup, store: Store) -> None:
        super().__init__(setup.paths, setup.settings, setup.knowledge, store)
        self._setup = setup
        self._pages: Pages | None = None

    @property
    def pages(self) -> Pages:
        if self._pages is None:
            self._pages = Pages(self)
        if self._pages.plan is None and self._setup.plan.is_file():
            self._pages.plan = read_plan(self._setup.plan)
        return self._pages

    def page(self, key: str) -> Made:
        """Pages handed back, for whoever compares them."""
        return self.pages.page(key)

    def written_page(self, key: str) -> Made:
        """Pages written into the new site at once."""
        return self.pages.page(key, self._setup.out)


@dataclass(frozen=True, slots=True)
class Setup:
    """What a process needs to know to make its bench; `out` is where a whole new site is written."""

    paths: Paths
    settings: Settings
    knowledge: Knowledge
    plan: Path
    out: Path | None = None

    def __call__(self, store: Path) -> Bench:
        return Bench(self, Store(store, reading=True))


def read_plan(file: Path) -> Plan:
    """A plan that an earlier step wrote into the work folder."""
    plan: Plan = pickle.loads(file.read_bytes())
    return plan


def write_plan(plan: Plan, file: Path) -> None:
    aside = file.with_suffix(".new")
    aside.write_bytes(pickle.dumps(plan))
    aside.replace(file)
