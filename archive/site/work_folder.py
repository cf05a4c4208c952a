"""The work folder: generated Markdown and data as plain files, which any engine can read.

In: pages and files. Out: `docs/` with Markdown and front matter, and data files beside it for the
finished site.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from archive.model.pages import SiteFile, SitePage


def write_work_folder(items: Iterable[SitePage | SiteFile], docs: Path, files: Path) -> int:
    """Writes pages below `docs` and files below `files`; returns the number of pages."""
    pages = 0
    for item in items:
        if isinstance(item, SitePage):
            _write(docs / item.source_path, page_text(item))
            pages += 1
        else:
            _write(files / item.path, item.text)
    return pages


def page_text(page: SitePage) -> str:
    """A page as Markdown with YAML front matter; every value is written as JSON, which YAML reads."""
    meta = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in page.meta.items())
    return f"---\n{meta}---\n{page.markdown.lstrip()}"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
