"""Which values of a person are often wrong: signs of how a text names and shows them, each with its doubt.

In: the people of a text when all of it is read. Out: doubts about who somebody is, their posts and their capacities.
A sign stands here if on labelled reports at least one in seven of the values that bear it was wrong (docs/nhap-bai.md).
Doubts of several people that rest on one sentence have its words; they are told as one (`doubts.gathered`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from archive.ingest.introductions import Introduced
from archive.ingest.namesakes import UnitsOfPosts
from archive.ingest.person import Person
from archive.ingest.posts import any_of
from archive.ingest.rules.people import PeopleRules
from archive.language.spelling import comparable, unified
from archive.model.draft import Unsure

_SHARED = frozenset({"post-before-list", "post-behind-list", "post-before-many"})
_BEHIND = frozenset({"post-behind-name", "post-behind-list"})
_GOES_ON = re.compile(r"[\s\u00a0]*(?:,|[-\u2013](?=\s))")
_WORD = re.compile(r"[\s\u00a0]*(\w+)")
_QUOTES = re.compile(r":\s?[\u201c\"]")
_SHORT_NAME = 2  # syllables
_SHORT_POST = 3  # words: `đại diện`, `tổ trưởng tổ` say little by themselves
_MANY = 3  # capacities of one person


@dataclass(frozen=True, slots=True)
class Told:
    """What a text tells as a whole: `is_weak` where a verb of saying may be a contribution or a quotation only."""

    is_event: bool
    is_weak: bool
    names: tuple[str, ...]


class PeopleDoubts:
    """The words of one archive (site-config/people.yml) that make a reading doubtful."""

    def __init__(self, people: PeopleRules) -> None:
        self.units = UnitsOfPosts(people)
        self._speaking = frozenset(people.speaking)
        self._attending = frozenset(people.attending)
        self._named_only = people.named_only
        self._plain = people.plain_code
        self._heads = re.compile(rf"(?<!\w)(?:{any_of(map(comparable, people.head_of_delegation))})(?!\w)")
        self._going_there = frozenset(map(comparable, people.going_there))
        self._soft = frozenset(map(comparable, people.soft_saying))
        self._goes_on = frozenset(map(unified, people.post_goes_on))

    def of(self, person: Person, codes: Sequence[str], told: Told) -> Iterator[Unsure]:
        """A doubt about who somebody is holds for their posts, too."""
        if found := self._capacity(person, frozenset(codes), told):
            yield Unsure(f"capacity of {person.name}", ", ".join(codes), *found)
        if two := self.units.at_odds(person.posts):
            yield Unsure(f"official of {person.name}", "", "two-people", "; ".join(two))
        if _may_be_nobody(person, told.names):
            yield Unsure(f"person of {person.name}", person.name, "perhaps-no-person", person.words)
        elif found := self._roles(person, told):
            yield Unsure(f"roles of {person.name}", ", ".join(person.posts), *found)

    def _capacity(self, person: Person, codes: Set[str], told: Told) -> tuple[str, str] | None:
        """Why the capacities may be others, and the words they rest on; the likeliest mistake first."""
        reasons = [reason for reason in person.reasons if reason.field.startswith("capacity")]
        rules = {reason.rule for reason in reasons if reason.value in codes}
        words = {comparable(reason.words) for reason in reasons}
        if why := self._inferred(person, rules, words, told):
            return why, person.words
        if sentence := self._unread_act(person, codes):
            return "act-unread", sentence
        why = self._hardly_said(codes, rules, words)
        return (why, person.words) if why else None

    def _inferred(self, person: Person, rules: Set[str], words: Collection[str], told: Told) -> str | None:
        """Capacities that no word states outright."""
        if "leads-an-inspection" in rules or any(map(self._heads.search, words)):
            return "leads-only"
        if "introduced-with-a-post" in rules:
            return "presence-inferred"
        is_loose = told.is_weak or not told.is_event or _is_quoted(person)
        return "said-only" if rules == {"verb-of-saying"} and is_loose else None

    def _unread_act(self, person: Person, codes: Set[str]) -> str | None:
        """A sentence of which nothing was read for the person, where they aren't both there and speaking already."""
        if codes == {self._named_only} or (codes & self._speaking and codes & self._attending):
            return None
        return next((seen.sentence for seen in person.seen if not (seen.codes or seen.in_caption)), None)

    def _hardly_said(self, codes: Set[str], rules: Set[str], words: Collection[str]) -> str | None:
        if len(codes) >= _MANY:
            return "many-capacities"
        is_told = "verb-of-saying" in rules and not self._going_there & set(words)
        if codes == self._attending and is_told:  # `tặng bằng khen` may be told of somebody absent
            return "presence-inferred"
        is_soft = codes == {*self._attending, self._plain} and bool(self._soft & set(words))
        return "said-only" if is_soft else None

    def _roles(self, person: Person, told: Told) -> tuple[str, str] | None:
        """Why the posts may be misread, and the words they stand in."""
        if any(post.loose or post.cut for post in person.posts.values()):
            return "role-unsure", person.words
        for sentence, introduced in person.introductions:
            if self._is_unread(sentence, introduced):
                return "words-unread", sentence
        if person.unclear_list:
            return "list-shared", person.unclear_list
        if {"post-before-name", "post-behind-name"} <= {post.rule for post in person.posts.values()}:
            return "posts-twice", person.words
        return ("no-role", person.words) if not person.posts and not told.is_event else None

    def _is_unread(self, sentence: str, introduced: Introduced) -> bool:
        """Whether more seems to be said of the post, or of who has none: `ông A, 71 tuổi, …`, `A, Trưởng trạm ở …`."""
        behind = sentence[introduced.name.end :]
        posts = [post.words for post in introduced.posts if post.rule in _BEHIND]
        if not posts:
            return introduced.name.addressed and _GOES_ON.match(behind) is not None
        start = behind.find(posts[-1])
        word = _WORD.match(behind, start + len(posts[-1])) if start >= 0 else None
        if word is None or not word[1][0].islower():
            return False
        is_short = posts[-1][0].islower() and len(posts[-1].split()) <= _SHORT_POST
        return word[1] in self._goes_on or is_short


