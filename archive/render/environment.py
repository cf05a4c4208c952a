"""The template environment: everything a template may call, and safe output by default.

In: templates, words, knowledge. Out: a Jinja environment in which every string that a template
prints is escaped for Markdown and HTML alike, unless the package made it as markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from archive.language.spelling import slug

_ACTIVE = re.compile(r"[&<>\"'\\`*_{}\[\]|~]|^[#+=:\-]|#+$|^\d+(?=[.)]\s)")
_TAGS = {"a", "p", "h2", "h3", "h4", "ul", "ol", "li", "em", "strong", "blockquote", "code", "pre", "br", "hr"}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd"}

_ATTRIBUTES = {"a": {"href"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}}


def escape(text: str) -> Markup:
    """Text that is itself in Markdown and in HTML, attributes included.

    Every character that either could read as markup becomes a numeric reference; both read those
    as text everywhere.

    >>> escape("a*b <i>")
    Markup('a&#42;b &#60;i&#62;')
    """
    line = " ".join(text.split()) if "\n" in text else text
    if not _ACTIVE.search(line):
        return Markup(line)
    return Markup(_ACTIVE.sub(_references, line))


def _references(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in match.group())


def safe_markdown(text: str) -> Markup:
    """Markdown written by an editor as harmless HTML: a short list of elements, no script, no style."""
    import markdown  # these three take a while to load, and few pages hold words of editors
    import nh3
    from markdown.extensions.toc import TocExtension

    html = markdown.markdown(
        text, extensions=["tables", "def_list", "sane_lists", TocExtension(slugify=lambda words, _: slug(words))]
    )
    cleaned = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel=None
    )
    return html_block(Markup(cleaned))


def html_block(html: Markup | str) -> Markup:
    """HTML without blank lines or indentation, so that every Markdown engine passes it through whole."""
    lines = (line.strip() for line in str(html).splitlines())
    return Markup("\n" + "\n".join(filter(None, lines)) + "\n")


def _bytecode_cache(folder: Path) -> jinja2.FileSystemBytecodeCache:
    folder.mkdir(parents=True, exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder))


def make_environment(templates: Path, tools: Mapping[str, Any], compiled: Path | None = None) -> jinja2.Environment:
    """The environment of templates/pages; `tools` become globals of every template.

    `compiled`: a folder where compiled templates are kept between builds.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates / "pages"),
        bytecode_cache=_bytecode_cache(compiled) if compiled else None,
        autoescape=True,
        finalize=lambda value: escape(value) if type(value) is str else value,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["html_block"] = html_block
    environment.globals.update(tools)
    return environment
