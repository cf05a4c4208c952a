"""Markdown of the work folder → HTML and the headings in it, by comrak where there is a wheel of it.

In: Markdown in the dialect of docs/engines.md. Out: `Body`. Raises Unusual for what the two parsers
(this one and MkDocs's) may read differently; such a page goes through MkDocs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from archive.site.fast.blocks import blocks_to_html

_HEADING = re.compile(r"<h([1-6])>(.*) \{ #([A-Za-z0-9_-]+) \}</h\1>")
_TAG = re.compile(r"<[^>]*>")


class Unusual(Exception):
    """A page outside of what the fast engine is sure of."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page; `title` is HTML without tags."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Body:
    """The HTML of a page's Markdown, and its headings in order."""

    html: str
    headings: tuple[Heading, ...]


def to_html(text: str, render: Callable[[str], str] | None = None) -> Body:
    """Converts a page; `render` is another Markdown parser than the one chosen for this machine.

    >>> to_html("# Một { #mot }")
    Body(html='<h1 id="mot">Một</h1>\\n', headings=(Heading(level=1, id='mot', title='Một'),))
    """
    headings: list[Heading] = []

    def give_id(match: re.Match[str]) -> str:
        level, inner, id = match.groups()
        headings.append(Heading(int(level), id, _TAG.sub("", inner) if "<" in inner else inner))
        return f'<h{level} id="{id}">{inner}</h{level}>'

    html = _HEADING.sub(give_id, (render or _RENDER)(text))
    # A line that begins with # and did not become a heading with an id: MkDocs would make an id of its words.
    if text.count("\n#") + text.startswith("#") != len(headings):
        raise Unusual
    return Body(html, tuple(headings))


def _with_comrak() -> Callable[[str], str]:
    import comrak

    extensions, parsing, rendering = comrak.ExtensionOptions(), comrak.ParseOptions(), comrak.RenderOptions()
    extensions.table = True  # as MkDocs
    rendering.unsafe_ = True  # pages are made of HTML blocks; what editors wrote was cleaned before
    return lambda text: comrak.render_markdown(text, extensions, parsing, rendering)


def _chosen() -> Callable[[str], str]:
    try:
        return _with_comrak()
    except ImportError:
        return blocks_to_html


_RENDER = _chosen()
