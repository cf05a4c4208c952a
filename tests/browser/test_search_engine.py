"""The engines in a browser: what is found, in which order, with which passage, and what happens when a file fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from archive.model.search import SearchEntry
from tests.browser.modules import make_site, run, served

pytestmark = pytest.mark.browser

TEXT = "Hội nghị bàn về công việc của địa phương trong thời gian tới và giao nhiệm vụ cho từng tổ."


def article(id: str, title: str, *texts: str, date: str = "2020-01-01", names: tuple[str, ...] = ()) -> SearchEntry:
    blocks = tuple((f"doan-{number}", text) for number, text in enumerate(texts or (TEXT,), 1))
    year = date[:4]
    filters = {"kind": (("articles", "Bài viết"),), "year": ((year, year),)}
    return SearchEntry(f"bai-viet/{id}/", "articles", title, "", date, names, blocks, filters)


def authority(kind: str, folder: str, id: str, title: str, *names: str, text: str = "", date: str = "") -> SearchEntry:
    blocks = (("", text),) if text else ()
    return SearchEntry(f"{folder}/{id}/", kind, title, "", date, names, blocks, {"kind": ((kind, kind),)})


ENTRIES = [
    article("duong-lang", "Mở đường làng", "Bà con góp đất làm đường.", date="2019-02-03"),
    article("dai-duong", "Biển và đại dương", "Tàu ra đại dương.", date="2019-02-04"),
    article("boi-duong", "Lớp bồi dưỡng cán bộ", "Bồi dưỡng ở huyện.", date="2019-02-05"),
    article("kheo", "Phong trào ở xã", TEXT, "Mô hình dân vận khéo lan rộng ở xã Bình Minh.", date="2021-05-06"),
    article("scattered", "Chuyện nước", "Người dân chờ xe vận tải. Anh Khéo kể. Dân khéo tay.", date="2022-05-06"),
    article("folded", "Chuyện cũ", "Cụ nói dẫn vân khẻo rồi cười.", date="2022-05-07"),
    article("ctdv", "Chuyên đề CTDV", "Báo cáo về CTDV của xã.", date="2020-07-08"),
    article("day", "Ngày hội", "Ngày hội lớn của làng.", date="2023-11-24"),
    article("tells-day", "Nhớ lại", "Việc ấy có từ ngày 24/11/2023.", date="2024-02-01"),
    article("cites", "Học tập", "Theo Nghị quyết số 43-NQ/TW về đại đoàn kết.", date="2024-03-01"),
    article("old", "Ngày mùa rộn ràng", "Lúa chín vàng.", date="2015-01-01"),
    article("new", "Ngày mùa rộn ràng", "Lúa chín vàng.", date="2025-01-01"),
    article("speech", "Bà Mai phát biểu", "Đồng chí Trương Thị Mai phát biểu.", names=("Trương Thị Mai",)),
    authority("officials", "nguoi", "truong-thi-mai", "Trương Thị Mai"),
    authority("officials", "nguoi", "dieu-kre", "Điểu K’Ré", "Điểu K'Ré"),
    authority("documents", "van-ban", "43-nq-tw", "Nghị quyết số 43-NQ/TW", "43-NQ/TW", "NQ 43", text="Đại đoàn kết"),
    authority("events", "su-kien", "hoi-nghi", "Hội nghị tổng kết năm 2020", date="2020-12-12"),
    article("about-event", "Hội nghị tổng kết năm 2020 ra sao", "Bài dài.", date="2020-12-13"),
    authority("places", "dia-phuong", "hue", "Huế"),
    article("hue", "Huế đón khách", "Thành phố Huế đón khách.", names=("Huế",)),
]

OPEN = "const { openEngine } = await load('engine'); const engine = await openEngine(location.href);"


@pytest.fixture(scope="module", params=["syllable", "pagefind"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_site(tmp_path_factory.mktemp("engine"), ENTRIES, request.param)


@pytest.fixture(scope="module")
def page(browser: Browser, site: Path) -> Iterator[Page]:
    with served(site) as address:
        made = browser.new_page()
        made.goto(address)
        yield made
        made.close()


@pytest.fixture(scope="module")
def syllable(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    site = make_site(tmp_path_factory.mktemp("syllable"), ENTRIES, "syllable")
    with served(site) as address:
        made = browser.new_page()
        made.goto(address)
        yield made
        made.close()


def search(page: Page, query: str, **options: Any) -> dict[str, Any]:
    script = OPEN + "const { total, hits, instead, more } = await engine.search(query, options);"
    found: dict[str, Any] = run(page, script + "return { total, hits, instead, more };", query=query, options=options)
    return found


def ids(found: dict[str, Any]) -> list[str]:
    return [hit["address"].split("/")[1] for hit in found["hits"]]


FIRST = {
    "đường": "duong-lang",
    "dương": "dai-duong",
    "dưỡng": "boi-duong",
    "dân vận khéo": "kheo",
    "dân van khéo": "kheo",
    "dẫn vân khẻo": "folded",
    '"dân vận khéo"': "kheo",
    "trương thị mai": "truong-thi-mai",
    "truong thi mai": "truong-thi-mai",
    "Mai Thị Trương": "truong-thi-mai",
    "Mai Trương Thị": "truong-thi-mai",
    "Điểu K'Ré": "dieu-kre",
    "dieu kre": "dieu-kre",
    "Điểu KRe": "dieu-kre",
    "43-NQ/TW": "43-nq-tw",
    "43 nq tw": "43-nq-tw",
    "NQ 43": "43-nq-tw",
    "nghị quyết 43": "43-nq-tw",
    "Nghị quyết số 43-NQ/TW": "43-nq-tw",
    "theo nghị quyết 43": "cites",
    "24/11/2023": "day",
    "ngày 24 tháng 11 năm 2023": "day",
    "tháng 11/2023": "day",
    "công tác dân vận": "ctdv",
    "CTDV": "ctdv",
    "hội nghị tổng kết năm 2020": "hoi-nghi",
    "Huế": "hue",
    "ngày mùa": "new",
}


@pytest.mark.parametrize(("query", "first"), FIRST.items())
def test_first(page: Page, query: str, first: str) -> None:
    """What was meant comes first, however it is typed."""
    assert ids(search(page, query))[:1] == [first]


def test_without_marks_all(page: Page) -> None:
    """`duong` finds the three words that it may mean."""
    assert {"duong-lang", "dai-duong", "boi-duong"} <= set(ids(search(page, "duong")))
    assert set(ids(search(page, "dan van kheo"))[:2]) == {"kheo", "folded"}


def test_own_page_first(page: Page) -> None:
    """A place and an event come before the article that speaks of them."""
    assert search(page, "Huế")["hits"][0]["kind"] == "places"
    assert search(page, "hội nghị tổng kết năm 2020")["hits"][0]["kind"] == "events"


REPAIRED = {
    "daan vaanj kheos": ("kheo", "dân vận khéo"),
    "da6n va65n khe1o": ("kheo", "dân vận khéo"),
    "dân vậm khéo": ("kheo", "dân vận khéo"),
    "truonh thi mai": ("truong-thi-mai", "truong thi mai"),
    "trương thj mai": ("truong-thi-mai", "trương thị mai"),
}


@pytest.mark.parametrize("query", REPAIRED)
def test_repaired(page: Page, query: str) -> None:
    """Keystrokes and one wrong letter are repaired, and what was searched is told."""
    first, instead = REPAIRED[query]
    found = search(page, query)
    assert ids(found)[:1] == [first]
    assert found["instead"] == instead


def test_found_is_not_repaired(page: Page) -> None:
    """What stands in the archive is searched as it was typed."""
    assert search(page, "dẫn vân khẻo")["instead"] is None
    assert search(page, "dân vận khéo")["instead"] is None


@pytest.mark.parametrize("query", ["zzxqy", "31/12/1999", "…", '"khéo dân vận"'])
def test_nothing(page: Page, query: str) -> None:
    """Nothing is nothing: no error, no page that has nothing to do with it."""
    assert search(page, query)["total"] == 0


def test_phrase_means_its_marks(page: Page) -> None:
    """A phrase typed with marks stands so in what is found."""
    assert ids(search(page, '"dân vận khéo"')) == ["kheo"]


def test_passage(page: Page) -> None:
    """The passage is the one with the words, from its paragraph, and lights them up with their marks alone."""
    hit = search(page, "dân vận khéo")["hits"][0]
    assert hit["passage"]["anchor"] == "doan-2"
    assert [text for text, lit in hit["passage"]["parts"] if lit] == ["dân vận khéo"]
    assert "".join(text for text, _ in hit["passage"]["parts"]) == "Mô hình dân vận khéo lan rộng ở xã Bình Minh."


def test_passage_of_a_number(page: Page) -> None:
    """A number is lit up in the dress it wears there."""
    hits = {hit["address"]: hit for hit in search(page, "nghị quyết 43")["hits"]}
    lit = [text for text, lit in hits["bai-viet/cites/"]["passage"]["parts"] if lit]
    assert lit == ["Nghị quyết số 43-NQ/TW"]


def test_stray_word_is_no_passage(page: Page) -> None:
    """One word of three that stands somewhere by itself tells nothing."""
    hits = {hit["address"]: hit for hit in search(page, "nguyễn thị mai làm đường")["hits"]}
    assert all(
        hit["passage"] is None or "làm đường" in str(hit["passage"]) or "Thị Mai" in str(hit["passage"])
        for hit in hits.values()
    )


def test_typing(page: Page) -> None:
    """The last word may go on while it is typed."""
    assert ids(search(page, "trương thị m", typing=True))[:1] == ["truong-thi-mai"]


def test_filters(page: Page) -> None:
    """Values of one facet add up, facets narrow; without a query filters find all that they allow."""
    assert ids(search(page, "ngày mùa", filters={"year": ["2015"]})) == ["old"]
    assert set(ids(search(page, "ngày mùa", filters={"year": ["2015", "2025"]}))) == {"old", "new"}
    assert search(page, "ngày mùa", filters={"year": ["2015"], "kind": ["officials"]})["total"] == 0
    assert set(ids(search(page, "", filters={"kind": ["officials"]}))) == {"truong-thi-mai", "dieu-kre"}


def test_by_date(page: Page) -> None:
    """The most recent comes first if that is asked for."""
    assert ids(search(page, "ngày mùa", sort="date"))[:2] == ["new", "old"]


def test_pages_of_results(page: Page) -> None:
    """The next results follow the first ones, none twice, none left out."""
    script = """
    const found = [];
    for (let from = 0, more = true; more; from += 2) {
      const answer = await engine.search("ngày", { from, limit: 2 });
      found.push(...answer.hits.map((hit) => hit.address));
      more = answer.more;
    }
    const { total } = await engine.search("ngày", { limit: 0 });
    return { found, total };"""
    told = run(page, OPEN + script)
    assert len(set(told["found"])) == len(told["found"]) == told["total"] > 3


def test_counts(page: Page) -> None:
    """Counts are over everything found, and values are known without a search."""
    script = """
    const found = await engine.search("ngày mùa", { limit: 1 });
    return { counts: await engine.counts(found, "year"), values: await engine.values("kind") };"""
    told = run(page, OPEN + script)
    assert sorted(told["counts"]) == [["2015", "2015", 1], ["2025", "2025", 1]]
    assert {value[0] for value in told["values"]} == {"articles", "officials", "documents", "events", "places"}


# --- files that fail ---


def test_failed_file(syllable: Page) -> None:
    """A file that fails is tried three times; then the search says so, and the same engine can try again."""
    tries: list[str] = []

    def fail(route: Any) -> None:
        tries.append(route.request.url)
        route.abort()

    syllable.route("**/shards/*.gz", fail)
    script = """
    let failed = null;
    try { await engine.search("khéo"); } catch (error) { failed = error instanceof SearchFailed; }
    globalThis.kept = engine;
    return failed;"""
    assert run(syllable, OPEN + "const { SearchFailed } = await load('reading');" + script) is True
    assert max(tries.count(url) for url in tries) == 3
    syllable.unroute("**/shards/*.gz")
    assert run(syllable, "return (await globalThis.kept.search('khéo')).total;") > 0


def test_failed_twice(syllable: Page) -> None:
    """Two failures in a row are not seen by the reader."""
    left = [2]

    def fail_twice(route: Any) -> None:
        left[0] -= 1
        route.abort() if left[0] >= 0 else route.continue_()

    syllable.route("**/directory.gz", fail_twice)
    assert ids(search(syllable, "dân vận khéo"))[0] == "kheo"
    syllable.unroute("**/directory.gz")


def test_aborted(syllable: Page) -> None:
    """A search that is no longer wanted ends, and the next one is not harmed by it."""
    script = """
    const stop = new AbortController();
    const first = engine.search("bồi dưỡng", { signal: stop.signal }).then(() => "found", () => "stopped");
    const second = engine.search("bồi dưỡng cán bộ");
    stop.abort();
    return [await first, (await second).hits[0].address];"""
    assert run(syllable, OPEN + script) == ["stopped", "bai-viet/boi-duong/"]


def test_published_anew(browser: Browser, tmp_path: Path) -> None:
    """A reader whose directory is older than the shards gets the new one, and an answer."""
    old = make_site(tmp_path / "old", ENTRIES[:5], "syllable")
    new = make_site(tmp_path / "new", ENTRIES, "syllable")
    first = [True]

    def old_directory(route: Any) -> None:
        if first[0]:
            first[0] = False
            route.fulfill(body=(old / "tim-kiem/chi-muc/directory.gz").read_bytes())
        else:
            route.continue_()

    with served(new) as address:
        page = browser.new_page()
        page.goto(address)
        page.route("**/directory.gz", old_directory)
        assert ids(search(page, "trương thị mai"))[:1] == ["truong-thi-mai"]
        page.close()


def test_served_unpacked(browser: Browser, tmp_path: Path) -> None:
    """Hosts that send .gz files with Content-Encoding: gzip are read, too."""
    site = make_site(tmp_path, ENTRIES, "syllable")
    with served(site) as address:
        page = browser.new_page()
        page.goto(address)

        def packed(route: Any) -> None:
            path = site / route.request.url.removeprefix(address)
            route.fulfill(body=path.read_bytes(), headers={"Content-Encoding": "gzip"})

        page.route("**/*.gz", packed)
        assert ids(search(page, "dân vận khéo"))[:1] == ["kheo"]
        page.close()
