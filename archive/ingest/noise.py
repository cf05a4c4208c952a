"""What is noise in a received text, as patterns of site-config/noise.yml.

In: what that file says. Out: `Noise`, which says whether a whole line, its start or its end
matches a group of patterns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from archive.ingest.rules.noise import NoiseGroup, NoiseRules
from archive.language.spelling import CAPITALS, comparable, unified
from archive.rules.reader import ConfigError

LONGEST_LINE = 420
"""A longer line is a paragraph: no pattern of whole lines is tried on it."""
_LONGEST_END = 160
_LONGEST_INSIDE = 1000
_one_form = lru_cache(maxsize=2048)(unified)
_PART = re.compile(r"<<([\w-]{1,30})>>")
_NAMED = re.compile(r"\(\?P<\w+>")
_SMALL = CAPITALS.lower()


class Noise:
    """The groups of patterns, compiled, and the notes that go with changes.

    A line is compared in one form (`unified`), which keeps its length: a place in a match is the
    same place in the line as printed.
    """

    def __init__(self, rules: NoiseRules) -> None:
        """Raises ConfigError naming the entry that can't be compiled."""
        self.notes = rules.notes
        self.between_names = re.compile(rules.between_names)
        self.head_weights = rules.head
        self.caption_weights = rules.caption
        self.photo_label = comparable(rules.photo_label)
        parts = _parts_of(rules)
        self._groups = {name: _Group(name, rule, parts) for name, rule in rules.groups.items()}

    def find(self, group: str, text: str) -> re.Match[str] | None:
        """The first pattern of the group that matches the line, at the place the group looks at."""
        return self._groups[group].find(text)

    def places(self, group: str, text: str) -> list[int]:
        """Where the patterns of an `inside` group begin in a text, in order."""
        return self._groups[group].places(text)

    def has(self, group: str, text: str) -> bool:
        return self.find(group, text) is not None

    def kind(self, group: str, text: str = "") -> str:
        """The kind of change that a match of this group is."""
        return self._groups[group].kind(text)

    def note(self, name: str, **values: object) -> str:
        return self.notes[name].format(**values)


class _Group:
    """Patterns that are looked for at one place: the whole line, its start or its end."""

    def __init__(self, name: str, rule: NoiseGroup, parts: Mapping[str, str]) -> None:
        self._where = rule.where
        flags = re.IGNORECASE if rule.case == "ignore" else re.NOFLAG
        self._kind = rule.kind
        self._needs = rule.needs
        sources = [_filled(pattern.pattern, parts) for pattern in rule.patterns]
        self._kinds = [pattern.kind or self._kind for pattern in rule.patterns]
        tail = r"\Z" if self._where == "end" else ""
        try:
            self._patterns = [f"(?:{source}){tail}" for source in sources]
            bare = "|".join(f"(?:{_NAMED.sub('(?:', source)})" for source in sources)
            self._any = re.compile(f"(?:{bare}){tail}", flags)
            self._flags = flags
            self._compiled: dict[int, re.Pattern[str]] = {}
        except re.error as error:
            raise ConfigError(str(error), "noise", ("groups", name)) from error

    def find(self, text: str) -> re.Match[str] | None:
        if self._needs not in text:
            return None
        return next((match for match, _ in self._matches(text)), None)

    def places(self, text: str) -> list[int]:
        return [match.start() for match in self._any.finditer(_one_form(text))]

    def kind(self, text: str) -> str:
        return next((kind for _, kind in self._matches(text)), self._kind)

    def _matches(self, text: str) -> Sequence[tuple[re.Match[str], str]]:
        if self._where == "line":
            if len(text) > LONGEST_LINE:
                return ()
            look, form = "fullmatch", _one_form(text)
        elif self._where == "start":
            look, form = "match", _one_form(text[:LONGEST_LINE])
        elif self._where == "inside":
            look, form = "search", _one_form(text[:_LONGEST_INSIDE])
        else:
            look, form = "search", _one_form(text[-_LONGEST_END:])
        if not getattr(self._any, look)(form):
            return ()
        found = ((getattr(self._one(at), look)(form), kind) for at, kind in enumerate(self._kinds))
        return [(match, kind) for match, kind in found if match]

    def _one(self, at: int) -> re.Pattern[str]:
        """One pattern by itself; compiled when a line is known to match some pattern of the group."""
        if at not in self._compiled:
            self._compiled[at] = re.compile(self._patterns[at], self._flags)
        return self._compiled[at]


def end_of(text: str, match: re.Match[str], group: str | int = 0) -> int:
    """Where in the whole line a match of an `end` group begins."""
    return max(0, len(text) - _LONGEST_END) + match.start(group)


def _parts_of(rules: NoiseRules) -> dict[str, str]:
    names = sorted(rules.section_names, key=len, reverse=True)
    alone = set(rules.section_names_only_alone)
    parts = {
        "Lu": f"[{CAPITALS}]",
        "Ll": f"[{_SMALL}]",
        "capital": CAPITALS,
        "small": _SMALL,
        "section-name": _one_of(names),
        "section-line": _one_of(sorted({*names, *rules.section_names_more}, key=lambda name: (-len(name), name))),
        "section-upper": _one_of([name.upper() for name in names]),
        "section-safe": _one_of([name for name in names if name not in alone]),
    }
    return parts | dict(rules.parts)


def _one_of(words: Sequence[str]) -> str:
    return "(?:" + "|".join(re.escape(unified(word)) for word in words) + ")"


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """The pattern with each <<part>> in place; parts may hold parts."""
    for _ in range(8):
        if not _PART.search(pattern):
            return pattern
        try:
            pattern = _PART.sub(lambda m: parts[m[1]], pattern)
        except KeyError as error:
            raise ConfigError(str(error), "noise", ("parts",)) from error
    raise ConfigError(pattern[:60], "noise", ("parts",))
