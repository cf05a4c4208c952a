"""The pictures of docs/gui-bai.md and docs/nhan-bai.md, taken from the real pages.

`python -m tests.browser.pictures [NAME…]` builds the archive's own site, opens it in a browser and writes
docs/pictures/<name>.webp anew. The pages are the archive's; fonts are those of the machine.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from archive.config import Paths
from archive.pipeline import build
from archive.problems import Report
from tests.archives import QUIET, ROOT
from tests.browser.conftest import launch
from tests.browser.serving import served

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


PICTURES = {
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
    paths = Paths.below(ROOT)
    own = Paths(paths.content, paths.site_config, paths.templates, paths.mkdocs, scratch / "work")
    build(own, scratch / "site", Report(), QUIET)
    return scratch / "site"


def _take(page: Page, file: Path) -> None:
    """WebP, which playwright itself does not write."""
    shot = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    file.write_bytes(base64.b64decode(shot["data"]))
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
