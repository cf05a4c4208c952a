"""Whatever comes in: nothing is lost, nothing crashes, nothing takes long."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.config import Paths, load_rules, load_yaml
from archive.ingest.clean import clean
from archive.ingest.html import PageReader
from archive.ingest.lines import word_key
from archive.ingest.noise import Noise
from archive.ingest.receive import receive
from archive.ingest.rules.noise import NoiseRules
from archive.ingest.rules.pages import PageRules
from archive.model.draft import Cleaned, Received
from archive.problems import Report
from archive.rules.reader import read_rules
from tests.archives import ADDRESSES, ROOT, SITE_CONFIG
from tests.strategies import any_text, in_any_form

ENTRIES = load_yaml(SITE_CONFIG / "noise.yml")
NOISE = Noise(read_rules(NoiseRules, ENTRIES, "noise"))
READER = PageReader(load_rules(PageRules, SITE_CONFIG, "pages"))
SEEDS = [path.read_text(encoding="utf-8") for path in sorted((Paths.below(ROOT).content / "sources").glob("*.txt"))]
NOISY = sorted(
    {text for group in ENTRIES["groups"].values() for entry in group["patterns"] for text in entry["examples"]}
)
ODD = [
    "\x00",
    "\x07",
    "\u202e",
    "\u200b",
    "\ufeff",
    "\u00a0",
    "\t",
    "\r",
    "\u2028",
    "e\u0323\u0302",
    "./.",
    "- ",
    "## ",
]
MOST_PIECES = 4


def read(text: str) -> Received | None:
    return receive("bai.txt", text.encode("utf-8", "surrogatepass"), Report(), READER)


def kept_somewhere(found: Cleaned) -> str:
    """All that came out, letters and digits alone: body, title, captions, byline and changes."""
    parts = [found.title or "", found.agency or "", *found.byline]
    parts += [block.text for block in found.blocks]
    parts += [f"{caption.text} {caption.credit or ''}" for caption in found.captions]
    parts += [change.text or "" for change in found.changes]
    return "\n".join(map(word_key, parts))


def lost(received: Received, found: Cleaned) -> list[str]:
    """Lines of the received text that came out nowhere.

    A line may come out in a few pieces: a caption and its credit, a headline and its section.
    """
    whole = kept_somewhere(found)
    return [line for line in received.text.split("\n") if pieces(word_key(line), whole) > MOST_PIECES]


def pieces(key: str, whole: str) -> int:
    """Of how many pieces of `whole`, each as long as can be, a line is made."""
    count = 0
    while key and count <= MOST_PIECES:
        length = bisect_left(range(1, len(key) + 1), True, key=lambda n: key[:n] not in whole)
        key = key[max(length, 1) :] if length else ""
        count += 1 if length else MOST_PIECES + 1
    return count


def too_many(received: Received, found: Cleaned) -> list[str]:
    """Words of the result that the received text doesn't have."""
    printed = Counter(word_key(word) for word in received.text.split())
    body = Counter(word_key(word) for block in found.blocks for word in block.text.split())
    glued = word_key(received.text)
    return [word for word, count in (body - printed).items() if word and (word not in glued or count > 3)]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A seed cut, doubled, shuffled with noise, and strewn with odd characters."""
    text = draw(st.sampled_from(SEEDS))
    start = draw(st.integers(0, len(text) // 2))
    text = text[start : draw(st.integers(start, len(text)))]
    lines = text.split("\n")
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines)))
        kind = draw(st.sampled_from(["noise", "repeat", "blank", "swap"]))
        if kind == "noise":
            lines[at:at] = draw(st.lists(st.sampled_from(NOISY), max_size=4))
        elif kind == "repeat":
            end = draw(st.integers(at, min(len(lines), at + 4)))
            lines[at:at] = lines[at:end]
        elif kind == "blank":
            lines[at:at] = [""] * draw(st.integers(0, 4))
        elif lines:
            other = draw(st.integers(0, len(lines) - 1))
            lines[at % len(lines)], lines[other] = lines[other], lines[at % len(lines)]
    text = "\n".join(lines)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(ODD)) + text[at:]
    return text


@settings(max_examples=600)
@given(text=mutated())
def test_nothing_is_lost(text: str) -> None:
    """Each line of a text is in the body, the title, a caption, the byline or the list of changes."""
    received = read(text)
    if received is None:
        return
    found = clean(received, NOISE, ADDRESSES.anchors)
    assert lost(received, found) == []
    assert too_many(received, found) == []


@given(lines=st.lists(st.one_of(in_any_form, any_text, st.sampled_from(NOISY)), max_size=12))
def test_any_text(lines: list[str]) -> None:
    """Any text at all is cleaned without losing a line; lines are numbered as received."""
    received = read("\n".join(lines))
    if received is None:
        return
    found = clean(received, NOISE, ADDRESSES.anchors)
    assert lost(received, found) == []
    count = received.text.count("\n") + 1
    assert all(change.line is None or 1 <= change.line <= count for change in found.changes)
    assert all(0 <= (caption.after or 0) <= len(found.blocks) for caption in found.captions)


@given(data=st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    """Any bytes give a text or a problem."""
    report = Report()
    received = receive("bai.txt", data, report, READER)
    assert received is not None or report.found


def test_twice_is_once() -> None:
    """The clean text of a seed is clean."""
    for seed in SEEDS:
        received = read(seed)
        assert received is not None
        first = clean(received, NOISE, ADDRESSES.anchors)
        text = "\n\n".join(block.text for block in first.blocks)
        again = clean(Received("bai.txt", b"", text, title=first.title), NOISE, ADDRESSES.anchors)
        assert [block.text for block in again.blocks] == [block.text for block in first.blocks]


BAIT = {
    "one line": " ".join(" ".join(SEEDS).split()),
    "no space": "ạ",
    "marks": "a\u0323\u0302",
    "spaces": "  a",
    "brackets": "((ảnh: ",
    "stops": ". A",
    "end marks": "./. ",
    "captions": "phát biểu trao dự " * 20 + "!\n",
    "names": "Đồng chí " + "An " * 100 + "phát biểu chủ trì,\n",
    "sections": "Trang chủ > " * 20 + "\n",
    "stamps": "12/1/2024 08:00 " * 20 + "\n",
    "short lines": "Đồng chí Lò Thị Bưởi trình bày báo cáo tại hội nghị\n",
}


@pytest.mark.parametrize("bait", BAIT)
def test_five_megabytes(bait: str) -> None:
    """Five megabytes of anything are read to the end; a step that took quadratic time would never get there."""
    size = len(BAIT[bait].encode())
    received = read("Đảng " + BAIT[bait] * (5_000_000 // size))
    assert received is not None
    cleaned = clean(received, NOISE, ADDRESSES.anchors)
    assert cleaned.blocks or cleaned.title or cleaned.captions or cleaned.changes


def test_hundred_thousand_lines() -> None:
    """A hundred thousand different lines, all of them much alike, are read to the end."""
    text = "\n".join(f"Bà Lò Thị Bưởi thăm {number % 977} hộ ở {number} xã trong tỉnh" for number in range(100_000))
    received = read(text)
    assert received is not None
    cleaned = clean(received, NOISE, ADDRESSES.anchors)
    assert len(cleaned.blocks) + len(cleaned.changes) > 900
