"""A small web server that does what ordinary hosts do (gzip for text) and counts what it sends.

In: a folder. Out: an address, and for every stretch of time the requests and bytes sent, headers included.
"""

from __future__ import annotations

import functools
import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

_TEXT = {".html", ".js", ".mjs", ".json", ".css", ".txt", ".svg"}
UNCOUNTED = "/bench/"  # the harness itself


@dataclass
class Sent:
    """Counts since the last `take`."""

    requests: int = 0
    bytes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, size: int) -> None:
        with self.lock:
            self.requests += 1
            self.bytes += size

    def take(self) -> tuple[int, int]:
        with self.lock:
            counted = self.requests, self.bytes
            self.requests = self.bytes = 0
        return counted


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, Sent]]:
    """Serves a folder; gives its address, with a slash at the end, and the counter."""
    sent = Sent()
    handler = functools.partial(_Handler, folder, sent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", sent
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, folder: Path, sent: Sent, *rest: object) -> None:
        self.folder, self.sent = folder, sent
        super().__init__(*rest)  # type: ignore[arg-type]

    def log_message(self, *_: object) -> None:
        """Nothing: thousands of requests pass."""

    def do_GET(self) -> None:
        address = unquote(urlsplit(self.path).path)
        path = (self.folder / address.lstrip("/")).resolve()
        if not path.is_relative_to(self.folder.resolve()) or not path.is_file():
            self._answer(404, {"Content-Type": "text/plain"}, b"not here", address)
            return
        headers = {"Content-Type": mimetypes.guess_type(path.name)[0] or "application/octet-stream"}
        body = _file(path)
        if path.suffix in _TEXT:
            headers["Content-Encoding"] = "gzip"
        if path.suffix in (".js", ".mjs"):
            headers["Content-Type"] = "text/javascript"
        headers["Cache-Control"] = "max-age=600"
        self._answer(200, headers, body, address)

    def _answer(self, status: int, headers: dict[str, str], body: bytes, address: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        buffered: list[bytes] = self._headers_buffer  # type: ignore[attr-defined]
        size = len(body) + sum(map(len, buffered)) + 2
        self.end_headers()
        self.wfile.write(body)
        if not address.startswith(UNCOUNTED) and address != "/favicon.ico":
            self.sent.add(size)


@functools.lru_cache(maxsize=4096)
def _file(path: Path) -> bytes:
    """What goes over the wire: text packed as hosts pack it, everything else as it is."""
    data = path.read_bytes()
    return gzip.compress(data, 6, mtime=0) if path.suffix in _TEXT else data
