"""Whether a role that an article gives to a person stands with that person's name.

In: an article. Out: problems. Somebody else's role stands behind that person's name, with no stop or semicolon between,
wherever the text prints it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.check.corpus import printed_words
from archive.language.spelling import comparable
from archive.model.records import Article, Participant
from archive.problems import Report

_PARTS = re.compile(r"[;!?…]|\.\s")

Names = Sequence[tuple[int, int, str]]  # start, end and compared name, in order


def check_roles(article: Article, report: Report) -> None:
    """Tells of roles that stand in the text, but nowhere with the person's name."""
    people = article.people
    names = sorted({comparable(person.name) for person in people}, key=len, reverse=True)
    paragraphs = [(text, _named(text, names)) for text in map(comparable, printed_words(article))]
    for group in ("speakers", "attendees", "mentioned"):
        for index, person in enumerate(getattr(article, group)):
            for number in _strange(person, paragraphs):
                place = f"{group}.{index}.roles.{number}"
                values = {"field": place, "role": person.roles[number], "name": person.name}
                report.add("role-away-from-name", article.origin.path, article.origin.at(place), **values)


def _strange(person: Participant, paragraphs: Sequence[tuple[str, Names]]) -> Iterator[int]:
    """Places of the roles that stand behind another's name wherever they stand."""
    name = comparable(person.name)
    for number, role in enumerate(person.roles):
        words = comparable(role)
        stands = [(at, text, names) for text, names in paragraphs for at in _places(words, text)]
        if stands and all(_is_of_another(name, at, len(words), text, names) for at, text, names in stands):
            yield number


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _named(text: str, names: Sequence[str]) -> Names:
    """Where people are named; a name inside a longer one is none."""
    found: list[tuple[int, int, str]] = []
    for name in names:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), name))
    return sorted(found)


def _is_of_another(name: str, at: int, length: int, text: str, names: Names) -> bool:
    """Whether another's name stands before the role, and this one's doesn't stand behind it, in one clause."""
    before = [(end, one) for _, end, one in names if end <= at]
    if not before or before[-1][1] == name or _PARTS.search(text, before[-1][0], at):
        return False
    if text[at + length :].lstrip().startswith(":"):  # of those who are listed behind
        return False
    behind = (start for start, _, one in names if one == name and start >= at + length)
    return not any(not _PARTS.search(text, at + length, start) for start in behind)
