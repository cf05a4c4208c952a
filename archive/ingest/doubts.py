"""Where in the record each doubt of a draft belongs, and how it is written there.

In: doubts as the finders and the linker raise them, some of which name a person or a document (`roles of
Trần Văn Nháp`), and the people and documents of the record. Out: doubts whose field is a place in the record
(`speakers.0.roles`, `documents.2.document`), and their entries for the front matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.model.draft import Unsure, What, Who

PEOPLE = ("speakers", "attendees", "mentioned")
LONGEST = 300  # characters of a value or of words: the sentence is in the text, too
_SAID = ("field", "value", "why", "words", "other")


@dataclass(frozen=True, slots=True)
class _Member:
    """A person or a document in a list of the record."""

    place: str
    name: str
    roles: Sequence[str] = ()


def placed(doubts: Iterable[Unsure], who: Who, what: What) -> tuple[Unsure, ...]:
    """A doubt whose field is a place already stays there."""
    people, documents = list(_people(who)), list(_documents(what))
    names = {member.place: member.name for member in (*people, *documents)}
    seen: Counter[str] = Counter()
    found = []
    for doubt in doubts:
        field, of, name = doubt.field.partition(" of ")
        place = doubt.field
        if of:
            place = _place(field, name, doubt, documents if field == "document" else people, seen[place])
            seen[doubt.field] += 1
        found.append(replace(doubt, field=place, named=names.get(".".join(place.split(".")[:2]), "")))
    return tuple(found)


def _people(who: Who) -> Iterator[_Member]:
    """In the order in which doubts about them are raised."""
    for group in PEOPLE:
        for index, person in enumerate(getattr(who, group)):
            yield _Member(f"{group}.{index}", person.name, person.roles)


def _documents(what: What) -> Iterator[_Member]:
    for index, cited in enumerate(what.documents):
        yield _Member(f"documents.{index}", cited.number or cited.printed)


def _place(field: str, name: str, doubt: Unsure, members: Sequence[_Member], before: int) -> str:
    """`before`: how many doubts of this field and name came before; each of two namesakes has their own.

    The posts of a namesake in the words tell more than the order. Who is not there is looked for in the list.
    """
    called = [member for member in members if member.name == name]
    close = [member for member in called if member.roles and all(role in doubt.words for role in member.roles)]
    if holders := close or called:
        return f"{holders[min(before, len(holders) - 1)].place}.{field}"
    return members[0].place.partition(".")[0] if members else PEOPLE[0]


def entries_of(doubts: Iterable[Unsure]) -> list[dict[str, str]]:
    """The members of `unsure`; what a doubt does not say is left out."""
    found = []
    for doubt in doubts:
        said = {name: " ".join(getattr(doubt, name).split()) for name in _SAID}
        if said["words"] == said["value"]:
            said["words"] = ""
        found.append({name: _cut(words) for name, words in said.items() if words})
    return found


def _cut(text: str) -> str:
    """The beginning of a long text, up to the end of a word."""
    return text if len(text) <= LONGEST else text[: LONGEST + 1].rpartition(" ")[0] or text[:LONGEST]
