"""Every kind of page in a browser: narrow and wide, light and dark, quiet, and open to everybody."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Heard
from tests.browser.pages import PAGES

pytestmark = pytest.mark.browser
SERIOUS = {"serious", "critical"}


def visit(page: Page, url: str) -> None:
    """Goes to a page; a search is waited for, everything else is there when it has loaded."""
    page.goto(url)
    if "?q=" in url:
        page.wait_for_load_state("networkidle")


def violations(page: Page) -> list[str]:
    """What axe-core calls serious or worse, with the first element it names."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in SERIOUS]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_axe_violation(browser: Browser, address: str, scheme: str) -> None:
    """axe-core finds nothing serious on any kind of page, in light and in dark."""
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page = context.new_page()
    found = {}
    for name in PAGES:
        visit(page, address + name)
        if bad := violations(page):
            found[name] = bad
    context.close()
    assert found == {}


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_nothing_is_wider_than_the_screen(browser: Browser, address: str, width: int) -> None:
    """At every width the page scrolls down and never sideways."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    too_wide = {}
    for name in PAGES:
        visit(page, address + name)
        if (measured := page.evaluate("document.scrollingElement.scrollWidth")) > width:
            too_wide[name] = measured
    context.close()
    assert too_wide == {}


def test_pages_are_quiet_and_ask_nobody_else(page: Page, heard: Heard, address: str) -> None:
    """No console error, and no request leaves the site (the `page` fixture looks)."""
    for name in PAGES[:-1]:
        visit(page, address + name)
        assert page.locator("h1").count() == 1, name
        assert page.locator("html").get_attribute("lang") == "vi", name
    assert heard.requests


def test_a_missing_page_answers_in_vietnamese_and_leads_home(context: object, browser: Browser, address: str) -> None:
    """The 404 page works at any depth: its styles load and its links lead to pages that are there."""
    fresh = browser.new_page()
    answer = fresh.goto(address + "nguoi/khong-co/sau-nua/")
    assert answer is not None
    assert answer.status == 404
    assert "Không tìm thấy" in fresh.locator("h1").inner_text()
    hrefs = fresh.locator("article a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert hrefs
    for href in hrefs:
        path = href.replace("https://kho-tu-lieu-dan-van.example/", "/").lstrip("/")
        reached = fresh.request.get(address + path)
        assert reached.ok, href
    fresh.close()


def test_every_record_is_within_three_clicks_of_home(page: Page, address: str) -> None:
    """Home → section → record: people, documents, events and articles are all reached."""
    page.goto(address)
    reached = links(page, address)
    for _ in range(2):
        for link in sorted(reached):
            if link.endswith("/") and link.count("/") == 1:
                page.goto(address + link)
                reached |= links(page, address)
    sitemap = page.request.get(address + "sitemap.xml").text()
    records = [part.split("</loc>")[0].split(".example/")[1] for part in sitemap.split("<loc>")[1:]]
    missing = [record for record in records if record and record not in reached]
    assert missing == []


def links(page: Page, address: str) -> set[str]:
    hrefs: list[str] = page.locator("a[href]").evaluate_all(
        "links => links.map(link => new URL(link.getAttribute('href'), link.baseURI).href.split('#')[0])"
    )
    return {href.removeprefix(address) for href in hrefs if href.startswith(address)}
