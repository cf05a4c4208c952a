"""The fast engine over the work folder: the same way in and out as every other engine.

In: the work folder and mkdocs.yml. Out: HTML in a folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from archive.config import Settings
from archive.site.frame import Frame
from archive.site.work_folder import page_files, read_page_file
from archive.workers import in_order, processes

ENOUGH = 700  # pages; below that another process costs more than it saves
_AT_ONCE = 50

Written = tuple[str, bool]  # address, whether the page is to be found


def build_with_fast(
    config_file: Path, docs: Path, out: Path, settings: Settings, labels: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Builds the site, in several processes where that pays; returns what there is to say, as code and words."""
    frame = Frame(config_file, settings, labels)
    files = page_files(docs)
    if len(files) < ENOUGH:
        pages = _write_pages(frame, docs, out, files)
    else:
        chunks = (files[start : start + _AT_ONCE] for start in range(0, len(files), _AT_ONCE))
        with processes(_begin, config_file, settings, labels) as pool:
            done = in_order(pool, partial(_write_chunk, docs, out), chunks)
            pages = [written for chunk in done for written in chunk]
    for path, data in (*frame.files(), *frame.sitemap(address for address, is_listed in pages if is_listed).items()):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    missing = frame.missing(address for address, _ in pages)
    return [*frame.said(), *(("engine-warning", words) for words in missing)]


_frames: list[Frame] = []  # the frame of a process that helps


def _begin(config_file: Path, settings: Settings, labels: Mapping[str, Any]) -> None:
    _frames.append(Frame(config_file, settings, labels))


def _write_chunk(docs: Path, out: Path, files: Sequence[Path]) -> list[Written]:
    return _write_pages(_frames[0], docs, out, files)


def _write_pages(frame: Frame, docs: Path, out: Path, files: Sequence[Path]) -> list[Written]:
    written = []
    for file in files:
        page = read_page_file(file, docs)
        path = out / page.address / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(frame.page(page).encode())
        written.append((page.address, "robots" not in page.meta))
    return written
