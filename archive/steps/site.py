"""From facts to a site: everything anew, or only what changed.

In: a store whose facts are up to date. Out: a whole site in a new folder, or the files by which the
published one differs from what it should be. Nothing here touches the published site.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.memo import Levels, Made, Store
from archive.model.records import PAGES, REMOVED
from archive.model.search import SearchEntry
from archive.problems import Report
from archive.progress import Progress
from archive.render import (
    PLACES_ADDRESS,
    DataLines,
    lone_files,
    search_entries,
    search_entry,
    table_names,
)
from archive.steps.crew import Crew
from archive.steps.links import check_all_links, check_links_of
from archive.steps.pages import Output, PageNote, Pages, plans_cell, read_note
from archive.steps.stored import encode
from archive.steps.tables import Table, Writer, keep_tables, load_tables, patch

PLANS = "plans"
LEVELS = (PLANS, "page")
DATA = "/du-lieu/"
_NO_PAGES_OF_THEIR_OWN = (f"{PAGES}/", f"{REMOVED}/")  # they stand among the plans


@dataclass(slots=True)
class Changes:
    """How a site differs: files to write (path on the site → where they lie now), paths to remove, and the
    addresses of pages that search has to hear of."""

    written: dict[str, Path] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)


class SiteStep:
    """Makes one site from one store."""

    def __init__(
        self,
        pages: Pages,
        store: Store,
        crew: Crew,
        progress: Progress,
        report: Report,
        changed: Collection[str] | None,
    ) -> None:
        """`changed`: names of facts that nobody has acted on yet, None where everything is new."""
        self.changed = changed
        self.pages = pages
        self.store = store
        self.crew = crew
        self.progress = progress
        self.report = report
        self.words = pages.facts.knowledge.labels["progress"]

    def _list_pages(self) -> set[str]:
        """Brings the list of pages up to date; gives all that has changed.

        It is kept at once, because other processes see only what is kept, and with it what it changed,
        because this build may still fail.
        """
        levels = Levels(self.store, self.changed or ())
        new = [PLANS] if self.changed is None or not self.store.keys(PLANS) else []
        for _ in levels.run(PLANS, lambda keys: (plans_cell(self.pages, key) for key in keys), added=new):
            pass
        self.pages.archive.forget()
        if self.changed is not None:
            self.store.keep("changed", encode(levels.changed))
        self.store.commit()
        return levels.changed

    def fresh(self, site: Path) -> Iterator[SearchEntry]:
        """Writes every page and file below `site`, except the search index; gives its entries as they are made."""
        pages, store, shelf = self.pages, self.store, self.pages.shelf
        self._list_pages()
        self._tell(pages.frame.said())
        for path, content in pages.frame.files():
            _write(site / path, content)
        keys = [name.removeprefix("records/") for name in store.names("records/")]
        keys = [key for key in keys if not key.startswith(_NO_PAGES_OF_THEIR_OWN)]
        keys += [f"/{name.removeprefix('plan/')}" for name in store.names("plan/")]
        made = Levels(store).fill("page", lambda keys: self.crew.map("written_page", keys), keys)
        with Writer(table_names(shelf), site) as writer:
            for one in self.progress.over(made, self.words["render"], len(keys)):
                output: Output = one.extra
                for lines in output.lines:
                    writer.add(one.key, lines)
                if output.entry:
                    yield output.entry
        tables = writer.tables
        keep_tables(store, tables.values())
        data = pages.data_page(pages.plans.data([table.shown for table in tables.values()]))
        store.put("page", data)
        for address, html in data.extra.html.items():
            _write(site / address / "index.html", html)
        for name, content in self._sitemap().items():
            _write(site / name, content)
        for file in lone_files(shelf):
            _write(site / file.path, file.text.encode())
        self._warn_of_nav()
        self.progress.say(self.words["check"])
        check_all_links(store, site, self.report)

    def renew(self, site: Path, stage: Path) -> Changes:
        """What has to change in `site` since `changed` has; new files are written below `stage`."""
        store, pages = self.store, self.pages
        levels = Levels(store, self._list_pages())
        self._tell(pages.frame.said())
        new, lost = self._came_and_went(levels.changed)
        before = {key: self._note(key) for key in lost}

        def compute(keys: list[str]) -> Iterator[Made]:
            before.update((key, self._note(key)) for key in keys)
            return self.crew.map("page", keys)

        changes, notes = Changes(), dict[str, bytes]()
        lines: dict[str, dict[str, DataLines | None]] = {name: {} for name in table_names(pages.shelf)}
        tables = load_tables(store, lines)
        for key in sorted(lost):
            self._compare(before[key], PageNote(), Output(), changes, stage)
            self._forget_lines(key, tables, lines)
        for one in levels.run("page", compute, added=new, removed=lost):
            notes[one.key] = one.note
            note, output = read_note(one.note), one.extra
            self._compare(before[one.key], note, output, changes, stage)
            if before[one.key].data != note.data:
                self._forget_lines(one.key, tables, lines)
                for table_lines in output.lines:
                    lines[table_lines.table][one.key] = table_lines
        if any(lines.values()):
            for name, changed_lines in lines.items():
                if changed_lines:
                    tables[name], files = patch(tables[name], changed_lines, site, stage)
                    changes.written |= files
            keep_tables(store, tables.values())
            data = pages.data_page(pages.plans.data([table.shown for table in tables.values()]))
            old = self._note(DATA)
            store.put("page", data)
            self._compare(old, read_note(data.note), data.extra, changes, stage)
        if any(path.endswith("index.html") for path in changes.removed) or self._has_new_pages(notes, before):
            for name, content in self._sitemap().items():
                _write(stage / name, content)
                changes.written[name] = stage / name
            self._warn_of_nav()
        check_links_of(store, notes.values(), levels.changed, changes.removed, site, self.report)
        return changes

    def follow(self, site: Path) -> None:
        """Makes the pages that `changed` changes, for what is wrong with them; nothing is written.

        `site` has the other files, such as those of the theme.
        """
        levels = Levels(self.store, self._list_pages())
        new, lost = self._came_and_went(levels.changed)
        made = levels.run("page", lambda keys: self.crew.map("page", keys), added=new, removed=lost)
        notes = [one.note for one in made]
        check_links_of(self.store, notes, levels.changed, (), site, self.report)

    def entry_at(self, address: str) -> SearchEntry | None:
        """The search entry of the page at an address; None if there is none any more."""
        folder, _, id = address.rstrip("/").rpartition("/")
        if f"{folder}/" == PLACES_ADDRESS:
            here = id in self.pages.facts.knowledge.vocabularies["places"] and self.store.parts(f"moments/place:{id}")
            return search_entry(self.pages.shelf, "places", id) if here else None
        kinds = [kind.id for kind in self.pages.facts.knowledge.kinds.values() if kind.address == folder]
        known = kinds and id in self.pages.archive.corpus.records(kinds[0])
        return search_entry(self.pages.shelf, kinds[0], id) if known else None

    def entries(self) -> Iterator[SearchEntry]:
        """All entries of the site."""
        archive, facts = self.pages.archive, self.pages.facts
        return search_entries(archive.corpus, archive.derived, facts.knowledge, facts.settings)

    def _note(self, key: str) -> PageNote:
        blob = self.store.note("page", key)
        return read_note(blob) if blob else PageNote()

    def _came_and_went(self, changed: set[str]) -> tuple[set[str], set[str]]:
        """Keys of pages that are to be there, and of those that are not, among what changed."""
        new: set[str] = set()
        lost: set[str] = set()
        for name in changed:
            if name.endswith("*"):
                continue
            key = ""
            if name.startswith("plan/"):
                key = f"/{name.removeprefix('plan/')}"
            elif name.startswith("records/"):
                key = name.removeprefix("records/")
                key = "" if key.startswith(_NO_PAGES_OF_THEIR_OWN) else key
            if key:
                (new if self.store.has(name) else lost).add(key)
        return new, lost

    def _compare(self, old: PageNote, new: PageNote, output: Output, changes: Changes, stage: Path) -> None:
        for address, held in new.files.items():
            if old.files.get(address) != held:
                path = f"{address}index.html"
                _write(stage / path, output.html[address])
                changes.written[path] = stage / path
                changes.removed.discard(path)
        gone = {f"{address}index.html" for address in old.files.keys() - new.files.keys()}
        changes.removed |= gone - changes.written.keys()
        if old.entry != new.entry:
            changes.entries.add(next(iter(new.files or old.files)))

    def _forget_lines(self, key: str, tables: dict[str, Table], lines: dict[str, dict[str, DataLines | None]]) -> None:
        for name, table in tables.items():
            if key in table.lengths:
                lines[name][key] = None

    def _has_new_pages(self, notes: dict[str, bytes], before: dict[str, PageNote]) -> bool:
        return any(read_note(note).files.keys() - before[key].files.keys() for key, note in notes.items())

    def _sitemap(self) -> dict[str, bytes]:
        unlisted = {address for _, note in self.store.notes("page") for address in read_note(note).unlisted}
        return self.pages.frame.sitemap(address for address in self._addresses() if address not in unlisted)

    def _warn_of_nav(self) -> None:
        self._tell(("engine-warning", words) for words in self.pages.frame.missing(self._addresses()))

    def _tell(self, said: Iterable[tuple[str, str]]) -> None:
        """Of mkdocs.yml: problems' codes and words."""
        for code, words in said:
            self.report.add(code, self.pages.facts.paths.mkdocs.name, words=words)

    def _addresses(self) -> Iterator[str]:
        return (name.removeprefix("page/") for name in self.store.names("page/"))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
