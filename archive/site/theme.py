"""mkdocs.yml and the theme as MkDocs loads them: the one part of the fast engine that imports MkDocs.

In: mkdocs.yml, settings, labels. Out: `Theme`, whose templates make pages, the sitemap and pages like 404.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.config import ConfigError, Settings
from archive.model.pages import SitePage
from archive.quick_jinja import QuickContext
from archive.site.markdown import Heading, to_html
from archive.site.mkdocs import mkdocs_config, mkdocs_warnings

if TYPE_CHECKING:
    from mkdocs.structure.files import File
    from mkdocs.structure.toc import TableOfContents

# What comrak reads as Python-Markdown does, as far as the dialect goes.
_EXTENSIONS = {"toc", "tables", "fenced_code", "attr_list"}


class Theme:
    """A loaded configuration with its navigation and templates; `warnings` is what MkDocs said meanwhile."""

    def __init__(self, config_file: Path, settings: Settings, labels: Mapping[str, Any], compiled: Path | None) -> None:
        """Takes a fifth of a second. `compiled`: a folder where Jinja keeps compiled templates between builds."""
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
        if compiled:
            from jinja2 import FileSystemBytecodeCache

            compiled.mkdir(parents=True, exist_ok=True)
            self.environment.bytecode_cache = FileSystemBytecodeCache(str(compiled))
        self._uses_comrak = not self.strange_to_comrak()
        self._in_nav = {page.url: page for page in self.nav.pages}

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
        from mkdocs.commands.build import get_context
        from mkdocs.structure.pages import Page

        page = self._in_nav.get(source.address) or Page(None, self._file(source.source_path), self.config)
        page.meta, page.markdown = dict(source.meta), source.markdown.lstrip()
        body = to_html(page.markdown) if self._uses_comrak else None
        if body is None:
            page.render(self.config, self.files)  # by Python-Markdown
        else:
            page.content, page.toc = body.html, contents(body.headings)
        template = self.environment.get_template(page.meta.get("template", "main.html"))
        page.active = True
        try:
            return str(template.render(get_context(self.nav, self.files, self.config, page)))
        finally:
            # Jinja's contexts are circles, which keep a page until the collector comes by: at least without its text.
            page.active, page.content, page.markdown = False, None, None

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
