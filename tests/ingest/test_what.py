"""What: one entry a document, merged on agreeing evidence alone, and what the text says they do to each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from archive.citations import CitationFinder, RelationFinder
from archive.config import Paths
from archive.ingest.date_patterns import load_date_patterns
from archive.ingest.level_cues import load_level_cues
from archive.ingest.what import find_what
from archive.ingest.when import find_when
from archive.ingest.where import find_where
from archive.knowledge import load_knowledge
from archive.language.spelling import nfc
from archive.model.draft import Cleaned, Received
from archive.model.records import Article
from archive.model.text import Block, BlockKind
from tests.archives import ROOT, SITE_CONFIG, corpus_of
from tests.strategies import in_any_form

KNOWLEDGE = load_knowledge(SITE_CONFIG)
FINDER = CitationFinder(KNOWLEDGE.citations, KNOWLEDGE.document_types)
RELATIONS = RelationFinder(KNOWLEDGE.relations, KNOWLEDGE.citations.relation_opening)
DATES = load_date_patterns(SITE_CONFIG, FINDER, KNOWLEDGE.no_sentence_end)
CUES = load_level_cues(SITE_CONFIG)
ROWS = yaml.safe_load(Path(__file__).with_name("what.yml").read_text(encoding="utf-8"))
HOLDINGS = tuple(corpus_of(Paths.below(ROOT)).articles.values())
FIELDS = ("printed", "type", "number", "date", "issuer", "title")


def cleaned_of(text: str) -> Cleaned:
    lines = text.split("\n")
    return Cleaned(None, tuple(Block(BlockKind.PARAGRAPH, line, f"doan-{n}", n) for n, line in enumerate(lines, 1)))


def as_cleaned(article: Article) -> Cleaned:
    title = None if article.title_by == "editor" else article.title
    return Cleaned(title, article.body, article.captions)


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_rows(row: dict[str, Any]) -> None:
    """Each row of what.yml gives its documents in order, and its relations."""
    what = find_what(cleaned_of(row["text"]), FINDER, RELATIONS)
    found = [{name: getattr(document, name) for name in FIELDS} for document in what.documents]
    shown = [{name: str(value) if value else None for name, value in document.items()} for document in found]
    wanted = row["documents"]
    assert len(shown) == len(wanted), shown
    assert [{name: got[name] for name in want} for got, want in zip(shown, wanted, strict=True)] == wanted
    assert all(document.printed in row["text"] for document in what.documents)
    if "relations" in row:
        assert [[r.source, r.type, r.target] for r in what.relations] == row["relations"]
    if "why" in row:
        assert row["why"] in [doubt.why for doubt in what.unsure]


@pytest.mark.parametrize("article", HOLDINGS, ids=lambda article: article.id[:40])
def test_holdings(article: Article) -> None:
    """The archive's own articles give the documents, date, level and period that editors wrote down."""
    cleaned = as_cleaned(article)
    documents = find_what(cleaned, FINDER, RELATIONS).documents
    found = {tuple(getattr(document, name) for name in FIELDS) for document in documents}
    assert found == {tuple(getattr(document, name) for name in FIELDS) for document in article.documents}
    when = find_when(cleaned, Received("x", b"", ""), DATES)
    assert (when.date, when.period) == (article.date, article.period)
    assert when.basis and article.date_basis
    assert (when.basis.kind, when.basis.words) == (article.date_basis.kind, article.date_basis.words)
    where = find_where(cleaned, KNOWLEDGE, CUES)
    printed = article.place.printed if article.place else None
    assert (where.level, where.sector) == (article.level, article.sector)
    assert (where.place.printed if where.place else None) == printed


@given(st.lists(st.one_of(in_any_form, st.sampled_from([row["text"] for row in ROWS])), max_size=4).map(" ".join))
def test_any_text(text: str) -> None:
    """Any text gives documents whose words stand in it, and relations between two of them."""
    text = nfc(text)
    what = find_what(cleaned_of(text), FINDER, RELATIONS)
    assert all(document.printed in text for document in what.documents)
    assert all(r.source != r.target and max(r.source, r.target) < len(what.documents) for r in what.relations)
