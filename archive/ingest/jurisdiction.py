"""Reads whose a post, a paper or a body is: the centre's, or that of which province, district, commune or force.

In: words as printed, and the units of the event that they are printed about. Out: `Scope` and `Post`, and how two of
them stand to each other. A bare `Phó Chủ tịch UBND tỉnh` is that of the province whose event it is, or of nobody
knows which.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from archive.citations.resolve import is_bare, number_key
from archive.knowledge import Term
from archive.language.spelling import comparable, unified
from archive.model.draft import Cleaned, Jurisdiction, Where

CENTRE, PROVINCE, DISTRICT, CITY = "trung-uong", "tinh", "huyen", "city"
FORCE = "force"
_LONGEST_NAME = 4  # words
_LONGEST_HEAD = 3_000
_SMALLEST_FIRST = (FORCE, "nganh", "xa", DISTRICT, CITY, PROVINCE, "vung", CENTRE)
_WORD = re.compile(r"\s*(-\s+)?([\w'.]+)")
_GAP = re.compile(r"[\s,.;:()-]+")


class Relation(Enum):
    """How two jurisdictions stand to each other."""

    SAME = "same"
    NEAR = "near"  # units of one name and level, such as two communes, whose province neither text names
    OPEN = "open"  # one of them isn't known
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Scope:
    """One jurisdiction: level, name of the unit in compared form (None: not known), and its province."""

    level: str | None = None
    unit: str | None = None
    province: str | None = None


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


@dataclass(frozen=True, slots=True)
class _Found:
    """A unit named in a text; `unit` is None where its name is left out."""

    start: int
    end: int
    level: str
    kind: str
    body: str
    unit: str | None
    printed: str


Home = tuple[Scope, ...]  # the units that an event belongs to, smallest first


class JurisdictionReader:
    """Reads one text after another; patterns are made once."""

    def __init__(
        self, words: Mapping[str, Any], places: Mapping[str, Term], aliases: Mapping[str, str], ranks: Collection[str]
    ) -> None:
        """`words`: site-config/linking.yml; `aliases`: other names of cities; `ranks`: what stands before a name."""
        self._markers: Mapping[str, Mapping[str, str]] = {comparable(m): f for m, f in words["markers"].items()}
        self._forces = frozenset(map(comparable, words["forces"]))
        self._marker = any_of((*self._markers, *self._forces))
        self._no_unit = any_of(words["not_units"])
        self._province_body = any_of(words["province_bodies"])
        self._central = any_of(words["central"])
        self._maybe_central = any_of(words["maybe_central"])
        self._short: Mapping[str, str] = {comparable(short): comparable(f) for short, f in words["short_forms"].items()}
        self._shortened = any_of(self._short)
        self._many = any_of(words["held_by_many"])
        self._member = any_of(words["memberships"])
        self._rank = any_of(ranks)
        self._papers: Mapping[str, str] = {
            comparable(suffix): level for level, suffixes in words["papers"].items() for suffix in suffixes
        }
        self._yearly = frozenset(map(comparable, words["yearly"]))
        self._aliases = {comparable(alias): comparable(name) for alias, name in aliases.items()}
        city = comparable(next(f["kind"] for f in self._markers.values() if f["level"] == CITY)) + " "
        of_province = [term for term in places.values() if term.facts.get("kind") in ("tinh", "thanh-pho")]
        self._provinces = {comparable(term.name).removeprefix(city): term for term in of_province}
        self._today = {
            name: comparable(places[now].name).removeprefix(city)
            for name, term in self._provinces.items()
            if (now := term.facts.get("now"))
        }
        self._cities = {name for name, term in self._provinces.items() if term.facts.get("kind") == "thanh-pho"}

    # Units of an event

    def home(self, words: str) -> Home:
        """The units that words name (`xã Tân Lập, tỉnh Sơn La`, or an organiser's name), smallest first."""
        found = [one for one in self._units(words) if one.unit]
        province = next((one.unit for one in found if one.level == PROVINCE), None)
        scopes = {one.level: Scope(one.level, one.unit, province) for one in reversed(found)}
        if not scopes and self._central.search(comparable(words)):
            return (Scope(CENTRE, ""),)
        return tuple(sorted(scopes.values(), key=lambda scope: _order(scope.level)))

    def units_of(self, where: Where, cleaned: Cleaned) -> str:
        """The units of whoever held the event, as `home` reads them: `xã Tân Lập, tỉnh Sơn La`; empty if not named."""
        head = f"{cleaned.title or ''}\n{' '.join(block.text for block in cleaned.blocks[:2])}"[:_LONGEST_HEAD]
        named = {one.level: _line(one) for one in self._units(where.organiser or "") if one.unit}
        stated = where.jurisdiction
        if stated.unit and (stated.level or "") not in named:
            named[stated.level or ""] = self._printed_unit(stated, head)
        if not named:
            is_central = CENTRE in (where.level, stated.level)
            return self._name_of_centre(where.organiser or "") if is_central else ""
        if PROVINCE not in named and (province := self._only_province(head)):
            named[PROVINCE] = province
        return ", ".join(named[level] for level in sorted(named, key=_order))

    def _name_of_centre(self, organiser: str) -> str:
        match = self._central.search(unified(organiser))
        return match.group() if match else ""

    def _printed_unit(self, stated: Jurisdiction, head: str) -> str:
        """`Lâm Sơn` with the word for its kind before it, as the text prints it."""
        name = stated.unit or ""
        at = comparable(head).find(name)
        printed = head[at : at + len(name)] if at >= 0 else name.title()
        kinds = {facts["level"]: facts["kind"] for facts in reversed(list(self._markers.values()))}
        if stated.level == PROVINCE and name in self._cities:
            return f"{kinds[CITY]} {printed}"
        named = (one for one in self._units(head) if one.unit == name and _may_be_one_level(one.level, stated.level))
        same = next(named, None)
        return _line(same) if same else f"{kinds.get(stated.level or '', '')} {printed}".strip()

    def _only_province(self, text: str) -> str | None:
        """The one province that a text speaks of as such; None if it speaks of several."""
        named = {one.unit: _line(one) for one in self._units(text) if one.level == PROVINCE and one.unit}
        return next(iter(named.values())) if len(named) == 1 else None

    # Posts

    def posts(self, roles: Sequence[str], home: Home) -> tuple[Post, ...]:
        """The posts of one person in one text; one that names no unit goes with those beside it."""
        own = [self._own_scope(role, home) for role in roles]
        return tuple(
            self._post(role, scope or self._scope_beside(own, at, home))
            for at, (role, scope) in enumerate(zip(roles, own, strict=True))
        )

    def _scope_beside(self, own: Sequence[Scope | None], at: int, home: Home) -> Scope:
        beside = (*own[at + 1 :], *reversed(own[:at]))
        return next(filter(None, beside), home[0] if home else Scope())

    def _own_scope(self, role: str, home: Home) -> Scope | None:
        """Whose post it is by its own words; None if they don't say."""
        found = sorted(self._units(role), key=lambda one: (_order(one.level), -one.start))
        if found:
            province = next((one.unit for one in found if one.level == PROVINCE), None)
            return self._scope(found[0], province, home)
        compared = self._masked(role)
        if self._province_body.search(compared):
            return self._at_home(PROVINCE, home)
        if self._central.search(compared):
            return Scope(CENTRE, "")
        if self._maybe_central.search(compared):
            return home[0] if home and home[0].level == CENTRE else Scope()
        return None

    def _scope(self, found: _Found, province: str | None, home: Home) -> Scope:
        if found.unit is None:
            return self._at_home(found.level, home, found.kind)
        same = next((s for s in home if (s.level, s.unit) == (found.level, found.unit)), None)
        around = next((scope.unit for scope in home if scope.level == PROVINCE), None)
        is_inside = same is not None or (home and _order(found.level) < _order(home[0].level))
        return Scope(found.level, found.unit, province or (around if is_inside else None))

    def _at_home(self, level: str, home: Home, kind: str = "") -> Scope:
        """A unit whose name is left out is the event's own of that level, if the event has one."""
        for scope in home:
            if level == FORCE and scope.level == FORCE and (scope.unit or "").startswith(f"{kind} "):
                return scope
            if level == CITY and scope.unit in self._cities:
                return scope
            if scope.level == level != FORCE:
                return scope
        province = next((scope.unit for scope in home if scope.level == PROVINCE), None)
        return Scope(level, None, province)

    def _post(self, role: str, scope: Scope) -> Post:
        found = list(self._units(role))
        kept, at = [], 0
        for one in found:
            kept.append(role[at : one.start])
            at = one.end
        words = comparable(" ".join([*kept, role[at:]]))
        words = self._shortened.sub(lambda match: self._short[match.group()], words)
        office = " ".join(filter(None, _GAP.split(words)))
        forms = (office, comparable(role))
        tells = bool(office) and not any(self._many.match(form) or self._rank.match(form) for form in forms)
        is_seat = any(self._member.match(form) is not None for form in forms)
        return Post(office, found[0].body if found else "", scope, tells, is_seat)

    def can_be_one(self, posts: Iterable[Post]) -> bool:
        """False if nobody holds all of them at once: two posts at the head of things of two units."""
        heading = [post for post in posts if post.tells and not post.is_seat]
        return not any(
            self.relation(one.scope, other.scope) is Relation.OTHER
            for at, one in enumerate(heading)
            for other in heading[at + 1 :]
        )

    # Papers

    def scope_of_paper(self, number: str | None, issuer: str | None, name: str, home: Home) -> Scope | None:
        """Whose paper it is; None for one that says nothing of any unit: a law, a regulation of the whole country."""
        if issuer and (own := self._own_scope(issuer, home)):
            return own
        level = next((self._papers[part] for part in self._suffix(number) if part in self._papers), None)
        if level == CENTRE:
            return Scope(CENTRE, "")
        if level:
            cities = [scope for scope in home if scope.level == PROVINCE or scope.unit in self._cities]
            return cities[0] if level == PROVINCE and cities else self._at_home(level, home)
        if number:
            return home[0] if home and home[0].level != CENTRE and not is_bare(number) else Scope()
        return self._own_scope(name, home)

    def restarts_each_year(self, number: str | None) -> bool:
        return not self._yearly.isdisjoint(self._suffix(number))

    def _suffix(self, number: str | None) -> list[str]:
        return number_key(number or "").split(" ")[1:]

    # Two of them

    def relation(self, one: Scope, other: Scope) -> Relation:
        if not _may_be_one_level(one.level, other.level):
            return Relation.OTHER
        if one.unit is None or other.unit is None:
            return self._with_provinces(one, other, Relation.OPEN)
        if one.unit != other.unit:
            renamed = one.level == PROVINCE == other.level and self._became(one.unit, other.unit)
            return Relation.OPEN if renamed else Relation.OTHER
        if one.level in (PROVINCE, CENTRE, FORCE) or one.unit in self._cities:
            return Relation.SAME
        known = [province for province in (one.province, other.province) if province]
        if len(known) == 1:
            return Relation.OPEN
        return self._with_provinces(one, other, Relation.SAME) if known else Relation.NEAR

    def _with_provinces(self, one: Scope, other: Scope, else_: Relation) -> Relation:
        """Units of two provinces are two; those of a province that became another may be one."""
        if one.province is None or other.province is None or one.province == other.province:
            return else_
        return Relation.OPEN if self._became(one.province, other.province) else Relation.OTHER

    def _became(self, one: str, other: str) -> bool:
        return self._today.get(one, one) == self._today.get(other, other)

    # Reading

    def _units(self, words: str) -> Iterator[_Found]:
        """The units that words name, from left to right."""
        text, masked, end = unified(words), self._masked(words), 0
        for match in self._marker.finditer(masked):
            if match.start() < end:
                continue
            end, name = _name_behind(text, self._behind_kind(masked, match.end()))
            word, printed = match.group(), text[match.start() : end]
            if word in self._forces:
                unit = f"{word} {comparable(name)}" if name else None
                yield _Found(match.start(), end, FORCE, word, "", unit, printed)
                continue
            facts = self._markers[word]
            level, unit, length = self._named(facts["level"], name)
            end -= len(name) - length
            yield _Found(match.start(), end, level, facts["kind"], facts.get("body", ""), unit, name[:length])

    def _masked(self, words: str) -> str:
        """Compared words without those that only look like units: `cơ sở`, `xã hội`."""
        return self._no_unit.sub(lambda match: "." * len(match.group()), comparable(words))

    def _behind_kind(self, masked: str, at: int) -> int:
        """Behind a word for the kind of a unit that stands between, as in `Thành ủy TP. Huế`, `Đảng ủy xã`."""
        kind = self._marker.match(masked, at + 1)
        return kind.end() if kind and masked[at : at + 1] == " " else at

    def _named(self, level: str, name: str) -> tuple[str, str | None, int]:
        """Level and compared name of a unit, and how much of the words behind its marker the name takes."""
        compared = comparable(name).strip()
        if level not in (PROVINCE, CITY) or not compared:
            return level, compared or None, len(name)
        if compared.isdecimal():  # `tỉnh 6 tháng`
            return level, None, 0
        compared = self._aliases.get(compared, self._aliases.get(f"tp {compared}", compared))
        known = [own for own in self._provinces if compared == own or compared.startswith(f"{own} ")]
        if not known:
            return level, compared, len(name)
        own = max(known, key=len)
        return PROVINCE, own, len(own) if comparable(name).startswith(own) else len(name)


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, the longest first, whole."""
    forms = sorted(map(comparable, words), key=lambda form: (-len(form), form))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)", re.IGNORECASE)


def _name_behind(text: str, at: int) -> tuple[int, str]:
    """The end of the capitalised words (or of one number) behind a place in a text, and those words."""
    start = at
    for count in range(_LONGEST_NAME):
        match = _WORD.match(text, at)
        is_name = match is not None and (match[2][:1].isupper() or (count == 0 and match[2].strip(".").isdecimal()))
        if match is None or not is_name or (match[1] and count == 0):
            break
        at = match.end() - (len(match[2]) - len(match[2].rstrip(".")))
        if match[2].strip(".").isdecimal() or match[2].endswith("."):
            break
    while start < at and text[start].isspace():
        start += 1
    return at, text[start:at]


def _line(found: _Found) -> str:
    return found.printed if found.level == FORCE else f"{found.kind} {found.printed}"


def _order(level: str | None) -> int:
    return _SMALLEST_FIRST.index(level) if level in _SMALLEST_FIRST else len(_SMALLEST_FIRST)


def _may_be_one_level(one: str | None, other: str | None) -> bool:
    if one is None or other is None or one == other:
        return True
    return CITY in (one, other) and {one, other} <= {CITY, PROVINCE, DISTRICT}
