"""MkDocs and Material as a library: the one part of the fast engine that imports them.

In: mkdocs.yml. Out: `Theme`: the shells of pages with marks in them, static files, and whole pages as
stock MkDocs writes them, for what the plan is not sure of.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from typing import Any

from archive.config import ConfigError
from archive.model.pages import SitePage
from archive.site.fast.origin import Origin
from archive.site.fast.slots import Unlearnable, mark
from archive.site.fast.toc import Entry
from archive.site.mkdocs import is_used, mkdocs_config

# So many folders below the last known one that "../" this many times over can only come from them.
DEEP = 40
_FOLDER = "0shell0"
_SHELL, _SAMPLE, _TOC_PARTIAL = "shell", "sample", "partials/toc.html"
_HEAD, _TOC = mark("head"), mark("toc")
_OURS = "{% extends 'main.html' %}{% block extrahead %}HEAD{% endblock %}"
# As `Files.add_files_from_theme` in MkDocs, which lists twelve thousand icons first.
_NOT_STATIC = ("*.py", "*.pyc", "*.html", "*readme*", "mkdocs_theme.yml", "locales/*")


class Theme:
    """A loaded configuration with its navigation and templates."""

    def __init__(self, origin: Origin) -> None:
        from mkdocs.structure.files import Files
        from mkdocs.structure.nav import get_navigation

        # No page is read from disk; MkDocs wants a folder that exists.
        self.config = mkdocs_config(
            origin.config_file,
            Path(__file__).parent,
            origin.config_file.parent / "site",
            origin.settings,
            origin.labels,
        )
        self.files = Files([self._file(path) for path in _pages_in(self.config.nav)])
        self.nav = get_navigation(self.files, self.config)
        self.pages: dict[str, Any] = {page.url: page for page in self.nav.pages}

    @cached_property
    def environment(self) -> Any:
        """The theme's templates, and two of ours that print a page with marks in its head and contents."""
        from jinja2 import ChoiceLoader, DictLoader, TemplateNotFound

        environment = self.config.theme.get_env()
        own = {_SHELL: _OURS.replace("HEAD", _HEAD), _SAMPLE: _OURS.replace("HEAD", _HEAD + "{{ super() }}" + _HEAD)}
        try:
            toc, _, _ = environment.loader.get_source(environment, _TOC_PARTIAL)
            # `marked` is there in our own two only.
            own[_TOC_PARTIAL] = (
                f"{{% if marked is not defined %}}{toc}{{% elif marked == 'shell' %}}{_TOC}"
                f"{{% else %}}{_TOC}{toc}{_TOC}{{% endif %}}"
            )
        except TemplateNotFound:
            pass
        environment.loader = ChoiceLoader([DictLoader(own), environment.loader])
        return environment

    def shell(self, address: str, area: str) -> str:
        """The page at an address, with marks for all that differs between pages of its kind."""
        return self._with_marks(_SHELL, address, _marked_meta(area), _headings(()))

    def head(self, meta: Mapping[str, Any]) -> str:
        """What the theme prints for front matter in its block `extrahead`."""
        meta = {**_marked_meta(mark("area")), **meta}
        return _cut(self._with_marks(_SAMPLE, deep_address(""), meta, _headings(())), _HEAD)

    def toc(self, entries: Sequence[Entry], address: str | None = None) -> str:
        """What the theme prints as contents of a page with these headings."""
        at = deep_address("") if address is None else address
        return _cut(self._with_marks(_SAMPLE, at, _marked_meta(mark("area")), _headings(entries)), _TOC)

    def _with_marks(self, template: str, address: str, meta: Mapping[str, Any], toc: Any) -> str:
        page = self.pages.get(address) or self._page(address)
        page.meta, page.toc, page.content, page.markdown = dict(meta), toc, mark("content"), ""
        canonical, page.canonical_url = page.canonical_url, mark("canonical")
        try:
            text = self._print(self.environment.get_template(template), page, marked=template)
            return _with_depth_marked(text)
        finally:
            page.canonical_url = canonical

    def full(self, site_page: SitePage) -> str:
        """A page as stock MkDocs writes it."""
        page = self.pages.get(site_page.address) or self._page(site_page.address)
        page.meta, page.markdown = dict(site_page.meta), site_page.markdown.lstrip()
        page.render(self.config, self.files)
        return self._print(self.environment.get_template(page.meta.get("template", "main.html")), page)

    def _page(self, address: str) -> Any:
        from mkdocs.structure.pages import Page

        return Page(None, self._file(f"{address}index.md"), self.config)

    def _file(self, path: str) -> Any:
        """A page's file as MkDocs knows it; there is none on disk."""
        from mkdocs.structure.files import File

        return File(path, None, self.config.site_dir, self.config.use_directory_urls)

    def _print(self, template: Any, page: Any, **more: Any) -> str:
        from mkdocs.commands.build import get_context

        page.active = True
        try:
            return str(template.render({**get_context(self.nav, self.files, self.config, page), **more}))
        finally:
            page.active = False

    def sitemap(self) -> str:
        """The theme's sitemap of two pages, with marks for their addresses; empty if it has none."""
        pages = []
        for name in ("loc_a", "loc_b"):
            page = self._page(f"{name}/")
            page.canonical_url = mark(name)
            pages.append(page.file)
        return self._template("sitemap.xml", pages) if "sitemap.xml" in self.config.theme.static_templates else ""

    def templates(self) -> dict[str, bytes]:
        """Pages that the theme has of itself, like 404.html, by path."""
        names = sorted(set(self.config.theme.static_templates) - {"sitemap.xml"})
        texts = {name: self._template(name, self.files) for name in names}
        return {name: text.encode() for name, text in texts.items() if text.strip()}

    def _template(self, name: str, files: Any) -> str:
        from jinja2 import TemplateNotFound
        from mkdocs.commands.build import _build_template

        try:
            template = self.environment.get_template(name)
        except TemplateNotFound:
            return ""
        return str(_build_template(name, template, files, self.config, self.nav))

    def assets(self) -> dict[str, str]:
        """Files that the theme brings along: path on the site → path on this machine."""
        found: dict[str, str] = {}
        unwanted = (*_NOT_STATIC, *self.config.theme.static_templates)
        for folder in self.config.theme.dirs:
            for path, name in _below(folder):
                if name not in found and is_used(name) and not any(fnmatch(name.lower(), one) for one in unwanted):
                    found[name] = path
        return found


