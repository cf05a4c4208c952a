"""Thousands of damaged inputs (ten thousand with --long): no crash, no hang, and either a draft or a clear problem."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from archive.ingest.draft import Importer
from archive.problems import Report
from bench.import_eval import make_importer

SEEDS = sorted((Path(__file__).resolve().parents[2] / "content" / "sources").glob("*.txt"))
BAIT = [
    "(" * 40,
    "a" * 300,
    "Ủy viên " * 40,
    "- " * 50,
    "\u202e\u2066",
    "\x00\x07\x1b",
    "1/1/1/1/1/1/1/1",
    "A A A A A A A A A A,",
    "đồng chí " * 20,
]


@pytest.fixture(scope="module")
def importer() -> Importer:
    return make_importer()


def damaged(text: str, chance: random.Random) -> bytes:
    """A short piece of a text with cuts, repeats, swaps and bait in it."""
    start = chance.randrange(len(text))
    piece = list(text[start : start + chance.randrange(20, 400)])
    for _ in range(chance.randrange(6)):
        at = chance.randrange(len(piece) + 1)
        match chance.randrange(5):
            case 0:
                del piece[at : at + chance.randrange(30)]
            case 1:
                piece[at:at] = piece[max(0, at - 40) : at]
            case 2:
                piece[at:at] = chance.choice(BAIT)
            case 3:
                piece[at:at] = chance.choice(["\n", "\r\n", "\u00a0", "\t", "\u0301", "---\n", ": ", "; ", "“"])
            case 4:
                chance.shuffle(piece[at : at + 20])
    data = "".join(piece).encode("utf-8", "surrogatepass")
    return data[: -chance.randrange(3) or None]


def test_damaged_inputs(importer: Importer, pytestconfig: pytest.Config) -> None:
    """Every input gives an extraction or a problem, never an exception."""
    chance = random.Random(20)
    texts = [path.read_text(encoding="utf-8") for path in SEEDS]
    silent = 0
    for number in range(10_000 if pytestconfig.getoption("--long") else 2_500):
        report = Report()
        if importer.extract(f"{number}.txt", damaged(chance.choice(texts), chance), report) is None and not list(
            report
        ):
            silent += 1
    assert silent == 0


@pytest.mark.parametrize(
    "text",
    [
        "Đồng chí Nguyễn Văn A, Trưởng Ban Dân vận, " * 120_000,
        "a" * 5_000_000,
        "Các đồng chí: " + "Trần Văn B, Ủy viên; " * 200_000,
        "Nghị quyết số 1, 2, 3, " * 200_000,
        "Ngày 1/1, " * 400_000,
    ],
    ids=["people", "one-word", "list", "numbers", "dates"],
)
def test_five_megabytes_of_one_line(importer: Importer, text: str) -> None:
    """One endless line is read to its end; a step that took quadratic time would take hours here."""
    extracted = importer.extract("long.txt", text.encode(), Report())
    assert extracted is not None
    kept = sum(len(block.text) for block in extracted.cleaned.blocks) + len(extracted.cleaned.title or "")
    assert kept >= len(text.strip()) * 0.99
