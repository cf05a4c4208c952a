"""The fast engine over the work folder: the same way in and out as every other engine.

In: the work folder and mkdocs.yml. Out: HTML in a folder.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from archive.config import Settings
from archive.knowledge import Labels
from archive.site.frame import Frame
from archive.site.work_folder import page_files, read_page_file
from archive.workers import WorkerPool

ENOUGH = 700  # pages; below that another process costs more than it saves
_AT_ONCE = 50

Written = tuple[str, bool]  # address, whether the page is to be found


def build_with_fast(
    config_file: Path, docs: Path, out: Path, settings: Settings, labels: Labels
) -> list[tuple[str, str]]:
    """Builds the site, in several processes where that pays; returns what there is to say, as code and words."""
    frame = Frame(config_file, settings, labels)
    files = page_files(docs)
    with WorkerPool(partial(Frame, config_file, settings, labels), frame) as pool:
        pages = [*pool.map(_write_page, ((file, docs, out) for file in files), enough=ENOUGH, at_once=_AT_ONCE)]
    listed = (address for address, is_listed in pages if is_listed)
    for path, data in (*frame.files(), *frame.sitemap(listed, {}).items()):  # a work folder knows no days
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    missing = frame.missing(address for address, _ in pages)
    return [*frame.said(), *(("engine-warning", words) for words in missing)]


def _write_page(frame: Frame, task: tuple[Path, Path, Path]) -> Written:
    file, docs, out = task
    page = read_page_file(file, docs)
    path = out / page.address / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(frame.page(page).encode())
    return page.address, "robots" not in page.meta
