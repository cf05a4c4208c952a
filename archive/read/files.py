"""One file below content/: decoded and split.

In: a path. Out: a `RawRecord`, or a problem.
"""

from __future__ import annotations

import re
from pathlib import Path

from archive.characters import control_characters
from archive.language.spelling import slug
from archive.model.raw import RawRecord
from archive.model.schema import ID
from archive.problems import Position, Report
from archive.read.front_matter import read_front_matter

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


def read_record(path: Path, shown: str, kind: str, report: Report) -> RawRecord | None:
    """One file; `shown` is its path as problems name it."""
    if not re.fullmatch(ID, path.stem):
        report.add("bad-file-name", shown, name=path.name, suggestion=_file_name(path.stem))
        return None
    text = decoded(path.read_bytes(), shown, report)
    if text is None:
        return None
    split = read_front_matter(text, shown, report)
    if split is None:
        return None
    metadata, body, body_line = split
    return RawRecord(kind, path.stem, shown, metadata, body, body_line)


def _file_name(stem: str) -> str:
    """The file name that was meant; empty where nothing is left of it."""
    meant = slug(stem)
    return f"{meant}.md" if re.fullmatch(ID, meant) else ""


def decoded(data: bytes, shown: str, report: Report) -> str | None:
    """A text with line ends `\\n`; None, and a problem at its place, if it isn't UTF-8 or holds what can't be seen."""
    if data.startswith(_UTF_16):
        report.add("utf-16", shown)
        return None
    if data.startswith(_BOM):
        report.add("byte-order-mark", shown)
        data = data[len(_BOM) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        report.add("not-utf-8", shown, Position(line, column), byte=f"0x{data[error.start]:02X}")
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for offset, character in control_characters(text):
        line = text.count("\n", 0, offset) + 1
        report.add(
            "control-character", shown, Position(line, offset - text.rfind("\n", 0, offset)), character=character
        )
        return None
    return text
