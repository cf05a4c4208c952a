"""mkdocs.yml and the theme as MkDocs loads them: the one part of the fast engine that imports MkDocs.

In: mkdocs.yml, settings, labels. Out: `Theme`, whose templates make pages, the sitemap and pages like 404.html.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from jinja2 import pass_context

from archive.config import Settings
from archive.knowledge import Labels
from archive.model.pages import SitePage
from archive.quick_jinja import QuickContext, with_attributes
from archive.rules.reader import ConfigError
from archive.site.markdown import Heading, to_html
from archive.site.mkdocs import mkdocs_config, mkdocs_warnings

if TYPE_CHECKING:
    from jinja2.runtime import Context
    from mkdocs.structure.files import File
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import TableOfContents

# What comrak reads as Python-Markdown does, as far as the dialect goes.
_EXTENSIONS = {"toc", "tables", "fenced_code", "attr_list"}
# Blocks of main.html that differ from page to page by the way to the site's root and by the section alone.
_SHARED_BLOCKS = ("styles", "header", "footer", "scripts")
Block: TypeAlias = "Callable[[Context], Iterator[str]]"


@dataclass(slots=True)
class PageBesideNav:
    """A page that `nav` does not name, with what templates ask of MkDocs's pages: those take a while to make."""

    url: str
    canonical_url: str
    title: str
    meta: Mapping[str, Any]
    content: str
    toc: TableOfContents
    is_page: ClassVar[bool] = True
    active: ClassVar[bool] = True
    is_homepage: ClassVar[bool] = False
    children = parent = previous_page = next_page = edit_url = None


class Theme:
    """A loaded configuration with its navigation and templates; `warnings` is what MkDocs said meanwhile."""

    def __init__(self, config_file: Path, settings: Settings, labels: Labels, compiled: Path | None) -> None:
        """Takes a fifth of a second. `compiled`: a folder where Jinja keeps compiled templates between builds."""
        from mkdocs.commands.build import get_context
        from mkdocs.structure.files import Files
        from mkdocs.structure.nav import get_navigation

        with mkdocs_warnings() as self.warnings:
            # No page is read from disk; MkDocs wants a folder that exists.
            docs, site = Path(__file__).parent, config_file.parent / "site"
            self.config = mkdocs_config(config_file, docs, site, settings, labels)
            self.files = Files([self._file(path) for path in _pages_in(self.config.nav)])
            self.nav = get_navigation(self.files, self.config)
        self.environment = self.config.theme.get_env()
        self.environment.context_class = QuickContext
        self.environment.filters["url"] = _url_filter
        if compiled:
            from jinja2 import FileSystemBytecodeCache

            compiled.mkdir(parents=True, exist_ok=True)
            self.environment.bytecode_cache = FileSystemBytecodeCache(str(compiled))
        self._uses_comrak = not self.strange_to_comrak()
        self._in_nav = {page.url: page for page in self.nav.pages}
        config = with_attributes({**self.config, "extra": {**self.config.extra}, "theme": {**self.config.theme}})
        self._context = {**get_context(self.nav, self.files, self.config), "config": config}
        self._share_blocks("main.html")

    def _share_blocks(self, name: str) -> None:
        """From now on a template prints each shared block once for all pages of a folder.

        Links of two pages in one folder are the same unless they lead to one of them.
        """
        led_to = {folder for page in self.nav.pages for folder in _folders_of(page.url)}
        template = self.environment.get_template(name)
        for block in _SHARED_BLOCKS:
            if block in template.blocks:
                template.blocks[block] = _shared(template.blocks[block], led_to)

    def not_run(self) -> list[str]:
        """What mkdocs.yml asks for and a page made one by one does without."""
        addresses = [] if self.config.use_directory_urls else ["use_directory_urls"]
        return [*map(str, self.config.plugins), *map(str, self.config.hooks), *addresses]

    def strange_to_comrak(self) -> list[str]:
        """Markdown extensions of mkdocs.yml that comrak knows nothing of, or not with such options."""
        extensions: set[str] = set(self.config.markdown_extensions)
        options = (self.config.mdx_configs or {}).items()
        return sorted(extensions - _EXTENSIONS | {extension for extension, chosen in options if any(chosen.values())})

    def render(self, source: SitePage) -> str:
        """A page as finished HTML."""
        content, toc = self._converted(source)
        in_nav = self._in_nav.get(source.address)
        if in_nav is not None:
            in_nav.meta, in_nav.content, in_nav.toc, in_nav.active = {**source.meta}, content, toc, True
        url = self.config.site_url + source.address
        # Every page of ours has a title; of one without MkDocs takes the first heading.
        title = str(source.meta.get("title") or next((item.title for item in toc), source.title))
        page = in_nav or PageBesideNav(source.address, url, title, source.meta, content, toc)
        template = self.environment.get_template(source.meta.get("template", "main.html"))
        try:
            return str(template.render(self._context_of(page)))
        finally:
            # Jinja's contexts are circles, which keep a page until the collector comes by: at least without its text.
            page.content = ""
            if in_nav is not None:
                in_nav.active = False

    def _converted(self, source: SitePage) -> tuple[str, TableOfContents]:
        """The HTML of a page's text, and its headings."""
        text = source.markdown.lstrip()
        body = to_html(text) if self._uses_comrak else None
        if body is not None:
            return body.html, contents(body.headings)
        from mkdocs.structure.pages import Page

        page = Page(None, self._file(source.source_path), self.config)
        page.meta, page.markdown = dict(source.meta), text
        page.render(self.config, self.files)  # by Python-Markdown
        return str(page.content), page.toc

    def _context_of(self, page: Page | PageBesideNav) -> dict[str, Any]:
        """What MkDocs hands to the template of a page."""
        ways = {
            "base_url": _way(page.url, "."),
            "extra_css": [_way(page.url, path) for path in self.config.extra_css],
            "extra_javascript": [_way(page.url, str(script)) for script in self.config.extra_javascript],
        }
        return {**self._context, **ways, "page": page}

    def render_template(self, name: str, pages: Any = ()) -> str:
        """A template of the theme that is no page of the archive; nothing if the theme has none of this name."""
        from jinja2 import TemplateNotFound
        from mkdocs.commands.build import _build_template

        try:
            template = self.environment.get_template(name)
        except TemplateNotFound:
            return ""
        return _build_template(name, template, pages, self.config, self.nav)

    def _file(self, path: str) -> File:
        """A page's file as MkDocs knows it; there is none on disk."""
        from mkdocs.structure.files import File

        return File(path, None, self.config.site_dir, self.config.use_directory_urls)


