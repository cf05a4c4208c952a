"""Numbers of paragraphs: what was published keeps its number, and no number is given twice."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from archive.check.paragraphs import digest_of_paragraph, missing_markers
from archive.ledger import GONE
from archive.model.text import Block
from archive.normalise.body import parse_body
from archive.numbering import with_markers
from archive.problems import Report
from tests.archives import ADDRESSES, codes

SERIES = ADDRESSES.anchors.paragraph


def read(text: str) -> tuple[Block, ...]:
    report = Report()
    body = parse_body(text, "a.md", 1, ADDRESSES.anchors, report)
    assert set(codes(report)) <= {"paragraph-number-twice"}, text
    return body


def numbers(text: str) -> list[str]:
    return [block.anchor.removeprefix(f"{SERIES}-") for block in read(text)]


def published(text: str) -> dict[str, str]:
    return {block.anchor: f"1:{digest_of_paragraph(block.text)}" for block in read(text)}


def mended(text: str, before: dict[str, str]) -> str:
    """The text with all markers that are missing; whoever has put them in is asked for no more."""
    after = with_markers(text, missing_markers(read(text), before, SERIES))
    assert missing_markers(read(after), before, SERIES) == []
    assert len({*numbers(after)}) == len(numbers(after))
    return after


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A\n\nB\n\nC", "1 2 3"),
        ("A\n\nB {#doan-1a}\n\nC", "1 1a 2"),
        ("A {#doan-0a}\n\nB\n\nC", "0a 1 2"),
        ("A\n\nB {#doan-3}\n\nC", "1 3 4"),
        ("A\nB\n goes on {#doan-7}\n\n- C\n- D {#doan-8aa}\n\n> E", "7 8 8aa 9"),
    ],
)
def test_markers_and_the_count(text: str, expected: str) -> None:
    """A marker with letters is not counted; behind one without letters the count goes on from it."""
    assert numbers(text) == expected.split()
    assert all("{" not in block.text for block in read(text))


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("A B C", "A B C", "1 2 3"),
        ("A B C", "A N B C", "1 1a 2 3"),
        ("A B C", "A N M B C", "1 1a 1b 2 3"),
        ("A B C", "N A B C", "0a 1 2 3"),
        ("A B C", "A B C N", "1 2 3 4"),
        ("A B C", "A X C", "1 2 3"),
        ("A B C", "A C", "1 3"),
        ("A B C D", "A C D", "1 3 4"),
        ("A B C D", "A N B X D", "1 1a 2 3 4"),
        ("A B C D", "A D B C", "1 4 2 3"),
        ("A B A", "A B A", "1 2 3"),
        ("A B", "A A B", "1 1a 2"),
    ],
)
def test_what_was_published_keeps_its_number(was: str, now: str, expected: str) -> None:
    """Paragraphs put in, taken out, changed or moved; the same words twice are two paragraphs."""
    texts = ["\n\n".join(words.split()) for words in (was, now)]
    assert numbers(mended(texts[1], published(texts[0]))) == expected.split()


def test_letters_that_are_taken() -> None:
    """A paragraph between two that were put in before has the next free letter."""
    before = published("A\n\nB {#doan-1a}\n\nC")
    assert numbers(mended("A\n\nN\n\nB {#doan-1a}\n\nC", before)) == ["1", "1b", "1a", "2"]


def test_the_number_of_a_paragraph_that_is_gone() -> None:
    """Nothing new has it; the same words have it again."""
    before = published("A\n\nB\n\nC")
    before["doan-3"] = GONE + before["doan-3"]
    assert numbers(mended("A\n\nB\n\nN", before)) == ["1", "2", "4"]
    assert numbers(mended("A\n\nB\n\nC", before)) == ["1", "2", "3"]


def test_a_marker_is_all_that_changes() -> None:
    """Line ends and every other byte stay, and a marker that is wrong gives way."""
    text = "A {#doan-9}\r\n\r\nB\r\ngoes on\r\n"
    missing = missing_markers(read(text), published("A\n\nX\n\nB goes on"), SERIES)
    assert with_markers(text, missing) == "A {#doan-1}\r\n\r\nB\r\ngoes on {#doan-3}\r\n"


@pytest.mark.parametrize("seed", range(40))
def test_any_sequence_of_edits(seed: int) -> None:
    """After any edit, mended and published, every paragraph that is still there has the number that it had first."""
    chance, words = random.Random(seed), iter(range(10_000))
    texts = [f"w{next(words)}" for _ in range(4)]
    body, ledger, first = "\n\n".join(texts), dict[str, str](), dict[str, str]()
    for _ in range(12):
        body = mended(body, ledger)
        blocks = read(body)
        for block in blocks:
            assert first.setdefault(block.text, block.anchor) == block.anchor
        now = {block.anchor: f"1:{digest_of_paragraph(block.text)}" for block in blocks}
        assert len(now) == len(blocks)
        gone = {anchor: GONE + digest.removeprefix(GONE) for anchor, digest in ledger.items() if anchor not in now}
        ledger = gone | now
        body = "\n\n".join(edited(body.split("\n\n"), chance, f"w{next(words)}"))


def edited(paragraphs: Sequence[str], chance: random.Random, new: str) -> list[str]:
    changed = list(paragraphs)
    at = chance.randrange(len(changed))
    match chance.choice(["add", "add", "take", "move"]):
        case "add":
            changed.insert(chance.randrange(len(changed) + 1), new)
        case "take" if len(changed) > 1:
            del changed[at]
        case _:
            changed.insert(chance.randrange(len(changed)), changed.pop(at))
    return changed
