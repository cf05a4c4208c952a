"""Records made in Python, for tests that need one thing and nothing around it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from archive.build.tasks import Tasks
from archive.config import load_settings
from archive.database import Database, Made
from archive.kinds import RenderContext
from archive.knowledge import Knowledge
from archive.model.records import Article, Document, Event, Official, Origin, Page, Record
from archive.model.text import Block, BlockKind
from archive.normalise.body import parse_body
from archive.problems import Report
from tests.archives import ADDRESSES, SITE_CONFIG, paths_of


def article(body: str = "", **values: Any) -> Article:
    """An article of full rights; `body` is parsed as the text of a file is."""
    values = {"id": "bai", "title": "Bài", "rights": "full", **values}
    origin = Origin(f"content/articles/khong-ro/{values['id']}.md")
    return Article(origin=origin, body=parse_body(body, origin.path, 1, ADDRESSES.anchors, Report()), **values)


def official(**values: Any) -> Official:
    values = {"id": "nguoi", "name": "Người", **values}
    return Official(origin=Origin(f"content/officials/{values['id']}.md"), **values)


def document(**values: Any) -> Document:
    values = {"id": "van-ban", "name": "Văn bản", "type": "ket-luan", **values}
    return Document(origin=Origin(f"content/documents/{values['id']}.md"), **values)


def event(**values: Any) -> Event:
    values = {"id": "su-kien", "name": "Sự kiện", **values}
    return Event(origin=Origin(f"content/events/{values['id']}.md"), **values)


def paragraph(text: str, anchor: str = "doan-1") -> Block:
    return Block(BlockKind.PARAGRAPH, text, anchor, 1)


class _MadeTasks(Tasks):
    """Tasks whose records lie in no files."""

    made: dict[str, Record]

    def _read(self, kind: str, shown: str, report: Report) -> Record | None:
        return self.made[shown]


_KINDS = {Article: "articles", Official: "officials", Document: "documents", Event: "events", Page: "pages"}


def context_of(knowledge: Knowledge, *records: Record) -> RenderContext:
    """What follows from records: step by step, in memory."""
    settings, nowhere, db = load_settings(SITE_CONFIG), Path("/nonexistent"), Database(None)
    tasks = _MadeTasks(paths_of(nowhere, nowhere), settings, knowledge, db)
    tasks.made = {record.origin.path: record for record in records}
    keyed = [(_KINDS[type(record)], record.id, record.origin.path) for record in records]
    _keep(db, "record", (tasks.record(f"{kind}/{id}", path) for kind, id, path in keyed if kind != "articles"))
    _keep(db, "article", (tasks.article(id, path) for kind, id, path in keyed if kind == "articles"))
    _keep(db, "event", (tasks.event(id) for kind, id, _ in keyed if kind == "events"))
    _keep(db, "list", [tasks.list(name) for (name,) in db.rows("SELECT DISTINCT list FROM list_entry")])
    return RenderContext(db, knowledge, settings)


def _keep(db: Database, step: str, made: Iterable[Made[None]]) -> None:
    for one in made:
        db.add(step, one)
    db.flush()
    db.forget()
