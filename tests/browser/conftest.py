"""A real browser before the real site: the archive's own holdings, built once.

Any Chromium, Chrome or Edge on the machine serves; else playwright's own. Without one the tests
fail in CI and are skipped with a visible notice elsewhere.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from archive.build.site import build
from archive.config import Paths
from archive.problems import Report
from archive.progress import Progress
from tests.browser.serving import served

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # milliseconds: for what will be seen, on a machine that has much to do
NOTICE = "NO BROWSER: install Chromium, Chrome or Edge; the browser tests did not run"


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive's own site."""
    paths = Paths.below(ROOT)
    out = tmp_path_factory.mktemp("browser") / "site"
    own = Paths(paths.content, paths.site_config, paths.templates, paths.mkdocs, out.parent / "work")
    build(own, out, Report(), Progress(quiet=True))
    return out


@pytest.fixture(scope="session")
def address(built_site: Path) -> Iterator[str]:
    """Where the site is served, with a slash at the end."""
    with served(built_site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = launch(playwright)
        if found is None:
            if os.environ.get("CI"):
                pytest.fail(NOTICE)
            pytest.skip(NOTICE)
        expect.set_options(timeout=PATIENCE)
        yield found
        found.close()


def launch(playwright: Playwright) -> Browser | None:
    for name in BROWSERS:
        if path := shutil.which(name):
            return playwright.chromium.launch(executable_path=path, args=QUIET)
    try:
        return playwright.chromium.launch(args=QUIET)
    except Error:
        return None


@dataclass
class Heard:
    """What a page said and asked for while a test looked at it."""

    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.on("request", self._ask)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.console.append(message.text)

    def _ask(self, request: Request) -> None:
        self.requests.append(request.url)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
    yield made
    made.close()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def page(context: BrowserContext, heard: Heard, address: str) -> Iterator[Page]:
    """A page; afterwards it must have been quiet and have asked nobody but the site."""
    made = context.new_page()
    heard.attach(made)
    yield made
    assert heard.console == []
    assert [url for url in heard.requests if not url.startswith((address, "data:"))] == []
