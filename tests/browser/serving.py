"""A site served on this machine: its own 404 page for what is not there, and, if asked, its own headers."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def read_headers(site: Path) -> dict[str, str]:
    """What the site's `_headers` says for every file."""
    lines = (site / "_headers").read_text(encoding="utf-8").splitlines()
    end = next((number for number, line in enumerate(lines[1:], 1) if not line.startswith(" ")), len(lines))
    return dict(line.strip().split(": ", 1) for line in lines[1:end])


class _Handler(SimpleHTTPRequestHandler):
    """Serves files; what is not there gets the site's own 404 page, as hosts do."""

    def __init__(self, *given: object, headers: Mapping[str, str], directory: str) -> None:
        self.more_headers = headers
        super().__init__(*given, directory=directory)  # type: ignore[arg-type]

    def log_message(self, *_: object) -> None:
        """Nothing: a test run is no place for an access log."""

    def end_headers(self) -> None:
        for name, value in self.more_headers.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(site: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of a site while the block runs, with a slash at the end."""
    handler = functools.partial(_Handler, directory=str(site), headers=headers or {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
