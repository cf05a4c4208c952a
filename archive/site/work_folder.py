"""The work folder: generated Markdown and data as plain files, which any engine can read.

In: pages and files. Out: `docs/` with Markdown and front matter, and data files beside it for the
finished site; and the pages again, for an engine that takes them from there.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from archive.model.pages import SiteFile, SitePage

_WRITTEN = re.compile(r'---\n((?:[a-z_]+: ["{].*\n)*)---\n')
_VALUE = re.compile(r"^([a-z_]+): (.*)$", re.MULTILINE)


def write_work_folder(items: Iterable[SitePage | SiteFile], docs: Path, files: Path) -> int:
    """Writes pages below `docs` and files below `files`; returns the number of pages."""
    pages = 0
    for item in items:
        if isinstance(item, SitePage):
            _write(docs / item.source_path, page_text(item).encode())
            pages += 1
        else:
            _write(files / item.path, item.data)
    return pages


def page_text(page: SitePage) -> str:
    """A page as Markdown with YAML front matter; every value is written as JSON, which YAML reads."""
    meta = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in page.meta.items())
    return f"---\n{meta}---\n{page.markdown.lstrip()}"


def read_work_folder(docs: Path) -> Iterator[SitePage]:
    """The pages below `docs`, as `write_work_folder` wrote them; front matter of another form stays text."""
    for path in page_files(docs):
        yield read_page_file(path, docs)


def page_files(docs: Path) -> list[Path]:
    """Every page of a work folder, in order."""
    found = (Path(folder, name) for folder, _, names in os.walk(docs) for name in names if name.endswith(".md"))
    return sorted(found)


def read_page_file(path: Path, docs: Path) -> SitePage:
    text = path.read_bytes().decode("utf-8")  # line ends stay as they were written, and it is twice as fast
    written = _WRITTEN.match(text)
    meta = {key: json.loads(value) for key, value in _VALUE.findall(written[1])} if written else {}
    address = path.relative_to(docs).as_posix().removesuffix("index.md").replace(".md", "/")
    return SitePage(address, str(meta.get("title", "")), text[written.end() :] if written else text, meta)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
