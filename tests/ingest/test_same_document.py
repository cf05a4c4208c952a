"""Which mentions are one document: agreement joins, a contradiction parts, and two candidates leave a doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.ingest.mentions import find_mentions
from archive.ingest.same_document import gather
from archive.ingest.what import find_what
from tests.ingest.test_what import FINDER, RELATIONS, cleaned_of

PLACES = ("Bắc Sơn", "Nam Hải", "Đông Hà", "Tây Phú", "Hồng Lĩnh")
BODIES = ("Tỉnh ủy {}", "Ban Thường vụ Tỉnh ủy {}", "Thành ủy {}", "UBND tỉnh {}")


def sizes(text: str) -> list[int]:
    """How many mentions each document of a text has."""
    return [len(mentions) for mentions in gather(find_mentions(FINDER, [text])).documents]


@given(st.integers(1, 300), st.sampled_from(PLACES), st.sampled_from(PLACES), st.sampled_from(BODIES))
def test_one_number_of_two_places_is_two_documents(number: int, one: str, other: str, body: str) -> None:
    """Equal numbers whose issuers name two places are never merged."""
    assume(one != other)
    said = " và ".join(f"Chỉ thị số {number}-CT/TU của {body.format(place)}" for place in (one, other))
    assert sizes(f"Thực hiện {said}.") == [1, 1]


@given(st.integers(1, 300), st.integers(2001, 2024), st.integers(2001, 2024))
def test_one_number_of_two_years_is_two_documents(number: int, one: int, other: int) -> None:
    """Equal numbers of two years are never merged, and a third without a year is in doubt."""
    assume(one != other)
    said = f"Kế hoạch số {number}-KH/TU năm {one}, Kế hoạch số {number}-KH/TU năm {other}. Kế hoạch {number}-KH/TU hay."
    assert sizes(said) == [1, 1, 1]
    assert [doubt.why for doubt in find_what(cleaned_of(said), FINDER, RELATIONS).unsure] == ["two-documents"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Luật Thủy lợi; luật Thủy lợi năm 2017; Luật Thủy lợi.", [3]),
        ("Luật Đất đai năm 2013 và Luật Đất đai năm 2024.", [1, 1]),
        ("Tổng kết Kế hoạch công tác năm 2020. Triển khai Kế hoạch công tác năm 2021.", [1, 1]),
        ("Nghị quyết Trung ương 6 khóa XI. Nghị quyết Trung ương 6 rất đúng.", [2]),
        ("Kết luận số 71-KL/TU và Kết luận số 71-KL/TW.", [1, 1]),
        ("Kết luận số 71-KL/TU; Thông báo số 71-TB/TU.", [1, 1]),
        ("Hiến pháp năm 2013. Thi hành Hiến pháp năm 2013.", [2]),
    ],
)
def test_agreement(text: str, wanted: list[int]) -> None:
    """Mentions that agree in type, in number or name, and contradict in nothing are one document."""
    assert sizes(text) == wanted


@pytest.mark.parametrize(
    ("headline", "lede", "wanted"),
    [
        ("Sơ kết Nghị quyết về dân vận vùng cao", "Sáng 4/5, huyện sơ kết Nghị quyết số 12-NQ/HU.", ["12-NQ/HU"]),
        (
            "Ký Chương trình phối hợp công tác dân vận giữa hai ngành Công an và Dân vận",
            "Sáng 4/5, hai ngành ký Chương trình phối hợp công tác dân vận giai đoạn 2021 - 2026.",
            ["Chương trình phối hợp công tác dân vận giai đoạn 2021 - 2026"],
        ),
        (
            "Thông qua Kế hoạch công tác năm 2020",
            "Sáng 4/5, hội tổng kết Kế hoạch công tác năm 2019.",
            ["Kế hoạch công tác năm 2020", "Kế hoạch công tác năm 2019"],
        ),
        (
            "Sơ kết Nghị quyết về dân vận vùng cao",
            "Sáng 4/5, huyện sơ kết Nghị quyết số 12-NQ/HU về chuyển đổi số.",
            ["Nghị quyết về dân vận vùng cao", "12-NQ/HU"],
        ),
        (
            "Bàn Đề án trồng rừng ven sông",
            "Sáng 4/5, xã tổ chức họp dân.\nCó 40 hộ.\nÔng Tư nói về Đề án số 8-ĐA/HU.\nBà Ba nêu Đề án số 9-ĐA/HU.",
            ["Đề án trồng rừng ven sông", "8-ĐA/HU", "9-ĐA/HU"],
        ),
    ],
)
def test_a_headline_says_again_what_the_lede_cites(headline: str, lede: str, wanted: list[str]) -> None:
    """A headline's document without number is that of the lede, unless years or words part them; it gives no words."""
    cleaned = replace(cleaned_of(lede), title=headline)
    documents = find_what(cleaned, FINDER, RELATIONS).documents
    assert [document.number or document.printed for document in documents] == wanted


def test_every_mention_has_its_reasons() -> None:
    """Each mention says which pattern found it and why it is of its document; each refusal says what was missing."""
    text = "Quán triệt Kết luận số 71-KL/TU, Kết luận 71. Ký chương trình phối hợp làng bản. Ban hành Đề án trồng rừng."
    what = find_what(cleaned_of(text), FINDER, RELATIONS)
    rules = [(reason.field, reason.rule) for reason in what.reasons]
    assert [rule for field, rule in rules if field == "documents.0"] == [
        "cites-numbered", "first-mention", "cites-bare-number", "same-number",
    ]  # fmt: skip
    assert {"cites-project", "carried-out", "first-mention"} <= {r for field, r in rules if field == "documents.1"}
    assert ("documents", "refused-document") in rules and ("documents", "small-letter") in rules
