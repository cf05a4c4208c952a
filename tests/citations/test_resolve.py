"""Resolving: one candidate is an answer, two are none; a number alone is no key."""

from __future__ import annotations

from typing import Any

import pytest

from archive.citations import DocumentIndex, RelationFinder
from archive.citations.resolve import is_bare, number_key
from archive.knowledge import Knowledge
from archive.model.citations import Citation
from archive.model.edtf import parse_date
from tests.made import document

OLD = document(
    id="cu", type="nghi-quyet", number="905-NQ/TW", date=parse_date("2003-03-12"), term="khóa IX", name="NQ 905 cũ"
)
NEW = document(
    id="moi",
    type="nghi-quyet",
    number="905-NQ/TW",
    date=parse_date("2013-06-04"),
    term="XI",
    issuer="Ban Chấp hành Trung ương Đảng",
    name="NQ 905 mới",
)
OTHER = document(id="khac", type="ket-luan", number="905-KL/TU", name="Kết luận 905")
LAW = document(id="luat", type="luat", name="Luật Thử", aliases=("Luật Thử năm 2020",))
INDEX = DocumentIndex.of([OLD, NEW, OTHER, LAW])


def cite(printed: str = "x", **stated: Any) -> Citation:
    if "date" in stated:
        stated["date"] = parse_date(stated["date"])
    return Citation(printed=printed, start=0, end=len(printed), pattern="thử", **stated)


@pytest.mark.parametrize(
    ("citation", "ids"),
    [
        (cite(type="nghi-quyet", number="905-NQ/TW"), ["cu", "moi"]),
        (cite(type="nghi-quyet", number="905"), ["cu", "moi"]),
        (cite(type="nghi-quyet", number="0905/NQ-TW"), ["cu", "moi"]),
        (cite(type="nghi-quyet", number="905-NQ/TW", date="2013"), ["moi"]),
        (cite(type="nghi-quyet", number="905-NQ/TW", date="2003-03-12"), ["cu"]),
        (cite(type="nghi-quyet", number="905-NQ/TW", date="2020"), []),
        (cite(type="nghi-quyet", number="905-NQ/TW", term="IX"), ["cu"]),
        (cite(type="nghi-quyet", number="905-NQ/TW", term="XI"), ["moi"]),
        (cite(type="nghi-quyet", number="905-NQ/TW", term="I"), []),
        (cite(type="nghi-quyet", number="905-NQ/TW", issuer="Ban Chấp hành Trung ương"), ["cu", "moi"]),
        (cite(type="nghi-quyet", number="905-NQ/TW", issuer="Bộ Chính trị"), ["cu"]),
        (cite(type="nghi-quyet", number="906-NQ/TW"), []),
        (cite(type="nghi-quyet", number="905-NQ/TU"), []),
        (cite(type="nghi-quyet", number="905-NQTW", date="2013"), ["moi"]),
        (cite(type="nghi-quyet", number="905/TU"), []),
        (cite(type="ket-luan", number="905/TW"), []),
        (cite(type="ket-luan", number="905(KL)"), []),
        (cite(type="ket-luan", number="905"), ["khac"]),
        (cite("Nghị quyết thử của nhiều tên", type="luat", known_as="Luật Thử"), ["luat"]),
        (cite(number="905"), []),
        (cite(type="nghi-quyet"), []),
        (cite("luật thử", type="luat"), ["luat"]),
        (cite("Luật Thử năm 2020", type="luat"), ["luat"]),
        (cite("Luật Thử nữa", type="luat"), []),
    ],
)
def test_candidates(citation: Citation, ids: list[str]) -> None:
    """The candidates are all records that contradict nothing the citation states."""
    assert [found.id for found in INDEX.candidates(citation)] == ids


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("43-NQ/TW", "43 - NQ/TW", True),
        ("217-QĐ/TW", "217/QĐ-TW", True),
        ("62 KL/TW", "62-KL/TW", True),
        ("43-NQ/TW", "43–nq/tw", True),
        ("05-CT/TW", "5-CT/TW", True),
        ("34/2021/NĐ-CP", "34/2022/NĐ-CP", False),
        ("43-NQ/TW", "43-NQ/TU", False),
        ("4-NQ/TW", "43-NQ/TW", False),
        ("43-NQTW", "43-NQ/TW", True),
        ("43-NQ/T.Ư", "43-NQ/TW", True),
        ("43-NQ/TƯ", "43-NQ/TW", True),
        ("43/TU", "43-NQ/TW", False),
        ("43(NQ)", "43", False),
    ],
)
def test_number_key(one: str, other: str, same: bool) -> None:
    """The many spellings of one number meet in one key, and two numbers do not."""
    assert (number_key(one) == number_key(other)) is same


def test_bare_numbers() -> None:
    """A running number without its series is bare."""
    assert [is_bare(number) for number in ("57", " 57 ", "57-KL/TW", "57a")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("gap", "relation"),
    [
        (" về thực hiện ", "implements"),
        (" về việc thực hiện ", "implements"),
        (" (khóa XI) về tiếp tục thực hiện ", "continues"),
        (" thay thế ", "replaces"),
        (", sửa đổi, bổ sung ", "amends"),
        (" và ", None),
        ("; thực hiện ", None),
        (". Thực hiện ", None),
        (
            " được nhắc đến nhiều lần khi các đại biểu bàn về việc thực hiện và nói dài dòng mãi không thôi cho đến ",
            None,
        ),
        (" không thực hiện ", None),
    ],
)
def test_relations(gap: str, relation: str | None, knowledge: Knowledge) -> None:
    """A relation is what the words between two citations state, and only that."""
    finder = RelationFinder(knowledge.relations, knowledge.citations.relation_opening)
    assert finder.between(gap) == relation
