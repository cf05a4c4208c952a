"""The search page: filters, order, address, keys, and what it says when there is nothing or nothing comes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import Heard
from tests.browser.searching import hits, pages_of, search, wait

pytestmark = pytest.mark.browser

ASKED = ["kind", "year", "level"]
FACETS = [*ASKED, "place", "official", "document"]
STATES = {
    "nothing asked": "",
    "found": "?q=dan+van",
    "by date": "?q=dan+van&xep=ngay",
    "narrowed": "?q=dan+van&nam=2020&nguoi=truong-thi-mai",
    "repaired": "?q=daan+vaanj",
    "nothing": "?q=xyzzyq&nam=2020",
}


@pytest.fixture
def rough(browser: Browser, address: str) -> Iterator[Page]:
    """A page whose requests a test may break: its console is not listened to."""
    made = browser.new_page(viewport={"width": 1280, "height": 900}, locale="vi-VN")
    yield made
    made.close()


def facet(page: Page, name: str) -> Locator:
    """The check boxes of one facet."""
    return page.locator(f'[data-value^="{name}:"]')


class Held:
    """Requests that hang until they are let go; those that come later are let go at once."""

    def __init__(self, page: Page, pattern: str) -> None:
        self.routes: list[Route] = []
        self.is_open = False
        page.route(pattern, self._meet)

    def _meet(self, route: Route) -> None:
        if self.is_open:
            route.continue_()
        else:
            self.routes.append(route)

    def let_go(self, first: int = 0) -> None:
        """Lets go of those from the given place on."""
        self.is_open = True
        for route in self.routes[first:]:
            route.continue_()


# --- results as the reader types ---


def test_results_follow_the_letters(page: Page, address: str) -> None:
    """Without Enter the results come, and the address follows without new steps for the back button."""
    page.goto(address + "tim-kiem/")
    before = page.evaluate("history.length")
    page.locator("#search-query").press_sequentially("truong thi m", delay=30)
    expect(page.locator("a.search__title").first).to_have_text("Trương Thị Mai")
    expect(page).to_have_url(re.compile(r"\?q=truong\+thi\+m$"))
    assert page.evaluate("history.length") == before


def test_the_last_of_quick_queries_is_what_is_shown(page: Page, address: str) -> None:
    """An answer that comes late does not overwrite that of a later question."""
    page.goto(address + "tim-kiem/")
    box = page.locator("#search-query")
    for query in ("dân vận", "đại đoàn kết", "trương thị mai"):
        box.fill(query)
        box.press("Enter")
    expect(page.locator("a.search__title").first).to_have_text("Trương Thị Mai")
    wait(page)
    expect(page.locator("a.search__title").first).to_have_text("Trương Thị Mai")


def test_more_results_are_added_below_and_the_focus_goes_on(page: Page, address: str) -> None:
    """ "More" keeps what was read in place, leads to the first new hit, and ends when all is there."""
    search(page, address, "dan van")
    total = int(re.findall(r"\d+", page.locator(".search__status").inner_text())[0])
    first = hits(page, address)
    assert len(first) == 10 < total
    page.locator(".search__more button").click()
    expect(page.locator("a.search__title")).to_have_count(min(20, total))
    assert hits(page, address)[:10] == first
    assert page.evaluate("[...document.querySelectorAll('a.search__title')].indexOf(document.activeElement)") == 10
    while page.locator(".search__more button").count():
        shown = page.locator("a.search__title").count()
        page.locator(".search__more button").click()
        expect(page.locator("a.search__title")).to_have_count(min(shown + 10, total))
    assert len(set(pages_of(hits(page, address)))) == total


# --- filters and order ---


@pytest.mark.parametrize("name", FACETS)
def test_every_filter_narrows_to_the_number_it_promises(page: Page, address: str, name: str) -> None:
    """The count beside a value is the number of results when it is chosen."""
    search(page, address, "dân vận")
    if name not in ASKED:
        assert facet(page, name).count() == 0
        page.locator(f'[data-facet="{name}"] > summary').click()
    row = page.locator(f'[data-facet="{name}"] label').first
    expect(row.locator(".count")).to_be_visible()  # the groups are shown at once, when all are counted
    promised = row.locator(".count").inner_text()
    row.locator("input").check()
    expect(page.locator(".search__status")).to_have_text(f"{promised} kết quả")
    expect(page.locator(".search__chip")).to_have_count(1)


def test_filters_of_one_facet_add_up(page: Page, address: str) -> None:
    """With 2020 chosen the other years are still there to be chosen, and both together find more."""
    search(page, address, "dân vận", "&nam=2020")
    one = page.locator(".search__status").inner_text()
    expect(facet(page, "year")).not_to_have_count(1)
    page.locator('[data-value="year:2024"]').check()
    wait(page)
    expect(page).to_have_url(re.compile("nam=2020&nam=2024"))
    expect(page.locator(".search__status")).not_to_have_text(one)


def test_a_choice_stands_in_the_address_and_the_back_button_undoes_it(page: Page, address: str) -> None:
    """Each choice is a step; the address alone brings the same results to somebody else."""
    search(page, address, "dân vận")
    everything = hits(page, address)
    page.locator('[data-value="year:2020"]').check()
    expect(page).to_have_url(re.compile("nam=2020"))
    expect(page.locator(".search__chip")).to_have_text("Năm: 2020")
    wait(page)
    narrowed = hits(page, address)
    assert narrowed != everything
    page.locator('.search__bar [value="date"]').check()
    expect(page).to_have_url(re.compile("nam=2020&xep=ngay"))
    page.go_back()
    expect(page.locator('.search__bar [value="relevance"]')).to_be_checked()
    page.go_back()
    expect(page.locator(".search__chip")).to_have_count(0)
    wait(page)
    assert hits(page, address) == everything
    search(page, address, "dân vận", "&nam=2020")
    assert hits(page, address) == narrowed


def test_letters_on_the_way_are_no_steps(page: Page, address: str) -> None:
    """After typing and Enter one step back is the query before, not a half-written one."""
    search(page, address, "đại đoàn kết")
    page.locator("#search-query").fill("truong thi")
    expect(page).to_have_url(re.compile(r"q=truong\+thi$"))
    page.locator("#search-query").fill("truong thi mai")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=truong\+thi\+mai$"))
    wait(page)
    page.go_back()
    expect(page.locator("#search-query")).to_have_value("đại đoàn kết")


def test_back_from_a_result_shows_the_results_again(page: Page, address: str) -> None:
    """Query, filters and the results that "more" had brought are there when the reader comes back."""
    search(page, address, "dan van")
    page.locator(".search__more button").click()
    expect(page.locator("a.search__title")).to_have_count(20)
    page.locator("a.search__title").nth(12).click()
    page.wait_for_url(lambda url: "tim-kiem" not in url)
    page.go_back()
    expect(page.locator("a.search__title")).to_have_count(20)


def test_filters_alone_are_a_search(page: Page, address: str) -> None:
    """A year and a level without a word show everything of them."""
    page.goto(address + "tim-kiem/?nam=2020&cap=trung-uong")
    wait(page)
    assert hits(page, address)
    expect(page.locator(".search__chip")).to_have_count(2)


def test_old_addresses_are_understood(page: Page, address: str) -> None:
    """Labels, which addresses once held, become ids."""
    search(page, address, "dân vận", "&loai=Bài viết&nguoi=Trương Thị Mai")
    expect(page).to_have_url(re.compile("loai=articles&nguoi=truong-thi-mai"))
    assert {href.split("/", maxsplit=1)[0] for href in hits(page, address)} == {"bai-viet"}


def test_by_date_the_most_recent_comes_first(page: Page, address: str) -> None:
    """By date there are no groups, and every hit says its kind."""
    search(page, address, "dân vận", "&xep=ngay")
    assert page.locator(".search__group").count() == 0
    years = [
        max(re.findall(r"20\d\d", facts))
        for facts in page.locator(".search__facts").all_inner_texts()
        if re.search(r"20\d\d", facts)
    ]
    assert years == sorted(years, reverse=True)


def test_one_kind_alone(page: Page, address: str) -> None:
    """The button of a group leaves only that kind; its chip takes it back."""
    search(page, address, "truong thi mai")
    page.get_by_role("button", name="Chỉ xem Sự kiện").click()
    expect(page.locator(".search__group h2")).to_have_text(["Sự kiện"])
    page.get_by_role("button", name="Bỏ Loại trang: Sự kiện").click()
    expect(page.locator(".search__group h2")).not_to_have_count(1)


# --- nothing, and nothing yet ---


def test_nothing_found_says_so_and_what_to_try(page: Page, address: str) -> None:
    """An empty result is never silent, and the filters that may be the reason can be dropped there."""
    search(page, address, "xyzzyq", "&nam=2020")
    expect(page.locator(".search__status")).to_have_text("Không có trong kho: xyzzyq.")
    expect(page.locator(".search__nothing li")).to_have_count(4)
    page.locator(".search__nothing button").click()
    expect(page).to_have_url(re.compile(r"\?q=xyzzyq$"))
    expect(page.locator(".search__nothing li")).to_have_count(3)
    assert page.locator(".search__lists a").count() == 7


@pytest.mark.parametrize("broken", ["directory.gz", "words.json", "shards/*", "entries/*"])
def test_a_file_that_fails_gives_a_message_and_a_retry(rough: Page, address: str, broken: str) -> None:
    """Whatever part of the index can't be had, the page says so, keeps the query, and tries again when asked."""
    rough.route(f"**/chi-muc/{broken}", lambda route: route.abort())
    rough.goto(f"{address}tim-kiem/?q=dan+van&nam=2020")
    expect(rough.locator(".search__status")).to_contain_text("Không tải được", timeout=15000)
    expect(rough.locator("#search-query")).to_have_value("dan van")
    rough.locator(".search__retry").click()
    expect(rough.locator(".search__status")).to_have_text("Đang tìm…")
    expect(rough.locator(".search__retry")).to_be_visible(timeout=15000)
    rough.unroute(f"**/chi-muc/{broken}")
    rough.locator(".search__retry").click()
    expect(rough.locator("a.search__title").first).to_be_visible()
    expect(rough.locator(".search__retry")).to_have_count(0)
    expect(rough.locator(".search__chip")).to_have_text("Năm: 2020")


