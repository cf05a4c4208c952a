"""The fast engine over the work folder: the same way in and out as every other engine.

In: the work folder and mkdocs.yml. Out: HTML in a folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archive.config import Settings
from archive.site.fast.make import plan, prove
from archive.site.fast.static import write_static
from archive.site.work_folder import read_work_folder


def build_with_fast(
    config_file: Path, docs: Path, out: Path, settings: Settings, labels: Mapping[str, Any]
) -> tuple[list[str], list[str]]:
    """Builds the site, one page in memory at a time; returns warnings, and what is built slowly and why."""
    made, warnings = plan(config_file, settings, labels)
    proved, fallbacks = prove(made, read_work_folder(docs))
    addresses: list[str] = []
    redirects: list[str] = []
    for page in read_work_folder(docs):
        path = out / page.address / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(proved.page(page), encoding="utf-8", newline="\n")
        (redirects if "redirect" in page.meta else addresses).append(page.address)
    write_static(proved, out)
    for name, data in proved.sitemap(addresses).items():
        (out / name).write_bytes(data)
    return [*warnings, *proved.missing([*addresses, *redirects])], fallbacks
