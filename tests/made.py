"""Records made in Python, for tests that need one thing and nothing around it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from archive.config import load_settings
from archive.knowledge import Knowledge
from archive.memo import Store
from archive.model.corpus import Corpus
from archive.model.derived import Derived
from archive.model.records import Article, Document, Event, Official, Origin
from archive.model.text import Block, BlockKind
from archive.normalise.body import parse_body
from archive.problems import Report
from archive.steps.crew import Crew
from archive.steps.facts import Facts
from archive.steps.update import fill_from_records
from tests.archives import QUIET, SITE_CONFIG, paths_of


def article(body: str = "", **values: Any) -> Article:
    """An article of full rights; `body` is parsed as the text of a file is."""
    values = {"id": "bai", "title": "Bài", "rights": "full", **values}
    origin = Origin(f"content/articles/khong-ro/{values['id']}.md")
    return Article(origin=origin, body=parse_body(body, origin.path, 1, Report()), **values)


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


def corpus_of(*records: Article | Official | Document | Event) -> Corpus:
    def by_id(of: type[Any]) -> dict[str, Any]:
        return {record.id: record for record in sorted(records, key=lambda r: r.id) if isinstance(record, of)}

    return Corpus(articles=by_id(Article), events=by_id(Event), officials=by_id(Official), documents=by_id(Document))


def derive(corpus: Corpus, knowledge: Knowledge) -> Derived:
    """What follows from records, as a build works it out: in steps, from a store that lies in memory."""
    nowhere = Path("/nonexistent")
    store = Store(None)
    facts = Facts(paths_of(nowhere, nowhere), load_settings(SITE_CONFIG), knowledge, store)
    for kind in knowledge.kinds:
        for record in corpus.records(kind).values():
            store.add("record", facts.filed(f"{kind}/{record.id}", record, Report()))
    fill_from_records(facts, store, Crew(facts), QUIET)
    return facts.archive.derived