def note_introductions(sentence: str, introduced: Sequence[Introduced], persons: Sequence[Person]) -> None:
    """Keeps with each person how a sentence introduces them."""
    for item, person in zip(introduced, persons, strict=True):
        person.introductions.append((sentence, item))
    for index in _unclear(introduced):
        persons[index].unclear_list = sentence.strip()


def _unclear(introduced: Sequence[Introduced]) -> Sequence[int]:
    """The members of a list with a shared post whose members aren't alike: some have their own, or not the shared one.

    `các Ủy viên Ban Thường vụ: A, Trưởng ban; B, Giám đốc Sở` may mean it of A alone, of both, or of those behind.
    """
    shared = [any(post.rule in _SHARED for post in item.posts) for item in introduced]
    if True not in shared:
        return ()
    first = shared.index(True)
    is_unclear = not all(shared[first:]) or any(map(_has_both, introduced))
    return range(first, len(introduced)) if is_unclear else ()


def _has_both(introduced: Introduced) -> bool:
    rules = {post.rule for post in introduced.posts} - {"rank-before-name"}
    return bool(rules & _SHARED) and bool(rules - _SHARED)


def _may_be_nobody(person: Person, names: Iterable[str]) -> bool:
    """A bare name without post or form of address, a short one, or the end of another's may be no person's."""
    syllables = person.name.split()
    is_behind = any(post.rule in _BEHIND for post in person.posts.values())
    if person.posts and (person.addressed or is_behind):
        return False
    if len(syllables) <= _SHORT_NAME:
        return True
    ends = set(syllables[-2:])
    is_part = any(name != person.name and ends <= set(name.split()) for name in names)
    return is_part or not (person.posts or person.addressed)


def _is_quoted(person: Person) -> bool:
    """Whether what stands behind the name is a quotation: whoever is quoted need not have spoken there."""
    return any(
        _QUOTES.search(sentence, introduced.name.end) is not None for sentence, introduced in person.introductions
    )
