"""The traps of the five source articles come out right on the pages a reader sees."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import pages

pytestmark = pytest.mark.browser


def main_text(page: Page, url: str) -> str:
    page.goto(url)
    return page.locator("main").inner_text()


def date_shown(page: Page, url: str) -> str:
    page.goto(url)
    when = page.locator(".card--brief dt", has_text="Khi nào").locator("xpath=following-sibling::dd[1]")
    return when.inner_text().removesuffix("suy ra từ lời bài").strip()


@pytest.mark.parametrize(
    ("article", "shown"),
    [
        (pages.WITHOUT_HEADLINE, "khoảng tháng 6–8 năm 2024"),
        (pages.LAST_2020, "31/12/2020"),
        (pages.LONGEST, "từ tháng 12 năm 2023 đến khoảng tháng 2 năm 2024"),
        (pages.MID_2020, "khoảng tháng 6–7 năm 2020"),
        (pages.WITH_PLACE, "11/4/2024"),
    ],
)
def test_dates(page: Page, address: str, article: str, shown: str) -> None:
    """Each article shows the date its text gives, never the day its page was rendered."""
    assert date_shown(page, address + article) == shown
    assert page.locator("main").get_by_text("suy ra từ lời bài").count() > 0


def test_a_title_given_by_an_editor_is_marked(page: Page, address: str) -> None:
    """Seed 000 has no headline of its own."""
    assert "do biên tập viên đặt" in main_text(page, address + pages.WITHOUT_HEADLINE)


def test_two_spellings_stay_two_people_and_point_to_each_other(page: Page, address: str) -> None:
    """Đỗ Văn Phới and Đỗ Văn Phớn: two records, each with the note."""
    for one, other in (("do-van-phoi", "Đỗ Văn Phớn"), ("do-van-phon", "Đỗ Văn Phới")):
        text = main_text(page, f"{address}nguoi/{one}/")
        assert "Có thể là cùng một người" in text
        assert other in text


def test_posts_are_those_of_each_article(page: Page, address: str) -> None:
    """Trương Thị Mai is Trưởng Ban in 2020 and Thường trực Ban Bí thư in 2023-24."""
    page.goto(f"{address}nguoi/truong-thi-mai/")
    for role, year in (("Trưởng Ban", "2020"), ("Thường trực Ban Bí thư", "2023")):
        row = page.locator(".posts > li", has=page.get_by_text(role, exact=True))
        assert year in row.inner_text()


def test_a_province_added_by_an_editor_is_marked(page: Page, address: str) -> None:
    """Seed 004 never names its province."""
    text = main_text(page, address + pages.WITH_PLACE)
    assert "Hòa Bình" in text
    assert "do biên tập viên bổ sung" in text


def test_a_relation_is_shown_from_both_ends(page: Page, address: str) -> None:
    """54-KL/TW continues 99-QĐ/TW, and is named on the other's page."""
    assert "Quyết định số 99-QĐ/TW" in main_text(page, f"{address}van-ban/ket-luan-54-kl-tw-2023-05-09/")
    text = main_text(page, f"{address}van-ban/quyet-dinh-99-qd-tw-2017-10-03/")
    assert "tiếp tục thực hiện" in text
    assert "Kết luận số 54-KL/TW" in text


def test_a_fact_leads_to_its_paragraph(page: Page, address: str) -> None:
    """From a post on a person's page to the paragraph that prints it."""
    page.goto(f"{address}nguoi/truong-thi-mai/")
    page.locator('a[href*="#doan-"]').first.click()
    anchor = page.evaluate("location.hash.slice(1)")
    target = page.locator(f"[id='{anchor}']")
    expect(target).to_be_in_viewport()
    assert "Trương Thị Mai" in target.inner_text()
