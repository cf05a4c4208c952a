"""The modules of search in a browser, over an index of a handful of entries, without a site around them."""

from __future__ import annotations

import functools
import json
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from archive.model.search import SearchEntry
from archive.rules.site import SearchEngine, SearchSettings
from archive.search import build_search_index
from tests.archives import ROOT
from tests.search.made import KNOWLEDGE, SEARCH

ASSETS = ROOT / "templates" / "theme" / "assets" / "search"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: a test run is no place for an access log."""


def make_site(folder: Path, entries: Iterable[SearchEntry], engine: SearchEngine) -> Path:
    """A folder with the modules, an empty page and the index of the entries."""
    site = folder / engine
    shutil.copytree(ASSETS, site / "assets" / "search")
    (site / "index.html").write_text("<!doctype html><title>.</title><link rel=icon href=data:,>", encoding="utf-8")
    build_search_index(list(entries), site, folder / "work", KNOWLEDGE, SEARCH, SearchSettings(engine, 0))
    return site


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder's address, with a slash at the end."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def run(page: Page, script: str, **given: Any) -> Any:
    """What a script gives; `load(name)` imports a module of search, `given` is at hand by name."""
    names = ", ".join(given)
    load = "const load = (name) => import(new URL(`assets/search/${name}.js`, location.href).href);"
    return page.evaluate(
        f"async (given) => {{ const {{{names}}} = JSON.parse(given); {load} {script} }}", json.dumps(given)
    )
