"""Which of the people of a text are asked about, and why; cases stand in people_doubts.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from archive.config import load_rules
from archive.ingest.doubts import gathered
from archive.ingest.rules.people import PeopleRules
from archive.ingest.who import PeopleFinder
from archive.knowledge import Knowledge
from archive.model.draft import Cleaned
from archive.model.text import Block, BlockKind
from tests.archives import SITE_CONFIG

CASES = yaml.safe_load((Path(__file__).parent / "people_doubts.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def finder(knowledge: Knowledge) -> PeopleFinder:
    places = [term.name for term in knowledge.places.values()]
    return PeopleFinder(load_rules(PeopleRules, SITE_CONFIG, "people"), places, knowledge.no_sentence_end)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_doubts_of_a_text(finder: PeopleFinder, case: dict[str, Any]) -> None:
    """A value is asked about exactly if it bears a sign of a frequent mistake."""
    who = finder.find(Cleaned(None, (Block(BlockKind.PARAGRAPH, case["text"], "doan-1", 1),)))
    assert {doubt.field: doubt.why for doubt in who.unsure} == case["doubts"]


def test_a_list_is_asked_about_once(finder: PeopleFinder) -> None:
    """What one sentence leaves open of several people is one doubt."""
    text = "Dự hội nghị có các đồng chí Ủy viên Ban Thường vụ: Trần Thử An, Trưởng ban; Lê Thị Mẫu, Bí thư; Hà Thử Gió."
    who = finder.find(Cleaned(None, (Block(BlockKind.PARAGRAPH, text, "doan-1", 1),)))
    assert [len(group) for group in gathered(who.unsure)] == [3]
