"""The pictures of docs/design.md: one page of each kind, as it looks on a desk and on a phone.

`python -m tests.browser.design` builds the archive's own site, opens it in a browser and writes docs/pictures/design/
anew: 1440 px light and 360 px dark. `--all FOLDER` writes every kind at 360, 768 and 1440 px, light, dark and as it is
printed, into a folder of your own; `--site FOLDER` takes a site that is there, of an archive of any size.
"""

from __future__ import annotations

import argparse
import base64
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from archive.build.site import build
from archive.config import Paths
from archive.problems import Report
from tests.archives import QUIET, ROOT
from tests.browser.conftest import launch
from tests.browser.serving import served

FOLDER = ROOT / "docs" / "pictures" / "design"
HIGHEST, QUALITY = 1100, 30
WIDTHS = (360, 768, 1440)
PAGES = {
    "trang-chu": "",
    "bai-viet": "bai-viet/hoi-nghi-toan-quoc-tong-ket-cong-tac-dan-van-nam-2023/",
    "nhan-vat": "nguoi/truong-thi-mai/",
    "van-ban": "van-ban/nghi-quyet-43-nq-tw-2023-11-24/",
    "su-kien": "su-kien/hoi-nghi-toan-quoc-tong-ket-dan-van-2023/",
    "thoi-gian": "dong-thoi-gian/",
    "dia-phuong": "dia-phuong/",
    "moi-van-ban": "van-ban/",
    "du-lieu": "du-lieu/",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at; `scheme` is light, dark or print."""

    width: int
    scheme: str

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}"


SHOWN = (Look(1440, "light"), Look(360, "dark"))
ALL = (*(Look(width, scheme) for width in WIDTHS for scheme in ("light", "dark")), Look(794, "print"))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER")
    parser.add_argument("--site", type=Path, metavar="FOLDER")
    options = parser.parse_args(arguments)
    folder: Path = options.all or FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        site = options.site or _build(Path(scratch))
        with served(site) as address, sync_playwright() as playwright:
            browser = launch(playwright)
            if browser is None:
                print("no browser", file=sys.stderr)
                return 2
            for name, page_address in PAGES.items():
                for look in ALL if options.all else SHOWN:
                    if (site / page_address / "index.html").is_file():
                        _take(browser, address + page_address, look, folder / f"{name}-{look}.webp")
            browser.close()
    return 0


def _build(scratch: Path) -> Path:
    paths = Paths.below(ROOT)
    own = Paths(paths.content, paths.site_config, paths.templates, paths.mkdocs, scratch / "work")
    build(own, scratch / "site", Report(), QUIET)
    return scratch / "site"


def _take(browser: Browser, address: str, look: Look, file: Path) -> None:
    page = browser.new_page(
        viewport={"width": look.width, "height": 900},
        color_scheme="dark" if look.scheme == "dark" else "light",
        locale="vi-VN",
        reduced_motion="reduce",
    )
    if look.scheme == "print":
        page.emulate_media(media="print")
    page.goto(address, wait_until="networkidle")
    height = min(_height(page), HIGHEST)
    page.set_viewport_size({"width": look.width, "height": height})
    shot = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    file.write_bytes(base64.b64decode(shot["data"]))
    page.close()
    print(f"{file.name}: {file.stat().st_size} bytes")


def _height(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
