"""Where: the level follows the organiser and not the venue; a province only when the text names it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from archive.config import load_yaml
from archive.ingest.level_cues import Cue, load_level_cues
from archive.ingest.rules.level_cues import BodyRule, SectorRule
from archive.ingest.where import find_where
from archive.knowledge import load_knowledge
from archive.language.spelling import nfc, unified
from archive.model.draft import Cleaned
from archive.model.edtf import parse_date
from archive.model.text import Block, BlockKind
from tests.archives import SITE_CONFIG
from tests.strategies import in_any_form

KNOWLEDGE = load_knowledge(SITE_CONFIG)
CUES = load_level_cues(SITE_CONFIG)
ROWS = yaml.safe_load(Path(__file__).with_name("where.yml").read_text(encoding="utf-8"))
LISTED: list[Cue[BodyRule] | Cue[SectorRule]] = [*CUES.organisers, *CUES.scenes, *CUES.sectors]


def cleaned_of(text: str, **values: Any) -> Cleaned:
    title, *lines = text.split("\n")
    blocks = tuple(Block(BlockKind.PARAGRAPH, line, f"doan-{n}", n) for n, line in enumerate(lines, 1))
    return Cleaned(title=title, blocks=blocks, **values)


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_rows(row: dict[str, Any]) -> None:
    """Each row of where.yml gives its level, organiser, place and sectors."""
    cleaned = cleaned_of(row["text"], agency=row.get("agency"), url=row.get("url"))
    where = find_where(cleaned, KNOWLEDGE, CUES, parse_date(row["date"]) if "date" in row else None)
    place = where.place
    found: dict[str, Any] = {
        "level": where.level,
        "organiser": where.organiser,
        "place": place.printed if place else None,
        "unit": place.unit if place else None,
        "sector": list(where.sector),
        "of": where.jurisdiction.unit,
    }
    wanted = {name: row[name] for name in found if name in row}
    assert {name: found[name] for name in wanted} == wanted
    assert where.jurisdiction.level == where.level
    doubts = {doubt.why: doubt.other for doubt in where.unsure if doubt.field == "level"}
    if "why" in row:
        assert row["why"] in doubts
        assert doubts[row["why"]] == row.get("other", doubts[row["why"]])
    if row.get("sure"):
        assert doubts == {}


@pytest.mark.parametrize("cue", LISTED, ids=[f"{cue.means}: {cue.rule.examples[0][:30]}" for cue in LISTED])
def test_examples(cue: Cue[BodyRule] | Cue[SectorRule]) -> None:
    """A pattern of level-cues.yml finds each of its examples and none of its counter-examples."""
    for example in cue.rule.examples:
        assert cue.regex.search(unified(example)), example
    for counter in cue.rule.not_:
        assert not cue.regex.search(unified(counter)), counter


def test_every_level_is_known() -> None:
    """Every pattern stands for a level or sector of the archive, or for a city."""
    levels = {cue.means for cue in (*CUES.organisers, *CUES.scenes)} - {"city"}
    assert levels <= set(KNOWLEDGE.vocabularies["levels"])
    assert {cue.means for cue in CUES.sectors} <= set(KNOWLEDGE.vocabularies["sectors"])


def test_every_reason_has_words() -> None:
    """Whatever speaks for or against a level is put into words in reasons.yml."""
    rules = {f"level-{name}" for name in CUES.body_weights} | {"level-by-place"}
    assert rules - set(load_yaml(SITE_CONFIG / "reasons.yml")) == set()


def test_reasons_name_the_second() -> None:
    """The reasons tell of the body that was followed and of the best one of another level."""
    text = "Họp\nNgày 5/3, Ban Dân vận Tỉnh ủy làm việc với Huyện ủy Sơn Hà."
    told = {(reason.value, reason.rule) for reason in find_where(cleaned_of(text), KNOWLEDGE, CUES).reasons}
    assert {("tinh", "level-acts-next"), ("huyen", "level-visited")} <= told


@given(in_any_form, in_any_form)
def test_any_text(title: str, body: str) -> None:
    """Any text gives a level of the archive or none, and organiser and place as the text prints them."""
    text = nfc(title).replace("\n", " ") + "\n" + nfc(body)
    where = find_where(cleaned_of(text), KNOWLEDGE, CUES)
    assert where.level is None or where.level in KNOWLEDGE.vocabularies["levels"]
    assert where.organiser is None or where.organiser in text
