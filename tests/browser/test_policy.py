"""The Content-Security-Policy: everything of ours works under it, and nothing of a stranger's runs."""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from archive.build.site import build
from archive.config import Paths
from archive.problems import Report
from archive.progress import Progress
from archive.site.server import _Server
from tests.browser.conftest import ROOT, Heard
from tests.browser.pages import PAGES
from tests.browser.searching import search
from tests.browser.serving import read_headers, served

# Told to the console, because a page's own variables are gone once it leads on.
LISTENER = """addEventListener("securitypolicyviolation", event =>
    console.error("refused", event.violatedDirective, event.blockedURI, event.sourceFile, event.sample))"""
# What a stranger's markup could be, had it got through; each would tell that it ran.
STRANGER = """<script>window.ran = "script"</script><img src="nothing" onerror="window.ran = 'handler'">
<svg onload="window.ran = 'svg'"></svg><iframe srcdoc="<script>parent.ran = 'frame'</script>"></iframe>
<a id="stranger" href="javascript:void(window.ran = 'address')">x</a><base href="https://elsewhere.example/">
<script src="https://elsewhere.example/x.js"></script><link rel="stylesheet" href="https://elsewhere.example/x.css">
<style>body { display: none }</style><object data="data:text/html,<script>top.ran = 'object'</script>"></object>
<form id="away" action="https://elsewhere.example/"><button id="send">x</button></form>"""


