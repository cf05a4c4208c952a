"""A site on this machine for the person who writes: MkDocs's live-reload server.

In: a built folder, what to watch, and a function that rebuilds, told what changed. Out: pages on
127.0.0.1 that reload themselves. Returns when interrupted; raises ConfigError if the port is taken.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from archive.rules.reader import ConfigError

HOST = "127.0.0.1"
_OWN_NAMES = {HOST, "localhost"}
_WRITTEN = {"created", "modified", "moved", "deleted"}
_QUIET = 0.05  # seconds without another change, after which a build begins

Rebuild = Callable[[set[str]], None]  # paths that were written, moved or deleted since the last call


class _Server(LiveReloadServer):
    """Hears of changes from the system instead of looking at every file twice a second."""

    def __init__(self, rebuild: Rebuild, port: int, root: str) -> None:
        super().__init__(builder=self._build, host=HOST, port=port, root=root)
        self._rebuild = rebuild
        self._touched: deque[str] = deque()  # filled by one thread and emptied by another
        self.build_delay = _QUIET
        self.observer = Observer()  # type: ignore[assignment]

    def serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """What is on the site, for this machine's own names: a page elsewhere can have its name lead here."""
        name, _, port = str(environ.get("HTTP_HOST", "")).lower().partition(":")
        if name not in _OWN_NAMES or (port or "80") != str(self.server_port):
            start_response("421 Misdirected Request", [("Content-Type", "text/plain")])
            return [b"421 Misdirected Request"]
        answer: Iterable[bytes] = super().serve_request(environ, start_response)
        return answer

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """The page with MkDocs's script that reloads it, and its policy with that one script allowed."""
        page: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        start = page.rindex(b"<script>") + len(b"<script>")
        script = page[start : page.index(b"</script>", start)]
        allowed = b"'sha256-%b' " % base64.b64encode(hashlib.sha256(script).digest())
        return page.replace(b"script-src ", b"script-src " + allowed, 1)

    def watch_for_writing(self, path: Path) -> None:
        """A change below `path` asks for a build; that a file is read does not."""
        handler = FileSystemEventHandler()
        handler.on_any_event = self._heard  # type: ignore[method-assign]
        self._watched_paths[str(path)] = 1
        self.observer.schedule(handler, str(path), recursive=path.is_dir())

    def _build(self) -> None:
        self._rebuild({self._touched.popleft() for _ in range(len(self._touched))})

    def _heard(self, event: FileSystemEvent) -> None:
        if event.event_type not in _WRITTEN:
            return
        self._touched.extend(os.fsdecode(path) for path in (event.src_path, event.dest_path) if path)
        if not event.is_directory:
            with self._rebuild_cond:
                self._want_rebuild = True
                self._rebuild_cond.notify_all()


def serve_folder(
    folder: Path, port: int, watched: Iterable[Path], rebuild: Rebuild, ready: Callable[[str], None]
) -> None:
    try:
        server = _Server(rebuild, port, str(folder))
    except OSError as error:
        raise ConfigError(f"http://{HOST}:{port}/: {error.strerror}") from error
    for path in watched:
        server.watch_for_writing(path)
    ready(f"http://{HOST}:{port}/")
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
