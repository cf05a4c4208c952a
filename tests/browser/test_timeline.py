"""The timeline: whole without JavaScript, filterable with it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def test_without_javascript_nothing_is_missing(browser: Browser, address: str) -> None:
    """Every event, the chart and its table are there; the filter that could not work is not."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "dong-thoi-gian/")
    assert page.locator(".moment").count() == 5
    assert page.locator(".c-heat--months td a").count() > 0
    assert page.locator(".c-lanes svg rect").count() > 0
    assert page.locator("details.c-twin table tbody tr").count() > 0
    expect(page.locator("[data-timeline-filter]")).to_be_hidden()
    assert page.locator("main").get_by_text("tháng 6–7 năm 2020").count() > 0
    context.close()


@pytest.mark.parametrize("name", ["", "nguoi/truong-thi-mai/", "van-ban/", "dong-gop/", "tim-kiem/"])
def test_pages_can_be_read_without_javascript(browser: Browser, address: str, name: str) -> None:
    """Headings, text and links are in the HTML itself."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(address + name)
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("main a[href]").count() > 0
    assert page.locator("header a[href]").count() > 0
    context.close()


def test_the_filter_hides_other_levels_and_stands_in_the_address(page: Page, address: str) -> None:
    """Choosing a level leaves its events, says how many, and survives a reload."""
    page.goto(address + "dong-thoi-gian/")
    page.locator("[data-timeline-filter] select[name=level]").select_option("tinh")
    expect(page.locator(".moment:visible")).to_have_count(1)
    expect(page.locator("[data-timeline-filter] output")).to_contain_text("1")
    expect(page).to_have_url(re.compile("cap=tinh"))
    page.reload()
    expect(page.locator(".moment:visible")).to_have_count(1)


def test_uncertain_dates_are_drawn_as_spans(page: Page, address: str) -> None:
    """A certain day is a dot, an uncertain one a span; none of the five seeds is both."""
    page.goto(address + "dong-thoi-gian/")
    assert page.locator(".c-lane circle.c-dot").count() == 2
    assert page.locator(".c-lane rect.c-unsure").count() == 3
    assert page.locator(".moment .c-strip rect.c-unsure").count() == 3