def _pages_in(nav: Any) -> Iterator[str]:
    """The Markdown files that `nav` names, in order. Raises ConfigError for one without a title."""
    for item in nav or ():
        if isinstance(item, str):
            raise ConfigError(f"mkdocs.yml: nav: {item} (title: {item})")
        for value in item.values():
            if isinstance(value, list):
                yield from _pages_in(value)
            elif value.endswith(".md") and "://" not in value:
                yield value


def _below(folder: str) -> Iterator[tuple[str, str]]:
    """Files below a folder with their relative paths, hidden folders left out."""
    for here, folders, files in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        inside = os.path.relpath(here, folder).replace(os.sep, "/")
        for name in sorted(files):
            if not name.startswith("."):
                yield f"{here}{os.sep}{name}", posixpath.normpath(f"{inside}/{name}")


def deep_address(folder: str) -> str:
    """An address so far below a folder that relative links on its page show their depth."""
    return folder + f"{_FOLDER}/" * (DEEP + 1)


def _with_depth_marked(text: str) -> str:
    """The shell of a deep address with a mark for the depth. Raises Unlearnable if the address itself shows."""
    marked = text.replace("../" * DEEP, mark("up"))
    if _FOLDER in marked:
        raise Unlearnable(_FOLDER)
    return marked


def _marked_meta(area: str) -> dict[str, Any]:
    return {"title": mark("title"), "description": mark("description"), "area": area}


def _headings(entries: Sequence[Entry]) -> Any:
    """A page title with headings below it, as MkDocs hands them to templates."""
    from mkdocs.structure.toc import AnchorLink, TableOfContents

    def link(entry: Entry) -> Any:
        made = AnchorLink(entry.heading.title, entry.heading.id, entry.heading.level)
        made.children = [link(child) for child in entry.children]
        return made

    top = AnchorLink(mark("heading"), mark("top"), 1)
    top.children = [link(entry) for entry in entries]
    return TableOfContents([top])


def _cut(text: str, edge: str) -> str:
    """What stands between two marks of the same name; nothing if the theme has no such place."""
    parts = text.split(edge)
    if len(parts) == 1:
        return ""
    if len(parts) != 3:
        raise Unlearnable(edge)
    return parts[1]
