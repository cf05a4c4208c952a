"""The template environment: everything a template may call, and safe output by default.

In: templates, words, knowledge. Out: a Jinja environment in which every string that a template
prints is escaped for Markdown and HTML alike, unless the package made it as markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import jinja2.compiler
from markupsafe import Markup
from markupsafe import escape as markup_escape

from archive.language.spelling import slug
from archive.quick_jinja import QuickEnvironment

if TYPE_CHECKING:
    import markdown

_ACTIVE = re.compile(r"[&<>\"'\\`*_{}\[\]|~]|^[#+=:\-]|#+$|^\d+(?=[.)]\s)")
# What is active anywhere, and what only begins a line: most texts hold neither, and these ask faster.
_ANYWHERE = re.compile(r"[&<>\"'\\`*_{}\[\]|~]")
_MARKDOWN = re.compile(r"[\\`*_{}\[\]|~]")
_VERBATIM = re.compile(r"[\\`*_{}\[\]|~\n]|^[ \t]+", re.MULTILINE)  # lines and their indentation count too
_AT_START = ("#", "+", "=", ":", "-")
MANY = 20_000  # how many of the same kind are remembered
_SHORT = 120

_TAGS = {"a", "p", "h2", "h3", "h4", "ul", "ol", "li", "em", "strong", "blockquote", "code", "pre", "br", "hr"}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd"}

_BLOCKS = _TAGS - {"a", "em", "strong", "code", "br"}
_VOID = {"br", "hr"}
_PIECE = re.compile(r'<(/?)([a-z0-9]+)(?:[^>"]|"[^"]*")*>|[^<]+')  # of HTML as nh3 writes it

_ATTRIBUTES = {"a": {"href"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}}


def escape(text: str) -> Markup:
    """Text that is itself in Markdown and in HTML, attributes included.

    Every character that either could read as markup becomes a numeric reference; both read those
    as text everywhere.

    >>> escape("a*b <i>")
    Markup('a&#42;b &#60;i&#62;')
    """
    line = " ".join(text.split()) if "\n" in text else text
    if _ANYWHERE.search(line) or line[:1] in _AT_START or line[:1].isdecimal() or line[-1:] == "#":
        line = _ACTIVE.sub(_references, line)
    return Markup(line)


def _references(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in match.group())


class Put:
    """Makes a value ready to stand in a page: text is escaped, markup stays, anything else is its text.

    Short texts are remembered: names, dates and links come again and again.
    """

    def __init__(self) -> None:
        self._known: dict[str, Markup] = {}

    def __call__(self, value: Any) -> str:
        kind = type(value)
        if kind is Markup:
            return value  # type: ignore[no-any-return]
        if kind is not str:
            return str(value) if kind is int else markup_escape(value)
        found = self._known.get(value)
        if found is None:
            found = escape(value)
            if len(value) <= _SHORT:
                if len(self._known) >= MANY:
                    self._known.clear()
                self._known[value] = found
        return found


def safe_markdown(text: str) -> Markup:
    """Markdown written by an editor as harmless HTML: a short list of elements, no script, no style."""
    if not text.strip():
        return html_block("")
    import nh3  # like the parser, this takes a while to load, and few pages hold words of editors

    cleaned = nh3.clean(
        _parser().reset().convert(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return html_block(Markup(_without_markdown(cleaned)))


def _without_markdown(html: str) -> str:
    """The same HTML, in which an engine that reads it among Markdown finds none: text outside of blocks becomes
    paragraphs, and active characters become references.

    An element that nh3 takes away leaves its text behind, which nobody has read as Markdown yet.

    >>> _without_markdown("[x](y)<p>z</p>")
    '<p>&#91;x&#93;(y)</p>\\n<p>z</p>\\n'
    >>> _without_markdown("<pre>x\\n\\n  y</pre>")
    '<pre>x&#10;&#10;&#32;&#32;y</pre>\\n'
    """
    pieces: list[str] = []
    depth, is_loose, is_verbatim = 0, False, False
    for match in _PIECE.finditer(html):
        piece, closes, tag = match[0], match[1], match[2]
        if depth == 0 and not closes and (tag in _BLOCKS if is_loose else tag not in _BLOCKS and piece.strip()):
            pieces.append("</p>\n" if is_loose else "<p>")
            is_loose = not is_loose
        if tag == "pre":
            is_verbatim = not closes
        pieces.append(piece if tag else (_VERBATIM if is_verbatim else _MARKDOWN).sub(_references, piece))
        if tag not in _VOID and tag:
            depth += -1 if closes else 1
        if depth == 0 and not is_loose and tag:
            pieces.append("\n")
    return "".join(pieces) + ("</p>\n" if is_loose else "")


@cache
def _parser() -> markdown.Markdown:
    import markdown
    from markdown.extensions.toc import TocExtension

    return markdown.Markdown(
        extensions=["tables", "def_list", "sane_lists", TocExtension(slugify=lambda words, _: slug(words))]
    )


def html_block(html: Markup | str) -> Markup:
    """HTML without blank lines or indentation, so that every Markdown engine passes it through whole."""
    lines = map(str.strip, str.splitlines(html))
    return Markup("\n" + "\n".join(filter(None, lines)) + "\n")


def verbatim(text: str) -> Markup:
    """Text of several lines as it stands in a `pre`.

    >>> verbatim("a\n  <b>")
    Markup('a&#10;&#32;&#32;&lt;b&gt;')
    """
    return Markup(_VERBATIM.sub(_references, markup_escape(text.replace("\r", ""))))


class _Generator(jinja2.compiler.CodeGenerator):
    """Code for what a template prints: `finalize` escapes it, and nothing does it a second time."""

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(f"({finalize.src or ''}")


def make_environment(templates: Path, tools: Mapping[str, Any], compiled: Path | None = None) -> jinja2.Environment:
    """The environment of templates/pages; `tools` are the same in every template.

    `compiled`: a folder where compiled templates are kept between builds.
    """
    if compiled:
        compiled.mkdir(parents=True, exist_ok=True)
    environment = QuickEnvironment(
        loader=jinja2.FileSystemLoader(templates / "pages"),
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(compiled)) if compiled else None,
        auto_reload=False,
        autoescape=True,
        finalize=Put(),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.code_generator_class = _Generator
    environment.globals.update(tools)
    environment.filters["html_block"] = html_block
    environment.filters["verbatim"] = verbatim
    return environment
