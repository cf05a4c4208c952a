"""Search in a real browser: with marks and without, by code, by name, with filters, by keyboard."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

FIRST_HITS = {
    "dân vận khéo": "bai-viet/",
    "dan van kheo": "bai-viet/",
    "43-NQ/TW": "van-ban/nghi-quyet-43-nq-tw-2023-11-24/",
    "truong thi mai": "nguoi/truong-thi-mai/",
    "Trương Thị Mai": "nguoi/truong-thi-mai/",
    "đại đoàn kết": "van-ban/nghi-quyet-43-nq-tw-2023-11-24/",
    "dai doan ket": "van-ban/nghi-quyet-43-nq-tw-2023-11-24/",
    "Đỗ Văn Phới": "nguoi/do-van-phoi/",
    "Hoà Bình": "dia-phuong/hoa-binh/",
    "hoa binh": "dia-phuong/hoa-binh/",
}


def search(page: Page, address: str, query: str, more: str = "") -> None:
    page.goto(f"{address}tim-kiem/?q={quote(query)}{more}")
    wait(page)


def wait(page: Page) -> None:
    expect(page.locator(".search__results")).to_have_attribute("aria-busy", "false")
    expect(page.locator(".search__status")).not_to_be_empty()
    expect(page.locator(".search__skeleton")).to_have_count(0)


def hits(page: Page, address: str) -> list[str]:
    found: list[str] = page.locator("a.search__title").evaluate_all("links => links.map(link => link.href)")
    return [href.removeprefix(address) for href in found]


@pytest.mark.parametrize("query", FIRST_HITS)
def test_the_first_hit_is_what_was_meant(page: Page, address: str, query: str) -> None:
    """With marks, without, by number, by name: the right page comes first."""
    search(page, address, query)
    assert hits(page, address)[0].startswith(FIRST_HITS[query])


@pytest.mark.parametrize("query", ["đại đoàn kết", "dai doan ket"])
def test_an_excerpt_leads_to_the_paragraph_and_shows_the_letters_of_the_text(
    page: Page, address: str, query: str
) -> None:
    """The index writes đ in another way; readers never see that, and the link goes to the words."""
    search(page, address, query)
    article = page.locator(".search__hit", has=page.locator('a[href*="bai-viet/hoi-nghi-toan-quoc"]'))
    expect(article.locator("mark", has_text="đại").first).to_be_visible()
    assert "\u1e0f" not in page.locator("main").inner_text()
    article.locator("a").click()
    anchor = page.evaluate("location.hash.slice(1)")
    assert "đại đoàn kết" in page.locator(f"[id='{anchor}']").inner_text()


def test_results_are_grouped_by_kind(page: Page, address: str) -> None:
    """A name brings the person, the events and the articles, each under its own heading."""
    search(page, address, "truong thi mai")
    assert page.locator(".search__group h2").all_inner_texts()[0] == "Người"
    assert set(page.locator(".search__group h2").all_inner_texts()) >= {"Người", "Sự kiện", "Bài viết"}


def test_filters_narrow_and_stand_in_the_address(page: Page, address: str) -> None:
    """A chosen year narrows the results, can be shared by address, and the back button undoes it."""
    search(page, address, "dân vận")
    everything = len(hits(page, address))
    panel = page.locator(".search__filters")
    if panel.get_attribute("open") is None:
        panel.locator("summary").click()
    page.locator('[data-facet="year:2020"]').check()
    wait(page)
    expect(page).to_have_url(re.compile("nam=2020"))
    expect(page.locator("a.search__title")).not_to_have_count(everything)
    narrowed = hits(page, address)
    search(page, address, "dân vận", "&nam=2020")
    assert hits(page, address) == narrowed
    page.go_back()
    page.go_back()
    wait(page)
    expect(page.locator("a.search__title")).to_have_count(everything)


@pytest.mark.parametrize("name", ["kind", "year", "level", "official", "document"])
def test_every_filter_is_offered(page: Page, address: str, name: str) -> None:
    """Kind, year, level, official and document can each narrow a search."""
    search(page, address, "dân vận")
    assert page.locator(f'[data-facet^="{name}:"]').count() > 0


def test_nothing_found_says_so_and_what_to_try(page: Page, address: str) -> None:
    """An empty result is never silent."""
    search(page, address, "xyzzyq")
    expect(page.locator(".search__status")).to_contain_text("Không tìm thấy")
    expect(page.locator(".search__results")).to_contain_text("Thử")


def test_a_failed_index_gives_a_message_and_a_retry(browser: Browser, address: str) -> None:
    """If the index can't be loaded the page says so, and the retry finds when it can."""
    page = browser.new_page()
    page.route("**/pagefind/pagefind.js", lambda route: route.abort())
    page.goto(f"{address}tim-kiem/?q=dan")
    retry = page.locator(".search__retry")
    expect(retry).to_be_visible()
    page.unroute("**/pagefind/pagefind.js")
    retry.click()
    expect(page.locator("a.search__title").first).to_be_visible()
    page.close()


def test_search_by_keyboard_alone(page: Page, address: str) -> None:
    """`/` goes to the box of any page, Enter searches, arrows walk the results, Escape returns."""
    page.goto(address + "nguoi/")
    page.keyboard.press("/")
    page.keyboard.type("truong thi mai")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=*")
    wait(page)
    page.locator("input[type=search]").last.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.className") == "search__title"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nguoi/truong-thi-mai/**")


def test_the_key_s_goes_to_the_search_box_too(page: Page, address: str) -> None:
    """Material's second shortcut is kept."""
    page.goto(address + "van-ban/")
    page.keyboard.press("s")
    assert page.evaluate("document.activeElement.name") == "q"


def test_a_query_is_text_and_never_markup(page: Page, address: str) -> None:
    """What a stranger puts into the address is shown as words."""
    search(page, address, "<img src=x onerror=alert(1)>")
    assert page.locator("main img").count() == 0
