"""Checks redirects: each must arrive at a page in one step.

In: the entries of site-config/redirects.yml, and which addresses are pages. Out: those entries that arrive, and
problems at the lines of the others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from archive.problems import Position, Report

PATH = "site-config/redirects.yml"


class Moved(NamedTuple):
    """An entry; `source` and `target` are addresses such as `/nguoi/a/`."""

    source: str
    target: str
    reason: str
    line: int
    column: int

    @property
    def place(self) -> Position:
        return Position(self.line, self.column)


def check_redirects(moved: Sequence[Moved], is_page: Callable[[str], bool], report: Report) -> Iterator[Moved]:
    """Tells loops, chains and entries whose target is no page; gives what leads on, chains too, as their page does."""
    by_source = {one.source: one for one in reversed(moved)}
    for one in moved:
        way, end = _follow(one, by_source, is_page)
        if end in way:
            report.add("redirect-loop", PATH, one.place, address=one.source, way=" → ".join([*way, end]))
        elif not is_page(end):
            report.add("redirect-nowhere", PATH, one.place, address=one.source, target=end)
        else:
            if len(way) > 1:
                mended = redirect_line(one.source, end, one.reason)
                report.add("redirect-chain", PATH, one.place, address=one.source, target=one.target, line=mended)
            yield one


def redirect_line(source: str, target: str, reason: str) -> str:
    """An entry as it is written in the file."""
    said = f", reason: {json.dumps(reason, ensure_ascii=False)}" if reason else ""
    return f"- {{from: {source}, to: {target}{said}}}"


def _follow(first: Moved, by_source: Mapping[str, Moved], is_page: Callable[[str], bool]) -> tuple[list[str], str]:
    """The addresses that lead on, and where the way ends: at one of them if it is a loop."""
    way, at = [first.source], first.target
    while at in by_source and at not in way and not is_page(at):
        way.append(at)
        at = by_source[at].target
    return way, at
