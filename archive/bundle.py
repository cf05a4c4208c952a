"""Bundles: several files of content/ in one text file, in the form of Go's txtar.

A comment, then for each file a line `-- path --` and its bytes. What such a line can't announce as
it stands is marked in the line, after the path: `;base64` (bytes that are no plain text of this form)
or `;no-newline` (a text whose last line does not end). Paths are relative to content/.

In: bytes. Out: files with the line on which each begins; nothing is trusted here, see `archive/check`.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

ENDING = ".txtar"
INBOX = "inbox"  # the folder of content/ where bundles wait
_LINE = re.compile(r"^-- (\S(?:.*\S)?) --$")
_LINES = re.compile(r"^-- .* --$", re.MULTILINE)
_PLAIN = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufeff]*\Z")


class BadBundle(ValueError):
    """A text that is no bundle; `line` is where it shows, counted from 1, `code` says what is wrong."""

    def __init__(self, code: str, line: int, **values: str) -> None:
        super().__init__(f"{code}, line {line}")
        self.code, self.line, self.values = code, line, values


@dataclass(frozen=True, slots=True)
class Member:
    """One file: `path` as written in the bundle, `line` the bundle's line that holds its first line."""

    path: str
    data: bytes
    line: int
    encoded: bool = field(default=False, repr=False)  # its lines are not those of the file


def write_bundle(files: Mapping[str, bytes], comment: str = "") -> str:
    """The bundle of some files, by path; `comment` is for people and stands before the first."""
    parts = ["".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines())]
    for path, data in files.items():
        text, mark = _as_text(data)
        parts.append(f"-- {path}{mark} --\n{text}")
    return "".join(parts)


def read_bundle(text: str) -> list[Member]:
    """The files of a bundle in its order, a path as often as it is there; raises BadBundle.

    >>> read_bundle("-- events/hop.md --\\n---\\n")
    [Member(path='events/hop.md', data=b'---\\n', line=2)]
    """
    members: list[Member] = []
    head: tuple[str, int] | None = None
    held: list[str] = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[-1] == "":
        lines.pop()
    for number, line in enumerate(lines, 1):
        if found := _LINE.match(line):
            if head:
                members.append(_member(*head, held))
            head, held = (found[1], number), []
        elif head:
            held.append(line)
        elif line.strip() and not line.startswith("#"):
            raise BadBundle("bundle-syntax", number)
    if not head:
        raise BadBundle("bundle-empty", 1)
    return [*members, _member(*head, held)]


def _member(name: str, line: int, held: list[str]) -> Member:
    path, _, mark = name.partition(";")
    text = "".join(f"{each}\n" for each in held)
    if mark == "base64":
        try:
            return Member(path, base64.b64decode(text.replace("\n", ""), validate=True), line + 1, True)
        except (binascii.Error, ValueError) as error:
            raise BadBundle("bundle-base64", line, member=path) from error
    if mark not in ("", "no-newline"):
        raise BadBundle("bundle-mark", line, mark=mark)
    return Member(path, (text[:-1] if mark else text).encode(), line + 1)


def _as_text(data: bytes) -> tuple[str, str]:
    """The lines that stand for some bytes, and the mark that says how."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = "\0"
    if not _PLAIN.match(text) or _LINES.search(text):
        encoded = base64.b64encode(data).decode()
        return "".join(f"{encoded[at : at + 76]}\n" for at in range(0, len(encoded), 76)), ";base64"
    if text and not text.endswith("\n"):
        return text + "\n", ";no-newline"
    return text, ""
