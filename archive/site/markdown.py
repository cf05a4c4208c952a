"""Markdown of the work folder → HTML and its headings, by comrak, which takes a sixtieth of Python-Markdown's time.

In: Markdown in the dialect of docs/engines.md. Out: `Body`; None where Python-Markdown has to read the page: no wheel
of comrak is published for this machine, or a heading has no id of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

_HEADING = re.compile(r"<h([1-6])>(.*) \{ #([A-Za-z0-9_-]+) \}</h\1>")
_TAG = re.compile(r"<[^>]*>")


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


def to_html(text: str) -> Body | None:
    """Converts a page; None where Python-Markdown has to do it.

    >>> to_html("# Một { #mot }")
    Body(html='<h1 id="mot">Một</h1>\\n', headings=(Heading(level=1, id='mot', title='Một'),))
    """
    render = _comrak()
    if render is None:
        return None
    headings: list[Heading] = []

    def give_id(match: re.Match[str]) -> str:
        level, inner, id = match.groups()
        headings.append(Heading(int(level), id, _TAG.sub("", inner) if "<" in inner else inner))
        return f'<h{level} id="{id}">{inner}</h{level}>'

    html = _HEADING.sub(give_id, render(text))
    # A line that begins with # and did not become a heading with an id: MkDocs would make an id of its words.
    return Body(html, tuple(headings)) if text.count("\n#") + text.startswith("#") == len(headings) else None


@cache
def _comrak() -> Callable[[str], str] | None:
    """comrak with what the dialect needs; None if it is not installed."""
    try:
        import comrak
    except ImportError:
        return None
    extensions, parsing, rendering = comrak.ExtensionOptions(), comrak.ParseOptions(), comrak.RenderOptions()
    extensions.table = True  # as MkDocs
    rendering.unsafe_ = True  # pages are made of HTML blocks; what editors wrote was cleaned before
    return lambda text: comrak.render_markdown(text, extensions, parsing, rendering)
