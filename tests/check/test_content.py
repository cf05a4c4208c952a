"""Checks of content that need more than one defect a file: crowds, thresholds, spellings that agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.check.alike import LARGEST_CROWD, check_alike, check_similar_names, sample, sketch
from archive.check.corpus import check_article, checksum, full_text
from archive.model.records import Article, Caption, Official, Participant, PossiblySame
from archive.problems import Report
from tests.archives import ADDRESSES, codes
from tests.made import article, official


def similar(*officials: Official) -> list[tuple[str, str]]:
    report = Report()
    check_similar_names(((one.name, one.id) for one in officials), {one.id: one for one in officials}, report)
    return [(problem.path, dict(problem.values)["other"]) for problem in report]


def named(**names: str) -> list[Official]:
    return [official(id=id, name=name) for id, name in names.items()]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Vũ Thị Ngân", "Vũ Thị Ngân", True),
        ("Vũ Thị Ngân", "Vũ Thị Ngàn", True),
        ("Đỗ Văn Phới", "Đỗ Văn Phớn", True),
        ("Đỗ Văn Phớ", "Đỗ Văn Phớn", True),
        ("Hoàng Thuý Hoà", "Hoàng Thúy Hòa", True),
        ("Y Bliêu K’Lang", "Y Bliêu K'Lang", True),
        ("Lò Sáng", "Lò Sàng", True),
        ("Vũ Thị Ngân", "Vũ Thị Ngọc", False),
        ("Lê An", "Lê Bình", False),
    ],
)
def test_similar_names(one: str, other: str, alike: bool) -> None:
    """Names that are the same or one letter apart are shown to an editor, others not."""
    assert bool(similar(*named(a=one, b=other))) is alike


@pytest.mark.parametrize("note", ["not_same_as", "possibly_same_as"])
@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_a_note_on_one_side_is_enough(note: str, order: tuple[str, str]) -> None:
    """Once an editor has said something of two records, on either, nobody asks again."""
    one, other = order
    said = (other,) if note == "not_same_as" else (PossiblySame(record=other, why="?"),)
    assert similar(official(id=one, name="Lò Sáng", **{note: said}), official(id=other, name="Lò Sàng")) == []


def test_crowds_say_nothing() -> None:
    """A name that very many records share says nothing of any two, and does not cost their square."""
    crowd = [official(id=f"n{number}", name="Trùng Tên") for number in range(LARGEST_CROWD + 1)]
    assert similar(*crowd) == []
    assert len(similar(*crowd[:-1])) == LARGEST_CROWD * (LARGEST_CROWD - 1) // 2


def words(start: int, end: int) -> str:
    return " ".join(f"từ{number} việc{number % 7}" for number in range(start, end))


@pytest.mark.parametrize(("shared", "alike"), [(200, True), (160, True), (60, False), (0, False)])
def test_near_duplicates(shared: int, alike: bool) -> None:
    """Articles that share most of their words are reported, those that share a passage are not."""
    one = article(words(0, 200), id="a")
    other = article(words(200 - shared, 400 - shared), id="b")
    samples = {"a": sample(one), "b": sample(other)}
    common = set(sketch(samples["a"])) & set(sketch(samples["b"]))
    report = Report()
    check_alike(other.id, other.origin, samples["b"], [["a", "b"] for _ in common], samples.__getitem__, report)
    assert bool(codes(report)) is alike


def check_words(made: Article) -> list[str]:
    report = Report()
    check_article(made, full_text(made), ADDRESSES.parts.unknown, report)
    return [code for code in codes(report) if code == "words-not-in-text"]


@pytest.mark.parametrize(
    "name", ["Hoàng Thúy Hòa", "Hoàng Thuý Hoà", "hoàng thuý hoà", "K'Lang", "KʼLang", "Tổ 1-2", "“tổ”"]
)
def test_words_may_be_spelt_in_any_way(name: str) -> None:
    """Words stand in a text also with the other tone placement, dash, quote or apostrophe."""
    made = article('Bà Hoàng Thuý Hoà, ông K’Lang, Tổ 1–2, "tổ" ấy.', speakers=(Participant(name=name),))
    assert check_words(made) == []


@pytest.mark.parametrize("name", ["Hoàng Thùy Hòa", "Hoang Thuy Hoa", "Hoàng Hòa", "ấy. Bà"])
def test_words_must_stand_there(name: str) -> None:
    """Another mark, no marks, a gap or two paragraphs joined are not the words."""
    made = article("Bà Hoàng Thuý Hoà ấy.\n\nBà khác.", speakers=(Participant(name=name),))
    assert check_words(made) == ["words-not-in-text"]


def test_an_editors_title_is_no_source() -> None:
    """Words can rest on a printed title or a caption, not on a title an editor gave."""
    printed = article("Lời.", title="Đầu đề", captions=(Caption(text="Chú thích"),))
    assert full_text(printed) == "đầu đề\nlời.\nchú thích"
    assert full_text(article("Lời.", title="Đầu đề", title_by="editor")) == "lời."


def test_checksum(tmp_path: Path) -> None:
    """The checksum is SHA-256 of the bytes as they are."""
    file = tmp_path / "a"
    file.write_bytes(b"abc")
    assert checksum(file) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