def without_policy(html: str) -> str:
    found, number = re.subn('<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    assert number == 1
    return found


@pytest.fixture(scope="module", params=["syllable", "pagefind"])
def guarded(
    request: pytest.FixtureRequest, built_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The archive's own site with either search engine, served with the headers that it asks hosts for."""
    site = built_site
    if request.param == "pagefind":
        root = tmp_path_factory.mktemp("pagefind")
        shutil.copytree(ROOT / "site-config", root / "site-config")
        config = root / "site-config" / "site.yml"
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace("engine: syllable,", "engine: pagefind,"), encoding="utf-8")
        site = root / "site"
        own = dataclasses.replace(Paths.below(ROOT), site_config=root / "site-config", work=root / "work")
        build(own, site, Report(), Progress(quiet=True))
    with served(site, read_headers(site)) as address:
        yield address


@pytest.fixture
def watched(context: BrowserContext, guarded: str) -> Iterator[tuple[Page, str]]:
    """A page that tells what is refused to it; afterwards nothing was, and it has asked nobody but the site."""
    heard = Heard()
    page = context.new_page()
    page.add_init_script(LISTENER)
    heard.attach(page)
    yield page, guarded
    assert [line for line in heard.console if "404" not in line] == []
    assert [url for url in heard.requests if not url.startswith((guarded, "data:"))] == []


def test_every_kind_of_page(watched: tuple[Page, str]) -> None:
    """No page is refused anything it asks for."""
    page, address = watched
    for path in PAGES:
        page.goto(address + path, wait_until="networkidle")
        assert page.evaluate("document.documentElement.className") == "js"


def test_what_readers_do(watched: tuple[Page, str]) -> None:
    """Search, its filters, suggestions, light and dark, and the timeline's filter work under the policy."""
    page, address = watched
    search(page, address, "nghi quyet 25")
    expect(page.locator("a.search__title").first).to_be_visible()
    page.goto(f"{address}dong-thoi-gian/")
    page.locator("[data-timeline-filter] select").first.select_option(index=1)
    expect(page.locator("[data-timeline-filter] output")).not_to_be_empty()
    before = page.evaluate("document.body.dataset.scheme")
    page.locator("[data-palette]").click()
    assert page.evaluate("document.body.dataset.scheme") != before
    page.locator("#header-search").press_sequentially("dân vận")
    expect(page.locator("[role=option]").first).to_be_visible()


@pytest.mark.parametrize("guard", [True, False], ids=["with", "without"])
@pytest.mark.parametrize("path", ["", "nguoi/truong-thi-mai/", "tim-kiem/", "dong-gop/", "khong-co-trang-nay/"])
def test_a_stranger_in_the_page(path: str, guard: bool, browser: Browser, address: str) -> None:
    """Markup that got into a page runs nothing, loads nothing, sends nothing: the meta element alone sees to it.

    Without that element all of it happens: the markup is alive.
    """
    context = browser.new_context()
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.text.startswith("refused") else None)
    page.add_init_script(LISTENER)
    asked: list[str] = []

    def let_out(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    def with_stranger(route: Route) -> None:
        answer = route.fetch()
        html = re.sub("(<article[^>]*>)", lambda start: start[0] + STRANGER, answer.text(), count=1)
        route.fulfill(response=answer, body=html if guard else without_policy(html))

    page.route(re.compile("elsewhere"), let_out)
    page.route(address + path, with_stranger)
    page.goto(address + path, wait_until="networkidle")
    page.evaluate("document.querySelector('#stranger').click()")
    ran = page.evaluate("window.ran")
    page.evaluate("document.querySelector('#send').click()")
    page.wait_for_timeout(200)
    if not guard:
        assert ran == "address" and {url.rsplit("/", 1)[1] for url in asked} >= {"x.js", "x.css", "?"}
        context.close()
        return
    assert ran is None
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    assert asked == []
    assert page.url == address + path
    told = "\n".join(refused)
    for directive in ("script-src-elem", "script-src-attr", "style-src-elem", "base-uri", "form-action", "object-src"):
        assert f"refused {directive}" in told
    context.close()


def test_first_in_the_head(built_site: Path) -> None:
    """The policy comes before anything it has to govern, and the encoding is still told in the first 1024 bytes."""
    first = rb'<head>\s*<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy" content="[^"<>]+">'
    pages = list(built_site.rglob("*.html"))
    assert len(pages) > 50
    for path in pages:
        start = path.read_bytes()[:1024]
        assert re.search(first, start), path


def test_nothing_inline(built_site: Path) -> None:
    """No page holds a script, a style or a handler in its own text."""
    inline = re.compile(
        r"""<script(?![^>]*(?: src=|type="application/ld\+json"))|<style|<[a-z][^<>]*\s(?:style|on[a-z]+)="""
    )
    for path in built_site.rglob("*.html"):
        assert not inline.search(path.read_text(encoding="utf-8")), path


def test_light_or_dark_from_the_first_picture(browser: Browser, address: str) -> None:
    """A reader who wants it dark never sees a light page, not for one frame."""
    for chosen, system, expected in (
        (None, "dark", "dark"),
        ("dark", "light", "dark"),
        ("light", "dark", "light"),
    ):
        context = browser.new_context(color_scheme=system)  # type: ignore[arg-type]
        page = context.new_page()
        if chosen:
            page.add_init_script(f"localStorage.setItem('scheme', '{chosen}')")
        page.add_init_script(
            "window.seen = []; const look = () => { if (document.body) seen.push(document.body.dataset.scheme);"
            "requestAnimationFrame(look) }; look()"
        )
        page.goto(f"{address}nguoi/", wait_until="networkidle")
        assert set(page.evaluate("seen")) == {expected}
        context.close()


def test_pages_reload_themselves_under_the_policy(context: BrowserContext, built_site: Path, address: str) -> None:
    """`serve` adds a script to every page, and to the policy of the page that one script."""
    server = _Server.__new__(_Server)
    html = server._inject_js_into_html((built_site / "nguoi" / "index.html").read_bytes(), 1)
    page = context.new_page()
    page.add_init_script(LISTENER)
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.route("**/livereload/**", lambda route: route.fulfill(body="1", content_type="text/plain"))
    page.route(f"{address}nguoi/", lambda route: route.fulfill(body=html, content_type="text/html"))
    with page.expect_request("**/livereload/**"):
        page.goto(f"{address}nguoi/")
    assert heard == ["Enabled live reload"]
