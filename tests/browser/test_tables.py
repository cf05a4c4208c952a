"""Tables of documents: in a sensible order without a script, sorted by any column with it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

NUMBERED = ["Nghị quyết số 25-NQ/TW", "Quyết định số 99-QĐ/TW", "Quyết định số 118-QĐ/TW"]


def names(page: Page) -> list[str]:
    return [name.replace("\xa0", " ") for name in page.locator(".documents tbody th a").all_inner_texts()]


def test_numbers_sort_as_numbers_and_the_unknown_is_last(page: Page, address: str) -> None:
    """25 stands before 118; sorted the other way round, what has no number is still last."""
    page.goto(address + "van-ban/")
    button = page.get_by_role("button", name="Số, ký hiệu")
    for direction, order in (("ascending", NUMBERED), ("descending", NUMBERED[::-1])):
        button.click()
        expect(page.locator(f"th[aria-sort={direction}]")).to_have_count(1)
        shown = names(page)
        assert [name for name in shown if name in NUMBERED] == order
        assert shown[-1].startswith(("Nghị quyết Đại hội", "Chương trình"))


def test_an_address_names_a_column(page: Page, address: str) -> None:
    """The address of the list by year, which once was a list of its own, shows the table in the order of days."""
    page.goto(address + "van-ban/#theo-nam")
    expect(page.locator("#theo-nam[aria-sort=ascending]")).to_have_count(1)
    days = page.locator(".documents td.date").evaluate_all("cells => cells.map(({dataset}) => dataset.key)")
    known = [day for day in days if day]
    assert known == sorted(known) and days[: len(known)] == known and len(known) > 5


def test_without_a_script_the_order_is_sensible(browser: Browser, address: str) -> None:
    """By type, then by number; there is no button that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "van-ban/")
    assert [name for name in names(page) if name in NUMBERED] == NUMBERED
    assert page.locator(".documents button").count() == 0
    context.close()
