"""Sentences: where they end, and that they cover the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.knowledge import Knowledge
from archive.language.sentences import sentence_around, sentence_bounds
from tests.strategies import marked_up

SPLIT = [
    "Họp xong.| Mọi người về.",
    "Họp ở TP. Huế.| Sau đó về.",
    "Ông L. Phương nói.| Bà nghe.",
    "Có 1.024 mô hình.| 12 xã đạt.",
    "“Xong!”| Dân cười.",
    "Ai hỏi?| Dân hỏi…| Cán bộ trả lời.",
    "Đạt 3,5 tấn, v.v. cùng nhiều thứ.| Hết.",
    "Ngày 16.8 họp.| (Ảnh: Ân.)| Về.",
    "không viết hoa. rồi viết tiếp",
]


@pytest.mark.parametrize("marked", SPLIT)
def test_split(marked: str, knowledge: Knowledge) -> None:
    """A stop ends a sentence only where a new one begins."""
    text = marked.replace("|", "")
    found = [text[a:b].strip() for a, b in sentence_bounds(text, knowledge.no_sentence_end)]
    assert found == [part.strip() for part in marked.split("|")]


@given(marked_up)
def test_bounds_cover_the_text(text: str) -> None:
    """Sentences follow each other from the first character to the last."""
    bounds = sentence_bounds(text)
    assert bounds[0][0] == 0 and bounds[-1][1] == len(text)
    assert all(one[1] == other[0] for one, other in pairwise(bounds))


@given(marked_up.filter(bool), st.data())
def test_sentence_holds_its_words(text: str, data: st.DataObject) -> None:
    """The sentence around words holds them, but for space at its ends."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = sentence_around(text, start, end)
    assert 0 <= first <= len(text) and last <= len(text)
    assert text[start:end].strip() in text[first:last] or first >= last
