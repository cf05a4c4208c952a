"""The search index of the site: built from all entries, or brought up to date with those that changed.

In: search entries. Out: files of the index in the stage, and the task `index` that has their rows in the table `file`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Set

from archive import search
from archive.build.files import Look, Stage
from archive.build.memory import SEARCH
from archive.build.steps import INDEX
from archive.build.worker import Setup
from archive.config import load_rules
from archive.database import Database, Made
from archive.database.rows import File
from archive.model.search import SearchEntry
from archive.progress import Progress
from archive.search.rules import SearchRules

_PENDING = "search-pending"  # setting: addresses of pages that changed and that the index does not know of yet


class SearchIndex:
    """The index of one site."""

    def __init__(self, db: Database, setup: Setup, progress: Progress) -> None:
        self._db = db
        self._work = setup.paths.work / SEARCH
        self._words = load_rules(SearchRules, setup.paths.site_config, "search")
        self._settings = setup.settings.search
        self._knowledge = setup.knowledge
        self._folder = setup.stage
        self._stage = Stage(db, setup.stage)
        self._progress = progress
        self._is_new = False  # built whole by this build
        self._is_done = False  # up to date with all pages

    @property
    def is_there(self) -> bool:
        """Whether all of it is published."""
        (count, whole) = next(
            self._db.rows(
                "SELECT count(*), count(mtime) FROM file WHERE made_by = "
                "(SELECT number FROM task WHERE step = ? AND key = '')",
                (INDEX,),
            )
        )
        return bool(count and count == whole)

    def drop_altered(self, look: Look) -> None:
        """Files of the index and of its cache are the same on the disk: where one is altered, both are."""
        if any(
            path.startswith(tuple(f"{folder}/" for folder in search.index_folders(self._knowledge)))
            for path in look.altered
        ):
            shutil.rmtree(self._work, ignore_errors=True)

    def build(self, entries: Iterable[SearchEntry]) -> Set[str]:
        """All of it; paths of the files that differ from what is published."""
        assert self._folder is not None
        self._progress.say(self._knowledge.labels["progress"]["search"])
        search.build_search_index(
            entries,
            self._folder,
            self._work,
            self._knowledge,
            self._words,
            self._settings,
        )
        rows, written = list[File](), set[str]()
        for folder in search.index_folders(self._knowledge):
            found, new = self._stage.take(folder)
            rows += found
            written |= set(new)
        self._db.put(INDEX, Made("", {"file": [tuple(row) for row in rows]}))
        self._set_pending(())
        self._is_new = self._is_done = True
        return written

    def update(
        self, entry_at: Callable[[str], SearchEntry | None], all_entries: Callable[[], Iterable[SearchEntry]]
    ) -> Set[str]:
        """What differs in it since it was last brought up to date."""
        if self._is_new:
            return frozenset()
        told = self.pending | search.unsettled_entries(self._work)
        if not told and self.is_there:
            return frozenset()
        entries = {address: entry_at(address) for address in sorted(told)} if self.is_there else {}
        changed = [entry for entry in entries.values() if entry]
        lost = [address for address, entry in entries.items() if not entry]
        updated = None
        if self.is_there:
            updated = search.update_search_index(
                changed,
                lost,
                self._work,
                self._knowledge,
                self._words,
                self._settings,
            )
        if updated is None:
            return self.build(all_entries())
        number = self._db.number(INDEX, "")
        rows = [self._stage.link(path, file) for path, file in updated.written.items()]
        gone = [*updated.written, *updated.removed]
        self._db.write("DELETE FROM file WHERE path = ?", [(path,) for path in gone])
        self._db.write("INSERT INTO file VALUES (?, ?, ?, ?, ?)", [(number, *row) for row in rows])
        self._set_pending(())
        self._is_done = True
        return updated.written.keys()

    def drop(self) -> None:
        """The site is to have none."""
        self._db.remove(INDEX, "")

    @property
    def pending(self) -> frozenset[str]:
        """Addresses of entries that the index does not know of yet."""
        return frozenset(json.loads(self._db.setting(_PENDING) or b"[]"))

    def note(self, addresses: Iterable[str]) -> None:
        """Entries have changed, come or gone."""
        if not self._is_new:
            self._set_pending(self.pending | {*addresses})

    def published(self) -> None:
        """What this build has made of the index is published."""
        if self._is_done:
            search.search_index_published(self._work)

    def _set_pending(self, addresses: Iterable[str]) -> None:
        self._db.set(_PENDING, json.dumps(sorted(addresses)).encode())
