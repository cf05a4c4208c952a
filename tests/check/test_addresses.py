"""Addresses that were lost, and the line that mends each."""

from __future__ import annotations

import pytest

from archive.check.addresses import check_lost
from archive.knowledge import Redirect
from archive.problems import Position, Report


@pytest.mark.parametrize(
    ("lost", "pages", "meant"),
    [
        ("/nguoi/a-b/", ["/", "/nguoi/", "/nguoi/a-c/", "/nguoi/z/"], "/nguoi/a-c/"),
        ("/nguoi/a-b/", ["/", "/nguoi/"], "/nguoi/"),
        ("/nguoi/a-b/", ["/", "/nguoi/", "/van-ban/a-b/", "/nguoi/a-b/c/"], "/nguoi/"),
        ("/gioi-thieu/", ["/", "/gioi-thieu-kho/"], "/"),
    ],
)
def test_the_line_that_mends(lost: str, pages: list[str], meant: str) -> None:
    """It leads to the new page of the kind that looks most alike, else to the list, else to the front page."""
    report, place = Report(), ("content/ledger/2026.tsv", Position(7, 1))
    check_lost({lost: place}, pages, {"/", "/nguoi/", lost}, report)
    (problem,) = report
    assert (problem.path, problem.position) == place
    assert dict(problem.values)["line"] == f'- {{from: {lost}, to: {meant}, reason: "…"}}'
    Redirect(lost, meant)
