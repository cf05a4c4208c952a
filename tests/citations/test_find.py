"""Citations: the examples of site-config/citations.yml are the tests, and so are its counter-examples."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.citations import CitationFinder
from archive.config import load_yaml
from archive.knowledge import load_knowledge
from archive.language.spelling import comparable, nfc
from archive.model.citations import Citation
from archive.rules.citations import CitationRule, CitationRules, Example, SignRule
from archive.rules.reader import ConfigError
from tests.archives import SITE_CONFIG
from tests.strategies import in_any_form
from tests.work import grows_faster

KNOWLEDGE = load_knowledge(SITE_CONFIG)
TYPES = KNOWLEDGE.document_types
FINDER = CitationFinder(KNOWLEDGE.citations, TYPES)
PATTERNS = KNOWLEDGE.citations.patterns
EXAMPLES = [(entry.id, example) for entry in PATTERNS for example in entry.examples]
COUNTER = [(entry.id, text) for entry in PATTERNS for text in entry.not_]


def stated(citation: Citation, fields: Any) -> dict[str, str | None]:
    return {name: str(getattr(citation, name)) if getattr(citation, name) else None for name in fields}


@pytest.mark.parametrize(("pattern", "example"), EXAMPLES, ids=[f"{p}: {e.text[:40]}" for p, e in EXAMPLES])
def test_example(pattern: str, example: Example) -> None:
    """An example gives exactly the citations written beside it, by its own pattern, with nothing stated beyond them."""
    found = FINDER.find(example.text)
    fields = ("type", "number", "date", "issuer", "term", "title")
    assert [stated(c, fields) for c in found] == [asdict(wanted) for wanted in example.finds]
    assert {citation.pattern for citation in found} == {pattern}
    assert all(example.text[c.start : c.end] == c.printed for c in found)


@pytest.mark.parametrize(("pattern", "text"), COUNTER, ids=[f"{p}: {t[:40]}" for p, t in COUNTER])
def test_counter_example(pattern: str, text: str) -> None:
    """A counter-example gives no citation."""
    assert FINDER.find(text) == ()


@pytest.mark.parametrize("entry", PATTERNS, ids=lambda entry: entry.id)
def test_every_pattern_is_shown(entry: CitationRule) -> None:
    """Every pattern carries examples and counter-examples."""
    assert entry.examples and entry.not_


@pytest.mark.parametrize("code", [code for code, term in TYPES.items() if term.codes])
def test_every_type_has_its_number(code: str) -> None:
    """A type with a code in its numbers is found by any of its names with any of its codes."""
    for name in TYPES[code].names:
        for letters in TYPES[code].codes:
            found = FINDER.find(f"theo {name} số 12-{letters}/TW ngày 01/02/2020.")
            assert [(c.type, c.number, str(c.date)) for c in found] == [(code, f"12-{letters}/TW", "2020-02-01")]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Nghị quyết số 905-NQ/TW (khóa XI) về “Giữ lửa”; và", "Nghị quyết số 905-NQ/TW (khóa XI)"),
        (
            "Nghị quyết số 905-NQ/TW của Trung ương (khóa XI) về “Giữ lửa”",
            "Nghị quyết số 905-NQ/TW của Trung ương (khóa XI)",
        ),
        ("(theo Nghị quyết số 905-NQ/TW)", "Nghị quyết số 905-NQ/TW"),
    ],
)
def test_brackets_stay_whole(text: str, printed: str) -> None:
    """A citation that opens a bracket closes it."""
    assert [citation.printed for citation in FINDER.find(text)] == [printed]


@given(st.lists(st.one_of(in_any_form, st.sampled_from([e.text for _, e in EXAMPLES])), max_size=4).map(" ".join))
def test_citations_stand_in_the_text(text: str) -> None:
    """Citations are in order, do not overlap, and are printed as the text has them."""
    text = nfc(text)
    found = FINDER.find(text)
    assert all(text[citation.start : citation.end] == citation.printed for citation in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(citation.number is None or re.match(r"\d", citation.number) for citation in found)


@pytest.mark.parametrize("regex", ["(", "<nothing_here>"])
def test_a_bad_pattern_names_itself(regex: str) -> None:
    """A pattern that can't be compiled is refused with its place."""
    broken = CitationRules(patterns=(CitationRule("hong", regex, ()),), parts={}, relation_opening=())
    with pytest.raises(ConfigError, match=r"citations\.yml: patterns: #1: regex"):
        CitationFinder(broken, TYPES).find("Nghị quyết số 5")


EVERYWHERE = CitationFinder(replace(KNOWLEDGE.citations, anchor_words=None), TYPES)
WORDS = sorted({word for _, example in EXAMPLES for word in re.split(r"( )", example.text)})


