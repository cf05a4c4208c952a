"""Marks that a theme's templates carry through a render, and the pieces between them.

In: text rendered with marks in place of values. Out: `Pieces`, filled with the values of one page.
A mark holds characters that HTML escapes, so that it shows whether the template escaped it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import escape

_OPEN, _CLOSE, _ACTIVE = "\ue000", "\ue001", '<&"'
_ESCAPED = "&lt;&amp;&#34;"
_MARK = re.compile(f"{_OPEN}([a-z0-9_]+)({_ACTIVE}|{re.escape(_ESCAPED)}){_CLOSE}")


class Unlearnable(Exception):
    """The theme does something with a value that marks can't follow; the words say what."""


def mark(name: str) -> str:
    """What stands for the value `name` while a template is rendered."""
    return f"{_OPEN}{name}{_ACTIVE}{_CLOSE}"


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a value; `escaped` where the template escapes what it prints."""

    index: int
    name: str
    escaped: bool


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Text in pieces; a slot stands at its index, an empty string until it is filled."""

    texts: tuple[str, ...]
    slots: tuple[Slot, ...]

    @property
    def names(self) -> set[str]:
        return {slot.name for slot in self.slots}

    def fill(self, values: Mapping[str, str]) -> str:
        texts = list(self.texts)
        for slot in self.slots:
            value = values[slot.name]
            texts[slot.index] = str(escape(value)) if slot.escaped else value
        return "".join(texts)

    def part(self, start: int, end: int | None = None) -> Pieces:
        """The pieces from an index to another."""
        texts = self.texts[start:end]
        within = range(start, start + len(texts))
        slots = (Slot(slot.index - start, slot.name, slot.escaped) for slot in self.slots if slot.index in within)
        return Pieces(texts, tuple(slots))

    def fix(self, name: str, value: str) -> Pieces:
        """The same pieces with one value filled in for good."""
        texts: list[str] = [""]
        slots = []
        by_index = {slot.index: slot for slot in self.slots}
        for index, text in enumerate(self.texts):
            slot = by_index.get(index)
            if slot is None or slot.name == name:
                texts[-1] += text if slot is None else value
            else:
                slots.append(Slot(len(texts), slot.name, slot.escaped))
                texts += ["", ""]
        return Pieces(tuple(texts), tuple(slots))


def pieces(text: str) -> Pieces:
    """Cuts rendered text at its marks. Raises Unlearnable if one was changed on the way.

    >>> pieces("a" + mark("title") + "b").fill({"title": "–"})
    'a–b'
    """
    texts: list[str] = []
    slots: list[Slot] = []
    end = 0
    for match in _MARK.finditer(text):
        texts += [text[end : match.start()], ""]
        slots.append(Slot(len(texts) - 1, match[1], match[2] == _ESCAPED))
        end = match.end()
    texts.append(text[end:])
    left = "".join(texts)
    if _OPEN in left or _CLOSE in left:
        at = max(left.find(_OPEN), left.find(_CLOSE))
        raise Unlearnable(left[max(0, at - 20) : at + 30])
    return Pieces(tuple(texts), tuple(slots))


def between(text: str, *names: str) -> tuple[str, ...]:
    """The texts around marks that must stand in this order, unescaped. Raises Unlearnable.

    >>> between("a" + mark("x") + "b", "x")
    ('a', 'b')
    """
    cut = pieces(text)
    if [(slot.name, slot.escaped) for slot in cut.slots] != [(name, False) for name in names]:
        raise Unlearnable(", ".join(names))
    return cut.texts[::2]
