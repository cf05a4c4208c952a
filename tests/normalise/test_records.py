"""Typed records: what fits is kept, what does not is a problem at its place, and nothing else is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.knowledge import Knowledge
from archive.model.records import Article, Event, Record
from archive.normalise import normalise_record
from archive.problems import Position, Report
from archive.read import read_record
from tests.archives import codes


def record(text: str, kind: str, tmp_path: Path, knowledge: Knowledge) -> tuple[Record | None, Report]:
    path = tmp_path / "bai.md"
    path.write_text(text, encoding="utf-8")
    report = Report()
    raw = read_record(path, "content/articles/2024/bai.md", kind, report)
    assert raw is not None
    return normalise_record(raw, knowledge.kinds[kind], knowledge, report), report


def test_text_is_nfc_and_one_line(tmp_path: Path, knowledge: Knowledge) -> None:
    """Words become NFC on one line; nothing else of them is changed."""
    text = "---\ntitle: |\n  Ho\u0300a  gia\u0309i\n  “thuỷ lợi”\nrights: full\n---\n\nmo\u0323\u0302t\n"
    made, report = record(text, "articles", tmp_path, knowledge)
    assert isinstance(made, Article) and codes(report) == []
    assert made.title == "Hòa giải “thuỷ lợi”"
    assert made.body[0].text == "một"


def test_a_bad_value_costs_only_itself(tmp_path: Path, knowledge: Knowledge) -> None:
    """Of a record with one bad date, a bad level and a bad participant, everything else is kept."""
    text = """---
title: "A"
date: "hôm qua"
level: tinh-uy
rights: full
speakers:
  - {name: "Một", capacity: [phat-bieu, hat]}
  - {roles: ["không tên"]}
  - {name: "Ba"}
---
"""
    made, report = record(text, "articles", tmp_path, knowledge)
    assert isinstance(made, Article)
    assert [(person.name, person.capacity) for person in made.speakers] == [("Một", ("phat-bieu",)), ("Ba", ())]
    assert (made.date, made.level) == (None, None)
    assert sorted(codes(report)) == ["bad-date", "missing-field", "unknown-level", "unknown-value"]


def test_places_of_values(tmp_path: Path, knowledge: Knowledge) -> None:
    """A record knows where each of its values stands, and where its text begins."""
    text = '---\nname: "A"\nplace:\n  printed: "xã B"\n---\nghi chú\n'
    made, _ = record(text, "events", tmp_path, knowledge)
    assert isinstance(made, Event)
    assert made.origin.at("place.printed") == Position(4, 12)
    assert made.origin.at("place.printed.deeper.still") == Position(4, 12)
    assert made.origin.at("nowhere") == Position(1, 1)
    assert made.origin.body == Position(6, 1)
    assert made.notes == "ghi chú"


@pytest.mark.parametrize("kind", ["events", "officials", "documents", "articles"])
def test_required_fields(kind: str, tmp_path: Path, knowledge: Knowledge) -> None:
    """An empty record is none, and says what it lacks."""
    made, report = record("---\n---\n", kind, tmp_path, knowledge)
    assert made is None
    assert set(codes(report)) == {"missing-field"}


@pytest.mark.parametrize(
    ("level", "guess"), [("tinh-uy", "tinh"), ("Xã, phường", "xa"), ("trung ương", "trung-uong"), ("zzz", "")]
)
def test_did_you_mean(level: str, guess: str, tmp_path: Path, knowledge: Knowledge) -> None:
    """A value that is nearly right, or is the name of a code, is answered with the code."""
    _, report = record(f'---\ntitle: A\nlevel: "{level}"\nrights: full\n---\n', "articles", tmp_path, knowledge)
    assert dict(next(iter(report)).values)["suggestion"] == guess
