"""Whether the people of an article are those of the records that they are linked to.

In: participants as printed, and the names that a record goes by. Out: problems. Names are compared in one spelling,
never without their marks; a rank or title in front of a name is no part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from archive.check.corpus import full_text, is_description
from archive.language.spelling import comparable
from archive.model.records import Article
from archive.problems import Report, either

NamesOf = Callable[[str], tuple[str, ...]]  # an official's id → names, the first its own; none if there is no record
CalledSo = Callable[[str], Collection[str]]  # a name → ids of the officials of that name


def check_people(article: Article, names_of: NamesOf, called_so: CalledSo, titles: Titles, report: Report) -> None:
    """Printed names beside those of the linked records; that a name is printed is checked elsewhere."""
    text = "" if is_description(article) else full_text(article)
    for group in ("speakers", "attendees", "mentioned"):
        for index, person in enumerate(getattr(article, group)):
            names = names_of(person.official) if person.official else ()
            if not names or (text and comparable(person.name) not in text):
                continue
            if any(titles.are_one(person.name, name) for name in names):
                continue
            place = f"{group}.{index}.name"
            others = [id for id in called_so(person.name) if id != person.official]
            report.add(
                "name-of-another",
                article.origin.path,
                article.origin.at(place),
                field=place,
                name=person.name,
                official=person.official,
                record=names[0],
                suggestion=either(others),
            )


class Titles:
    """Words that stand before a name and are no part of it; `read` gives them when the first is needed."""

    def __init__(self, read: Callable[[], Collection[str]]) -> None:
        self._read = read
        self._titles: frozenset[str] | None = None

    def are_one(self, printed: str, name: str) -> bool:
        """Whether a printed name is a name, with nothing but titles before it."""
        one, other = (" ".join(comparable(words).split()) for words in (printed, name))
        if one == other:
            return True
        return one.endswith(f" {other}") and self._are_titles(one.removesuffix(f" {other}"))

    def _are_titles(self, words: str) -> bool:
        if self._titles is None:
            self._titles = frozenset(map(comparable, self._read()))
        rest = words.split()
        while rest:
            length = next((n for n in range(len(rest), 0, -1) if " ".join(rest[:n]).rstrip(".,") in self._titles), 0)
            if not length:
                return False
            rest = rest[length:]
        return True
