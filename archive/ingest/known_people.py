"""Which official a person of a text is: name, post and the unit that the post is of must agree.

In: the people of a text, and what is known of officials. Out: a `Choice` for each. A name alone is nobody, a bare post
of who knows which province neither; two officials that agree are none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.ingest.choice import Choice
from archive.ingest.jurisdiction import Home, JurisdictionReader, Post, Relation
from archive.known import KnownOfficial, PrintedPosts
from archive.language.spelling import comparable
from archive.model.records import Participant

# The rules of linking, strongest first, with what they find among the relations of like posts and of all posts.
NAME_AND_POST, AT_EVENT, NEAR_UNIT = "name-and-post", "name-post-and-event", "name-post-and-unit-name"
UNKNOWN_UNIT, OTHER_UNIT, OTHER_POST = "post-of-unknown-unit", "other-unit", "same-name"
TWO_PEOPLE, TWO_RECORDS, ONE_NAME = "posts-of-two-people", "two-records", "two-of-one-name"
RULES = (NAME_AND_POST, AT_EVENT, NEAR_UNIT, UNKNOWN_UNIT, OTHER_UNIT, OTHER_POST, TWO_PEOPLE, TWO_RECORDS, ONE_NAME)
_LINKING = (NAME_AND_POST, AT_EVENT, NEAR_UNIT)
_FEWEST_AT_UNIT = 2  # people known at a unit of one name: then it's the same, though no text names its province


@dataclass(frozen=True, slots=True)
class Present:
    """The people of one text, the units of its event, and the officials known to have been there."""

    people: Sequence[Participant]
    home: Home
    there: Collection[str] = ()


class KnownPeople:
    """Everybody who has a record; `learn` adds to them."""

    def __init__(self, officials: Mapping[str, KnownOfficial], units: JurisdictionReader) -> None:
        self._units = units
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._names: dict[str, frozenset[str]] = {}
        self._posts: dict[str, list[PrintedPosts]] = defaultdict(list)
        self._read: dict[str, list[Post]] = {}
        for id, official in officials.items():
            self.learn(id, official.names, official.posts)

    def learn(self, id: str, names: Iterable[str], posts: Iterable[PrintedPosts]) -> None:
        compared = frozenset(map(comparable, names))
        self._names[id] = self.names(id) | compared
        for name in sorted(compared):
            if id not in self._by_name[name]:
                self._by_name[name].append(id)
        self._posts[id] += (printed for printed in posts if printed.roles)
        self._read.pop(id, None)

    def names(self, id: str) -> frozenset[str]:
        """What an official is called, in compared form."""
        return self._names.get(id, frozenset())

    def choose(self, present: Present) -> list[Choice]:
        """One for each person; two of one name in a text are never given one record."""
        found = [self._whom(person, present) for person in present.people]
        at_unit = {choice.id for choice in found if choice.rule == NEAR_UNIT}
        chosen: list[Choice] = []
        for person, choice in zip(present.people, found, strict=True):
            if choice.rule == NEAR_UNIT and len(at_unit) < _FEWEST_AT_UNIT:
                choice = replace(choice, asks=True)
            before = [c for p, c in zip(present.people, chosen, strict=False) if _is_called_like(p, person)]
            chosen.append(_beside(before, person, choice))
        return chosen

    def _whom(self, person: Participant, present: Present) -> Choice:
        own, roles = self._units.posts(person.roles, present.home), ", ".join(person.roles)
        namesakes = tuple(self._by_name.get(comparable(person.name), ()))
        if not self._units.can_be_one(own):
            return Choice(None, namesakes, TWO_PEOPLE, roles, asks=True)
        found = {id: self._rule(own, id, at_event=id in present.there) for id in namesakes}
        agreeing = tuple(id for id, rule in found.items() if rule in _LINKING)
        if len(agreeing) == 1:
            return Choice(agreeing[0], (), found[agreeing[0]], roles)
        possible = agreeing or tuple(id for id, rule in found.items() if rule != OTHER_UNIT)
        if not possible:
            return Choice(None, namesakes, OTHER_UNIT, roles)
        return Choice(None, possible, TWO_RECORDS if agreeing else found[possible[0]], roles, asks=True)

    def _rule(self, own: Sequence[Post], id: str, *, at_event: bool) -> str:
        """What comparing a person's posts with those of a namesake says."""
        pairs = [(one, other) for other in self._held(id) for one in own]
        relations = [self._units.relation(one.scope, other.scope) for one, other in pairs]
        alike = {
            relation
            for (one, other), relation in zip(pairs, relations, strict=True)
            if one.tells and one.is_named_like(other)
        }
        found = {
            NAME_AND_POST: Relation.SAME in alike,
            AT_EVENT: Relation.NEAR in alike and at_event,
            NEAR_UNIT: Relation.NEAR in alike,
            UNKNOWN_UNIT: Relation.OPEN in alike,
            OTHER_UNIT: set(relations) == {Relation.OTHER},
        }
        return next((rule for rule, holds in found.items() if holds), OTHER_POST)

    def _held(self, id: str) -> list[Post]:
        if id not in self._read:
            read = (self._units.posts(printed.roles, self._units.home(printed.units)) for printed in self._posts[id])
            self._read[id] = list(dict.fromkeys(post for posts in read for post in posts))
        return self._read[id]


def _is_called_like(one: Participant, other: Participant) -> bool:
    return comparable(one.name) == comparable(other.name)


def _beside(before: Sequence[Choice], person: Participant, choice: Choice) -> Choice:
    """A choice beside those for others of the name in the same text."""
    if choice.id and any(choice.id == other.id for other in before):
        return Choice(None, (choice.id,), ONE_NAME, choice.words, asks=True)
    if before and not choice.id and not choice.asks:
        return replace(choice, others=(person.name,), rule=ONE_NAME, asks=True)
    return choice
