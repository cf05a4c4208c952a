"""The query layer in Python: words, numbers and dates of a text, and the terms of an entry."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from archive.language.spelling import nfc
from archive.model.search import SearchEntry
from archive.search.forms import FORMS, folded, prepared, words
from archive.search.words import ALIAS, BREAK, FIRST, NAMES, TITLE, TermMaker
from tests.search.made import VOCABULARY
from tests.strategies import in_any_form

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "words.yml").read_text(encoding="utf-8"))
MAKER = TermMaker(VOCABULARY)


def terms(text: str = "", title: str = "", **more: Any) -> dict[str, int]:
    """The terms of an entry of this text, as key|form → weight."""
    entry = SearchEntry("bai-viet/a/", more.pop("kind", "articles"), title, blocks=(("", text),), **more)
    return {term.replace("\t", "|"): weight for term, weight in zip(*MAKER.entry_terms(entry), strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"]))
def test_table(case: dict[str, Any]) -> None:
    """Every row of the table that the browser must pass, too."""
    text = case["text"]
    if "terms" in case:
        made = {term: weight for term, weight in terms(text).items() if term != "/a"}  # its address
        assert sorted(term for term, weight in made.items() if not weight & ALIAS) == case["terms"]
        return
    assert " ".join(form or "/" for form in MAKER.stream(text)) == case["tokens"]
    found = MAKER.codes(text)
    assert [key for code in found for key in code.keys] == case.get("codes", [])
    if found:
        covered = {place for code in found for place in range(code.start, code.end)}
        rest = "".join(" " if place in covered else c for place, c in enumerate(prepared(text)))
        assert " ".join(FORMS[word] for word in words(rest)) == case["left"]


@given(in_any_form)
def test_prepared_twice(text: str) -> None:
    """What is in one form already stays as it is; the same text in another Unicode form has the same words."""
    once = prepared(text)
    assert prepared(once) == once
    assert MAKER.stream(text) == MAKER.stream(nfc(text))


@given(in_any_form)
def test_folded_keeps_places(text: str) -> None:
    """A place in the folded text is the same place in the text."""
    assert len(folded(nfc(text))) == len(nfc(text))


@given(in_any_form)
def test_codes_do_not_overlap(text: str) -> None:
    """Numbers and dates stand one after another inside the text."""
    found = MAKER.codes(text + " Nghị quyết số 43-NQ/TW, " + text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= code.start < code.end for code in found)


def test_weights() -> None:
    """Bits say where a term stands: title, names, first words; the low bits how much it weighs in the text."""
    found = terms(
        text="Dân vận khéo. " + "từ " * 80 + "cuối bài",
        title="Đại đoàn kết",
        names=("Trương Thị Mai",),
        date="2023-11-24",
    )
    assert found["dai doan|đại đoàn"] == TITLE
    assert found["=truongthimai|trươngthịmai"] == NAMES
    assert found["^truong|trương"] == found["mai$|mai"] == NAMES
    assert found["dan van|dân vận"] & FIRST and found["dan van|dân vận"] & 15
    assert not found["cuoi bai|cuối bài"] & FIRST
    assert found["tu|từ"] & 15 > found["kheo|khéo"] & 15
    assert found["@24x11x2023"] == found["@m11x2023"] == TITLE
    assert not any(BREAK in term.split(" ") for term in found if term)


def test_longer_texts_weigh_less() -> None:
    """The same count weighs less in a longer text, and not differently after a small edit."""
    short, long, edited = (terms("dân vận " + "khác " * count)["dan van|dân vận"] & 15 for count in (10, 3000, 3001))
    assert short > long == edited


@pytest.mark.parametrize(
    ("text", "expected", "absent"),
    [
        (
            "hội nghị CTDV tỉnh",
            ["nghi cong|nghị công", "cong tac|công tác", "tac dan|tác dân", "van tinh|vận tỉnh"],
            [],
        ),
        ("hội nghị công tác dân vận tỉnh", ["ctdv", "nghi ctdv|nghị ctdv", "ctdv tinh|ctdv tỉnh"], []),
        ("Ban Dân vận T.Ư", ["trung uong|trung ương", "tw", "van tw|vận tw"], []),
        ("đầu tư lớn", [], ["trung uong|trung ương", "tw"]),
        ("NQ của Đảng", ["nghi quyet|nghị quyết", "quyet cua|quyết của"], []),
        ("phát triển KT-XH", ["kinh te|kinh tế", "te xa|tế xã", "trien kinh|triển kinh"], []),
        ("mttq và ubnd", ["mat tran|mặt trận", "quoc va|quốc và", "va uy|và ủy", "nhan dan|nhân dân"], []),
    ],
)
def test_abbreviations_both_ways(text: str, expected: list[str], absent: list[str]) -> None:
    """A text is found by the full form of its abbreviations and by the abbreviation of its full forms."""
    found = terms(text)
    assert all(found[term] & ALIAS and found[term] & 15 for term in expected)
    assert not found.keys() & set(absent)


def test_written_out_is_no_alias() -> None:
    """What stands in the text itself does not carry the mark of an abbreviation."""
    assert not terms("CTDV, tức công tác dân vận")["dan van|dân vận"] & ALIAS


def test_filters_are_terms() -> None:
    """Each value of each facet is a key."""
    assert terms(filters={"year": (("2024", "2024"),)})["!year:2024"] == 0


def test_year_and_place_of_a_record_are_words_of_it() -> None:
    """What an entry is asked for by is found like its text, though no text of it says so."""
    made = terms("Kết luận.", said=("Năm 2014", "Khánh Sơn"))
    assert made.keys() >= {"nam 2014|năm 2014", "2014", "khanh son|khánh sơn"}


def test_surname_and_given_name() -> None:
    """A name of three to five words is found by its first and its last, a title of other words is not."""
    made = terms(title="Vi Thị Hường", kind="officials", names=("Lò Văn A Phủ", "Kế hoạch số bốn"))
    short = {term for term in made if term.startswith("=") and term.count("|")}
    assert {"=vihuong|vihường", "=lophu|lòphủ"} <= short
    assert not any(term.startswith("=kebon") for term in short)
    assert "=vihuong|vihường" not in terms(title="Vi Thị Hường dự họp")


def test_address_is_a_term() -> None:
    """A page is found by the last part of its address."""
    assert terms("Lúa chín.")["/a"] == TITLE
