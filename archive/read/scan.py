"""What lies in content/: every file that may hold a record, and whether it changed.

In: the content folder. Out: keys (`kind/id`) with paths and signatures, and problems of the
folders. A signature is what the file system says of a file; files are read only when it differs.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archive.bundle import INBOX
from archive.disk import Disk, Signature
from archive.ledger import FOLDER, is_ledger
from archive.model.records import PAGES, REMOVED
from archive.problems import Report, either
from archive.suggestions import meant_ids

MAX_BYTES = 2_000_000
MAX_SOURCE_BYTES = 20_000_000
_OTHERS = ("sources", INBOX, PAGES, REMOVED, FOLDER)  # folders of content/ beside those of kinds
_DEEPEST = 4  # folders below that of a kind; years are the first


@dataclass(frozen=True, slots=True)
class Scan:
    """`records`: key → (path below the archive's root, signature); `sources`: file name → signature; `ledger`: path →
    signature."""

    records: dict[str, tuple[str, Signature]] = field(default_factory=dict)
    sources: dict[str, Signature] = field(default_factory=dict)
    ledger: dict[str, Signature] = field(default_factory=dict)


def scan(content: Path, folders: Mapping[str, str], report: Report, disk: Disk | None = None) -> Scan:
    """`folders`: kind → its folder below content/. Of two files with one id the first by path counts."""
    found, disk = Scan(), disk or Disk()
    for kind, folder in folders.items():
        for shown, signature in _files(disk, os.fspath(content / folder), f"content/{folder}", report):
            id, dot, ending = shown.rpartition("/")[2].rpartition(".")
            if dot + ending != ".md":
                report.add("stray-file", shown)
            elif signature[2] > MAX_BYTES:
                report.add("file-too-large", shown, size=signature[2], limit=MAX_BYTES)
            else:
                first = found.records.setdefault(f"{kind}/{id}", (shown, signature))[0]
                if first != shown:
                    report.add("duplicate-id", shown, id=id, first=first)
    found.ledger.update(_ledger(disk, content, report))
    found.sources.update(_sources(disk, content / "sources", "content/sources", report))
    _look_beside(disk, content, {*folders.values(), *_OTHERS}, report)
    return found


def _look_beside(disk: Disk, content: Path, folders: Collection[str], report: Report) -> None:
    """What stands in content/ itself and is not read, which somebody may have meant to be."""
    for name, _, is_dir, _ in disk.entries(content):
        shown = f"content/{name}"
        if name.startswith(".") or name in folders:
            continue
        if is_dir:
            meant = either(f"content/{id}/" for id in meant_ids(name, folders))
            report.add("unknown-folder", shown, name=name, suggestion=meant)
        else:
            report.add("stray-file", shown)


def _ledger(disk: Disk, content: Path, report: Report) -> Iterator[tuple[str, Signature]]:
    """The files of the ledger, one a year, by path."""
    for path, signature in _files(disk, os.fspath(content / FOLDER), f"content/{FOLDER}", report):
        if is_ledger(path.removeprefix(f"content/{FOLDER}/")):
            yield path, signature
        else:
            report.add("stray-file", path)


def _sources(disk: Disk, folder: Path, shown: str, report: Report) -> Iterator[tuple[str, Signature]]:
    """Whatever stands in the folder of sources, by name; links are not followed."""
    if folder.is_symlink():
        report.add("symlink", shown)
        return
    for name, _, _, signature in disk.entries(folder):
        if not name.isprintable():
            report.add("stray-file", f"{shown}/{name}")
            continue
        if signature[2] > MAX_SOURCE_BYTES:
            report.add("file-too-large", f"{shown}/{name}", size=signature[2], limit=MAX_SOURCE_BYTES)
        yield name, signature


def _files(disk: Disk, folder: str, shown: str, report: Report, depth: int = 0) -> Iterator[tuple[str, Signature]]:
    """Regular files below a folder in order of their paths; hidden ones are passed over."""
    if depth == 0 and os.path.islink(folder):  # noqa: PTH114
        report.add("symlink", shown)
        return
    for name, is_link, is_dir, signature in disk.entries(folder):
        path = f"{shown}/{name}"
        if is_link:
            report.add("symlink", path)
        elif depth > _DEEPEST or not name.isprintable():
            report.add("stray-file", path)
        elif is_dir:
            yield from _files(disk, f"{folder}/{name}", path, report, depth + 1)
        elif not name.startswith("."):
            yield path, signature
