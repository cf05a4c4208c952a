"""The frame of the site: the theme's templates, rendered by Jinja around the text of each page.

In: mkdocs.yml, settings, labels; then pages as Markdown. Out: `Frame`: finished HTML page by page, the theme's own
files, the sitemap. MkDocs loads configuration, navigation and theme when the first page is asked for, once in each
process that makes pages.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace

from archive.config import Settings
from archive.knowledge import Labels
from archive.model.pages import SitePage
from archive.site.mkdocs import STAMP
from archive.site.static import static_files
from archive.site.theme import Theme


class Frame:
    """The looks of one site."""

    def __init__(self, config_file: Path, settings: Settings, labels: Labels, compiled: Path | None = None) -> None:
        """Nothing is loaded yet. `compiled`: a folder where compiled templates are kept between builds."""
        self._config_file = config_file
        self._settings = settings
        self._labels = labels
        self._compiled = compiled

    @cached_property
    def _theme(self) -> Theme:
        return Theme(self._config_file, self._settings, self._labels, self._compiled)

    def said(self) -> Iterator[tuple[str, str]]:
        """What is to be told of mkdocs.yml: a problem's code and its words."""
        words = self._labels["engine"]
        yield from (("engine-warning", warning) for warning in self._theme.warnings)
        if names := self._theme.not_run():
            yield "engine-warning", words["not_run"].format(names=", ".join(names))
        if names := self._theme.strange_to_comrak():
            yield "engine-fallback", words["slow"].format(names=", ".join(names))

    def page(self, page: SitePage) -> str:
        """The page as finished HTML."""
        return self._theme.render(page)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """What the theme brings along and pages of its own, like 404.html: (path on the site, bytes)."""
        theme = self._theme.config.theme
        yield from static_files(theme.dirs, theme.static_templates)
        for name in sorted(set(theme.static_templates) - {"sitemap.xml"}):
            if (text := self._theme.render_template(name)).strip():
                yield name, text.encode()

    def sitemap(self, addresses: Iterable[str], changed: Mapping[str, str]) -> dict[str, bytes]:
        """sitemap.xml and its compressed form by path, for the addresses of all pages that are to be found.

        `changed` has the day of the last change of those that have one.
        """
        ordered = sorted(addresses, key=lambda address: address.split("/"))
        pages = [
            SimpleNamespace(canonical_url=self._settings.url + address, meta={"changed": changed.get(address)})
            for address in ordered
        ]
        text = self._theme.render_template("sitemap.xml", [SimpleNamespace(page=page) for page in pages]).encode()
        if not text:
            return {}
        packed = io.BytesIO()
        with gzip.GzipFile(filename="sitemap.xml", mode="wb", fileobj=packed, mtime=STAMP) as file:
            file.write(text)
        return {"sitemap.xml": text, "sitemap.xml.gz": packed.getvalue()}

    def missing(self, addresses: Iterable[str]) -> list[str]:
        """What `nav` names and no page is, in MkDocs's words."""
        there = set(addresses)
        return [
            f"A reference to '{page.file.src_uri}' is included in the 'nav' configuration, "
            "which is not found in the documentation files."
            for page in self._theme.nav.pages
            if page.url not in there
        ]
