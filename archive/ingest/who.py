"""Who: everybody a text names, with roles as printed and capacities.

In: a clean text. Out: participants in order of first appearance, sorted into speakers, attendees
and mentioned. A person is one printed name of this text; `ông Chính` and `đồng chí Trưởng Ban`
count for the only holder the text names, or for nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.ingest.capacity import CapacityReader
from archive.ingest.names import NameFinder
from archive.ingest.roles import Introduced, RoleReader
from archive.language.sentences import sentence_bounds
from archive.language.spelling import comparable
from archive.model.draft import Cleaned, Unsure, Who
from archive.model.records import Participant
from archive.model.text import BlockKind

FULL_NAME = 3  # syllables: two may as well be a place, and need a role or a form of address


@dataclass(slots=True)
class _Person:
    """What the text has said of one printed name so far."""

    name: str
    roles: list[str] = field(default_factory=list)
    capacity: dict[str, bool] = field(default_factory=dict)
    evidence: str = ""
    introduced: bool = False
    words: str = ""

    def add_roles(self, roles: Collection[str]) -> None:
        self.roles += (role for role in roles if role not in self.roles)

    def add_capacity(self, code: str, stated: bool) -> None:
        self.capacity[code] = self.capacity.get(code, False) or stated


class PeopleFinder:
    """Finds the people of one text after another."""

    def __init__(self, people: Mapping[str, Any], places: Collection[str], no_sentence_end: Collection[str]) -> None:
        self.names = NameFinder(people, places)
        self.roles = RoleReader(people, self.names)
        self.capacities = CapacityReader(people)
        self.no_sentence_end = no_sentence_end
        self.speaking = frozenset(people["speaking"])
        self.attending = frozenset(people["attending"])
        self.presiding = frozenset(people["presiding"])
        self.named_only: str = people["named_only"]
        self.leading = self.speaking - {people["discussion_code"]}
        self._discussion = _any(people["discussion"])
        self._others = _any(people["and_others"])
        self._former = _any(people["former"])
        saints = sorted(map(comparable, people["saints"]), key=len, reverse=True)
        self._saint = re.compile(rf"^(?:{'|'.join(map(re.escape, saints))}) ")
        self._back = _any(people["back_reference"])

    def find(self, cleaned: Cleaned) -> Who:
        """Everybody the text and its captions name."""
        people: dict[str, _Person] = {}
        carried: str | None = None
        discussing = False
        for kind, text in self._texts(cleaned):
            if kind is not BlockKind.ITEM:
                carried = None
            for start, end in sentence_bounds(text, self.no_sentence_end):
                sentence = text[start:end]
                discussing = self._sentence(sentence, people, carried, discussing, kind)
                carried = self.capacities.list_code(sentence) or (carried if kind is BlockKind.ITEM else None)
        return self._sorted(people)

    def _texts(self, cleaned: Cleaned) -> Iterator[tuple[BlockKind, str]]:
        """The body in order, then the captions, then the title."""
        for block in cleaned.blocks:
            if block.kind is not BlockKind.HEADING:
                yield block.kind, block.text
        for caption in cleaned.captions:
            yield BlockKind.CAPTION, caption.text

    def _sentence(
        self, text: str, people: dict[str, _Person], carried: str | None, discussing: bool, kind: BlockKind
    ) -> bool:
        """Reads one sentence; returns whether a round of contributions goes on after it."""
        introduced = self.roles.read(text)
        bounds = [(item.name.start, item.name.end) for item in introduced]
        persons = [self._person(item, people, text) for item in introduced]
        references = [
            found
            for found in self._references(text, people)
            if not any(found[0] < b and found[1] > a for a, b in bounds)
        ]
        bounds += [(a, b) for a, b, _ in references]
        persons += [person for _, _, person in references]
        order = sorted(range(len(bounds)), key=lambda at: bounds[at])
        bounds, persons = [bounds[at] for at in order], [persons[at] for at in order]
        found = self.capacities.read(text, bounds, carried)
        in_caption = kind is BlockKind.CAPTION
        if in_caption and self._others.search(comparable(text)):
            found = [shown for shown in found if shown.code not in self.attending]
        for shown in found:
            code = self.capacities.discussion_code if shown.generic and discussing else shown.code
            persons[shown.person].add_capacity(code, not (shown.generic or in_caption))
            person = persons[shown.person]
            person.introduced = person.introduced or len(person.name.split()) >= FULL_NAME
        if self._discussion.search(comparable(text)):
            return True
        ends = any(not shown.generic and shown.code in self.leading for shown in found)
        return discussing and not ends

    def _person(self, item: Introduced, people: dict[str, _Person], sentence: str) -> _Person:
        printed = " ".join(item.name.text.split())
        key = self._key(comparable(printed), people)
        person = people.setdefault(key, _Person(printed, words=sentence.strip()))
        if any(self._former.match(comparable(role)) for role in item.roles):
            person.add_capacity(self.named_only, False)
        person.add_roles(item.roles)
        person.introduced = person.introduced or bool(item.roles) or item.name.addressed or item.in_group
        return person

    def _key(self, name: str, people: Mapping[str, _Person]) -> str:
        """The name under which the text has named the person; a baptismal name may come and go."""
        saint = self._saint.match(name)
        plain = name[saint.end() :] if saint else name
        return next((key for key in people if key == name or self._saint.sub("", key) == plain), name)

    def _references(self, text: str, people: Mapping[str, _Person]) -> list[tuple[int, int, _Person]]:
        """`ông Chính`, `đồng chí Trưởng Ban …`: the one person of this text it can mean."""
        found = []
        shown = comparable(text)
        for address in self._back.finditer(shown):
            rest = shown[address.end() :]
            given = re.match(r"\s+(\w+)", rest)
            original = text[address.end() :].lstrip()
            if not given or not original[:1].isupper():
                continue
            holders = [person for key, person in people.items() if key.split()[-1] == given.group(1)]
            if not holders:
                holders = [p for p in people.values() if any(rest.lstrip().startswith(comparable(r)) for r in p.roles)]
                longest = max(
                    (len(r) for p in holders for r in p.roles if rest.lstrip().startswith(comparable(r))), default=0
                )
                holders = [
                    p
                    for p in holders
                    if any(len(r) == longest and rest.lstrip().startswith(comparable(r)) for r in p.roles)
                ]
            if len(holders) == 1:
                found.append((address.start(), address.end() + given.end(), holders[0]))
        return found

    def _sorted(self, people: Mapping[str, _Person]) -> Who:
        speakers: list[Participant] = []
        attendees: list[Participant] = []
        mentioned: list[Participant] = []
        unsure: list[Unsure] = []
        for person in people.values():
            if not person.introduced:
                continue
            codes = self._capacities(person)
            participant = Participant(name=person.name, roles=tuple(person.roles), capacity=codes)
            group = speakers if self.speaking & set(codes) else attendees if self.attending & set(codes) else mentioned
            group.append(participant)
            unsure += self._doubts(person, codes)
        return Who(tuple(speakers), tuple(attendees), tuple(mentioned), tuple(unsure))

    def _capacities(self, person: _Person) -> tuple[str, ...]:
        """A verb of saying, or a caption, counts only where no other way of speaking is known."""
        plain = self.capacities.plain_code
        otherwise = self.speaking & set(person.capacity) - self.presiding - {plain}
        codes = [code for code, stated in person.capacity.items() if stated or code != plain or not otherwise]
        chosen = tuple(code for code in codes if code != self.named_only)
        return chosen or (self.named_only,)

    def _doubts(self, person: _Person, codes: tuple[str, ...]) -> Iterator[Unsure]:
        for code in codes:
            if not person.capacity.get(code, False):
                yield Unsure(f"capacity of {person.name}", code, "not-stated", person.words)
        if not person.roles:
            yield Unsure(f"roles of {person.name}", "", "no-role", person.words)


def _any(words: Collection[str]) -> re.Pattern[str]:
    forms = sorted((re.escape(comparable(word)) for word in words), key=lambda form: (-len(form), form))
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")
