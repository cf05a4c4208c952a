"""A site on this machine for the person who writes: MkDocs's live-reload server.

In: a built folder, what to watch, and a function that rebuilds. Out: pages on 127.0.0.1 that
reload themselves. Returns when interrupted; raises ConfigError if the port is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from archive.config import ConfigError

HOST = "127.0.0.1"


def serve_folder(
    folder: Path, port: int, watched: Iterable[Path], rebuild: Callable[[], None], ready: Callable[[str], None]
) -> None:
    try:
        server = LiveReloadServer(builder=rebuild, host=HOST, port=port, root=str(folder))
    except OSError as error:
        raise ConfigError(f"http://{HOST}:{port}/: {error.strerror}") from error
    for path in watched:
        server.watch(str(path))
    ready(f"http://{HOST}:{port}/")
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
