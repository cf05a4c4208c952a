"""Markdown that editors write: refused where reading it would take minutes, or where a link has no address.

In: the text of a page or of notes. Out: a problem at the block that is too tangled (parsers go back and forth
between brackets), and at each web address that is none.
"""

from __future__ import annotations

import re

from archive.model.raw import RawRecord
from archive.model.schema import WEB_ADDRESS
from archive.problems import Position, Report

_BLOCK = re.compile(r"\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_OPENING = "[<"  # for each of which the rest of its block is read
_TURNING = re.compile(r"^[ \t]*(?:=+|-+)[ \t]*$|^:", re.MULTILINE)  # each of which begins its block anew
_LINKED = re.compile(r"(?:\]\(\s*<?|\]:\s*<?|<)(https?:[^\s<>)]*)", re.IGNORECASE)  # `](…)`, `[x]: …`, `<…>`
_MOST_STEPS, _MOST_TURNS = 4_000_000, 100


def check_markdown(raw: RawRecord, report: Report) -> None:
    """A block may hold hundreds of links, or thousands of words, as pages do; not thousands of open brackets."""
    for block in _BLOCK.finditer(raw.body):
        words = block[0]
        steps = len(words) * sum(map(words.count, _OPENING))
        if steps > _MOST_STEPS or len(_TURNING.findall(words)) > _MOST_TURNS:
            line = raw.body_line + raw.body.count("\n", 0, block.start())
            report.add("tangled-markdown", raw.path, Position(line, 1), words=words[:40])
    for number, line_text in enumerate(raw.body.split("\n"), raw.body_line):
        for link in _LINKED.finditer(line_text):
            if not re.fullmatch(WEB_ADDRESS, link[1], re.IGNORECASE):
                report.add(
                    "bad-address",
                    raw.path,
                    Position(number, link.start(1) + 1),
                    field="[…](…)",
                    value=link[1][:60],
                    suggestion="",
                )
