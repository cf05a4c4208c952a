"""One process's place of work: everything that any step can ask it to compute.

In: paths, and where the store and the new site lie. Out: `Bench`, made in each process by
`Setup`, which can be sent there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive.config import Paths, Settings
from archive.knowledge import Knowledge
from archive.memo import Made, Store
from archive.steps.facts import Facts
from archive.steps.pages import Pages


class Bench(Facts):
    """Facts and pages over one store."""

    def __init__(self, setup: Setup, store: Store) -> None:
        super().__init__(setup.paths, setup.settings, setup.knowledge, store)
        self._setup = setup
        self._pages: Pages | None = None

    @property
    def pages(self) -> Pages:
        if self._pages is None:
            self._pages = Pages(self)
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
    out: Path | None = None

    def __call__(self, store: Path) -> Bench:
        return Bench(self, Store(store, reading=True))
