"""Where the files of a bundle may go: a stranger wrote the paths, and only records and sources have a place.

In: the members of a bundle, and the folders of content/. Out: the members that have a place, and a
problem for every other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from archive.bundle import Member
from archive.problems import Position, Report, either
from archive.suggestions import nearest

MOST_FILES = 300
SOURCES = "sources"
_LONGEST = 180  # characters; systems that people use bear 260 with the folders above
_PLAIN = re.compile(r"[A-Za-z0-9._/-]*\Z")
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_RECORD = re.compile(rf"[^/]+/{_ID}\.md\Z")
_YEAR = re.compile(r"\d{4}\Z")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)  # no file on Windows


def placed(
    members: Iterable[Member], folders: Collection[str], unknown_year: str, shown: str, report: Report
) -> Iterator[Member]:
    """`folders`: those of records; `unknown_year`: that of articles without one; `shown`: the bundle's path."""
    seen: dict[str, int] = {}
    for member in members:
        line = member.line - 1
        where, path = Position(line, 4), member.path
        if wrong := _wrong_with(path, folders, unknown_year):
            folder = either(nearest(path.partition("/")[0], [*folders, SOURCES])) if wrong == "bundle-folder" else ""
            report.add(wrong, shown, where, member=printable(path[:80]), suggestion=folder)
        elif path.lower() in seen:  # one file where capital letters count for nothing
            report.add("bundle-path-twice", shown, where, member=path, first=seen[path.lower()])
        else:
            seen[path.lower()] = line
            yield member


def _wrong_with(path: str, folders: Collection[str], unknown_year: str) -> str:
    """A problem's code, or nothing."""
    folder, _, name = path.partition("/")
    parts = path.split("/")
    if not _PLAIN.match(path) or len(path) > _LONGEST or any(map(_is_trick, parts)):
        return "bundle-path"
    if not name or folder not in (*folders, SOURCES):
        return "bundle-folder"
    if folder == SOURCES:
        return "bundle-path" if "/" in name else ""
    if not path.endswith(".md"):
        return "bundle-no-record"
    if folder == "articles":
        year, _, name = name.partition("/")
        is_there = (year == unknown_year or _YEAR.match(year)) and _RECORD.match(f"{folder}/{name}")
    else:
        is_there = _RECORD.match(path)
    return "" if is_there else "bundle-path"


def _is_trick(part: str) -> bool:
    """An empty part, a step up, a hidden file, or a name that some system takes for something else."""
    return part in ("", ".", "..") or part[0] in ".-_" or part.endswith(".") or bool(_DEVICE.match(part))


def printable(text: str) -> str:
    """A stranger's words for a message: what can't be seen, or only looks like a Latin letter, is named."""
    return "".join(each if _is_plain(each) else f"<U+{ord(each):04X}>" for each in text)


def _is_plain(letter: str) -> bool:
    return letter.isprintable() and (letter.isascii() or unicodedata.name(letter, "").startswith("LATIN"))