@given(st.lists(st.one_of(st.sampled_from([e.text for _, e in EXAMPLES]), st.sampled_from(WORDS)), max_size=6))
def test_looking_at_a_few_places_finds_what_looking_everywhere_does(pieces: list[str]) -> None:
    """The words that show where to look hide no citation, in a text or in its parts."""
    text = " ".join(" ".join(pieces).split())
    places = FINDER.places(comparable(text))
    assert places is not None
    assert FINDER.find(text) == FINDER.find_at(places, text) == EVERYWHERE.find(text)


SIGNS = KNOWLEDGE.citations.weighing.signs


@pytest.mark.parametrize("entry", SIGNS, ids=lambda entry: entry.id)
def test_every_sign_is_seen(entry: SignRule) -> None:
    """Every sign is seen in the words written beside it."""
    seen = {sign for weighed in FINDER.weighed(entry.seen_in) for sign, _, _ in weighed.signs}
    assert entry.id in seen


def test_every_sign_and_pattern_is_in_words() -> None:
    """`import --explain` has words for each pattern and each sign."""
    rules = load_yaml(SITE_CONFIG / "reasons.yml")
    assert {f"cites-{entry.id}" for entry in PATTERNS} | {entry.id for entry in SIGNS} <= rules.keys()


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [
        ("quán triệt Nghị quyết chuyên đề về thủy lợi nội đồng của Ban Thường vụ Huyện ủy", True),
        ("xã nào cũng có nghị quyết về thủy lợi", False),
        ("hai ngành ký Chương trình phối hợp tuyên truyền phòng cháy giai đoạn 2021 - 2025", True),
        ("chương trình phối hợp tuyên truyền còn hình thức", False),
        ("ban hành Kế hoạch tổ chức Hội trại tòng quân năm 2021", True),
        ("mỗi tổ lập kế hoạch tổ chức hội trại năm 2021", False),
    ],
)
def test_weighing(text: str, is_taken: bool) -> None:
    """The same type is a document or a word, by what speaks for it."""
    assert bool(FINDER.find(text)) is is_taken
    assert any(weighed.is_taken for weighed in FINDER.weighed(text)) is is_taken


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Kết luận số 71/TU của Tỉnh ủy", "71/TU"),
        ("Kết luận số 71-TU ngày 2/3/2021", "71-TU"),
        ("Nghị quyết số 33/HU của Huyện ủy", "33/HU"),
        ("Thông báo số 71(TB) của Huyện ủy", "71(TB)"),
        ("Quyết định số 45/VP ngày 5/5/2022", "45/VP"),
        ("Chỉ thị số 71-ct/tu của Tỉnh ủy", "71-ct/tu"),
        ("Nghị quyết số 88/2024 của Quốc hội", "88/2024"),
        ("Công văn số 501/UBND-TH của UBND xã", "501/UBND-TH"),
        ("Kết luận số 71-KL/ABC-xyz", None),
        ("Kết luận số 71/xyz", None),
        ("Kết luận số 71-xyz", None),
        ("Kết luận số 71 / xyz", None),
    ],
)
def test_a_tail_belongs_to_the_number(text: str, number: str | None) -> None:
    """A number is cited whole with whatever stands behind it, or not at all: never cut to the bare number."""
    assert [citation.number for citation in FINDER.find(text)] == ([number] if number else [])


@given(
    st.integers(1, 999),
    st.sampled_from(["/", "-", " / ", "("]),
    st.text(st.sampled_from("TUHĐKLBVxyzơ"), min_size=2, max_size=5),
)
def test_no_tail_is_ever_cut(running: int, joint: str, tail: str) -> None:
    """Whatever letters follow a number behind a joint, no citation has the bare number."""
    text = f"thực hiện Kết luận số {running}{joint}{tail} của Tỉnh ủy"
    assert str(running) not in [citation.number for citation in FINDER.find(text)]


LONG = [
    "Kết luận " + "1" * 30_000,
    "Kết luận số 1" + "/TU" * 10_000,
    "Kế hoạch " + "a " * 15_000,
    "Kế hoạch tổ chức, giám sát " * 1_000,
    "Nghị quyết Đại hội " + "Đảng bộ " * 4_000,
    "Nghị quyết 25 (khóa XI) và 43 (khóa XIII), " * 700,
    "Chương trình phối hợp giữa Ban " * 1_000,
]


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:30])
def test_long_texts_take_little_time(text: str) -> None:
    """No pattern and no sign takes more than time in proportion to the text."""
    assert not grows_faster(FINDER.find, text[: len(text) // 8], text, 24)
