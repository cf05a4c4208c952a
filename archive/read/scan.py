"""What lies in content/: every file that may hold a record, and whether it changed.

In: the content folder. Out: keys (`kind/id`) with paths and signatures, and problems of the
folders. A signature is what the file system says of a file; files are read only when it differs.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from archive.bundle import INBOX
from archive.model.records import PAGES, REMOVED
from archive.problems import Report, either
from archive.suggestions import meant_ids

MAX_BYTES = 2_000_000
MAX_SOURCE_BYTES = 20_000_000
_OTHERS = ("sources", INBOX, PAGES, REMOVED)  # folders of content/ beside those of kinds
_DEEPEST = 4  # folders below that of a kind; years are the first

Signature = tuple[int, int, int, int]  # changed, status changed (ns), size, inode


@dataclass(frozen=True, slots=True)
class Scan:
    """`records`: key → (path below the archive's root, signature); `sources`: file name → signature."""

    records: dict[str, tuple[str, Signature]] = field(default_factory=dict)
    sources: dict[str, Signature] = field(default_factory=dict)


def scan(content: Path, folders: Mapping[str, str], report: Report) -> Scan:
    """`folders`: kind → its folder below content/. Of two files with one id the first by path counts."""
    found = Scan()
    for kind, folder in folders.items():
        for shown, status in _files(content / folder, f"content/{folder}", report):
            id, dot, ending = shown.rpartition("/")[2].rpartition(".")
            if dot + ending != ".md":
                report.add("stray-file", shown)
            elif status.st_size > MAX_BYTES:
                report.add("file-too-large", shown, size=status.st_size, limit=MAX_BYTES)
            else:
                first = found.records.setdefault(f"{kind}/{id}", (shown, _signature(status)))[0]
                if first != shown:
                    report.add("duplicate-id", shown, id=id, first=first)
    for name, status in _sources(content / "sources", "content/sources", report):
        found.sources[name] = _signature(status)
    _look_beside(content, {*folders.values(), *_OTHERS}, report)
    return found


def _look_beside(content: Path, folders: Collection[str], report: Report) -> None:
    """What stands in content/ itself and is not read, which somebody may have meant to be."""
    with suppress(FileNotFoundError, NotADirectoryError):
        for entry in sorted(os.scandir(content), key=lambda entry: entry.name):
            shown = f"content/{entry.name}"
            if entry.name.startswith(".") or entry.name in folders:
                continue
            if entry.is_dir(follow_symlinks=False):
                meant = either(f"content/{id}/" for id in meant_ids(entry.name, folders))
                report.add("unknown-folder", shown, name=entry.name, suggestion=meant)
            else:
                report.add("stray-file", shown)


def _sources(folder: Path, shown: str, report: Report) -> Iterator[tuple[str, os.stat_result]]:
    """Whatever stands in the folder of sources, by name; links are not followed."""
    if folder.is_symlink():
        report.add("symlink", shown)
        return
    with suppress(FileNotFoundError, NotADirectoryError):
        for entry in os.scandir(folder):
            status = entry.stat(follow_symlinks=False)
            if not entry.name.isprintable():
                report.add("stray-file", f"{shown}/{entry.name}")
                continue
            if status.st_size > MAX_SOURCE_BYTES:
                report.add("file-too-large", f"{shown}/{entry.name}", size=status.st_size, limit=MAX_SOURCE_BYTES)
            yield entry.name, status


def _files(folder: Path | str, shown: str, report: Report, depth: int = 0) -> Iterator[tuple[str, os.stat_result]]:
    """Regular files below a folder in order of their paths; hidden ones are passed over.

    Text and `os.scandir` instead of `Path`: of ten thousand files it takes a third of the time.
    """
    if depth == 0 and os.path.islink(folder):  # noqa: PTH114
        report.add("symlink", shown)
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        path = f"{shown}/{entry.name}"
        if entry.is_symlink():
            report.add("symlink", path)
        elif depth > _DEEPEST or not entry.name.isprintable():
            report.add("stray-file", path)
        elif entry.is_dir():
            yield from _files(entry.path, path, report, depth + 1)
        elif not entry.name.startswith("."):
            yield path, entry.stat()


def _signature(status: os.stat_result) -> Signature:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
