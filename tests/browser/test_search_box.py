"""Suggestions under the search box of every page: a combobox that stays out of the way."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Heard

pytestmark = pytest.mark.browser

BOXES = {"nguoi/": "header-search", "": "home-search", "bai-viet/": "header-search"}


def ask(page: Page, address: str, query: str = "truong thi", where: str = "nguoi/") -> Locator:
    """Types into the box of a page and waits for the list of the whole query."""
    page.goto(address + where)
    box = page.locator(f"#{BOXES[where]}")
    box.press_sequentially(query, delay=20)
    expect(page.get_by_role("option").last).to_have_text(f"Tìm “{query}” trong toàn kho")
    return box


def chosen(page: Page, box: Locator) -> str | None:
    """What a screen reader would read: the text of the active option."""
    active = box.get_attribute("aria-activedescendant")
    return page.locator(f"#{active}").inner_text() if active else None


@pytest.mark.parametrize("where", BOXES)
def test_nothing_is_loaded_before_the_first_letter(page: Page, heard: Heard, address: str, where: str) -> None:
    """A page brings no code and no data of search; looking at the box brings none either; a letter does."""
    page.goto(address + where)
    box = page.locator(f"#{BOXES[where]}")
    box.focus()
    page.wait_for_load_state("networkidle")
    assert [url for url in heard.requests if "/search/" in url or "chi-muc" in url] == []
    box.press("t")
    page.wait_for_load_state("networkidle")
    assert any(url.endswith("search/box.js") for url in heard.requests)


@pytest.mark.parametrize("where", BOXES)
def test_the_pattern_of_a_combobox(page: Page, address: str, where: str) -> None:
    """Roles and states before typing, with the list open, and after it is closed."""
    page.goto(address + where)
    box = page.locator(f"#{BOXES[where]}")
    assert box.get_attribute("role") == "combobox"
    assert box.get_attribute("aria-expanded") == "false"
    box = ask(page, address, where=where)
    listbox = page.get_by_role("listbox")
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-autocomplete") == "list"
    assert box.get_attribute("aria-controls") == listbox.get_attribute("id")
    assert box.get_attribute("aria-activedescendant") is None
    assert listbox.get_attribute("aria-label") == "Gợi ý"
    assert (
        page.get_by_role("group", name="Nhân vật").get_by_role("option").first.inner_text().startswith("Trương Thị Mai")
    )
    expect(page.locator("form [role=status]")).to_contain_text(re.compile(r"\d+ gợi ý"))
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    expect(box).to_be_focused()
    expect(box).to_have_value("truong thi")


def test_arrows_walk_the_options_and_come_back_to_the_words(page: Page, address: str) -> None:
    """Down to the first, round to the last, past either end back to what was typed; one option is selected."""
    box = ask(page, address)
    size = page.get_by_role("option").count()
    page.keyboard.press("ArrowDown")
    assert (chosen(page, box) or "").startswith("Trương Thị Mai")
    assert page.locator('[role=option][aria-selected="true"]').count() == 1
    page.keyboard.press("ArrowUp")
    assert chosen(page, box) is None
    page.keyboard.press("ArrowUp")
    assert (chosen(page, box) or "").startswith("Tìm “truong thi”")
    for _ in range(size - 1):
        page.keyboard.press("ArrowUp")
    assert (chosen(page, box) or "").startswith("Trương Thị Mai")
    expect(box).to_be_focused()


@pytest.mark.parametrize(("key", "caret"), [("Home", 0), ("End", 10)])
def test_home_and_end_belong_to_the_words(page: Page, address: str, key: str, caret: int) -> None:
    """The caret goes where the key says, and no option is active any more."""
    box = ask(page, address)
    page.keyboard.press("ArrowDown")
    page.keyboard.press(key)
    assert chosen(page, box) is None
    assert box.evaluate("box => box.selectionStart") == caret


def test_enter_opens_the_chosen_page(page: Page, address: str) -> None:
    """With an option active Enter goes to it."""
    ask(page, address)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nguoi/truong-thi-mai/**")


@pytest.mark.parametrize("where", BOXES)
def test_enter_without_a_choice_searches(page: Page, address: str, where: str) -> None:
    """The list never takes the Enter of somebody who only wanted to search."""
    ask(page, address, where=where)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/tim-kiem/\?q=truong\+thi$"))
    expect(page.locator("a.search__title").first).to_have_text("Trương Thị Mai")


def test_the_last_option_searches_everything(page: Page, address: str) -> None:
    """For those without an Enter key at hand."""
    ask(page, address)
    page.get_by_role("option").last.click()
    page.wait_for_url("**/tim-kiem/?q=truong+thi")


def test_escape_closes_first_and_leaves_second(page: Page, address: str) -> None:
    """One Escape closes the list and keeps the words, another leaves the box."""
    box = ask(page, address)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(box).not_to_be_focused()
    expect(box).to_have_value("truong thi")


def test_the_list_goes_when_the_reader_goes(page: Page, address: str) -> None:
    """Tab leaves box and list alike; no option is a stop of the Tab key."""
    ask(page, address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_have_count(0)
    assert page.evaluate("document.activeElement.getAttribute('role')") != "option"


def test_nothing_to_suggest_is_said(page: Page, address: str) -> None:
    """The way to the search page stays."""
    ask(page, address, "xyzzyq")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.locator("form [role=status]")).to_have_text("Không có gợi ý")


def test_a_query_is_text_and_never_markup_here_either(page: Page, address: str) -> None:
    """A list of suggestions is made of words."""
    ask(page, address, "<img src=x>")
    assert page.locator(".header img").count() == 0
    expect(page.get_by_role("option").last).to_contain_text("<img src=x>")


@pytest.mark.parametrize("broken", ["**/chi-muc/**", "**/assets/search/engine.js"])
def test_suggestions_that_fail_say_so_and_come_back(browser: Browser, address: str, broken: str) -> None:
    """A sentence instead of a list; Enter still searches; the next letter tries again."""
    page = browser.new_page()
    page.route(broken, lambda route: route.abort())
    page.goto(address + "nguoi/")
    box = page.locator("#header-search")
    box.press_sequentially("truong", delay=20)
    expect(page.locator(".suggestions--note")).to_be_visible(timeout=15000)
    page.unroute(broken)
    box.press_sequentially(" thi")
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(page.locator(".suggestions--note")).to_have_count(0)
    page.close()


def test_the_key_s_goes_to_the_search_box_too(page: Page, address: str) -> None:
    """Material's second shortcut is kept."""
    page.goto(address + "van-ban/")
    page.keyboard.press("s")
    expect(page.locator("#header-search")).to_be_focused()


def test_where_it_is_narrow_the_header_leads_to_the_search_page(browser: Browser, address: str) -> None:
    """No room for a box beside the name: its button stays, and opens the page that has one."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(address + "nguoi/")
    expect(page.locator("#header-search")).to_be_hidden()
    page.locator(".header__search button").click()
    page.wait_for_url(re.compile(r"/tim-kiem/(\?q=)?$"))
    expect(page.locator("main input[name=q]")).to_be_visible()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_axe_and_room(browser: Browser, address: str, scheme: str, width: int) -> None:
    """With the list open and an option active axe-core has no objection, and the list fits the screen."""
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        viewport={"width": width, "height": 800},
    )
    page = context.new_page()
    page.goto(address + "nguoi/")
    narrow = page.locator("#header-search").is_hidden()
    assert narrow == (width == 360)
    for where in ("",) if narrow else ("nguoi/", ""):
        ask(page, address, where=where)
        page.keyboard.press("ArrowDown")
        found = Axe().run(page, context={"include": [["form[role=search]"]]}).response["violations"]
        assert [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found] == []
        room = page.get_by_role("listbox").bounding_box()
        assert room is not None
        assert room["x"] >= 0
        assert room["x"] + room["width"] <= width
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    context.close()
