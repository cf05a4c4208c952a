"""The fast engine over the work folder: the same way in and out as every other engine.

In: the work folder and mkdocs.yml. Out: HTML in a folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from archive.config import Settings
from archive.site.fast.make import plan, prove
from archive.site.fast.plan import Plan
from archive.site.fast.static import write_static
from archive.site.work_folder import page_files, read_page_file
from archive.workers import in_order, processes

ENOUGH = 700  # pages; below that another process costs more than it saves
_AT_ONCE = 50

Written = tuple[Path, str, str, bool]  # file, address, kind, whether the page is to be found


def build_with_fast(
    config_file: Path, docs: Path, out: Path, settings: Settings, labels: Mapping[str, Any]
) -> tuple[list[str], list[str]]:
    """Builds the site, in several processes where that pays; returns warnings, and what is built slowly and why."""
    made, warnings = plan(config_file, settings, labels)
    pages = list(_write_all(made, docs, out, page_files(docs)))
    first: dict[str, Path] = {}
    for file, _, kind, _ in pages:
        first.setdefault(kind, file)
    proved, fallbacks = prove(made, (read_page_file(file, docs) for file in first.values()))
    slow = [file for file, _, kind, _ in pages if kind in proved.slow - made.slow]
    for _ in _write_all(proved, docs, out, slow):
        pass
    write_static(proved, out)
    for name, data in proved.sitemap(address for _, address, _, is_listed in pages if is_listed).items():
        (out / name).write_bytes(data)
    return [*warnings, *proved.missing(address for _, address, _, _ in pages)], fallbacks


def _write_all(plan: Plan, docs: Path, out: Path, files: Sequence[Path]) -> Iterator[Written]:
    if len(files) < ENOUGH:
        yield from _write_some(plan, docs, out, files)
        return
    chunks = (files[start : start + _AT_ONCE] for start in range(0, len(files), _AT_ONCE))
    with processes(_begin, plan) as pool:
        for written in in_order(pool, partial(_write_chunk, docs, out), chunks):
            yield from written


_plans: list[Plan] = []  # the plan of a process that helps


def _begin(plan: Plan) -> None:
    _plans.append(plan)


def _write_chunk(docs: Path, out: Path, files: Sequence[Path]) -> list[Written]:
    return list(_write_some(_plans[0], docs, out, files))


def _write_some(plan: Plan, docs: Path, out: Path, files: Sequence[Path]) -> Iterator[Written]:
    for file in files:
        page = read_page_file(file, docs)
        path = out / page.address / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(plan.page(page).encode())
        yield file, page.address, plan.kind(page), "robots" not in page.meta
