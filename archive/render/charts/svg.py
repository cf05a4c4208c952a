"""Pieces that every picture is made of: escaped text, numbers, SVG elements, keys, and the table beside a picture.

In: strings and numbers. Out: HTML as plain strings on lines without blank ones, so that Markdown passes it through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from markupsafe import Markup

from archive.render.environment import escape

Words = Mapping[str, str]
"""The group `charts` of site-config/labels.yml."""

Link = Callable[[str], str]
"""From an address of the site, such as `nam/2024/`, to a link of the page being written (`View.link`)."""

NOTHING = Markup("")
_NARROW_DIGIT = 6.7  # px: a figure of 11 px in the interface's letters


def text(value: object) -> str:
    """Words that can stand in an element or in an attribute; tags in them are dropped."""
    kind = type(value)
    if kind is str:
        return _escaped(str(value))
    return str(value) if kind is int else _escaped(value.striptags() if isinstance(value, Markup) else str(value))


@lru_cache(4096)  # names, years and counts come again and again
def _escaped(words: str) -> str:
    return str.__str__(escape(words))


def number(value: float) -> str:
    """A coordinate, to a hundredth.

    >>> number(12.0), number(3.14159)
    ('12', '3.14')
    """
    return f"{round(value, 2):g}"


def percent(value: float) -> str:
    """A share of 1 as an SVG length.

    >>> percent(0.125)
    '12.5%'
    """
    return f"{round(value * 100, 2):g}%"


def width_of_figure(value: int) -> float:
    """How wide a number of 11 px is, in px, with a little air around it."""
    return len(str(value)) * _NARROW_DIGIT + 3


def linked(to: str, link: Link) -> str:
    """The `href` of an address of the site or of an anchor of the same page (`#…`); empty for none."""
    return text(to if to.startswith("#") else link(to)) if to else ""


def anchor(href: str, title: str, inside: str) -> str:
    """An SVG link with its name; the same without a link where there is none. `href` and `title` are escaped."""
    named = f"<title>{title}</title>{inside}"
    return f'<a href="{href}">{named}</a>' if href else f"<g>{named}</g>"


def drawing(height: int, label: str, inside: str, *, has_links: bool, width: str = "100%", kind: str = "") -> str:
    """An `svg` element without viewBox: letters keep their size at every width. `label` is escaped."""
    role = "group" if has_links else "img"
    classes = f"c-svg {kind}".rstrip()
    return f'<svg class="{classes}" width="{width}" height="{height}" role="{role}" aria-label="{label}">{inside}</svg>'


def stretched(units: float, height: int, inside: str, y: int = 0) -> str:
    """A drawing without letters that is stretched over the whole width: x in `units`, y in px."""
    return (
        f'<svg y="{y}" width="100%" height="{height}" viewBox="0 0 {number(units)} {height}" '
        f'preserveAspectRatio="none">{inside}</svg>'
    )


def column(x: float, width: float, bottom: float, height: float) -> str:
    """A rectangle that stands on `bottom`, as a part of a path."""
    return f"M{number(x)} {number(bottom)}v{number(-height)}h{number(width)}v{number(height)}z"


def key(entries: Iterable[tuple[str, str]]) -> str:
    """What the marks mean: pairs of a sample (HTML) and words."""
    found = "".join(f"<span>{sample}{text(words)}</span>" for sample, words in entries)
    return f'<div class="c-key">{found}</div>' if found else ""


def sample(inside: str, width: int = 12) -> str:
    """A mark as it stands in a key."""
    return f'<svg class="c-svg" width="{width}" height="12" aria-hidden="true">{inside}</svg>'


def swatch(kind: str) -> str:
    """A patch of colour as it stands in a key."""
    return sample(f'<rect width="12" height="12" class="{kind}"/>')


def twin(words: Words, caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]], names: int = 1) -> str:
    """The table that says in figures what a picture shows, folded; the first `names` cells of a row are no figures."""
    head = "".join(f'<th scope="col">{text(one)}</th>' for one in heads)
    body = "\n".join(f"<tr>{''.join(_cell(at, value, names) for at, value in enumerate(row))}</tr>" for row in rows)
    return (
        f'<details class="c-twin"><summary>{text(words["table"])}</summary>\n<div class="c-scroll">'
        f'<table><caption class="c-vh">{text(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div></details>"
    )


def _cell(at: int, value: object, names: int) -> str:
    if at == 0:
        return f'<th scope="row">{text(value)}</th>'
    return f"<td>{text(value)}</td>" if at < names else f'<td class="c-n">{text(value)}</td>'


def with_table(words: Words, label: str) -> str:
    """The name of a picture beside which a table stands, escaped."""
    return text(words["label_with_table"].format(label=label))


def noun(counted: str) -> str:
    """What a count counts.

    >>> noun("{n} bài")
    'bài'
    """
    return counted.replace("{n}", "").strip()


def picture(*parts: str) -> Markup:
    """A picture with what belongs to it, as one block."""
    return Markup("\n".join(['<div class="c-chart">', *filter(None, parts), "</div>"]))