def _folders_of(url: str) -> Iterator[str]:
    """`a/b/`, `a/` and `` of the address `a/b/`."""
    yield url
    while url:
        yield (url := _parent(url))


def _parent(url: str) -> str:
    """The folder that `a/b/` lies in: `a/`; empty for `a/`."""
    return url[: url.rstrip("/").rfind("/") + 1]


def _shared(block: Block, led_to: Container[str]) -> Block:
    """The same block, printed once for all pages of a folder but those that are, or hold, one of `led_to`."""
    printed: dict[str, str] = {}

    def print_once(context: Context) -> Iterator[str]:
        page = context.get("page")
        if page is None or page.url in led_to:
            yield from block(context)
            return
        folder = _parent(page.url)
        if folder not in printed:
            printed[folder] = "".join(block(context))
        yield printed[folder]

    return print_once


@pass_context
def _url_filter(context: Context, path: object) -> str:
    """MkDocs's filter `url`."""
    page = context["page"]
    return _way(None if page is None else page.url, str(path), context["base_url"])


def _way(url: str | None, path: str, base: str = "") -> str:
    """The way from the page at an address of the site to another one; from no page there is only `base` before it."""
    if url is None or "/." in f"/{path}" or path.partition("/")[0] == url.partition("/")[0]:
        return _normalized(path, url, base)
    return _from_elsewhere(path, url.count("/"))


@lru_cache(maxsize=10_000)
def _from_elsewhere(path: str, depth: int) -> str:
    """The way from a page that many folders deep, none of which is on the way to `path`."""
    return _normalized(path, "-/" * depth)


def _normalized(path: str, url: str | None, base: str = "") -> str:
    """As MkDocs has it."""
    from mkdocs.utils import normalize_url

    page: Any = None if url is None else SimpleNamespace(url=url)
    return normalize_url(path, page, base)


def contents(headings: Sequence[Heading]) -> TableOfContents:
    """The headings of a page as MkDocs hands them to templates, each with those below it."""
    from markdown.extensions.toc import nest_toc_tokens
    from mkdocs.structure.toc import get_toc

    return get_toc(nest_toc_tokens([{"level": one.level, "id": one.id, "name": one.title} for one in headings]))


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