@pytest.mark.parametrize("broken", ["engine", "words", "syllable"])
def test_code_that_fails_gives_a_message_and_a_retry(rough: Page, address: str, broken: str) -> None:
    """A module is a file like any other."""
    rough.route(f"**/assets/search/{broken}.js", lambda route: route.abort())
    rough.goto(f"{address}tim-kiem/?q=dan+van")
    expect(rough.locator(".search__status")).to_contain_text("Không tải được", timeout=15000)
    rough.unroute(f"**/assets/search/{broken}.js")
    rough.locator(".search__retry").click()
    expect(rough.locator("a.search__title").first).to_be_visible()


def test_a_browser_that_is_too_old_is_told_so(rough: Page, address: str) -> None:
    """Where nothing unpacks the index, nobody is sent to look at the network, nor to try again."""
    rough.add_init_script("delete window.DecompressionStream")
    rough.goto(f"{address}tim-kiem/?q=dan+van")
    expect(rough.locator(".search__status")).to_contain_text("quá cũ", timeout=15000)
    expect(rough.locator(".search__retry")).to_have_count(0)


def test_a_page_without_its_own_code_says_so_in_the_end(rough: Page, address: str) -> None:
    """If page.js itself does not come, a link to load the page again appears."""
    rough.route("**/assets/search/page.js", lambda route: route.abort())
    rough.goto(f"{address}tim-kiem/?q=dan")
    late = rough.locator(".search__late")
    expect(late).not_to_be_visible()
    late.evaluate("notice => notice.getAnimations().forEach(each => each.finish())")
    expect(late.locator("a")).to_be_visible()


