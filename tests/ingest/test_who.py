"""People, roles and capacities out of a sentence or two; cases stand in who.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from archive.config import load_rules
from archive.ingest.rules.people import PeopleRules
from archive.ingest.who import PeopleFinder
from archive.knowledge import Knowledge
from archive.model.draft import Cleaned
from archive.model.text import Block, BlockKind
from tests.archives import SITE_CONFIG

CASES = yaml.safe_load((Path(__file__).parent / "who.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def finder(knowledge: Knowledge) -> PeopleFinder:
    places = [term.name for term in knowledge.places.values()]
    return PeopleFinder(load_rules(PeopleRules, SITE_CONFIG, "people"), places, knowledge.no_sentence_end)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_people_of_a_text(finder: PeopleFinder, case: dict[str, Any]) -> None:
    """Names, roles as printed and capacities come out as labelled, and nobody else does."""
    who = finder.find(Cleaned(None, (Block(BlockKind.PARAGRAPH, case["text"], "doan-1", 1),)))
    found = {
        person.name: {"roles": list(person.roles), "capacity": sorted(person.capacity)}
        for person in who.speakers + who.attendees + who.mentioned
    }
    wanted = {p["name"]: {"roles": p["roles"], "capacity": sorted(p["capacity"])} for p in case["people"]}
    assert found == wanted


def test_a_dash_list_carries_the_capacity_of_its_heading(finder: PeopleFinder) -> None:
    """`Tham dự có các đồng chí:` holds for the lines below it."""
    blocks = (
        Block(BlockKind.PARAGRAPH, "Tham dự hội nghị có các đồng chí:", "doan-1", 1),
        Block(BlockKind.ITEM, "Trần Thử An, Trưởng Ban Dân vận Huyện ủy;", "doan-2", 2),
        Block(BlockKind.ITEM, "Lê Thị Mẫu, Chủ tịch Hội Nông dân huyện.", "doan-3", 3),
    )
    who = finder.find(Cleaned(None, blocks))
    assert [person.name for person in who.attendees] == ["Trần Thử An", "Lê Thị Mẫu"]


@pytest.mark.parametrize(
    ("second", "doubted"),
    [
        ("Bí thư Đảng ủy xã Suối Lành", "Bí thư Đảng ủy xã Đồi Mây; Bí thư Đảng ủy xã Suối Lành"),
        ("Bí thư Đảng ủy xã Đồi Mây, huyện Bến Sương", ""),  # one unit, told more fully
        ("Chủ tịch HĐND xã Suối Lành", ""),  # another post
        ("nguyên Bí thư Đảng ủy xã Suối Lành", ""),
        ("Bí thư Đảng ủy", ""),
    ],
)
def test_one_name_in_two_units_is_doubted(finder: PeopleFinder, second: str, doubted: str) -> None:
    """The same post in two named units can't be one person's; a fuller wording, another or a former post can."""
    text = f"Dự hội nghị có ông Trần Văn Nháp, Bí thư Đảng ủy xã Đồi Mây. Ông Trần Văn Nháp, {second}, phát biểu."
    who = finder.find(Cleaned(None, (Block(BlockKind.PARAGRAPH, text, "doan-1", 1),)))
    told = [unsure.words for unsure in who.unsure if unsure.why == "two-people"]
    assert told == [doubted] * bool(doubted)
    assert all(unsure.field == "official of Trần Văn Nháp" for unsure in who.unsure if unsure.why == "two-people")
