"""Suggestions: what was probably meant, and nothing where nobody can tell."""

from __future__ import annotations

import pytest
from hypothesis import given

from archive.knowledge import Knowledge, load_knowledge
from archive.model.edtf import parse_date
from archive.suggestions import meant_dates, meant_field, meant_ids, meant_terms
from tests.archives import SITE_CONFIG
from tests.strategies import any_text

FORMS = load_knowledge(SITE_CONFIG).date_words.written
EXAMPLES = [(index, written, edtf) for index, form in enumerate(FORMS) for written, edtf in form.examples.items()]


@pytest.mark.parametrize(("index", "written", "edtf"), EXAMPLES, ids=[written for _, written, _ in EXAMPLES])
def test_written_dates(index: int, written: str, edtf: str) -> None:
    """Every form of site-config/dates.yml reads its own examples, and no form before it takes them."""
    assert meant_dates(written, FORMS) == edtf.split()
    assert meant_dates(written, [FORMS[index]]) == edtf.split()


@pytest.mark.parametrize("written", ["mới đây", "15/15/2024", "2024-02-30", "quý V/2024", "15/4/24", "", "?", "11"])
def test_what_nobody_can_tell(written: str) -> None:
    """No day that is on no calendar, and no century, is made up."""
    assert meant_dates(written, FORMS) == []


@given(any_text)
def test_dates_that_are_suggested_are_read(text: str) -> None:
    """Whatever is typed, a suggested date is one."""
    for date in meant_dates(text, FORMS):
        parse_date(date)


@pytest.mark.parametrize(
    ("vocabulary", "written", "codes"),
    [
        ("levels", "Tỉnh", ["tinh"]),
        ("levels", "tinh uy", ["tinh"]),
        ("levels", "cấp tỉnh", ["tinh"]),
        ("levels", "Tỉnh ủy", ["tinh"]),
        ("levels", "TW", ["trung-uong"]),
        ("levels", "Trung ương", ["trung-uong"]),
        ("levels", "trung_uong", ["trung-uong"]),
        ("levels", "phường", ["xa"]),
        ("levels", "thế giới", []),
        ("capacities", "Chủ trì", ["chu-tri"]),
        ("capacities", "phat_bieu", ["phat-bieu"]),
        ("capacities", "phát biểu chỉ đạo", ["phat-bieu"]),
        ("capacities", "dự", ["tham-du"]),
        ("sectors", "Dân tộc", ["dan-toc"]),
        ("sectors", "Mặt trận Tổ quốc", ["mttq"]),
        ("sectors", "dân tộc, tôn giáo", ["dan-toc", "ton-giao"]),
        ("rights", "toàn văn", ["full"]),
        ("rights", "Full", ["full"]),
        ("document_types", "Nghị quyết", ["nghi-quyet"]),
        ("document_types", "nghi quyet", ["nghi-quyet"]),
        ("date_basis", "ghi rõ", ["stated"]),
        ("places", "Kim Bôi", ["kim-boi"]),
    ],
)
def test_values(vocabulary: str, written: str, codes: list[str], knowledge: Knowledge) -> None:
    """Names, and words that people write instead, lead to the code; where several fit, to all of them."""
    assert meant_terms(written, knowledge.vocabularies[vocabulary]) == codes


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("Title", "title"),
        ("titel", "title"),
        ("date-basis", "date_basis"),
        ("tiêu đề", "title"),
        ("cấp", "level"),
        ("ngày", "date"),
        ("speaker", "speakers"),
        ("màu sắc", ""),
    ],
)
def test_fields(written: str, field: str, knowledge: Knowledge) -> None:
    """A field in other dress, misspelt, or by its Vietnamese name is known again."""
    fields = ["title", "date", "date_basis", "level", "speakers", "rights"]
    called = {name: knowledge.fields.get(f"called.{name}", "") for name in fields}
    assert meant_field(written, fields, called) == ([field] if field else [])


@pytest.mark.parametrize(
    ("written", "id"),
    [("Bùi Tiến Lực", "bui-tien-luc"), ("bui_tien_luc", "bui-tien-luc"), ("bui-tien-lc", "bui-tien-luc"), ("x", "")],
)
def test_ids(written: str, id: str) -> None:
    """An id with marks, capitals or spaces, or with a slip, leads to the one that is there."""
    assert meant_ids(written, ["bui-tien-luc", "lo-sang"]) == ([id] if id else [])
