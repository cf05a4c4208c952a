"""Picture cards for links that are shared (1200 × 630), one for each kind of page, and the icons of the site.

`python -m tests.browser.cards` writes templates/theme/assets/cards/*.png and icons/*.png anew, in the look of the site:
its own style sheet, its mark, the words of site.yml, kinds.yml and labels.yml. `theme.cards` in mkdocs.yml says which
pages have which card.
"""

from __future__ import annotations

import html
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from archive.config import Paths, load_settings
from archive.knowledge import load_knowledge
from tests.archives import ROOT
from tests.browser.conftest import launch

ASSETS = ROOT / "templates" / "theme" / "assets"
WIDTH, HEIGHT = 1200, 630
ICONS = (180, 192, 512)  # Apple's, and those of the web manifest
CARD = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="{style}"><body data-scheme="light"><style>
body {{ width: 1200px; height: 630px; padding: 72px 80px; display: flex; flex-direction: column; justify-content: \
space-between; border-top: 20px solid var(--teal); }}
h1 {{ font-size: 104px; margin: 0; }} p {{ font-size: 32px; margin: 0; color: var(--muted); }}
.name {{ display: flex; align-items: center; gap: 28px; font: 700 44px/1.2 var(--serif); }} svg {{ width: 92px; \
height: 92px; }}</style>
<div class="name">{mark}{name}</div><h1>{kind}</h1><p>{said}</p></body>"""
ICON = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="{style}"><body data-scheme="light"><style>
body {{ width: {size}px; height: {size}px; display: grid; place-items: center; }} svg {{ width: 72%; height: 72%; }}
</style>{mark}</body>"""


def main() -> int:
    paths = Paths.below(ROOT)
    settings, knowledge = load_settings(paths.site_config), load_knowledge(paths.site_config)
    kinds = {kind.address: kind.plural for kind in knowledge.kinds.values() if kind.plural}
    names = {**kinds, "dong-thoi-gian": knowledge.labels["timeline"]["title"]}
    names["dia-phuong"] = knowledge.labels["nav"]["places"]
    mark = (ASSETS.parent / "partials" / "mark.html").read_text(encoding="utf-8")
    shared = {"style": (ASSETS / "archive.css").as_uri(), "mark": mark, "name": html.escape(settings.name)}
    said = html.escape(str(knowledge.labels["site"]["tagline"]))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        browser = launch(playwright)
        if browser is None:
            print("no browser", file=sys.stderr)
            return 2
        for file, kind in {**names, "kho": settings.name}.items():
            text = CARD.format(**{**shared, "name": "" if file == "kho" else shared["name"]}, kind=kind, said=said)
            _take(browser, Path(scratch), text, WIDTH, HEIGHT, ASSETS / "cards" / f"{file}.png")
        for size in ICONS:
            _take(
                browser, Path(scratch), ICON.format(**shared, size=size), size, size, ASSETS / "icons" / f"{size}.png"
            )
        browser.close()
    return 0


def _take(browser: Browser, scratch: Path, text: str, width: int, height: int, file: Path) -> None:
    (scratch / "card.html").write_text(text, encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto((scratch / "card.html").as_uri(), wait_until="networkidle")
    file.parent.mkdir(exist_ok=True)
    page.screenshot(path=file)
    page.close()
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    sys.exit(main())
