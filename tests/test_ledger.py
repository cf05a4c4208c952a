"""The ledger as text: read, written, renewed."""

from __future__ import annotations

import pytest

from archive.ledger import GONE, RECIPE, Entry, Published, format_ledger, is_day, parse_ledger, renewed
from archive.problems import Report

OLD = Entry("/nguoi/a/", "", "officials/a", "2025-03-01", "2025-04-01", f"{RECIPE}:aa")
PARAGRAPH = Entry("/bai-viet/b/", "doan-1", "articles/b", "2026-03-01", "2026-03-01", f"{RECIPE}:cc")
BOTH = [OLD, PARAGRAPH]
KEYS = {(one.address, one.anchor): Published(one.record, one.digest.partition(":")[2]) for one in BOTH}


def test_written_and_read() -> None:
    """A file a year of first publication; what is written is read back."""
    files, report = format_ledger(BOTH), Report()
    assert list(files) == ["2025.tsv", "2026.tsv"]
    assert [one for name, text in files.items() for one in parse_ledger(text, f"content/ledger/{name}", report)] == BOTH
    assert not list(report)


def test_a_rerun_keeps_its_days() -> None:
    """What did not change has the days that it had, whatever day is named."""
    assert list(renewed(BOTH, KEYS, "2027-01-01")) == BOTH


def test_a_change_moves_the_last_day() -> None:
    """Another digest by the same recipe is a change; the first day stays."""
    (old, _) = renewed(BOTH, {**KEYS, ("/nguoi/a/", ""): Published("officials/a", "ab")}, "2027-01-01")
    assert (old.first, old.changed, old.digest) == ("2025-03-01", "2027-01-01", f"{RECIPE}:ab")


def test_another_recipe_moves_no_day() -> None:
    """Digests by an older recipe are written anew."""
    before = [OLD._replace(digest=f"{RECIPE - 1}:old"[:3]), PARAGRAPH]
    assert list(renewed(before, KEYS, "2027-01-01")) == BOTH


def test_nothing_is_forgotten() -> None:
    """An address without a page stays; the number of a paragraph that is gone stays taken, until it is back."""
    old, paragraph = renewed(BOTH, {}, "2027-01-01")
    assert old == OLD
    assert paragraph == PARAGRAPH._replace(changed="2027-01-01", digest=GONE + PARAGRAPH.digest)
    assert list(renewed([old, paragraph], {}, "2028-01-01")) == [old, paragraph]
    (_, back) = renewed([old, paragraph], KEYS, "2028-01-01")
    assert (back.digest, back.first) == (PARAGRAPH.digest, PARAGRAPH.first)


@pytest.mark.parametrize(
    ("day", "good"),
    [("2026-12-01", True), ("2026-02-30", False), ("20261201", False), ("2026-W01-1", False), ("", False)],
)
def test_days(day: str, good: bool) -> None:
    """A day has year, month and day, with dashes."""
    assert is_day(day) is good
