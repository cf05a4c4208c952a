"""Kept patterns are those that `re.compile` makes, and a spoilt file costs nothing but its making."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from archive.citations import CitationFinder
from archive.knowledge import Knowledge
from archive.memo import KeptPatterns

REGEX = r"(?<!\w)(?:(?P<number>\d+)(?:-(?P<kind>NQ|[À-Ỹ]{2,5}))?)+(?=\s|\Z)"
TEXT = "số 43-NQ 12-QĐ và 7"


def test_a_kept_pattern_is_the_compiled_one(tmp_path: Path) -> None:
    for _ in range(2):  # the second comes from the folder
        kept = KeptPatterns(tmp_path / "kept").compile(REGEX)
        assert kept == re.compile(REGEX)
        assert [match.groupdict() for match in kept.finditer(TEXT)] == [
            match.groupdict() for match in re.compile(REGEX).finditer(TEXT)
        ]
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_all_patterns_of_the_archive_can_be_kept(tmp_path: Path, knowledge: Knowledge) -> None:
    seen: dict[str, re.Pattern[str]] = {}

    def compile(regex: str) -> re.Pattern[str]:
        seen[regex] = KeptPatterns(tmp_path).compile(regex)
        return seen[regex]

    CitationFinder(knowledge.citations, knowledge.vocabularies["document_types"], compile)
    assert len(seen) > 10
    assert len(list(tmp_path.iterdir())) == len(seen)
    for regex in seen:
        assert KeptPatterns(tmp_path).compile(regex) == re.compile(regex)


@pytest.mark.parametrize(
    "spoilt", [b"", b"[]", b"{", b"\xff", b"[32, [1, 2, 3], 0, {}, [null]]", b'["x", "y", 0, 0, 0]']
)
def test_a_spoilt_file_is_made_again(tmp_path: Path, spoilt: bytes) -> None:
    kept = KeptPatterns(tmp_path)
    kept.compile(REGEX)
    (file,) = tmp_path.iterdir()
    good = file.read_bytes()
    file.write_bytes(spoilt)
    assert kept.compile(REGEX) == re.compile(REGEX)
    assert file.read_bytes() == good


def test_a_python_without_the_door_compiles_as_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_sre", None)
    assert KeptPatterns(tmp_path).compile(REGEX) == re.compile(REGEX)


def test_a_fault_of_a_pattern_is_told(tmp_path: Path) -> None:
    with pytest.raises(re.error):
        KeptPatterns(tmp_path).compile("(")
