"""How a document stands to others: boxes and arrows with their words; a list where there are many.

In: what stands before it, the document, what follows from it. Out: HTML that is laid out by the stylesheet alone, so
that words wrap, letters keep their size, and on a narrow page it flows downwards. It reads in order without a picture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from archive.render.charts import svg
from archive.render.charts.svg import Link, linked, text

_NUMBER = re.compile(r"(?=.*\d)\S{0,7}[-/–]\S{1,16}")
MOST = 12
"""Boxes with arrows; more related documents are a list."""


@dataclass(frozen=True, slots=True)
class Box:
    """A document: its name, a line below, and its address; one that nobody has identified `is_open`."""

    name: str
    note: str = ""
    to: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """A document at the other end of an arrow, the words on the arrow, and the address of what they rest on."""

    box: Box
    said: str
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """Related documents under one heading, in the order given."""

    heading: str
    related: tuple[Related, ...]


def relations(before: Side, this: Box, after: Side, *, heading: str, label: str, link: Link = str) -> Markup:
    """Arrows lead from `before` to the document and from it to `after`; nothing without either.

    `heading` stands above the document itself; `label` names the whole.
    """
    count = len(before.related) + len(after.related)
    if not count:
        return svg.NOTHING
    sides = f"{' c-rel--before' if before.related else ''}{' c-rel--after' if after.related else ''}"
    kind = " c-rel--list" if count + 1 > MOST else sides
    return Markup(
        "\n".join(
            [
                f'<div class="c-rel{kind}" role="group" aria-label="{text(label)}">',
                *_side(before, "before", link),
                f'<div class="c-rel__this"><p class="c-rel__head">{text(heading)}</p>{_box(this, link)}</div>',
                *_side(after, "after", link),
                "</div>",
            ]
        )
    )


def _side(side: Side, place: str, link: Link) -> Sequence[str]:
    if not side.related:
        return ()
    items = "\n".join(
        f'<li><p class="c-rel__said">{_said(one, link)}</p>{_box(one.box, link)}</li>' for one in side.related
    )
    head = f'<p class="c-rel__head">{text(side.heading)}</p>'
    return (f'<div class="c-rel__{place}">{head}<ul>\n{items}\n</ul></div>',)


def _said(related: Related, link: Link) -> str:
    href = linked(related.proof, link)
    return f'<a href="{href}">{text(related.said)}</a>' if href else text(related.said)


def _box(box: Box, link: Link) -> str:
    href = linked(box.to, link)
    note = f"<small>{_unbroken(box.note)}</small>" if box.note else ""
    inside = f"<b>{_unbroken(box.name)}</b>{note}"
    kind = "c-box c-box--open" if box.is_open else "c-box"
    return f'<a class="{kind}" href="{href}">{inside}</a>' if href else f'<div class="{kind}">{inside}</div>'


def _unbroken(words: str) -> str:
    """Escaped words in which numbers such as 43-NQ/TW stay on one line."""
    return " ".join(
        f'<span class="c-nb">{text(word)}</span>' if _NUMBER.fullmatch(word) else text(word) for word in words.split()
    )
