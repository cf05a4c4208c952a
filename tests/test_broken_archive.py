"""Every problem has a case, and every case gives exactly its report. A new case is a new file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive.config import Settings
from archive.problems import Catalogue, Severity, format_github, format_json
from tests.archives import RENEW, SITE_CONFIG, codes, load_archive, paths_of, said
from tests.cases import FOLDER, Case, all_cases, read_case, run_case

CASES = all_cases()
ENTRIES = Catalogue.load(SITE_CONFIG).rules.codes
WORDS = [(code, language, part) for code in ENTRIES for language in ("vi", "en") for part in ("message", "hint")]


def placeholders(words: str) -> list[str]:
    return sorted(set(re.findall(r"\{(\w+)\}", words)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, tmp_path: Path, settings: Settings) -> None:
    """A defect is reported with its place, its words and its remedy, and nothing else is."""
    actual = said(run_case(case, tmp_path, settings)) + "\n"
    if RENEW:
        (FOLDER / f"{case.name}.txt").write_text(case.head + actual, encoding="utf-8", newline="\n")
    else:
        assert actual == case.expected
    shown = "Ý bạn là" if case.code == "did-you-mean" else f"[{case.code}]"
    assert shown in actual


def test_base_is_clean(tmp_path: Path) -> None:
    """The archive under every case has no problem of its own, so that a report is the case's alone."""
    for name, file in read_case(FOLDER / "base.txt").files.items():
        file.write(tmp_path / name)
    assert said(load_archive(paths_of(tmp_path / "content", tmp_path / "work"))[1]) == ""


@pytest.mark.parametrize(
    "code", [code for code in ENTRIES if not code.startswith("import-") and code != "did-you-mean"]
)
def test_every_example_can_be_mended(code: str, tmp_path: Path, settings: Settings) -> None:
    """The page of a code shows an example, and how it is mended; mended, it is not reported any more."""
    (case,) = (case for case in CASES if case.name == code)
    assert case.mends, f"tests/broken_archive/{code}.txt: give it a part `-- mended <path>`"
    assert code not in codes(run_case(case.mended, tmp_path, settings))


@pytest.mark.parametrize("code", [code for code in ENTRIES if not code.startswith("import-")])
def test_every_code_has_a_case(code: str) -> None:
    """A code without a case is a promise nobody has tried; the importer's are tried in tests/ingest."""
    assert any(case.code == code for case in CASES)


def test_every_case_has_a_code() -> None:
    """A case is named after the code it is about."""
    assert {case.code for case in CASES} <= set(ENTRIES)


@pytest.mark.parametrize("code", ENTRIES)
def test_both_languages_say_the_same(code: str) -> None:
    """Vietnamese and English words of a problem are filled from the same values."""
    for part in ("message", "hint"):
        vi, en = (getattr(ENTRIES[code].words(language), part) for language in ("vi", "en"))
        assert bool(vi) == bool(en)
        if part == "message":
            assert placeholders(vi) == placeholders(en)
        else:
            assert set(placeholders(vi)) - {"fitting"} == set(placeholders(en)) - {"fitting"}
    Severity(ENTRIES[code].severity)


@pytest.mark.parametrize("code", [code for code in ENTRIES if code != "did-you-mean"])
def test_every_problem_says_what_to_do(code: str) -> None:
    """A message without a hint leaves an editor alone with it."""
    assert ENTRIES[code].vi.hint and ENTRIES[code].en.hint


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_in_english_and_for_machines(case: Case, tmp_path: Path, settings: Settings) -> None:
    """Every report can be written in English, as GitHub annotations and as JSON, one entry a problem."""
    report = run_case(case, tmp_path, settings)
    catalogue = Catalogue.load(SITE_CONFIG, "en")
    lines = format_github(report, catalogue).splitlines()
    assert len(lines) == len(list(report)) == format_json(report, catalogue).count('"code": ')
    assert all(
        re.match(r"::(error|warning|notice) file=[^,]+,line=\d+,col=\d+,title=[a-z0-9-]+::.", line) for line in lines
    )
