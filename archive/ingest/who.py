"""Who: everybody a text names, with roles as printed and capacities.

In: a clean text. Out: participants in order of first appearance, sorted into speakers, attendees
and mentioned. A person is one printed name of this text; `ông Chính` and `đồng chí Trưởng Ban`
count for the only holder the text names, or for nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archive.ingest.capacity import CapacityReader
from archive.ingest.names import NameFinder
from archive.ingest.introductions import Introduced, IntroductionReader
from archive.language.sentences import sentence_bounds
from archive.language.spelling import comparable
from archive.model.draft import Cleaned, Unsure, Who
from archive.model.records import Participant
from archive.model.text import BlockKind

_OPENING, _LONGEST_OPENING = 2, 3_000
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
        self.roles = IntroductionReader(people, self.names)
        self.capacities = CapacityReader(people)
        self.no_sentence_end = frozenset((*no_sentence_end, *people["academic"]))
        self.speaking = frozenset(people["speaking"])
        self.attending = frozenset(people["attending"])
        self.presiding = frozenset(people["presiding"])
        self.named_only: str = people["named_only"]
        self._event = _any(people["event_words"])
        self._others = _any(people["and_others"])
        self._former = _any(people["former"])
        saints = sorted(map(comparable, people["saints"]), key=len, reverse=True)
        self._saint = re.compile(rf"^(?:{'|'.join(map(re.escape, saints))}) ")
        self._back = _any(people["back_reference"])

    def find(self, cleaned: Cleaned) -> Who:
        """Everybody the text and its captions name."""
        people: dict[str, _Person] = {}
        units = self.names.units(text for _, text in self._texts(cleaned))
        carried: str | None = None
        for kind, text in self._texts(cleaned):
            if kind is not BlockKind.ITEM:
                carried = None
            for start, end in sentence_bounds(text, self.no_sentence_end):
                sentence = text[start:end]
                introduced = self.roles.read(sentence, units)
                self._sentence(sentence, introduced, people, carried, kind)
                carried = self.capacities.list_code(sentence) or (carried if kind is BlockKind.ITEM else None)
        if not self._is_event(cleaned):
            self._only_told(people)
        return self._sorted(people)

    def _is_event(self, cleaned: Cleaned) -> bool:
        """Whether title or opening tell of a meeting or a visit; a portrait or a story does not."""
        opening = " ".join(block.text for block in cleaned.blocks[:_OPENING])[:_LONGEST_OPENING]
        return self._event.search(comparable(f"{cleaned.title or ''} {opening}")) is not None

    def _only_told(self, people: Mapping[str, _Person]) -> None:
        """Where no meeting is reported and nobody has a stated part in one, people are quoted, not present."""
        if any(stated for person in people.values() for stated in person.capacity.values()):
            return
        for person in people.values():
            person.capacity = {self.named_only: False}

    def _texts(self, cleaned: Cleaned) -> Iterator[tuple[BlockKind, str]]:
        """The body in order, then the captions, then the title."""
        for block in cleaned.blocks:
            if block.kind is not BlockKind.HEADING:
                yield block.kind, block.text
        for caption in cleaned.captions:
            yield BlockKind.CAPTION, caption.text

    def _sentence(
        self,
        text: str,
        introduced: Sequence[Introduced],
        people: dict[str, _Person],
        carried: str | None,
        kind: BlockKind,
    ) -> None:
        """Reads one sentence."""
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
            persons[shown.person].add_capacity(shown.code, not (shown.generic or in_caption))
            person = persons[shown.person]
            person.introduced = person.introduced or len(person.name.split()) >= FULL_NAME

    def _person(self, item: Introduced, people: dict[str, _Person], sentence: str) -> _Person:
        printed = " ".join(item.name.text.split())
        key = self._key(comparable(printed), people)
        person = people.setdefault(key, _Person(printed, words=sentence.strip()))
        if any(self._former.match(comparable(role)) for role in item.roles):
            person.add_capacity(self.named_only, False)
        person.add_roles(item.roles)
        is_sure = bool(item.roles) or item.name.addressed or item.in_group or self.names.is_full(printed)
        person.introduced = person.introduced or is_sure
        return person

    def _key(self, name: str, people: Mapping[str, _Person]) -> str:
        """The name under which the text has named the person; a baptismal name may come and go."""
        saint = self._saint.match(name)
        if " " not in name:  # `chị H'Phyên` of Puih H'Phyên
            return next((key for key in people if key.endswith(f" {name}")), name)
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
        if self.speaking & set(codes):  # who leads a delegation, or is only seen there, is there to speak
            codes = [code for code in codes if person.capacity[code] or code not in self.attending]
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
