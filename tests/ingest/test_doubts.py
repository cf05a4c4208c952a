"""Doubts about people and documents are put where these stand in the record."""

from __future__ import annotations

from typing import Any

import pytest

from archive.ingest.doubts import LONGEST, entries_of, placed
from archive.model.draft import Unsure, What, Who
from archive.model.records import CitedDocument, Participant

WHO = Who(
    speakers=(Participant(name="Lý Thị Mây", roles=("Bí thư",)), Participant(name="Hà Văn Gió")),
    attendees=(Participant(name="Lý Thị Mây", roles=("Phó Trưởng ban", "Ủy viên")),),
    mentioned=(Participant(name="Hà Văn Gió"),),
)
WHAT = What((CitedDocument(printed="Kết luận 57", number="57"), CitedDocument(printed="Luật Mây")))


@pytest.mark.parametrize(
    ("raised", "places"),
    [
        ([("date", "")], ["date"]),
        ([("documents.1.number", "")], ["documents.1.number"]),
        ([("document of 57", ""), ("document of Luật Mây", "")], ["documents.0.document", "documents.1.document"]),
        ([("roles of Hà Văn Gió", "Ông Gió nói.")], ["speakers.1.roles"]),
        # namesakes: each has their own doubt, in the order of the lists …
        (
            [("roles of Hà Văn Gió", "Ông Gió nói."), ("roles of Hà Văn Gió", "")],
            ["speakers.1.roles", "mentioned.0.roles"],
        ),
        # … unless the words say whose it is
        ([("official of Lý Thị Mây", "Phó Trưởng ban, Ủy viên")], ["attendees.0.official"]),
        (
            [("capacity of Lý Thị Mây", "a"), ("capacity of Lý Thị Mây", "b")],
            ["speakers.0.capacity", "attendees.0.capacity"],
        ),
        ([("roles of Không Có", ""), ("document of 58", "")], ["speakers", "documents"]),
        # the whole entry: whether it is a person at all
        ([("person of Hà Văn Gió", "Gió nói.")], ["speakers.1"]),
    ],
)
def test_places(raised: list[tuple[str, str]], places: list[str]) -> None:
    """A place in the record's own lists, for each of two namesakes their own."""
    doubts = placed((Unsure(field, "", "x", words) for field, words in raised), WHO, WHAT)
    assert [doubt.field for doubt in doubts] == places


def test_a_place_comes_with_a_name() -> None:
    """So that nobody has to count people."""
    fields = ("roles of Hà Văn Gió", "documents.1", "date")
    found = placed([Unsure(field, "", "x") for field in fields], WHO, WHAT)
    assert [doubt.named for doubt in found] == ["Hà Văn Gió", "Luật Mây", ""]


def test_one_sentence_one_doubt() -> None:
    """Doubts of several people for one reason in one sentence are one, at the first of them, and say whose."""
    there = "Dự có bà Mây, ông Gió."
    raised = (
        Unsure("capacity of Lý Thị Mây", "chu-tri", "x", there),
        Unsure("roles of Hà Văn Gió", "", "x", there),
        Unsure("capacity of Hà Văn Gió", "tham-du", "x", there),
        Unsure("capacity of Hà Văn Gió", "tham-du", "y", there),
    )
    found = placed(raised, WHO, WHAT)
    assert [(doubt.field, doubt.why) for doubt in found] == [
        ("speakers.0.capacity", "x"),
        ("speakers.1.roles", "x"),
        ("mentioned.0.capacity", "y"),  # another doubt of one name is the namesake's
    ]
    assert found[0].value == "Lý Thị Mây: chu-tri; Hà Văn Gió: tham-du"
    assert found[0].named == "Lý Thị Mây, Hà Văn Gió"


def test_words_are_kept_from_near_the_name() -> None:
    """Of a long sentence that names somebody at its end, the end is kept."""
    words = "từ " * 200 + "bà Lý Thị Mây, Bí thư"
    (entry,) = entries_of([Unsure("speakers.0.roles", "", "x", words, named="Lý Thị Mây")])
    assert entry["words"].endswith("bà Lý Thị Mây, Bí thư")
    assert len(entry["words"]) <= LONGEST


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ({"value": "", "why": "no-role"}, {"why": "no-role"}),
        ({"value": "a", "why": "x", "words": "a"}, {"value": "a", "why": "x"}),
        (
            {"value": "a", "why": "x", "words": "b\n c", "other": "d"},
            {"value": "a", "why": "x", "words": "b c", "other": "d"},
        ),
        ({"value": "", "why": "x", "words": "từ " * 200}, {"why": "x", "words": ("từ " * 100).strip()}),
        ({"value": "", "why": "x", "words": "a" * 900}, {"why": "x", "words": "a" * LONGEST}),
    ],
)
def test_what_is_written(said: dict[str, Any], written: dict[str, str]) -> None:
    """On one line and not endless; nothing that is empty or said twice."""
    assert entries_of([Unsure("title", **said)]) == [{"field": "title", **written}]
