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
_WHOLE = "person"  # `person of Lê A`: the whole entry, whether it is one at all
_OF_PEOPLE = (_WHOLE, "roles", "capacity")
LONGEST = 300  # characters of a value or of words: the sentence is in the text, too
_LEAD = 60  # of them, before the name they are about
_SAID = ("field", "value", "why", "words", "other")


@dataclass(frozen=True, slots=True)
class _Member:
    """A person or a document in a list of the record."""

    place: str
    name: str
    roles: Sequence[str] = ()


def gathered(doubts: Iterable[Unsure]) -> list[tuple[Unsure, ...]]:
    """Doubts of several people that one sentence raises for one reason together, so that an editor looks once."""
    found: dict[tuple[str, ...], list[Unsure]] = {}
    for number, doubt in enumerate(doubts):
        kind, of, _ = doubt.field.partition(" of ")
        is_shared = bool(of) and kind in _OF_PEOPLE and doubt.words
        key = (kind, doubt.why, " ".join(doubt.words.split())) if is_shared else (str(number),)
        found.setdefault(key, []).append(doubt)
    return list(map(tuple, found.values()))


def placed(doubts: Iterable[Unsure], who: Who, what: What) -> tuple[Unsure, ...]:
    """A doubt whose field is a place already stays there; one of several people stands at the first of them."""
    people, documents = list(_people(who)), list(_documents(what))
    names = {member.place: member.name for member in (*people, *documents)}
    seen: Counter[str] = Counter()
    found = []
    for group in gathered(doubts):
        places = []
        for doubt in group:
            field, of, name = doubt.field.partition(" of ")
            members = documents if field == "document" else people
            places.append(_place(field, name, doubt, members, seen[doubt.field]) if of else field)
            seen[doubt.field] += 1
        named = names.get(".".join(places[0].split(".")[:2]), "")
        first = group[0]
        if len(group) > 1:
            named = ", ".join(dict.fromkeys(doubt.field.partition(" of ")[2] for doubt in group))
            first = replace(first, value="; ".join(dict.fromkeys(map(_value_of, group))))
        found.append(replace(first, field=places[0], named=named))
    return tuple(found)


def _value_of(doubt: Unsure) -> str:
    """One person's value beside those of others: `Lê A: tham-du`."""
    name = doubt.field.partition(" of ")[2]
    return f"{name}: {doubt.value}" if doubt.value not in ("", name) else name


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
        place = holders[min(before, len(holders) - 1)].place
        return place if field == _WHOLE else f"{place}.{field}"
    return members[0].place.partition(".")[0] if members else PEOPLE[0]


def entries_of(doubts: Iterable[Unsure]) -> list[dict[str, str]]:
    """The members of `unsure`; what a doubt does not say is left out."""
    found = []
    for doubt in doubts:
        said = {name: " ".join(getattr(doubt, name).split()) for name in _SAID}
        said["words"] = "" if said["words"] == said["value"] else _from_near(said["words"], doubt.named)
        found.append({name: _cut(words) for name, words in said.items() if words})
    return found


def _from_near(words: str, named: str) -> str:
    """Of words too long to be kept whole those from shortly before the (first) person or document that is named."""
    at = words.find(named.partition(", ")[0]) if named else 0
    if len(words) <= LONGEST or at < LONGEST // 2:
        return words
    return words[at - _LEAD :].partition(" ")[2]


def _cut(text: str) -> str:
    """The beginning of a long text, up to the end of a word."""
    return text if len(text) <= LONGEST else text[: LONGEST + 1].rpartition(" ")[0] or text[:LONGEST]
