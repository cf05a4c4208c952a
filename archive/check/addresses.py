"""Checks addresses: what was published once is a page, leads on, or says that it was taken down.

In: addresses of a ledger, and all that the site has now. Out: a problem for each that is lost, with the line that mends
it.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping

from archive.check.redirects import redirect_line
from archive.problems import Position, Report

LOST = "address-lost"


def check_lost(
    lost: Mapping[str, tuple[str, Position]], pages: Collection[str], known: Collection[str], report: Report
) -> None:
    """`lost`: address → the file and the place that name it. `pages` are those of the site, `known` those of the
    ledger: a new address that looks alike is probably where the lost one has moved."""
    new = [page for page in pages if page not in known]
    for address, (path, place) in lost.items():
        line = redirect_line(address, _meant(address, new), "…")
        report.add(LOST, path, place, address=address, line=line)


def _meant(address: str, new: Collection[str]) -> str:
    """The new page of the same kind that looks most like an address, else the list of that kind."""
    folder = "".join(f"{part}/" for part in address.split("/")[:2])
    near = [page for page in new if page.startswith(folder) and page.count("/") == address.count("/")]
    return next(iter(difflib.get_close_matches(address, near, 1, 0.0)), folder if folder != address else "/")