def test_a_facet_that_fails_has_its_own_retry(rough: Page, address: str) -> None:
    """Results stay; the list that could not be read says so and can be asked for again."""
    rough.route("**/chi-muc/facets/official.gz", lambda route: route.abort())
    search(rough, address, "dân vận")
    rough.locator('[data-facet="official"] > summary').click()
    retry = rough.locator('[data-facet="official"] .search__retry')
    expect(retry).to_be_visible(timeout=15000)
    rough.unroute("**/chi-muc/facets/official.gz")
    retry.click()
    expect(facet(rough, "official").first).to_be_visible()
    assert hits(rough, address)


def test_more_that_fails_keeps_the_results(rough: Page, address: str) -> None:
    """What was found stays, with a retry where "more" was."""
    search(rough, address, "dan van")
    rough.route("**/chi-muc/entries/*", lambda route: route.abort())
    rough.locator(".search__more button").click()
    expect(rough.locator(".search__more .search__retry")).to_be_visible(timeout=15000)
    assert len(hits(rough, address)) == 10
    rough.unroute("**/chi-muc/entries/*")
    rough.locator(".search__retry").click()
    expect(rough.locator("a.search__title")).not_to_have_count(10)


def test_a_slow_network_is_said_and_can_be_tried_again(rough: Page, address: str) -> None:
    """While nothing comes there is a skeleton; after a while the page says so and offers another try."""
    rough.clock.install()
    held = Held(rough, "**/chi-muc/shards/*")
    rough.goto(f"{address}tim-kiem/?q=dan+van")
    expect(rough.locator(".search__skeleton")).to_be_visible()
    expect(rough.locator(".search__status")).to_have_text("Đang tìm…")
    rough.clock.fast_forward(7000)
    stuck = len(held.routes)
    with rough.expect_request("**/chi-muc/shards/*"):
        rough.locator(".search__retry").click()
    expect(rough.locator(".search__retry")).to_have_count(0)
    held.let_go(stuck)
    expect(rough.locator("a.search__title").first).to_be_visible()
    expect(rough.locator(".search__retry")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_jumps_when_the_results_come(browser: Browser, address: str, width: int) -> None:
    """Skeleton and results take the same room: what stands below them stays where it is."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.add_init_script(
        "window.shifts = [];"
        "new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(({value, sources}) =>"
        " ({value, sources: sources.map(({node}) => node?.className ?? node?.nodeName)}))))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    held = Held(page, "**/chi-muc/shards/*")
    page.goto(f"{address}tim-kiem/?q=dan+van&cap=trung-uong")
    expect(page.locator(".search__skeleton")).to_be_visible()
    page.wait_for_load_state("load")
    held.let_go()
    wait(page)
    page.wait_for_load_state("networkidle")
    assert sum(shift["value"] for shift in page.evaluate("window.shifts")) < 0.01, page.evaluate("window.shifts")
    page.close()


# --- keys ---


def test_search_by_keyboard_alone(page: Page, address: str) -> None:
    """`/` goes to the box, arrows walk the results, Enter opens, Escape returns to the box with its words."""
    search(page, address, "truong thi mai")
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search-query"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Trương Thị Mai"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.className") == "search__title"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-query"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "search-query"
    page.keyboard.press("Escape")
    expect(page.locator("#search-query")).to_have_value("truong thi mai")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nguoi/truong-thi-mai/**")


def test_arrows_reach_every_result_and_the_button_for_more(page: Page, address: str) -> None:
    """No hit is skipped, and the last step down is "more"."""
    search(page, address, "dan van")
    page.locator("#search-query").focus()
    for link in page.locator("a.search__title").all():
        page.keyboard.press("ArrowDown")
        expect(link).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".search__more button")).to_be_focused()


def test_a_choice_keeps_the_focus(page: Page, address: str) -> None:
    """A filter chosen with the space bar leaves the keyboard where it was."""
    search(page, address, "dân vận")
    page.locator('[data-value="year:2020"]').focus()
    page.keyboard.press("Space")
    expect(page.locator(".search__chip")).to_have_count(1)
    wait(page)
    page.wait_for_load_state("networkidle")
    expect(page.locator('[data-value="year:2020"]')).to_be_focused()


# --- everybody, and nobody else ---


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_any_state(browser: Browser, address: str, scheme: str, width: int) -> None:
    """Found, narrowed, repaired, nothing, failed: axe-core has no objection, of any weight."""
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        viewport={"width": width, "height": 900},
    )
    page = context.new_page()
    found = {}
    for state, query in STATES.items():
        page.goto(f"{address}tim-kiem/{query}")
        wait(page)
        page.wait_for_load_state("networkidle")
        for box in page.locator("details:not([open]) > summary").all():
            if box.is_visible():
                box.click()
        page.wait_for_load_state("networkidle")
        found[state] = complaints(page)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, state
    page.route("**/chi-muc/**", lambda route: route.abort())
    page.goto(f"{address}tim-kiem/?q=dan")
    expect(page.locator(".search__retry")).to_be_visible(timeout=15000)
    found["failed"] = complaints(page)
    context.close()
    assert {state: bad for state, bad in found.items() if bad} == {}


def complaints(page: Page) -> list[str]:
    """What axe-core says of the search itself."""
    found = Axe().run(page, context={"include": [[".search"]]}).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]


def test_nothing_is_kept_and_nobody_is_told(page: Page, heard: Heard, address: str) -> None:
    """A search leaves nothing in the browser's stores, and no request carries the query."""
    search(page, address, "dân vận khéo")
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    asked = [url for url in heard.requests if "d%C3%A2n" in url]
    assert asked == [url for url in asked if url.startswith(address + "tim-kiem/?q=")]
    assert len(asked) == 1


def test_without_javascript_the_lists_are_there(browser: Browser, address: str) -> None:
    """No script, no empty promise: a notice, and links to the lists."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "tim-kiem/?q=dan")
    expect(page.locator(".search .notice").first).to_be_visible()
    expect(page.locator(".search__panes")).not_to_be_visible()
    expect(page.locator(".search__late")).not_to_be_visible()
    for link in page.locator(".search__lists a").all():
        assert page.request.get(page.evaluate("link => link.href", link.element_handle())).ok
    context.close()
