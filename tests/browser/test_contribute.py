"""The contribution page: from a pasted text to a bundle that the archive takes, with this site alone reachable."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from archive.build.site import build
from archive.bundle import read_bundle
from archive.commands.main import main
from archive.config import Paths
from archive.problems import Report
from archive.settle import open_doubts
from archive.site.tool import VERSION, fetch_pyodide
from tests.archives import QUIET, ROOT, said, tree
from tests.browser.conftest import Heard
from tests.browser.serving import read_headers, served
from tests.test_desk import UNSURE

pytestmark = pytest.mark.browser

REPOSITORY = "https://github.com/vi-du/kho"
SEED = "004_41f4bdbdfcdba0a7.txt"
ARTICLE = "trien-khai-nhiem-vu-cong-tac-dan-van-quy-ii-2024"
LONG = 90_000  # milliseconds: a slow machine loads and compiles 10 MB
SHORT_TEXT = """\
Hội nghị giao ban công tác dân vận xã Thử
Ngày 11/4/2024, Đảng ủy xã Thử tổ chức hội nghị giao ban. Đồng chí Trần Văn Nháp, Bí thư Đảng ủy xã chủ trì.
"""
NO_TOOL = "NO PYODIDE: npm or the network is missing; the contribution page was not tried"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive as it was before seed 004 came, with a repository on GitHub."""
    report = Report()
    fetch_pyodide(report)
    if report.found:
        if os.environ.get("CI"):
            pytest.fail(NO_TOOL)
        pytest.skip(NO_TOOL)
    root = tmp_path_factory.mktemp("before") / "archive"
    for name in ("content", "site-config", "templates"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "content" / "sources" / SEED).unlink()
    (article,) = (path for path in (root / "content" / "articles").rglob("*.md") if SEED in path.read_text("utf-8"))
    article.unlink()
    for path in (root / "content" / "events").glob("*.md"):
        if ARTICLE in path.read_text(encoding="utf-8"):
            path.unlink()  # rests on the words of that article
    shutil.rmtree(root / "content" / "ledger", ignore_errors=True)  # names addresses that are not there yet
    config = root / "site-config" / "site.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(re.sub(r"(?m)^repository: .*$", f"repository: {REPOSITORY}", text), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def tool_site(root: Path) -> Path:
    report = Report()
    build(Paths.below(root), root / "site", report, QUIET)
    assert "lỗi" not in said(report)
    return root / "site"


@pytest.fixture(scope="module")
def address(tool_site: Path) -> Iterator[str]:
    """Served with the headers that the site asks for, its policy among them."""
    with served(tool_site, read_headers(tool_site)) as address:
        yield address


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN", accept_downloads=True)
    made.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    yield made
    made.close()


def read(page: Page, address: str, text: str) -> None:
    page.goto(address + "dong-gop/")
    page.locator("#nguyen-van").fill(text)
    page.get_by_role("button", name="Đọc bài", exact=True).click()
    expect(page.locator(".contribute__form")).to_be_visible(timeout=LONG)


def choose(page: Page, path: Path) -> None:
    page.locator("#tep-bai").set_input_files(path)
    page.get_by_role("button", name="Đọc bài", exact=True).click()


def finish(page: Page) -> None:
    page.get_by_role("button", name="Lập gói bài").click()
    expect(page.locator(".contribute__result h3")).to_be_focused()


