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

from archive.build.site import build
from archive.config import Paths
from archive.problems import Report
from archive.progress import Progress

# (what is timed, where it is looked up, the room that it stands for)
_TIMED = (
    ("archive.holdings.read_record", "read"),
    ("archive.holdings.normalise_record", "normalise"),
    ("archive.build.tasks.ArticleReader.read", "extract"),
    ("archive.build.tasks.event_rows", "resolve"),
    ("archive.build.tasks.check_article", "check: content"),
    ("archive.build.tasks.check_authority", "check: content"),
    ("archive.build.tasks.check_references", "check: content"),
    ("archive.build.tasks.check_source", "check: content"),
    ("archive.build.tasks.check_alike", "check: content"),
    ("archive.outputs.subject_of", "kinds: dossiers"),
    ("archive.render.pages.Renderer.page", "render: Markdown"),
    ("archive.site.frame.Frame.page", "site: HTML"),
    ("archive.outputs.html_pages.read_page", "check: pages"),
    ("archive.build.builder.check_all_links", "check: links"),
    ("archive.build.worker.Stage.put", "build: files"),
    ("archive.database.Database.add", "database: rows"),
    ("archive.database.Database.commit", "database: rows"),
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
