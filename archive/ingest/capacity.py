"""In which capacity a sentence shows the people it names.

In: a sentence and where people stand in it. Out: a capacity for each of them that the words give.
Cues are data (`capacity_cues` in site-config/people.yml): a cue takes the people after it
(`Phát biểu tại hội nghị, đồng chí N`), before it (`đồng chí N phát biểu`), or a whole list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.language.spelling import comparable

_LONGEST_LEAD = 8
NEAR = 160  # characters between a person and a verb of theirs, roles included
_BREAK = re.compile(r";|: ")  # a stop inside a sentence belongs to an abbreviation: `PGS.TS. N`


@dataclass(frozen=True, slots=True)
class Cue:
    code: str
    who: str
    words: re.Pattern[str]
    generic: bool
    close: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A capacity that words give a person; `generic`: by a verb of saying that states none by itself."""

    person: int
    code: str
    generic: bool


class CapacityReader:
    """The cues of one archive."""

    def __init__(self, people: Mapping[str, Any]) -> None:
        self.cues = [
            Cue(
                entry["code"],
                entry["who"],
                _any(entry["words"], people["cue_parts"]),
                entry.get("generic") == "true",
                entry.get("close") == "true",
            )
            for entry in people["capacity_cues"]
        ]
        self._not_verb = _any(people["not_verbs"])
        self._not_yet = re.compile(rf"{_any(people['not_yet']).pattern}\s*$")
        self._document = re.compile(rf"\s+(?:\d|{_any(people['not_an_act']).pattern})")
        self._nouns = frozenset(map(comparable, people["also_nouns"]))
        self.plain_code: str = people["plain_code"]
        self.discussion_code: str = people["discussion_code"]
        self._and = _any(people["and_words"])
        self._plural = _any(people["plural_markers"])

    def read(self, text: str, bounds: Sequence[tuple[int, int]], carried: str | None = None) -> list[Shown]:
        """Capacities of the people at `bounds`; `carried` is the list capacity of the line before."""
        if not bounds:
            return []
        shown = self._not_verb.sub(lambda words: "_" * len(words[0]), comparable(text))
        found: list[Shown] = []
        taken: list[tuple[int, int]] = []
        lists = self._lists(shown, bounds)
        for person, code in self._in_lists(lists, bounds, carried):
            found.append(Shown(person, code, False))
        for cue in self.cues:
            if cue.who == "list":
                continue
            for match in cue.words.finditer(shown):
                if any(match.start() < b and match.end() > a for a, b in taken):
                    continue
                if not cue.generic and self._document.match(shown, match.end()) and match.group() in self._nouns:
                    continue
                people = self._after(shown, match, bounds) if cue.who == "after" else self._before(shown, match, bounds)
                if cue.close and people and self._has_verb(shown[bounds[people[-1]][1] : match.start()]):
                    continue
                if people:
                    taken.append(match.span())
                    found += (Shown(person, cue.code, cue.generic) for person in people)
        return self._discussed(found)

    def _discussed(self, found: list[Shown]) -> list[Shown]:
        """Who speaks after a contribution in the same sentence contributes too."""
        first = min((shown.person for shown in found if shown.code == self.discussion_code), default=None)
        if first is None:
            return found
        return [
            Shown(shown.person, self.discussion_code, False) if shown.generic and shown.person > first else shown
            for shown in found
        ]

    def _has_verb(self, words: str) -> bool:
        return any(cue.words.search(words) for cue in self.cues if cue.who != "list")

    def list_code(self, text: str) -> str | None:
        """The capacity of a list that begins at the end of this text (`Tham dự có các đồng chí:`)."""
        if not text.rstrip().endswith(":"):
            return None
        lists = self._lists(comparable(text), [(len(text), len(text))])
        return lists[-1][1] if lists else None

    def _lists(self, shown: str, bounds: Sequence[tuple[int, int]]) -> list[tuple[int, str]]:
        """Where lists begin, and their capacities."""
        starts: dict[int, str] = {}
        for cue in self.cues:
            if cue.who == "list":
                for match in cue.words.finditer(shown):
                    if any(a >= match.end() for a, _ in bounds) and not any(
                        abs(match.start() - at) < 25 for at in starts
                    ):
                        starts[match.start()] = cue.code
        return sorted(starts.items())

    def _in_lists(
        self, lists: list[tuple[int, str]], bounds: Sequence[tuple[int, int]], carried: str | None
    ) -> list[tuple[int, str]]:
        found = []
        for person, (start, _) in enumerate(bounds):
            before = [code for at, code in lists if at < start]
            code = before[-1] if before else carried
            if code:
                found.append((person, code))
        return found

    def _after(self, shown: str, match: re.Match[str], bounds: Sequence[tuple[int, int]]) -> list[int]:
        """The next person, with nothing but roles and commas between."""
        if self._not_yet.search(shown[max(0, match.start() - _LONGEST_LEAD) : match.start()]):
            return []  # `sau phát biểu khai mạc, đồng chí N …` is another person's act
        # `theo ông Bình`: the form of address is part of both the cue and the person.
        following = [p for p, (start, end) in enumerate(bounds) if start >= match.end() or start > match.start() < end]
        following = [p for p in following if bounds[p][1] > match.end()]
        if not following:
            return []
        start = bounds[following[0]][0]
        gap = shown[match.end() : start]
        return following[:1] if len(gap) <= NEAR and not _BREAK.search(gap) else []

    def _before(self, shown: str, match: re.Match[str], bounds: Sequence[tuple[int, int]]) -> list[int]:
        """The last person before; for a list that shares one verb, all of it."""
        earlier = [person for person, (_, end) in enumerate(bounds) if end <= match.start()]
        if not earlier:
            return []
        gap = shown[bounds[earlier[-1]][1] : match.start()]
        if len(gap) > NEAR or _BREAK.search(gap):
            return []
        return self._coordinated(shown, bounds, earlier)

    def _coordinated(self, shown: str, bounds: Sequence[tuple[int, int]], earlier: list[int]) -> list[int]:
        """The last person and those joined to them by commas and `và`, with no verb between."""
        chosen = earlier[-1:]
        for one, other in zip(reversed(earlier[:-1]), reversed(earlier), strict=False):
            gap = shown[bounds[one][1] : bounds[other][0]]
            if any(cue.words.search(gap) for cue in self.cues):
                break
            chosen.insert(0, one)
        joined = shown[bounds[chosen[0]][1] : bounds[chosen[-1]][0]]
        opening = shown[: bounds[chosen[0]][0]]
        is_list = self._and.search(joined) or self._plural.search(opening) or joined.startswith((",", ";"))
        return chosen if is_list else earlier[-1:]


def _any(phrases: Sequence[str], parts: Mapping[str, str] | None = None) -> re.Pattern[str]:
    """Any of the phrases as whole words; `<name>` in one stands for that part, a pattern of bounded length."""
    forms = sorted((re.escape(comparable(phrase)) for phrase in phrases), key=lambda form: (-len(form), form))
    for name, pattern in (parts or {}).items():
        forms = [form.replace(f"<{name}>", f"(?:{pattern})") for form in forms]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")
