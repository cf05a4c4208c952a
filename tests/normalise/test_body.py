"""The body of an article: blocks, anchors, and not a word lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.text import Block, BlockKind
from archive.normalise.body import parse_body
from archive.problems import Report
from tests.archives import ADDRESSES, codes
from tests.strategies import marked_up, sentences

P, H, ITEM, Q = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM, BlockKind.QUOTE


def blocks_of(text: str) -> tuple[Block, ...]:
    return parse_body(text, "content/x.md", 1, ADDRESSES.anchors, Report())


CASES = [
    ("một\nhai\n\nba", [(P, "một hai"), (P, "ba")]),
    ("## Đề mục\nlời ngay dưới", [(H, "Đề mục"), (P, "lời ngay dưới")]),
    ("- một\n- hai\n  tiếp\n\nba", [(ITEM, "một"), (ITEM, "hai tiếp"), (P, "ba")]),
    ("* sao là mục", [(ITEM, "sao là mục")]),
    ("> lời nói\n> nói tiếp", [(Q, "lời nói"), (Q, "nói tiếp")]),
    ("1. không phải danh sách", [(P, "1. không phải danh sách")]),
    ("# không phải đề mục", [(P, "# không phải đề mục")]),
    ("#### cũng không", [(P, "#### cũng không")]),
    ("##dính liền", [(P, "##dính liền")]),
    ("+ cộng không phải mục", [(P, "+ cộng không phải mục")]),
    ("-dính liền", [(P, "-dính liền")]),
    ("\\* gạch chéo ngược", [(P, "\\* gạch chéo ngược")]),
    ("**đậm** _nghiêng_ `mã` [x](y)", [(P, "**đậm** _nghiêng_ `mã` [x](y)")]),
    ("    thụt đầu dòng", [(P, "thụt đầu dòng")]),
    ("một\u00a0hai", [(P, "một hai")]),
    ("", []),
    ("\n\n \n", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_blocks(text: str, expected: list[tuple[BlockKind, str]]) -> None:
    """Only headings, items and quotations are marks; all else is literal text."""
    assert [(block.kind, block.text) for block in blocks_of(text)] == expected


def test_anchors_and_lines() -> None:
    """Paragraphs, items and quotations share one count, headings have their own; lines are the file's."""
    found = parse_body("\nmột\n\n## hai\n\n- ba\n> bốn\n### năm\n", "content/x.md", 10, ADDRESSES.anchors, Report())
    assert [(block.anchor, block.line, block.level) for block in found] == [
        ("doan-1", 11, 0),
        ("muc-1", 13, 2),
        ("doan-2", 15, 0),
        ("doan-3", 16, 0),
        ("muc-2", 17, 3),
    ]


@given(st.lists(st.one_of(sentences, marked_up, st.just("")), max_size=8))
def test_no_word_is_lost(lines: list[str]) -> None:
    """Every word of the body is in a block, in order; only marks at the start of a line go."""
    text = "\n".join(lines)
    kept = " ".join(block.text for block in blocks_of(text))
    without_marks = [
        re.sub(r"^(?:#{2,3} +(?=\S)|[-*] +(?=\S)|> ?(?=.))", "", line.strip()) for line in text.split("\n")
    ]
    assert kept.split() == " ".join(without_marks).split()


@given(st.lists(st.one_of(sentences, marked_up), max_size=8))
def test_anchors_are_unique(lines: list[str]) -> None:
    """No two blocks share an anchor, and none is empty."""
    found = blocks_of("\n\n".join(lines))
    assert len({block.anchor for block in found}) == len(found)
    assert all(block.text for block in found)


@pytest.mark.parametrize("text", ["<b>x", "a </p>", "<!-- x", "<?php", "[a](javascript:x)", "JAVASCRIPT:x", "<ScRiPt"])
def test_html_is_reported(text: str) -> None:
    """Tags and script links in a text are an error, wherever they stand."""
    report = Report()
    parse_body(f"lời đầu\n\n{text}", "content/x.md", 1, ADDRESSES.anchors, report)
    assert codes(report) == ["html-in-text"]


@pytest.mark.parametrize("text", ["3 < 5", "a<5", "<3", "a > b", "&lt;b&gt;", "<>"])
def test_signs_are_not_html(text: str) -> None:
    """Signs of comparison are text."""
    report = Report()
    parse_body(text, "content/x.md", 1, ADDRESSES.anchors, report)
    assert codes(report) == []
