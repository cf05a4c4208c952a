"""Vietnamese spelling: one form to compare on, that loses no mark and no place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.knowledge import Knowledge, load_knowledge
from archive.language.spelling import Collation, comparable, nfc, one_tone_place, slug, unified, without_marks
from tests.archives import SITE_CONFIG
from tests.strategies import any_text, in_any_form, marked_up, words

KNOWN = load_knowledge(SITE_CONFIG)
names = st.lists(st.one_of(words, st.sampled_from(["Lê", "Lễ", "An", "a", "A"])), min_size=1, max_size=3).map(" ".join)

SAME = [
    ("hòa", "hoà"),
    ("thủy", "thuỷ"),
    ("khóa", "khoá"),
    ("Ủy ban", "Uỷ ban"),
    ("Thúy Hòa", "Thuý Hoà"),
    ("K’Ré", "K'Ré"),
    ("Kʼré", "k`ré"),
    ("“Dân vận”", '"Dân vận"'),
    ("43–NQ/TW", "43-NQ/TW"),
    ("quý\u00a0II", "quý II"),
    ("Ðồng", "Đồng"),
    ("loè", "lòe"),
]
DIFFERENT = [
    ("Hùng", "Hưng"),
    ("Hùng", "Hung"),
    ("đường", "dương"),
    ("dưỡng", "dương"),
    ("Ngân", "Ngàn"),
    ("Hải", "Hài"),
    ("quý", "qúy"),
    ("ma", "mà"),
    ("Đạo", "Dạo"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same_word(one: str, other: str) -> None:
    """Two spellings of one word compare as one."""
    assert comparable(nfc(one)) == comparable(nfc(other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_words(one: str, other: str) -> None:
    """Marks make words: what differs by a mark differs."""
    assert comparable(one) != comparable(other)


@pytest.mark.parametrize("word", ["hoàn", "quà", "quý", "toàn", "khoảng", "thuyền", "quỳnh", "xoài", "loét"])
def test_words_with_one_tone_place(word: str) -> None:
    """A tone that has only one place stays where it is."""
    assert one_tone_place(word) == word


@given(in_any_form)
def test_comparable_keeps_length(text: str) -> None:
    """A place in the compared form is the same place in the printed text."""
    assert len(comparable(nfc(text))) == len(unified(nfc(text))) == len(nfc(text))


@given(in_any_form)
def test_comparable_is_idempotent(text: str) -> None:
    """Comparing forms of forms changes nothing more."""
    once = comparable(nfc(text))
    assert comparable(once) == once
    assert unified(unified(nfc(text))) == unified(nfc(text))


@given(in_any_form)
def test_nfc_is_idempotent(text: str) -> None:
    """NFC of NFC is NFC."""
    assert nfc(nfc(text)) == nfc(text)


@given(marked_up)
def test_slug_is_ascii(text: str) -> None:
    """An id is lower-case ASCII letters and digits between single hyphens, whatever the text was."""
    assert re.fullmatch(r"|[a-z0-9]+(-[a-z0-9]+)*", slug(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đánh giá quý II/2024", "danh-gia-quy-ii-2024"),
        ("Điểu K’Ré", "dieu-k-re"),
        ("  ", ""),
        ("ƯỚC NGUYỆN", "uoc-nguyen"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    """đ becomes d, marks go, what is between words becomes one hyphen."""
    assert slug(text) == expected


def test_without_marks() -> None:
    """Loose search has no marks and no đ."""
    assert without_marks("Tỉnh ủy Đắk Lắk") == "tinh uy dak lak"


@pytest.fixture(scope="module")
def collation(knowledge: Knowledge) -> Collation:
    return knowledge.collation


@pytest.mark.parametrize(
    "ordered",
    [
        ["an", "ăn", "ân", "ba", "da", "đa", "em", "êm", "on", "ôn", "ơn", "un", "ưn"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "man", "mân"],
        ["hoa", "hòa", "hòa bình", "hóa bình"],
        ["Lê Anh", "Lê Ánh", "Lê Bình"],
    ],
)
def test_dictionary_order(ordered: list[str], collation: Collation) -> None:
    """Letters of the alphabet first, tones between words that are equal without them."""
    keys = [collation.key(word) for word in ordered]

    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("name", "letter"), [("Điểu", "Đ"), ("Ánh", "A"), ("ân", "Â"), ("Ước", "Ư"), ("“Y”", "Y"), ("…", "#")]
)
def test_initial(name: str, letter: str, collation: Collation) -> None:
    """A name stands under its own letter, without its tone."""
    assert collation.initial(name) == letter


@given(in_any_form)
def test_order_is_total(text: str) -> None:
    """Any two texts can be put in order, also those in other scripts."""
    order = Collation(["a", "ă"])
    assert (order.key(nfc(text)) < order.key("ăn")) != (order.key(nfc(text)) >= order.key("ăn"))


@given(st.lists(st.one_of(in_any_form, any_text.map(nfc), names), min_size=2, max_size=6))
def test_both_forms_of_a_key_order_alike(texts: list[str]) -> None:
    """Sorted by `sort_text`, texts stand as sorted by `key`, alone and before another key."""
    order = KNOWN.collation
    texts = [nfc(text) for text in texts]
    assert sorted(texts, key=order.sort_text) == sorted(texts, key=order.key)
    pairs = list(zip(texts, reversed(texts), strict=True))
    assert sorted(pairs, key=lambda pair: "\x01".join(map(order.sort_text, pair))) == sorted(
        pairs, key=lambda pair: tuple(map(order.key, pair))
    )
