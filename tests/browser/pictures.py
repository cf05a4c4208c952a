"""The pictures of docs/gui-bai.md and docs/nhan-bai.md, taken from the real pages.

`python -m tests.browser.pictures [NAME…]` builds the archive's own site, opens it in a browser and writes
docs/pictures/<name>.webp anew. The pages are the archive's; fonts are those of the machine.
"""

from __future__ import annotations

import base64
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from archive.build.site import build
from archive.config import Paths
from archive.problems import Report
from tests.archives import QUIET, ROOT
from tests.browser.conftest import launch
from tests.browser.serving import served

REPOSITORY = "https://github.com/vi-du/kho"
LONG = 120_000  # milliseconds: the reader of texts is loaded and started
TEXT = """\
Huyện Mây Bay sơ kết công tác dân vận quý I

Ngày 12/4, tại xã Lưng Đồi, Ban Dân vận Huyện ủy Mây Bay tổ chức Hội nghị sơ kết công tác dân vận quý I, triển khai \
nhiệm vụ quý II năm 2024. Đồng chí Cầm Văn Thử, Ủy viên Ban Thường vụ, Trưởng Ban Dân vận Huyện ủy chủ trì Hội nghị.

Quang cảnh Hội nghị. Ảnh: Nguyễn Thị Nháp

Quý I, các xã đã giúp 42 hộ sửa nhà, đối thoại với Nhân dân 6 lần. Việc thực hiện Nghị quyết số 43-NQ/TW, ngày \
24/11/2023 của Ban Chấp hành Trung ương và Kế hoạch 77 của Huyện ủy được các chi bộ đưa vào sinh hoạt.

Phát biểu tại Hội nghị, bà Lò Thị Mẫu, Phó Chủ tịch UBND huyện đề nghị các xã giải quyết dứt điểm đơn thư.

Gửi cho bạn bè
In bài này
"""

FOLDER = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1000, 720
QUALITY = 70


@dataclass(frozen=True, slots=True)
class Picture:
    """What to open, what to do there, and how high a part of the page is shown."""

    address: str
    prepare: Callable[[Page], None] = lambda page: None
    height: int = HEIGHT


def _to_the_foot(page: Page) -> None:
    page.mouse.move(0, 0)
    page.get_by_text("Báo lỗi").last.scroll_into_view_if_needed()


def _paste(page: Page) -> None:
    page.locator("#nguyen-van").fill(TEXT)
    page.locator("#nguyen-van").evaluate("element => element.scrollTo(0, 0)")
    _show(page, "#gui-bai")


def _read(page: Page) -> None:
    _paste(page)
    page.get_by_role("button", name="Đọc bài").click()
    page.locator(".contribute__heading").wait_for(timeout=LONG)
    _show(page, ".contribute__heading")


def _finish(page: Page) -> None:
    _read(page)
    page.get_by_role("button", name="Lập gói bài").click()
    page.locator("#goi-bai").wait_for()
    _show(page, ".contribute__result h3")


def _show(page: Page, what: str) -> None:
    """Puts it near the upper edge, below the header that stays."""
    page.locator(what).evaluate("element => window.scrollBy(0, element.getBoundingClientRect().top - 74)")
    page.locator(":focus").evaluate_all("elements => elements.forEach((element) => element.blur())")


PICTURES = {
    "dan-bai": Picture("dong-gop/", _paste, 940),
    "xem-lai": Picture("dong-gop/", _read),
    "gui": Picture("dong-gop/", _finish),
    "trang-bai": Picture("bai-viet/trien-khai-nhiem-vu-cong-tac-dan-van-quy-ii-2024/"),
    "trang-nguoi": Picture("nguoi/bui-tien-luc/"),
    "cuoi-trang": Picture("bai-viet/trien-khai-nhiem-vu-cong-tac-dan-van-quy-ii-2024/", _to_the_foot, 420),
}


def main(names: list[str]) -> int:
    if unknown := set(names) - set(PICTURES):
        print(f"no picture {', '.join(sorted(unknown))}; there are {', '.join(PICTURES)}", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        served(_build(Path(scratch))) as address,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        if browser is None:
            print("no browser", file=sys.stderr)
            return 2
        for name in names or PICTURES:
            picture = PICTURES[name]
            page = browser.new_page(
                viewport={"width": WIDTH, "height": picture.height}, locale="vi-VN", reduced_motion="reduce"
            )
            page.goto(address + picture.address, wait_until="networkidle")
            picture.prepare(page)
            _take(page, FOLDER / f"{name}.webp")
            page.close()
        browser.close()
    return 0


def _build(scratch: Path) -> Path:
    """The archive's own site, as it is once `repository` names a place on GitHub."""
    paths = Paths.below(ROOT)
    config = shutil.copytree(paths.site_config, scratch / "site-config")
    settings = (config / "site.yml").read_text(encoding="utf-8")
    (config / "site.yml").write_text(
        re.sub(r"(?m)^repository: .*$", f"repository: {REPOSITORY}", settings), encoding="utf-8"
    )
    own = Paths(paths.content, config, paths.templates, paths.mkdocs, scratch / "work")
    build(own, scratch / "site", Report(), QUIET)
    return scratch / "site"


def _take(page: Page, file: Path) -> None:
    """WebP, which playwright itself does not write."""
    shot = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    file.write_bytes(base64.b64decode(shot["data"]))
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
