"""Addresses as data: the ledger that is published, and all addresses of the site as it is now.

In: the tables `published` and `published_paragraph`; all plans of pages. Out: `du-lieu/addresses.csv`, by which anybody
can see whether an address was lost; what goes into the ledger next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive.check.paragraphs import digest_of_paragraph
from archive.database import Query
from archive.kinds import AnySubject, RenderContext, module_of, subject_of
from archive.kinds.published import digest_of, digest_of_record
from archive.ledger import Entry, Published
from archive.model.pages import SiteFile
from archive.model.records import Article
from archive.model.text import BlockKind
from archive.outputs.csv_tables import csv_lines
from archive.outputs.output import Joined, JoinedOutput, ListedFile, Piece, Site
from archive.render import PagePlan

NAME = "addresses.csv"
COLUMNS = ("address", "record", "first_published", "last_changed", "gone", "digest")
_COUNTS = (Query("SELECT count(*) FROM published", int), Query("SELECT count(*) FROM published_paragraph", int))
_PAGES = Query(
    "SELECT address, record, first, changed, digest FROM published ORDER BY address",
    lambda address, *rest: Entry(address, "", *rest),
)
_PARAGRAPHS = Query(
    "SELECT address, anchor, record, first, changed, digest FROM published_paragraph ORDER BY address, anchor", Entry
)
_PLANNED = Query("SELECT address FROM page_plan ORDER BY address", str)
_PARTS = Query("SELECT DISTINCT part FROM list_entry WHERE list = :list ORDER BY part", str)
_IDS = Query("SELECT id FROM list_entry WHERE list = :list AND part = :part ORDER BY sort, id", str)
_NO_PARAGRAPHS = (BlockKind.TITLE, BlockKind.HEADING, BlockKind.CAPTION)
Key = tuple[str, str]
"""An address and an anchor; the anchor of a page is empty."""


class Addresses(JoinedOutput):
    def files(self) -> Iterable[ListedFile]:
        return [ListedFile(self.data_path(NAME), "addresses", "CSV")]

    def of_site(self, key: str) -> Iterator[Piece]:
        yield SiteFile(key, b"".join(self.join(*self._whole()[1:])))

    def join(self, header: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
        yield "\ufeff".encode()
        yield header
        yield from pieces

    def joined(self, path: str) -> Joined:
        rows, header, pieces = self._whole()
        return Joined(len(pieces), rows, sum(map(len, pieces)), header)

    def _whole(self) -> tuple[int, bytes, list[bytes]]:
        """How many entries, the names of columns, the lines."""
        for count in _COUNTS:  # by which the task is told of every change
            self.context.db.ask(count)
        entries = sorted((*self.context.db.look(_PAGES), *self.context.db.look(_PARAGRAPHS)), key=lambda one: one.place)
        return len(entries), csv_lines([COLUMNS]), [csv_lines(map(_cells, entries))] if entries else []


def _cells(entry: Entry) -> list[str]:
    gone, digest = ("1", "") if entry.is_gone else ("", entry.digest)
    return [entry.place, entry.record, entry.first, entry.changed, gone, digest]


def published_now(site: Site) -> Iterator[tuple[Key, Published]]:
    """Every address that a site made of the database now has, but numbered pages of lists and sections."""
    context = site.context
    for kind in context.knowledge.kinds:
        for id in context.corpus.records(kind):
            yield from _of_record(site, subject_of(context, kind, id))
    yield ("/" + site.plans.addresses.pages.data, ""), Published("", "")
    numbered = re.compile(rf"(?:.*/)?{re.escape(site.plans.addresses.parts.page)}-[0-9]+/")
    of = _Records(context)
    for address in context.db.look(_PLANNED):
        if not numbered.fullmatch(address):
            yield ("/" + address, ""), Published(of.at(address), _digest_of_page(context, site.plans.at(address)))


def _of_record(site: Site, subject: AnySubject) -> Iterator[tuple[Key, Published]]:
    digest = digest_of_record(module_of(subject.kind), subject)
    for plan in site.plans.record(subject):
        page = plan.context.get("page")
        if page is None or page.number == 1:
            said = "" if plan.template == "redirect" else digest
            yield ("/" + plan.address, ""), Published(subject.key, said)
    if isinstance(subject.record, Article):
        for block in subject.dossier.blocks.values():
            if block.kind not in _NO_PARAGRAPHS:
                digest = digest_of_paragraph(block.text)
                yield ("/" + subject.address, block.anchor), Published(subject.key, digest)


def _digest_of_page(context: RenderContext, plan: PagePlan) -> str:
    """Of a page that belongs to no record: what a list holds, what an editor wrote; empty where nothing is compared."""
    shown = plan.context
    if "listing" in shown:
        _, name = shown["listing"]
        parts = [shown["part"]] if "part" in shown else context.db.look(_PARTS, list=name)
        return digest_of([[part, [*context.db.look(_IDS, list=name, part=part)]] for part in parts])
    if "written" in shown:
        page = context.corpus.pages[shown["written"]]
        return digest_of([page.title, page.description, page.markdown])
    if "removed" in shown:
        stone = context.corpus.removed[shown["removed"]]
        return digest_of([stone.date.edtf, stone.reason, stone.by])
    return ""


class _Records:
    """Of which record an address is or was that is planned as a page of its own."""

    def __init__(self, context: RenderContext) -> None:
        self._context = context
        self._pages = {f"{id}/": f"pages/{id}" for id in context.corpus.pages}
        kinds = context.knowledge.kinds
        removed = context.corpus.removed.items()
        self._stones = {f"{kinds[one.kind].address}/{id}/": f"{one.kind}/{id}" for id, one in removed}

    def at(self, address: str) -> str:
        head = "".join(f"{part}/" for part in address.split("/")[:2] if part)
        if found := self._pages.get(address) or self._stones.get(head):
            return found
        (moved,) = self._context.db.look(_MOVED, source="/" + head) or ("",)
        record = self._context.record_at(head) if moved else None
        return "/".join(record) if record else ""


_MOVED = Query("SELECT source FROM redirect WHERE source = :source ORDER BY position LIMIT 1", str)
