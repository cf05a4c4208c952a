"""Search in a real browser: with marks and without, by code, by name, to the paragraph."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.searching import hits, search

pytestmark = pytest.mark.browser

FIRST_HITS = {
    "dân vận khéo": "bai-viet/",
    "dan van kheo": "bai-viet/",
    "43-NQ/TW": "van-ban/nghi-quyet-43-nq-tw-2023-11-24/",
    "nghị quyết 43": "van-ban/nghi-quyet-43-nq-tw-2023-11-24/",
    "truong thi mai": "nguoi/truong-thi-mai/",
    "Trương Thị Mai": "nguoi/truong-thi-mai/",
    "truowng thij mai": "nguoi/truong-thi-mai/",
    "Đỗ Văn Phới": "nguoi/do-van-phoi/",
    "Hoà Bình": "dia-phuong/hoa-binh/",
    "hoa binh": "dia-phuong/hoa-binh/",
}


@pytest.mark.parametrize("query", FIRST_HITS)
def test_the_first_hit_is_what_was_meant(page: Page, address: str, query: str) -> None:
    """With marks, without, by number, by name: the right page comes first."""
    search(page, address, query)
    assert hits(page, address)[0].startswith(FIRST_HITS[query])


@pytest.mark.parametrize("query", ["đại đoàn kết", "dai doan ket"])
def test_an_excerpt_leads_to_the_paragraph(page: Page, address: str, query: str) -> None:
    """Letters are those of the text, what was found is marked, and the link goes to the words."""
    search(page, address, query)
    article = page.locator(".search__hit", has=page.locator('a[href*="bai-viet/hoi-nghi-toan-quoc"]'))
    expect(article.locator("mark", has_text="đại").first).to_be_visible()
    article.locator("a").click()
    anchor = page.evaluate("location.hash.slice(1)")
    assert "đại đoàn kết" in page.locator(f"[id='{anchor}']").inner_text()


def test_results_are_grouped_by_kind(page: Page, address: str) -> None:
    """A name brings the person, the events and the articles, each under its own heading."""
    search(page, address, "truong thi mai")
    assert page.locator(".search__group h2").all_inner_texts()[0] == "Nhân vật"
    assert set(page.locator(".search__group h2").all_inner_texts()) >= {"Nhân vật", "Sự kiện", "Bài viết"}


def test_what_was_searched_instead_is_said(page: Page, address: str) -> None:
    """Keystrokes that were not made to letters are repaired, and the page does not hide it."""
    search(page, address, "daan vaanj")
    expect(page.locator(".search__repaired")).to_have_text("Đã tìm “dân vận” thay cho “daan vaanj”.")
    assert hits(page, address)


def test_what_was_typed_can_be_searched_after_all(page: Page, address: str) -> None:
    """The way back from a repair is a step of its own, in the address, and ends with the next letter."""
    search(page, address, "daan vaanj")
    page.get_by_role("button", name="Tìm đúng “daan vaanj”").click()
    expect(page.locator(".search__repaired")).to_have_count(0)
    expect(page.locator(".search__status")).to_have_text("Không có trong kho: daan, vaanj.")
    assert "dung=1" in page.url


def test_what_is_nowhere_is_said(page: Page, address: str) -> None:
    """A number that no page has is named, and what is near stands below a line that says so."""
    search(page, address, "nghị quyết 88")
    expect(page.locator(".search__status")).to_have_text("Không có trong kho: nghị quyết 88.")
    expect(page.locator(".search__near")).to_be_visible()
    assert hits(page, address)


def test_titles_and_the_page_that_follows_are_marked(page: Page, address: str) -> None:
    """What was found is lit up in the title, and the link tells the browser what to mark."""
    search(page, address, "dân vận khéo")
    expect(page.locator(".search__excerpt mark", has_text="ân vận khéo").first).to_be_visible()
    search(page, address, "trương thị mai")
    expect(page.locator(".search__title mark").first).to_have_text("Trương Thị Mai")
    links = page.locator(".search__title").evaluate_all("all => all.map(link => link.getAttribute('href'))")
    assert any(":~:text=Tr%C6%B0%C6%A1ng%20Th%E1%BB%8B%20Mai" in link for link in links)


@pytest.mark.parametrize("query", ["<img src=x onerror=alert(1)>", '"><script>alert(1)</script>'])
def test_a_query_is_text_and_never_markup(page: Page, address: str, query: str) -> None:
    """What a stranger puts into the address is shown as words."""
    search(page, address, query)
    assert page.locator("main img, main .search script:not([src])").count() == 0  # the page has one of its own
    assert page.locator("#search-query").input_value() == query
