"""Sentences from templates: word lists and shapes of bench/data/ → text, by a seeded source of chance.

In: lists of words, the facts of one report, a `Random`. Out: sentences. What stands first in a list
is drawn more often, as words of a language are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
_SLOT = re.compile(r"\{(\w+)\}")
_STEEPNESS = 1.7  # of the drop from the first words of a list to the last

Fact = str | Callable[[], str]
Compiled = str | tuple[tuple[str, str], ...]


@cache
def read_data(name: str) -> Mapping[str, Any]:
    loaded = yaml.load((DATA / f"{name}.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return MappingProxyType(loaded)


def capital(text: str) -> str:
    """The text with its first letter, behind quotes, in upper case."""
    start = 1 if text[:1] in "“‘" else 0
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def skewed(items: Sequence[Any], random: Random) -> Any:
    return items[int(len(items) * random.random() ** _STEEPNESS)]


class Grammar:
    """Lists by name, every entry split once into words and slots."""

    def __init__(self, *lists: Mapping[str, Any]) -> None:
        self.lists: dict[str, list[Compiled]] = {}
        for named in lists:
            self._add("", named)

    def _add(self, prefix: str, named: Mapping[str, Any]) -> None:
        for name, entries in named.items():
            if isinstance(entries, list):
                self.lists[prefix + name] = [self.compile(entry) for entry in entries]
            elif isinstance(entries, dict):
                self._add(f"{prefix}{name}.", entries)

    @staticmethod
    def compile(text: str) -> Compiled:
        """Pairs of words and the slot behind them; plain text stays as it is."""
        pieces = _SLOT.split(text)
        if len(pieces) == 1:
            return text
        return tuple(zip(pieces[::2], [*pieces[1::2], ""], strict=True))

    def draw(self, name: str, facts: Mapping[str, Fact], random: Random) -> str:
        """One entry of a list, its slots filled."""
        entries = self.lists[name]
        return self.fill(entries[int(len(entries) * random.random() ** _STEEPNESS)], facts, random)

    def even(self, name: str, facts: Mapping[str, Fact], random: Random) -> str:
        """The same, every entry as likely as every other: for shapes of sentences."""
        entries = self.lists[name]
        return self.fill(entries[int(len(entries) * random.random())], facts, random)

    def fill(self, entry: Compiled, facts: Mapping[str, Fact], random: Random) -> str:
        if isinstance(entry, str):
            return entry
        out: list[str] = []
        for words, slot in entry:
            out.append(words)
            if slot:
                out.append(self._slot(slot, facts, random))
        return "".join(out)

    def _slot(self, slot: str, facts: Mapping[str, Fact], random: Random) -> str:
        """A fact of the report, else an entry of the list of that name; {Slot} begins with a capital."""
        fact = facts.get(slot)
        if fact is None and slot[0].isupper():
            return capital(self._slot(slot[0].lower() + slot[1:], facts, random))
        if fact is None:
            return self.draw(slot, facts, random)
        return fact if isinstance(fact, str) else fact()