def downloaded(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải về").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def wait_until_kept(page: Page, words: str) -> None:
    for _ in range(100):
        if words in page.evaluate("localStorage.getItem('dong-gop') ?? ''"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(words)


def run(root: Path, *arguments: str) -> int:
    return main([*arguments, "--root", str(root)])


def copy_of(root: Path, folder: Path) -> Path:
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("site", ".build"))
    return folder


def test_a_pasted_seed_becomes_what_the_importer_writes(page: Page, address: str, root: Path, tmp_path: Path) -> None:
    """As a file of the same name, nothing touched: the bundle, accepted, is byte for byte the importer's work."""
    page.goto(address + "dong-gop/")
    choose(page, ROOT / "content" / "sources" / SEED)
    expect(page.locator(".contribute__form")).to_be_visible(timeout=LONG)
    finish(page)
    bundle = downloaded(page, tmp_path)
    by_bundle, by_importer = copy_of(root, tmp_path / "a"), copy_of(root, tmp_path / "b")
    (by_bundle / "content" / "inbox").mkdir(exist_ok=True)
    shutil.copy(bundle, by_bundle / "content" / "inbox")
    assert run(by_bundle, "accept") == 0
    assert run(by_importer, "import", str(ROOT / "content" / "sources" / SEED)) == 0
    assert tree(by_bundle / "content") == tree(by_importer / "content")


def test_a_corrected_text_is_taken_by_accept_check_and_site(
    page: Page, address: str, root: Path, tmp_path: Path
) -> None:
    """Pasted, its level corrected, downloaded and copied alike; the archive takes it and shows the correction."""
    read(page, address, (ROOT / "content" / "sources" / SEED).read_text(encoding="utf-8"))
    page.get_by_label("Nơi đăng").fill("Báo Thử nghiệm")
    page.get_by_label("Cấp", exact=True).select_option("huyen")
    finish(page)
    bundle = downloaded(page, tmp_path)
    link = page.get_by_role("link", name="Tạo pull request")
    href = link.get_attribute("href") or ""
    assert href == f"{REPOSITORY}/new/main?filename={f'content/inbox/{ARTICLE}.txtar'.replace('/', '%2F')}"
    page.context.route(f"{REPOSITORY}/**", lambda route: route.fulfill(body="GitHub"))
    with page.expect_popup():
        link.click()
    expect(page.locator(".contribute__status")).to_contain_text("Đã chép gói bài")
    page.bring_to_front()
    assert page.evaluate("navigator.clipboard.readText()") == bundle.read_text(encoding="utf-8")
    archive = copy_of(root, tmp_path / "archive")
    (archive / "content" / "inbox").mkdir(exist_ok=True)
    shutil.copy(bundle, archive / "content" / "inbox")
    assert run(archive, "check") == 0
    assert run(archive, "accept") == 0
    assert run(archive, "check") == 0
    assert run(archive, "site", "--quiet") == 0
    shown = (archive / "site" / "bai-viet" / ARTICLE / "index.html").read_text(encoding="utf-8")
    assert "Báo Thử nghiệm" in shown and "cap/huyen/" in shown


def test_a_short_text_goes_in_the_address(page: Page, address: str, tmp_path: Path) -> None:
    """What fits into 8,000 bytes is filled in on GitHub's page: the very bundle that can be downloaded."""
    read(page, address, SHORT_TEXT)
    finish(page)
    href = page.get_by_role("link", name="Tạo pull request").get_attribute("href") or ""
    asked = parse_qs(urlsplit(href).query)
    assert len(href) <= 8000
    assert href.startswith(f"{REPOSITORY}/new/main?")
    assert asked["value"] == [downloaded(page, tmp_path).read_text(encoding="utf-8")]
    assert asked["filename"][0].startswith("content/inbox/hoi-nghi-giao-ban")


def test_what_is_wrong_is_said_at_its_field(page: Page, address: str) -> None:
    """A date in the wrong form: told above the button and at the field, which the link leads to; mended, it goes."""
    read(page, address, SHORT_TEXT)
    page.get_by_label("Ngày diễn ra").fill("11/4/2024")
    page.get_by_role("button", name="Lập gói bài").click()
    alert = page.locator(".contribute__mend")
    expect(alert).to_contain_text("Còn 1 chỗ cần sửa")
    assert Axe().run(page).response["violations"] == []
    alert.get_by_role("link").click()
    expect(page.get_by_label("Ngày diễn ra")).to_be_focused()
    page.get_by_label("Ngày diễn ra").fill("2024-04-11")
    finish(page)
    expect(alert).to_be_empty()


def test_people_and_documents_are_offered_added_and_left_out(page: Page, address: str, tmp_path: Path) -> None:
    """A person is joined to a record that is there, another is added, and left out again."""
    read(page, address, SHORT_TEXT)
    page.get_by_text("Người 1: Trần Văn Nháp").click()
    assert page.locator("#co-san-officials option[value='Bùi Tiến Lực (bui-tien-luc)']").count() == 1
    first = page.locator('[data-at="people.0"]')
    record = first.get_by_label("Bản ghi trong kho")
    record.fill("ai đó")
    expect(first.get_by_text("Hãy chọn một mục trong danh sách gợi ý")).to_be_visible()
    record.fill("Bùi Tiến Lực (bui-tien-luc)")
    expect(first.get_by_text("Hãy chọn một mục trong danh sách gợi ý")).to_be_hidden()
    page.get_by_role("button", name="Thêm người").click()
    page.locator(":focus").fill("Đảng ủy xã Thử")
    finish(page)
    text = downloaded(page, tmp_path).read_text(encoding="utf-8")
    assert 'official: "bui-tien-luc"' in text and "officials/tran-van-nhap" not in text
    assert "officials/dang-uy-xa-thu.md" in text
    page.get_by_role("button", name="Bỏ: Người 2: Đảng ủy xã Thử").click()
    expect(page.get_by_text("Bạn đã sửa thêm sau khi lập gói")).to_be_visible()
    finish(page)
    assert "dang-uy-xa-thu" not in downloaded(page, tmp_path).read_text(encoding="utf-8")


def test_the_draft_outlives_the_tab(page: Page, context: BrowserContext, address: str, tmp_path: Path) -> None:
    """Text and corrections are there in a new tab; cleared, they are gone from the browser."""
    read(page, address, SHORT_TEXT)
    page.get_by_label("Nơi đăng").fill("Báo Thử nghiệm")
    wait_until_kept(page, "Báo Thử nghiệm")
    page.close()
    again = context.new_page()
    again.goto(address + "dong-gop/")
    expect(again.locator("#nguyen-van")).to_have_value(SHORT_TEXT)
    again.get_by_role("button", name="Làm tiếp").click()
    expect(again.get_by_label("Nơi đăng")).to_have_value("Báo Thử nghiệm", timeout=LONG)
    finish(again)
    assert 'publisher: "Báo Thử nghiệm"' in downloaded(again, tmp_path).read_text(encoding="utf-8")
    again.get_by_role("button", name="Xoá bản nháp khỏi máy này").first.click()
    assert again.evaluate("localStorage.length") == 0
    expect(again.locator("#nguyen-van")).to_have_value("")


def test_a_text_that_is_there_is_named(page: Page, address: str) -> None:
    """A second copy leads to the article; a draft is made only when asked for."""
    page.goto(address + "dong-gop/")
    page.locator("#nguyen-van").fill((ROOT / "content/sources/001_6b8628f31c77b6c5.txt").read_text(encoding="utf-8"))
    page.get_by_role("button", name="Đọc bài", exact=True).click()
    known = page.get_by_role("link", name="Mở bài ấy")
    expect(known).to_be_visible(timeout=LONG)
    assert Axe().run(page).response["violations"] == []
    response = page.request.get(known.evaluate("link => link.href"))
    assert response.ok
    page.get_by_role("button", name="Vẫn lập bản nháp").click()
    expect(page.locator(".contribute__form")).to_be_visible()


def test_a_saved_page_is_read(page: Page, address: str, tmp_path: Path) -> None:
    """Its main part without menus; what it says of itself; nothing in it runs or is asked for."""
    saved = tmp_path / "bai.html"
    paragraphs = "".join(f"<p>{line}</p>" for line in SHORT_TEXT.splitlines()[1:])
    saved.write_text(
        f"""<!doctype html><html><head><title>x</title><meta property="og:site_name" content="Báo Thử">
        <meta property="og:title" content="{SHORT_TEXT.splitlines()[0]}">
        <script>window.ran = 1</script></head><body><nav>Trang chủ Giải trí</nav>
        <article>{paragraphs}<img src="https://elsewhere.example/x.png" onerror="window.ran = 1"></article>
        </body></html>""",
        encoding="utf-8",
    )
    page.goto(address + "dong-gop/")
    choose(page, saved)
    expect(page.locator(".contribute__form")).to_be_visible(timeout=LONG)
    expect(page.get_by_label("Nơi đăng")).to_have_value("Báo Thử")
    expect(page.get_by_label("Đầu đề")).to_have_value(SHORT_TEXT.splitlines()[0])
    finish(page)
    text = downloaded(page, tmp_path).read_text(encoding="utf-8")
    body = text.partition("-- articles/")[2].partition("\n---\n\n")[2].partition("\n-- ")[0]
    assert "chủ trì" in body and "Giải trí" not in body
    assert "sources/bai.html" in text
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_and_room_in_every_state(browser: Browser, address: str, scheme: str, width: int) -> None:
    """Before the start, with a draft whose parts are open, with the bundle: no violation, nothing too wide."""
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme, locale="vi-VN")  # type: ignore[arg-type]

    def look(state: str) -> None:
        found = Axe().run(page).response["violations"]
        assert [(state, one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state

    page.goto(address + "dong-gop/")
    expect(page.locator(".contribute")).to_be_visible()
    look("start")
    read(page, address, (ROOT / "content" / "sources" / SEED).read_text(encoding="utf-8"))
    page.evaluate("document.querySelectorAll('.contribute details').forEach(one => one.open = true)")
    look("draft")
    finish(page)
    look("bundle")
    page.close()


def test_the_whole_way_by_keyboard(page: Page, address: str, tmp_path: Path) -> None:
    """Text, start, one correction, the bundle and its download, with Tab and Enter alone."""
    page.goto(address + "dong-gop/")
    expect(page.locator(".contribute")).to_be_visible()
    _tab_to(page, "#nguyen-van")
    page.keyboard.insert_text(SHORT_TEXT)
    _tab_to(page, ".contribute__start button")
    page.keyboard.press("Enter")
    expect(page.locator(".contribute__heading")).to_be_focused(timeout=LONG)
    _tab_to(page, '[data-at="publisher"] input')
    page.keyboard.type("Báo")
    _tab_to(page, ".contribute__form > button")
    page.keyboard.press("Enter")
    expect(page.locator(".contribute__result h3")).to_be_focused()
    _tab_to(page, "a[download]")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert 'publisher: "Báo"' in Path(waiting.value.path()).read_text(encoding="utf-8")


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(120):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(selector)


def test_nothing_is_loaded_before_the_start_or_elsewhere(page: Page, address: str, heard: Heard) -> None:
    """No other page asks for anything of the tool; its own page asks for nothing big before the button is pressed."""
    for path in ("", "tim-kiem/", "nguoi/", "bai-viet/", "gioi-thieu/"):
        page.goto(address + path)
    assert [url for url in heard.requests if "assets/contribute" in url or "known.json" in url] == []
    page.goto(address + "dong-gop/")
    expect(page.locator(".contribute")).to_be_visible()
    page.locator("#nguyen-van").fill(SHORT_TEXT)
    assert [url for url in heard.requests if re.search(r"pyodide|importer|known\.json|worker", url)] == []


def test_without_the_tool_the_other_ways_stay(browser: Browser, address: str) -> None:
    """A build without Pyodide says so; without JavaScript the page is its text; a tool that doesn't come says so."""
    page = browser.new_page()
    page.route("**/tool.json", lambda route: route.fulfill(json={"pyodide": None}))
    page.goto(address + "dong-gop/")
    expect(page.locator(".contribute__status")).to_contain_text("không kèm công cụ")
    expect(page.locator("#nguyen-van")).to_be_hidden()
    page.close()
    bare = browser.new_page(java_script_enabled=False)
    bare.goto(address + "dong-gop/")
    expect(bare.locator(".contribute")).to_be_hidden()
    expect(bare.get_by_role("heading", name="Gửi một bài", exact=True)).to_be_visible()
    bare.close()
    broken = browser.new_page()
    broken.route(f"**/pyodide-{VERSION}/*.wasm", lambda route: route.abort())
    broken.goto(address + "dong-gop/")
    broken.locator("#nguyen-van").fill(SHORT_TEXT)
    broken.get_by_role("button", name="Đọc bài", exact=True).click()
    expect(broken.get_by_role("button", name="Thử lại")).to_be_visible(timeout=LONG)
    broken.unroute_all()
    broken.get_by_role("button", name="Thử lại").click()
    expect(broken.locator(".contribute__form")).to_be_visible(timeout=LONG)
    broken.close()


def test_a_file_in_utf_16_and_a_picture(page: Page, address: str, tmp_path: Path) -> None:
    """What the importer reads on a desk it reads here, and what it can't it says why."""
    text, picture = tmp_path / "bài.txt", tmp_path / "hinh.txt"
    text.write_bytes(SHORT_TEXT.encode("utf-16"))
    picture.write_bytes(bytes(range(256)) * 20)
    page.goto(address + "dong-gop/")
    choose(page, picture)
    expect(page.locator(".contribute__draft .notice")).not_to_be_empty(timeout=LONG)
    expect(page.locator(".contribute__status")).to_contain_text("không đọc được")
    choose(page, text)
    expect(page.get_by_label("Đầu đề")).to_have_value(SHORT_TEXT.splitlines()[0])
    wait_until_kept(page, '"name":"bài.txt"')


def test_a_doubt_stands_at_its_field_until_it_is_settled(page: Page, address: str, tmp_path: Path) -> None:
    """Its reason and words are at the field; confirmed, changed or taken out it does not go with the bundle."""
    read(page, address, UNSURE)
    date = page.locator('.contribute__field[data-at="date"]').first
    expect(date.locator(".contribute__doubt")).to_contain_text("bài có hai ngày")
    expect(date.locator(".contribute__doubt blockquote mark")).to_have_text("Sáng 11/4/2024")
    told = date.locator("input[type=text]").get_attribute("aria-describedby") or ""
    assert all(page.locator(f"#{id}").count() for id in told.split()) and len(told.split()) == 2
    second = page.locator('[data-first="people.1"]')
    expect(second).to_have_attribute("open", "")
    expect(second.locator('[data-at="roles"] .contribute__doubt')).to_contain_text("cách in chức vụ ở đây")
    finish(page)
    left = open_fields(page, tmp_path)
    assert {"title", "date", "speakers.0.roles", "speakers.1.roles"} <= set(left)

    right = page.locator('.contribute__field[data-at="title"]').first.get_by_role("checkbox")
    right.focus()
    page.keyboard.press("Space")
    page.get_by_label("Ngày diễn ra", exact=True).fill("2024-05-12")
    page.get_by_role("button", name=re.compile("^Bỏ: Người 1")).click()
    expect(page.locator('[data-first="people.1"] [data-at="roles"] .contribute__doubt')).to_have_count(1)
    finish(page)
    after = open_fields(page, tmp_path)
    assert set(left) - set(after) >= {"title", "date", "speakers.1.roles"} and "speakers.0.roles" in after

    wait_until_kept(page, "no-headline")
    page.reload()
    page.get_by_role("button", name="Làm tiếp").click()
    expect(page.locator(".contribute__form")).to_be_visible(timeout=LONG)
    expect(page.locator('.contribute__field[data-at="title"]').first.get_by_role("checkbox")).to_be_checked()


def open_fields(page: Page, folder: Path) -> list[str]:
    (article,) = (
        member.data.decode()
        for member in read_bundle(downloaded(page, folder).read_text(encoding="utf-8"))
        if member.path.startswith("articles/")
    )
    return [doubt.field for doubt in open_doubts(article)]
