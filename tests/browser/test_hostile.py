"""Hostile texts in every field of every kind of record: a browser opens what is made of them, and nothing runs.

Each payload tells its number if it runs. What sanitising alone stops is seen on a copy of the site without its
policy; that everything else is stopped too is seen on the site as it is published.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Error, Page, expect

from archive.build.site import build
from archive.model.records import Article, Document, Event, Official
from archive.model.records import Page as WrittenPage
from archive.model.schema import Group, Many, Text, fields_of
from archive.problems import Report
from archive.progress import Progress
from tests.browser.hostile import PAYLOADS, hostile_archive
from tests.browser.searching import search
from tests.browser.serving import served
from tests.test_hostile_input import BAITS, LONG, SHORT

MARKER = "window.__ran = number => console.error('RAN', number);"
# What a reader may do to an element: reach it, point at it, press it. Links are not followed, but must lead to pages.
USE = """() => {
    for (const name of ["click", "submit"]) addEventListener(name, event => event.preventDefault(), { capture: true });
    const strange = [];
    for (const element of document.querySelectorAll("body *")) {
        if (element.closest(".header__theme, .header__menu")) continue;
        for (const name of ["mouseover", "pointerover", "focus", "click", "toggle", "error", "animationstart"])
            element.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
        for (const { name, value } of element.attributes) {
            if (/^(on.*|style|srcdoc)$/.test(name)) strange.push(`${element.tagName} ${name}`);
            if (!/^(href|src|action|formaction|data|xlink:href)$/.test(name)) continue;
            if (!/^(https?|mailto):$/.test(new URL(value, document.baseURI).protocol)) strange.push(`${name}=${value}`);
        }
        if (/^(IFRAME|OBJECT|EMBED|BASE|STYLE|MATH|VIDEO|AUDIO|MARQUEE|META|LINK)$/i.test(element.tagName) &&
            !element.matches("link[rel=modulepreload]")) strange.push(element.tagName);
    }
    return strange;
}"""


@dataclass
class Watch:
    """What happened on all pages of a test."""

    address: str
    page: Page
    is_bare: bool
    heard: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(MARKER)
        self.page.on("console", lambda message: self.heard.append(f"{self.page.url}: {message.text}"))
        self.page.on("pageerror", lambda error: self.heard.append(f"{self.page.url}: {error}"))
        self.page.on("dialog", self._refuse)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("popup", lambda popup: self.heard.append(f"popup: {popup.url}"))

    def _refuse(self, dialog: Dialog) -> None:
        self.heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, path: str) -> None:
        """Opens a page and uses all that is on it."""
        self.page.goto(self.address + path)
        strange = self.page.evaluate(USE)
        assert strange == [], path
        assert self.page.url == self.address + path

    def close(self) -> None:
        assert self.heard == []
        assert [url for url in self.asked if not url.startswith((self.address, "data:image/svg+xml"))] == []


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    assert build(hostile_archive(root), root / "site", Report(), Progress(quiet=True)) > 6 * len(PAYLOADS)
    return root / "site"


@pytest.fixture(scope="module", params=["with", "without"])
def watch(request: pytest.FixtureRequest, hostile_site: Path, browser: Browser) -> Iterator[Watch]:
    """The hostile site with its policy, and a copy without."""
    site = hostile_site
    if request.param == "without":
        site = hostile_site.with_name("bare")
        shutil.copytree(hostile_site, site)
        for path in site.rglob("*.html"):
            html, number = re.subn(
                '<meta http-equiv="Content-Security-Policy"[^>]*>', "", path.read_text(encoding="utf-8")
            )
            assert number == 1, path
            path.write_text(html, encoding="utf-8")
    with served(site) as address:
        context = browser.new_context()
        yield Watch(address, context.new_page(), request.param == "without")
        context.close()


def test_there_are_enough() -> None:
    """At least sixty payloads, each with its own number, and every one of them in every field of every kind."""
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60
    for model in (Article, Event, Official, Document, WrittenPage):
        assert 0 < texts_of(model) <= len(PAYLOADS)


def test_the_payloads_are_alive(browser: Browser, tmp_path: Path) -> None:
    """Put into a page as they are, a third runs at least (others want Markdown): what runs would have been seen."""
    page = browser.new_page()
    ran: set[str] = set()
    page.add_init_script(MARKER)
    page.on("console", lambda message: ran.add(message.text) if message.text.startswith("RAN") else None)
    page.route(re.compile("elsewhere"), lambda route: route.abort())
    (tmp_path / "404.html").write_text("", encoding="utf-8")
    for number, payload in enumerate(PAYLOADS):
        html = f"<!doctype html><title>x</title><p>{payload}</p><p title='{payload}'><p title=\"{payload}\">"
        (tmp_path / f"{number}.html").write_text(html, encoding="utf-8")
    with served(tmp_path) as address:
        for number in range(len(PAYLOADS)):
            with suppress(Error):  # a payload may lead the page away
                page.goto(f"{address}{number}.html")
                page.evaluate(USE)
            page.wait_for_timeout(100)  # what runs once something has failed to load
    page.close()
    assert len(ran) > len(PAYLOADS) / 3


def texts_of(model: type[Any]) -> int:
    def count(kind: object) -> int:
        match kind:
            case Text():
                return 1
            case Many(of):
                return count(of)
            case Group(of):
                return texts_of(of)
        return 0

    return sum(count(field.kind) for field in fields_of(model).values())


def test_nothing_runs_on_any_page(watch: Watch, hostile_site: Path) -> None:
    """Every page of the hostile site is opened, and every element on it reached, pointed at and pressed.

    With the policy every fifth page is enough: what runs without it is told by the other half.
    """
    pages = sorted(path.relative_to(hostile_site).as_posix() for path in hostile_site.rglob("index.html"))
    assert len(pages) > 6 * len(PAYLOADS)
    for path in pages if watch.is_bare else pages[::5]:
        watch.open(path.removesuffix("index.html"))
    watch.close()


def test_nothing_runs_in_search(watch: Watch) -> None:
    """Results, their excerpts and filters show payloads as words; so does a query that is a payload."""
    for query in ("script", "window ran", "onerror", "javascript", "svg onload"):
        search(watch.page, watch.address, query)
        expect(watch.page.locator("a.search__title").first).to_be_visible()
        assert watch.page.evaluate(USE) == [], query
    for payload in PAYLOADS[::9]:
        search(watch.page, watch.address, payload)
        assert watch.page.evaluate(USE) == [], payload
        assert watch.page.url.startswith(f"{watch.address}tim-kiem/")
    watch.close()


def test_nothing_runs_in_suggestions(watch: Watch) -> None:
    """What is offered under the search box, and what a reader types there, are words."""
    watch.page.goto(f"{watch.address}nguoi/")
    box = watch.page.locator("#header-search")
    for typed in ("script", "onerror", PAYLOADS[0], PAYLOADS[18], PAYLOADS[57]):
        box.fill(typed)
        expect(watch.page.locator(".suggestion--all")).to_contain_text(typed)
        for option in watch.page.locator("[role=option]").all():
            option.hover()
    assert watch.page.evaluate(USE) == []
    watch.close()


def test_nothing_runs_from_an_address(watch: Watch) -> None:
    """Queries, filters and anchors in an address are read as words."""
    for payload in PAYLOADS[::12]:
        for path in ("tim-kiem/?q=a&loai={}", "tim-kiem/?{}", "dong-thoi-gian/?cap={}", "nguoi/#{}", "?{}"):
            watch.page.goto(watch.address + path.format(quote(payload)))
            assert watch.page.evaluate(USE) == []
    watch.close()


TIMES = """async ([root, baits, sizes]) => {
    const { parse, readyFor, tokens } = await import(root + "assets/search/words.js");
    const { codes } = await import(root + "assets/search/codes.js");
    const data = await (await fetch(root + "tim-kiem/chi-muc/words.json")).json();
    const times = {};
    for (const bait of baits)
        times[bait.slice(0, 20)] = await Promise.all(sizes.map(async (size) => {
            const text = bait.repeat(size / bait.length);
            await readyFor(text);
            const start = performance.now();
            parse(text, data, true);
            tokens(text, data);
            codes(text, data);
            return performance.now() - start;
        }));
    return times;
}"""


def test_a_query_takes_time_in_proportion(page: Page, address: str) -> None:
    """Words and codes of what a reader types or an address brings are found without going back and forth."""
    page.goto(f"{address}tim-kiem/")
    times = page.evaluate(TIMES, [address, list(BAITS), [SHORT, LONG]])
    assert {bait: (short, long) for bait, (short, long) in times.items() if long > 250 and long > 24 * short} == {}
