"""Where the time of a clean build goes, room by room, in one process.

In: the root of an archive, and a folder to build into. Out: a table of processor time in milliseconds
a page, and the time that plainly writing the same files takes: the floor.
`python -m bench.build_profile ROOT FOLDER`
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from archive.config import Paths
from archive.pipeline import build
from archive.problems import Report
from archive.progress import Progress

# (what is timed, where it is looked up, the room that it stands for)
_TIMED = (
    ("archive.holdings.read_record", "read"),
    ("archive.holdings.normalise_record", "normalise"),
    ("archive.derive.parts.ArticleReader.read", "derive: articles"),
    ("archive.steps.facts.event_dossier", "derive: dossiers"),
    ("archive.steps.facts.official_dossier", "derive: dossiers"),
    ("archive.steps.facts.document_dossier", "derive: dossiers"),
    ("archive.steps.facts.check_article", "check: content"),
    ("archive.steps.facts.check_authority", "check: content"),
    ("archive.steps.facts.check_references", "check: content"),
    ("archive.steps.facts.check_source", "check: content"),
    ("archive.steps.facts.check_alike", "check: content"),
    ("archive.render.pages.Plans.record", "render: dossiers cut"),
    ("archive.render.pages.Renderer.page", "render: Markdown"),
    ("archive.site.frame.Frame.page", "site: HTML"),
    ("archive.steps.pages.read_page", "check: pages"),
    ("archive.steps.site.check_all_links", "check: links"),
    ("archive.steps.pages.Pages._exports", "render: data, search entries"),
    ("archive.memo.store.Store.add", "memo: keeping"),
    ("archive.memo.store.Store.commit", "memo: keeping"),
    ("archive.site.frame.Theme", "site: theme loaded"),
)


class Clock:
    """Processor time by room; what one room spends in another counts for the other."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._inner: list[float] = []

    def timed(self, room: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def timing(*given: Any, **named: Any) -> Any:
            with self.on(room):
                return do(*given, **named)

        return timing

    @contextmanager
    def on(self, room: str) -> Iterator[None]:
        self._inner.append(0.0)
        start = time.process_time()
        try:
            yield
        finally:
            whole = time.process_time() - start
            self.spent[room] += whole - self._inner.pop()
            if self._inner:
                self._inner[-1] += whole


def profile(root: Path, out: Path) -> tuple[dict[str, float], int]:
    """Seconds by room, and the number of pages."""
    clock = Clock()
    patches = []
    for name, room in _TIMED:
        owner, _, attribute = name.rpartition(".")
        patches.append(patch(name, clock.timed(room, getattr(_found(owner), attribute))))
    for each in patches:
        each.start()
    try:
        with clock.on("all else"):
            pages = build(Paths.below(root), out, Report(), Progress(quiet=True), search=False, jobs=1)
    finally:
        for each in patches:
            each.stop()
    return dict(clock.spent), pages


def floor(site: Path, folder: Path) -> float:
    """Seconds of processor time for writing the same pages plainly."""
    contents = [(path.relative_to(site), path.read_bytes()) for path in site.rglob("index.html")]
    start = time.process_time()
    for path, content in contents:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return time.process_time() - start


def _found(name: str) -> Any:
    """A module, or a class in one."""
    module, _, rest = name.rpartition(".")
    if rest[:1].isupper():
        return getattr(_found(module), rest)
    return __import__(name, fromlist=["_"])


def main(root: Path, folder: Path) -> None:
    spent, pages = profile(root, folder / "site")
    whole = sum(spent.values())
    print(f"{pages} pages; processor time, ms a page, share")
    for room, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"{room:32} {1000 * seconds / pages:6.2f} {seconds / whole:6.1%}")
    print(f"{'all':32} {1000 * whole / pages:6.2f}")
    print(f"{'floor: the same files, written':32} {1000 * floor(folder / 'site', folder / 'plain') / pages:6.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
