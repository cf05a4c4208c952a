"""How a test searches: opens the search page, waits for its answer, reads what was found."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import Page, expect


def search(page: Page, address: str, query: str, more: str = "") -> None:
    """Opens the search page with a query in the address."""
    page.goto(f"{address}tim-kiem/?q={quote(query)}{more}")
    wait(page)


def wait(page: Page) -> None:
    """Until the page has answered, one way or the other."""
    expect(page.locator(".search")).not_to_have_attribute("data-state", "asked")
    expect(page.locator(".search__results")).to_have_attribute("aria-busy", "false")
    expect(page.locator(".search__status")).not_to_be_empty()
    expect(page.locator(".search__skeleton")).to_have_count(0)


def hits(page: Page, address: str) -> list[str]:
    """Where the results lead, in their order."""
    found: list[str] = page.locator("a.search__title").evaluate_all("links => links.map(link => link.href)")
    return [href.removeprefix(address) for href in found]


def pages_of(found: list[str]) -> list[str]:
    """The same without the paragraphs: an excerpt may change while a reader types, the page not."""
    return [href.split("#", maxsplit=1)[0] for href in found]
