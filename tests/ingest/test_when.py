"""When: the day of the event and its basis; never another day, never a year that nothing gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from archive.citations import CitationFinder
from archive.config import load_rules, load_yaml
from archive.ingest.date_patterns import DatePatterns, Pattern, load_date_patterns
from archive.ingest.rules.event_dates import DateRule, EventDateRules
from archive.ingest.when import find_when
from archive.knowledge import load_knowledge
from archive.language.spelling import nfc, unified
from archive.model.draft import Cleaned, Received
from archive.model.records import Change
from archive.model.text import Block, BlockKind
from tests.archives import SITE_CONFIG
from tests.strategies import in_any_form

KNOWLEDGE = load_knowledge(SITE_CONFIG)
FINDER = CitationFinder(KNOWLEDGE.citations, KNOWLEDGE.document_types)
PATTERNS = load_date_patterns(SITE_CONFIG, FINDER, KNOWLEDGE.no_sentence_end)
ROWS = yaml.safe_load(Path(__file__).with_name("when.yml").read_text(encoding="utf-8"))
LISTED = [
    (f"{name}: {pattern.id}", pattern)
    for name in ("days", "never", "years", "vague", "periods", "eras")
    for pattern in getattr(PATTERNS, name)
]


def cleaned_of(text: str, **values: Any) -> Cleaned:
    title, *lines = text.split("\n")
    blocks = tuple(Block(BlockKind.PARAGRAPH, line, f"doan-{n}", n) for n, line in enumerate(lines, 1))
    return Cleaned(title=title, blocks=blocks, **values)


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_rows(row: dict[str, Any]) -> None:
    """Each row of when.yml gives its date, with words that stand in the text."""
    changes = [Change("dropped", "stamp", row["stamp_line"], 1)] if "stamp_line" in row else []
    cleaned = cleaned_of(row["text"], stamp=row.get("stamp"), url=row.get("url"), changes=tuple(changes))
    when = find_when(cleaned, Received("x", b"", row["text"], published=row.get("published")), PATTERNS)
    assert (when.date.edtf if when.date else None) == row.get("date")
    for name in ("kind", "words"):
        if name in row:
            assert getattr(when.basis, name) == row[name]
    if "period" in row:
        assert when.period is not None and when.period.edtf == row["period"]
    doubts = {doubt.why: doubt.other for doubt in when.unsure}
    if "why" in row:
        assert row["why"] in doubts
        assert doubts[row["why"]] == row.get("other", doubts[row["why"]])
    if row.get("sure"):
        assert doubts == {}
    assert (when.date is None) == (when.basis is None)
    if when.basis:
        assert when.basis.words in row["text"]


@pytest.mark.parametrize(("name", "pattern"), LISTED, ids=[name for name, _ in LISTED])
def test_examples(name: str, pattern: Pattern[DateRule]) -> None:
    """A pattern of event-dates.yml finds each of its examples and none of its counter-examples."""
    assert pattern.rule.examples and pattern.rule.not_
    for example in pattern.rule.examples:
        assert pattern.regex.search(unified(example)), example
    for counter in pattern.rule.not_:
        assert not pattern.regex.search(unified(counter)), counter


def test_every_reason_has_words() -> None:
    """Whatever speaks for or against a date is put into words in reasons.yml."""
    rules = {f"day-{name}" for name in PATTERNS.day_weights} - {"day-hidden"}
    rules |= {"day-cited", *(f"day-{pattern.id}" for pattern in PATTERNS.never)}
    rules |= {f"year-{name}" for name in PATTERNS.year_weights}
    rules |= {f"year-{pattern.id}" for pattern in PATTERNS.years}
    rules |= {"no-day", "day-of-publication", "month-of-publication"}
    assert rules - set(load_yaml(SITE_CONFIG / "reasons.yml")) == set()


def test_reasons_name_what_won() -> None:
    """The reasons tell of the day that was taken and of the one that was not."""
    text = "Hội nghị\nSáng 9/7/2021, xã họp, bàn việc trước ngày 25/7/2021."
    reasons = find_when(cleaned_of(text), Received("x", b"", text), PATTERNS).reasons
    assert ("2021-07-09", "day-opens-sentence") in {(reason.value, reason.rule) for reason in reasons}
    assert [(r.value, r.rule) for r in reasons if r.weight < -5] == [("2021-07-25", "day-bound")]


def test_without_a_finder() -> None:
    """The patterns work without a finder of citations, which only adds what it knows of documents."""
    bare = DatePatterns(load_rules(EventDateRules, SITE_CONFIG, "event-dates"))
    cleaned = cleaned_of("Hội nghị\nSáng ngày 10/01/2019, huyện tổ chức hội nghị.")
    assert str(find_when(cleaned, Received("x", b"", ""), bare).date) == "2019-01-10"


@given(in_any_form, in_any_form)
def test_any_text(title: str, body: str) -> None:
    """Any text gives a date or none, and the words of a basis stand in the text."""
    cleaned = cleaned_of(nfc(title).replace("\n", " ") + "\n" + nfc(body))
    when = find_when(cleaned, Received("x", b"", body), PATTERNS)
    if when.basis:
        assert any(when.basis.words in text for text in [cleaned.title or "", *(b.text for b in cleaned.blocks)])
