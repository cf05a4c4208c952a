"""The contents of a page as the theme prints them: learned once, then joined page by page.

In: the theme's own contents of made-up headings. Out: `TocPieces`. Two levels below the page's title
are learned; a theme that does anything else is found out by `learn_toc` and left to MkDocs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archive.site.fast.markdown import Heading, Unusual
from archive.site.fast.slots import Unlearnable, between, mark, pieces


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading in the contents, with the headings below it."""

    heading: Heading
    children: tuple[Entry, ...] = ()


Render = Callable[[Sequence[Entry]], str]  # headings below the page's title → the theme's contents


@dataclass(frozen=True, slots=True)
class TocPieces:
    """What stands before, between and after the addresses and titles of headings."""

    empty: str
    least: int
    start: str
    middle: str
    next: str
    end: str
    inner_start: str
    inner_middle: str
    inner_next: str
    after_inner: str
    end_after_inner: str

    def fill(self, entries: Sequence[Entry]) -> str:
        if len(entries) < self.least:
            return self.empty
        parts, last = [self.start], len(entries) - 1
        for index, entry in enumerate(entries):
            parts += ("#", entry.heading.id, self.middle, entry.heading.title)
            if entry.children:
                inner = (f"#{c.heading.id}{self.inner_middle}{c.heading.title}" for c in entry.children)
                parts += (self.inner_start, self.inner_next.join(inner))
                parts.append(self.end_after_inner if index == last else self.after_inner)
            else:
                parts.append(self.end if index == last else self.next)
        return "".join(parts)


def nest(headings: Sequence[Heading]) -> tuple[Entry, ...]:
    """Headings below the page's title, each with those below it. Raises Unusual for another shape.

    >>> [len(entry.children) for entry in nest([Heading(1, "a", ""), Heading(2, "b", ""), Heading(3, "c", "")])]
    [1]
    """
    if not headings or headings[0].level != 1 or any(heading.level == 1 for heading in headings[1:]):
        raise Unusual
    return _nest(headings[1:])


def _nest(headings: Sequence[Heading]) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    position = 0
    while position < len(headings):
        end = position + 1
        while end < len(headings) and headings[end].level > headings[position].level:
            end += 1
        entries.append(Entry(headings[position], _nest(headings[position + 1 : end])))
        position = end
    return tuple(entries)


def learn_toc(render: Render) -> TocPieces:
    """The pieces of the theme's contents. Raises Unlearnable if they don't give what the theme gives."""
    start, middle, following, _, inner_start, inner_middle, inner_next, _, after_inner, _, _, _, _, _, end_inner = (
        _texts(render, "a", "b(c d)", "e", "f(g)")
    )
    end = _texts(render, "a", "b")[-1]
    least = next((n for n in (1, 2) if pieces(render(made_up(*"ab"[:n]))).slots), 0)
    if not least:
        raise Unlearnable("toc")
    learned = TocPieces(
        empty=render(()),
        least=least,
        start=start,
        middle=middle,
        next=following,
        end=end,
        inner_start=inner_start,
        inner_middle=inner_middle,
        inner_next=inner_next,
        after_inner=after_inner,
        end_after_inner=end_inner,
    )
    for shape in ((), ("a",), ("a(b)",), ("a", "b", "c"), ("a(b)", "c"), ("a(b c d)", "e(f)", "g(h)", "i")):
        if learned.fill(made_up(*shape)) != render(made_up(*shape)):
            raise Unlearnable("toc")
    deep = (Entry(Heading(2, "a", "a"), (Entry(Heading(3, "b", "b"), (Entry(Heading(4, "c", "c")),)),)), *made_up("d"))
    if learned.fill(deep) != render(deep):
        raise Unlearnable("toc")
    return learned


def _texts(render: Render, *shape: str) -> tuple[str, ...]:
    names = [letter for word in shape for letter in word if letter.isalpha()]
    around = between(render(made_up(*shape)), *(f"{part}_{name}" for name in names for part in ("id", "title")))
    # The address of a heading is `#` and its id.
    if any(not text.endswith("#") for text in around[:-1:2]):
        raise Unlearnable("toc")
    return tuple(text.removesuffix("#") if index % 2 == 0 else text for index, text in enumerate(around))


def made_up(*shape: str) -> tuple[Entry, ...]:
    """Made-up headings: `b(c d)` is b with c and d below it."""

    def heading(level: int, name: str) -> Heading:
        return Heading(level, mark(f"id_{name}"), mark(f"title_{name}"))

    return tuple(
        Entry(heading(2, word[0]), tuple(Entry(heading(3, name)) for name in word[2:-1].split())) for word in shape
    )
