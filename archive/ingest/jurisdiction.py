"""Reads whose a post, a paper or a body is: the centre's, or that of which province, district, commune or force.

In: words as printed, and the units of the event that they are printed about. Out: `Scope` and `Post`, and how two of
them stand to each other. A bare `Phó Chủ tịch UBND tỉnh` is that of the province whose event it is, or of nobody
knows which.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

from archive.citations.resolve import is_bare, number_key
from archive.ingest.rules.linking import LinkingRules
from archive.ingest.units import CITY, FORCE, PROVINCE, Unit, UnitFinder, any_of
from archive.language.spelling import CAPITALS, comparable
from archive.model.draft import Cleaned, Jurisdiction, Where
from archive.rules.vocabularies import PlaceTerm

CENTRE, DISTRICT, COMMUNE, BODY = "trung-uong", "huyen", "xa", "nganh"
_LONGEST_HEAD = 3_000
_SMALLEST_FIRST = (FORCE, BODY, COMMUNE, DISTRICT, CITY, PROVINCE, "vung", CENTRE)
_NAMED = re.compile(rf"\s[{CAPITALS}][\w']*\s[{CAPITALS}][\w']*\Z")  # ends in a name of two syllables at least
_GAP = re.compile(r"[\s,.;:()-]+")


class Relation(Enum):
    """How two jurisdictions stand to each other."""

    SAME = "same"
    NEAR = "near"  # units of one name and level, such as two communes, whose province neither text names
    OPEN = "open"  # one of them isn't known
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Scope:
    """One jurisdiction: level, name of the unit in compared form (None: not known), and what it lies in."""

    level: str | None = None
    unit: str | None = None
    province: str | None = None
    district: str | None = None  # of a commune


@dataclass(frozen=True, slots=True)
class Post:
    """A role read: the office without its unit, the body glued to the unit's word, and whose it is.

    `tells` is False for what many hold at once, or held once: it shows nobody to be somebody. `is_seat`: one of a
    committee, which goes with a post elsewhere.
    """

    office: str
    body: str
    scope: Scope
    tells: bool
    is_seat: bool

    def is_named_like(self, other: Post) -> bool:
        """One office in a longer or a shorter form: `Trưởng Ban Dân vận Tỉnh ủy` and `Trưởng Ban Dân vận`."""
        return self.office == other.office and (self.body == other.body or not (self.body and other.body))


Home = tuple[Scope, ...]  # the units that an event belongs to, smallest first


class JurisdictionReader:
    """Reads one text after another; patterns are made once."""

    def __init__(
        self, words: LinkingRules, places: Mapping[str, PlaceTerm], aliases: Mapping[str, str], ranks: Collection[str]
    ) -> None:
        """`words`: site-config/linking.yml; `aliases`: other names of cities; `ranks`: what stands before a name."""
        self._units = UnitFinder(words, places, aliases)
        self._province_body = any_of(words.province_bodies)
        self._central = any_of(words.central)
        self._maybe_central = any_of(words.maybe_central)
        self._nobody = any_of(words.not_bodies)
        self._short: Mapping[str, str] = {comparable(short): comparable(f) for short, f in words.short_forms.items()}
        self._shortened = any_of(self._short)
        self._tells_nobody = any_of((*words.held_by_many, *ranks))
        self._seat = any_of(words.memberships)
        self._papers = {comparable(part): level for level, parts in words.papers.items() for part in parts}
        self._yearly = frozenset(map(comparable, words.yearly))

    # Units of an event

    def home(self, words: str) -> Home:
        """The units that words name (`xã Tân Lập, tỉnh Sơn La`, or an organiser's name), smallest first."""
        found = [unit for unit in self._units.find(words) if unit.name]
        around = _around(found)
        scopes = {unit.level: _inside(unit, around) for unit in reversed(found)}
        if body := self._body(words):
            scopes[BODY] = Scope(BODY, body, around.get(PROVINCE))
        if not scopes and self._central.search(comparable(words)):
            return (Scope(CENTRE, ""),)
        return tuple(sorted(scopes.values(), key=lambda scope: _order(scope.level)))

    def _body(self, words: str) -> str:
        """A school, company or post of a name of its own (`Đồn Biên phòng Bến Đợi`), in compared form; else empty."""
        body = words.partition(", ")[0]
        is_unit = any(self._units.find(body)) or self._central.search(comparable(body))
        is_named = _NAMED.search(body) and not self._nobody.search(comparable(body))
        return "" if is_unit or not is_named else comparable(body)

    def units_of(self, where: Where, cleaned: Cleaned) -> str:
        """The units of whoever held the event, as `home` reads them: `xã Tân Lập, tỉnh Sơn La`; empty if not named."""
        head = f"{cleaned.title or ''}\n{' '.join(block.text for block in cleaned.blocks[:2])}"[:_LONGEST_HEAD]
        named = self._named_by(where, head)
        if not named:
            return self._name_of_centre(where)
        smallest = min(map(_order, named))
        for levels in ((DISTRICT, CITY), (PROVINCE,)):
            is_around = smallest < _order(levels[0]) and not named.keys() & set(levels)
            if is_around and (line := self._only(levels, head)):
                named[levels[0]] = line
        return ", ".join(named[level] for level in sorted(named, key=_order))

    def _named_by(self, where: Where, head: str) -> dict[str, str]:
        """Level → unit, of the organiser's own words and of what else the text says of whose event it is."""
        named = {unit.level: unit.line for unit in self._units.find(where.organiser or "") if unit.name}
        stated = where.jurisdiction
        if stated.unit and not any(_may_be_one_level(level, stated.level) for level in named):
            named[stated.level or ""] = self._printed_unit(stated, head)
        return named

    def _name_of_centre(self, where: Where) -> str:
        match = self._central.search(where.organiser or "")
        return match.group() if match and CENTRE in (where.level, where.jurisdiction.level) else ""

    def _printed_unit(self, stated: Jurisdiction, head: str) -> str:
        """`Lâm Sơn` with the word for its kind before it, as the text prints it."""
        name = stated.unit or ""
        for unit in self._units.find(head):
            if unit.name == name and _may_be_one_level(unit.level, stated.level):
                return unit.line
        at = comparable(head).find(name)
        printed = head[at : at + len(name)] if at >= 0 else name.title()
        is_city = stated.level == PROVINCE and name in self._units.cities
        return f"{self._units.kinds.get(CITY if is_city else stated.level or '', '')} {printed}".strip()

    def _only(self, levels: Collection[str], text: str) -> str | None:
        """The one unit of a level that a text speaks of; None if it speaks of several."""
        named = {unit.name: unit.line for unit in self._units.find(text) if unit.level in levels and unit.name}
        return next(iter(named.values())) if len(named) == 1 else None

    # Posts

    def posts(self, roles: Sequence[str], home: Home) -> tuple[Post, ...]:
        """The posts of one person in one text; one that names no unit goes with those beside it."""
        own = [self._own_scope(role, home) for role in roles]
        return tuple(
            self._post(role, scope or _scope_beside(own, at, home))
            for at, (role, scope) in enumerate(zip(roles, own, strict=True))
        )

    def _own_scope(self, role: str, home: Home) -> Scope | None:
        """Whose post it is by its own words; None if they don't say."""
        found = list(self._units.find(role))
        if found:
            smallest = min(found, key=lambda unit: (_order(unit.level), -unit.start))
            return self._scope(smallest, _around(found), home)
        compared = self._units.masked(role)
        if self._province_body.search(compared):
            return self._at_home(PROVINCE, home)
        if self._central.search(compared):
            return Scope(CENTRE, "")
        if self._maybe_central.search(compared):
            return home[0] if home and home[0].level == CENTRE else Scope()
        return None

    def _scope(self, unit: Unit, around: Mapping[str, str], home: Home) -> Scope:
        """A named unit smaller than the event's, or the event's own, is taken to lie where the event's does."""
        if unit.name is None:
            return self._at_home(unit.level, home, unit.kind)
        is_inside = any((scope.level, scope.unit) == (unit.level, unit.name) for scope in home)
        is_inside = is_inside or (bool(home) and _order(unit.level) < _order(home[0].level))
        return _inside(unit, {**_around_home(home), **around} if is_inside else around)

    def _at_home(self, level: str, home: Home, kind: str = "") -> Scope:
        """A unit whose name is left out is the event's own of that level, if the event has one."""
        own = (scope for scope in home if self._is_meant(level, kind, scope))
        return next(own, Scope(level, None, _around_home(home).get(PROVINCE)))

    def _is_meant(self, level: str, kind: str, scope: Scope) -> bool:
        """`Quân khu` is Quân khu 4, `thành phố` a city, whether a province or not."""
        if level == FORCE:
            return (scope.unit or "").startswith(f"{kind} ")
        return scope.level == level or (level == CITY and scope.unit in self._units.cities)

    def _post(self, role: str, scope: Scope) -> Post:
        kept, at, found = [], 0, list(self._units.find(role))
        for unit in found:
            kept.append(role[at : unit.start])
            at = unit.end
        words = comparable(" ".join([*kept, role[at:]]))
        words = self._shortened.sub(lambda match: self._short[match.group()], words)
        office = " ".join(filter(None, _GAP.split(words)))
        forms = (office, comparable(role))
        return Post(
            office=office,
            body=found[0].body if found else "",
            scope=scope,
            tells=bool(office) and not any(map(self._tells_nobody.match, forms)),
            is_seat=any(map(self._seat.match, forms)),
        )

    def can_be_one(self, posts: Iterable[Post]) -> bool:
        """False if nobody holds all of them at once: two posts at the head of things of two units."""
        heading = [post.scope for post in posts if post.tells and not post.is_seat]
        return not any(self.relation(one, other) is Relation.OTHER for one, other in combinations(heading, 2))

    # Papers

    def scope_of_paper(self, number: str | None, issuer: str | None, name: str, home: Home) -> Scope | None:
        """Whose paper it is; None for one that says nothing of any unit: a law, a regulation of the whole country."""
        own = self._own_scope(issuer, home) if issuer else None
        if own or not number:
            return own or self._own_scope(name, home)
        level = next((self._papers[part] for part in _suffix(number) if part in self._papers), None)
        if level:
            return self._of_level(level, home)
        is_of_event = home and home[0].level != CENTRE and not is_bare(number)
        return home[0] if is_of_event else Scope()

    def _of_level(self, level: str, home: Home) -> Scope:
        """`-CT/TU` is of a province's or a centrally run city's committee."""
        if level == CENTRE:
            return Scope(CENTRE, "")
        return self._at_home(level, home)

    def restarts_each_year(self, number: str) -> bool:
        return not self._yearly.isdisjoint(_suffix(number))

    # Two of them

    def relation(self, one: Scope, other: Scope) -> Relation:
        if not _may_be_one_level(one.level, other.level):
            return Relation.OTHER
        if one.unit is None or other.unit is None:
            return self._unless_other_provinces(one, other, Relation.OPEN)
        if one.unit != other.unit:
            renamed = one.level == PROVINCE == other.level and self._became(one.unit, other.unit)
            return Relation.OPEN if renamed else Relation.OTHER
        if one.level in (PROVINCE, CENTRE, FORCE):
            return Relation.SAME
        return self._of_one_name(one, other)

    def _of_one_name(self, one: Scope, other: Scope) -> Relation:
        """Two districts or communes of one name: what they lie in decides; a ward 5 each district has."""
        has_both_districts = one.district is not None and other.district is not None
        if has_both_districts and one.district != other.district:
            return Relation.OTHER
        is_numbered = (one.unit or "").isdecimal() and one.level == COMMUNE
        named = len({one.province, other.province} - {None})
        return self._unless_other_provinces(
            one, other, Relation.OPEN if is_numbered and not has_both_districts else _BY_PROVINCES[named]
        )

    def _unless_other_provinces(self, one: Scope, other: Scope, else_: Relation) -> Relation:
        """Units of two provinces are two; those of a province that became another may be one."""
        if one.province is None or other.province is None:
            return Relation.OPEN if else_ is Relation.SAME else else_
        if one.province == other.province:
            return else_
        return Relation.OPEN if self._became(one.province, other.province) else Relation.OTHER

    def _became(self, one: str, other: str) -> bool:
        today = self._units.today
        return today.get(one, one) == today.get(other, other)


# Two units of one name and level, by how many provinces are named for them.
_BY_PROVINCES = {0: Relation.NEAR, 1: Relation.SAME, 2: Relation.SAME}


def _scope_beside(own: Sequence[Scope | None], at: int, home: Home) -> Scope:
    """Of a post without a unit: that of the next with one, else of the one before, else the event's."""
    beside = (*own[at + 1 :], *reversed(own[:at]))
    return next(filter(None, beside), home[0] if home else Scope())


def _suffix(number: str) -> list[str]:
    return number_key(number).split(" ")[1:]


def _around(units: Iterable[Unit]) -> dict[str, str]:
    """Level → name, of the units that others lie in."""
    return {
        DISTRICT if unit.level == CITY else unit.level: unit.name
        for unit in units
        if unit.name and unit.level in (PROVINCE, DISTRICT, CITY)
    }


def _around_home(home: Home) -> dict[str, str]:
    found = {DISTRICT if scope.level == CITY else scope.level: scope.unit for scope in home}
    return {level: unit for level, unit in found.items() if level in (PROVINCE, DISTRICT) and unit}


def _inside(unit: Unit, around: Mapping[str, str]) -> Scope:
    district = around.get(DISTRICT) if unit.level == COMMUNE else None
    return Scope(unit.level, unit.name, around.get(PROVINCE), district)


def _order(level: str | None) -> int:
    return _SMALLEST_FIRST.index(level) if level in _SMALLEST_FIRST else len(_SMALLEST_FIRST)


def _may_be_one_level(one: str | None, other: str | None) -> bool:
    if one is None or other is None or one == other:
        return True
    return CITY in (one, other) and {one, other} <= {CITY, PROVINCE, DISTRICT}
