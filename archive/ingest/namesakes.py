"""Whether the posts that a text prints for one name can be those of one person.

In: posts as printed. Out: two of them that differ only in the unit they name (`Bí thư Đảng ủy xã A`, `Bí thư Đảng
ủy xã B`), or nothing. Nobody holds one post in two units at once, so these may be two people of one name.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from archive.ingest.posts import any_of
from archive.ingest.rules.people import PeopleRules
from archive.language.spelling import CAPITALS, comparable, unified


class UnitsOfPosts:
    """The words for units of one archive (site-config/people.yml)."""

    def __init__(self, people: PeopleRules) -> None:
        kinds = any_of([*people.unit_kinds, *people.place_slots])
        word = rf"[{CAPITALS}][^\s,;:()\-]*"
        self._unit = re.compile(rf"(?<!\w)(?:{kinds}) (?P<name>{word}(?: {word})*)")

    def at_odds(self, posts: Iterable[str]) -> tuple[str, str] | None:
        """The first two posts of one kind in two named units."""
        named = [(post, *parts) for post in posts if (parts := self._parts(post))]
        for (one, kind, unit), (other, other_kind, other_unit) in itertools.combinations(named, 2):
            if kind == other_kind and not _may_be_one(unit, other_unit):
                return one, other
        return None

    def _parts(self, post: str) -> tuple[str, str] | None:
        """The post up to its first named unit, and the unit's name."""
        unit = self._unit.search(unified(post))
        return (comparable(post[: unit.start("name")]), comparable(unit["name"])) if unit else None


def _may_be_one(unit: str, other: str) -> bool:
    """Whether a name may be the other one cut short: `Ia Dom`, `Ia Dom Đức Cơ`."""
    return unit.startswith(other) or other.startswith(unit)
