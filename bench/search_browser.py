"""Asks queries in headless Chromium, as readers do: a few in a row, then somebody else comes with an empty cache.

In: a site folder and queries. Out: `Answer` values: the addresses found, in order, and what each query cost.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from bench.search_query import Query
from bench.web_server import Sent, serving

IN_A_ROW = 6
MOBILE = {"offline": False, "latency": 85, "downloadThroughput": 9e6 / 8, "uploadThroughput": 3e6 / 8}  # 4G
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_LONGEST = 120_000  # ms for one query


@dataclass(frozen=True, slots=True)
class Answer:
    """`cold`: the first query of a reader, everything that search loads in its bytes. `failed`: what went wrong.

    `ms` from the call to the addresses, once the engine is open; `opening_ms` before that.
    """

    query: Query
    addresses: tuple[str, ...]
    ms: float
    opening_ms: float
    requests: int
    bytes: int
    cold: bool
    failed: str = ""

    @property
    def rank(self) -> int:
        """1 for a right page at the top, 0 if none was found."""
        return next((rank for rank, found in enumerate(self.addresses, 1) if found in self.query.right), 0)


def ask(site: Path, queries: Sequence[Query], *, mobile: bool = False, seed: int = 1) -> list[Answer]:
    """Asks all queries, shuffled, IN_A_ROW by each reader; `mobile`: over a simulated 4G line."""
    order = list(queries)
    Random(seed).shuffle(order)
    answers: list[Answer] = []
    with serving(site) as (address, sent), _browser() as browser:
        for start in range(0, len(order), IN_A_ROW):
            with browser.new_context(locale="vi-VN") as context:
                page = context.new_page()
                page.set_default_timeout(_LONGEST)
                page.goto(f"{address}bench/index.html")
                if mobile:
                    session = context.new_cdp_session(page)
                    session.send("Network.enable")
                    session.send("Network.emulateNetworkConditions", MOBILE)
                sent.take()
                for place, query in enumerate(order[start : start + IN_A_ROW]):
                    answers.append(_answer(page, sent, query, place == 0))
    return answers


def _answer(page: Page, sent: Sent, query: Query, cold: bool) -> Answer:
    asked: dict[str, Any] = {"addresses": [], "ms": float(_LONGEST), "opening": 0.0}
    failed = ""
    try:
        asked = page.evaluate("([query, typing]) => ask(query, typing)", [query.query, query.typing])
    except BrowserError as error:
        failed = error.message.splitlines()[0]
    requests, size = sent.take()
    return Answer(query, tuple(asked["addresses"]), asked["ms"], asked["opening"], requests, size, cold, failed)


@contextmanager
def _browser() -> Iterator[Browser]:
    """Any Chromium, Chrome or Edge of the machine, else playwright's own."""
    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_QUIET)
        yield browser
        browser.close()
