"""Reads who is introduced in a sentence, and with which roles, as printed.

In: one sentence. Out: its names with their roles. Inside a role commas do not separate people: a
role before a name (`Trưởng Ban Dân vận Trung ương Trương Thị Mai`), roles after it (`đồng chí N,
chức vụ, chức vụ; …`), one role for a list (`các Phó Trưởng Ban: A, B, C`), a shared rank before
pairs, a dash between name and role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from archive.ingest.names import Name, NameFinder, any_head
from archive.language.spelling import unified

_SEGMENT = re.compile(r"[^,;:()]+|[,;:()]")
_DASH = re.compile(r"\s?[-\u2013\u2014]\s")
_BRACKETS = re.compile(r"\([^()]{0,60}\)")
_TRIM = " \t\u00a0,;:.-\u2013\u2014\"'\u201c\u201d"


@dataclass(frozen=True, slots=True)
class Introduced:
    """One name in a sentence with the roles printed for it there."""

    name: Name
    roles: tuple[str, ...]
    in_group: bool = False


class RoleReader:
    """The role words of one archive."""

    def __init__(self, people: Mapping[str, Any], names: NameFinder) -> None:
        self.names = names
        ranks = [*people["ranks"], *(rank.lower() for rank in people["ranks"])]
        head = rf"{any_head(people['role_heads'])}|{_any(ranks)}"
        self._head = names.head
        self._lead = re.compile(rf"(?:(?:{_any(people['role_leads'])})\s+)?")
        self._told = re.compile(rf"(?:{_any(people['told_heads'])})(?!\w)")
        self._all = re.compile(rf",\s*(?:{_any(people['all_of_them'])})\s")
        self._rank = re.compile(rf"(?:{_any([*ranks, *people['academic']])})[.\s]*$")
        self._unit = re.compile(rf"(?:{_any(people['unit_heads'])})(?!\w)")
        self._stop = re.compile(
            rf"\s(?!(?<=[Bb]an )(?:{_any(people['board_words'])})(?!\w)|(?:{_any(people['not_stops'])})(?!\w))"
            rf"(?:{_any(people['role_stops'])})(?!\w)"
        )
        address = _any([*people["honorifics"], *people["plural_markers"]])
        others = rf"{address}|{_any(people['and_others'])}|\d"
        self._address_end = re.compile(rf"(?:(?<!\w)(?:{address})[\s:]*)+$", re.IGNORECASE)
        self._academic_end = re.compile(rf"(?:(?<!\w)(?:{_any(people['academic'])})[\s.,]*)+$")
        self._and_next = re.compile(
            rf"\s(?:{_any(people['and_words'])})\s(?=(?:(?:{others}|{head})(?!\w)|\d))", re.IGNORECASE
        )
        self._and_end = re.compile(rf"(?:^|[\s,])(?:{_any(people['and_words'])})\s*$")
        self._plural = re.compile(rf"(?<!\w)(?:{_any(people['plural_markers'])})(?!\w)", re.IGNORECASE)
        self._also = re.compile(rf"\s(?:{_any([*people['and_words'], *people['also_words']])})\s")

    def read(self, text: str, units: Set[str] = frozenset()) -> list[Introduced]:
        """Everybody the sentence names, in order; `units` are places that the whole text names."""
        names = list(self.names.find(text, units))
        shown = unified(text)
        found: list[Introduced] = []
        group: tuple[str, ...] = ()
        is_bare = False  # whether the group's people are names alone, so that `;` ends it
        own_end = 0  # how far to the right the previous name's own roles reach
        for index, name in enumerate(names):
            previous_end = names[index - 1].end if index else 0
            left = shown[max(previous_end, own_end) : name.start]
            roles_left, plural = self._left(text, shown, max(previous_end, own_end), name)
            group_here = self._group(text, shown, previous_end, name)
            following = names[index + 1] if index + 1 < len(names) else None
            has_post = any(not self._rank.match(unified(role)) for role in roles_left)
            roles_right, own_end = self._right(text, shown, name, following, has_post)
            if group_here:
                group, is_bare = group_here, not roles_right
            elif has_post and plural:
                group, is_bare = roles_left, not roles_right
            elif has_post or (is_bare and ";" in left) or (group and self._ends_list(left, roles_left, roles_right)):
                group = ()
            shared = group if not has_post or group_here else ()
            roles = tuple(dict.fromkeys([*shared, *roles_left, *roles_right]))
            listed = bool(group) or self._listed(left) or bool(found and found[-1].in_group and self._is_list_gap(left))
            found.append(Introduced(name, roles, listed))
            if roles_right and not roles_left and not group:
                self._share(found, shown, self._all.match(shown, name.end) is not None)
        return found

    def _ends_list(self, left: str, roles_left: tuple[str, ...], roles_right: tuple[str, ...]) -> bool:
        """A name without any role behind other words than a list has: the post before the list isn't its."""
        return ";" not in left and not roles_left and not roles_right and not self._is_list_gap(left)

    def _share(self, found: list[Introduced], shown: str, of_all: bool) -> None:
        """One post behind a list of bare names is everybody's: `A, B, C, Phó Trưởng Ban …`, `A và bà B, cùng là …`."""
        roles = found[-1].roles
        for at in range(len(found) - 2, -1, -1):
            gap = shown[found[at].name.end : found[at + 1].name.start].strip()
            if found[at].roles or not (gap in self.names.joints or (of_all and self._is_list_gap(gap))):
                return
            found[at] = Introduced(found[at].name, roles, True)

    def _listed(self, left: str) -> bool:
        return self._plural.search(left) is not None

    def _is_list_gap(self, left: str) -> bool:
        """Only a comma, an `and` or a form of address stands between two names of a list."""
        rest = self._address_end.sub("", _BRACKETS.sub("", left))
        return not self._and_end.sub("", rest).strip(" ,;")

    def _left(self, text: str, shown: str, begin: int, name: Name) -> tuple[tuple[str, ...], bool]:
        """Roles right before a name, and whether they stand for several people."""
        window = shown[begin : name.start]
        degree = self._academic_end.search(window)
        degrees = (self._clean(text[begin + degree.start() : name.start]),) if degree else ()
        window = window[: degree.start()].rstrip(" ,") if degree else window
        roles, plural = self._posts(text, begin, window, name)
        return (*roles, *degrees), plural

    def _posts(self, text: str, begin: int, window: str, name: Name) -> tuple[tuple[str, ...], bool]:
        """Posts and ranks that end a window of text."""
        stripped = self._address_end.sub("", window)
        if name.addressed and stripped.rstrip().endswith((";", ":")):
            return (), False
        if name.addressed and stripped.rstrip().endswith(","):
            stripped = stripped.rstrip()[:-1]
            last = stripped[stripped.rfind(",") + 1 :]
            if begin or self._starts_with_role(last) is None:
                return (), False
        masked = _BRACKETS.sub(lambda bracket: "_" * len(bracket[0]), stripped)
        cut = max(masked.rfind(mark) for mark in (";", ":", "("))
        clause_at = cut + 1
        clause = stripped[clause_at:]
        if not clause.strip() or clause.rstrip().endswith(","):
            return (), False
        segments = _commas(clause)
        roles: list[tuple[int, int]] = []
        plural = False
        unit_end = 0
        for at, (a, b) in enumerate(reversed(segments)):
            segment = clause[a:b]
            is_last = at == 0 or bool(unit_end)
            head = self._last_role_start(segment) if is_last else self._starts_with_role(segment)
            if head is None and at == 0 and len(segments) > 1 and self._unit.match(segment.lstrip()):
                unit_end = b  # `Trưởng Ban Dân tộc, Ủy ban Trung ương … N`
                continue
            if head is None and at > 0:
                head = self._role_after_lead(segment)
                if head is not None:
                    roles.insert(0, (a + head, b))
                break
            if head is None:
                break
            roles.insert(0, (a + head, unit_end or b))
            unit_end = 0
            plural = plural or self._plural.search(segment[:head]) is not None
            if segment[:head].strip():
                break
        base = begin + clause_at
        return tuple(self._clean(text[base + a : base + b]) for a, b in roles), plural

    def _right(
        self, text: str, shown: str, name: Name, following: Name | None, has_left: bool
    ) -> tuple[tuple[str, ...], int]:
        """Roles after a name, and where they end."""
        limit = following.start if following else len(shown)
        window = shown[name.end : limit]
        opening = window[:4].lstrip()
        dash = _DASH.match(window)
        if not (opening.startswith((",", "(")) or dash):
            return (), name.end
        base = name.end + (dash.end() if dash else window.index(opening[0]) + 1)
        rest = shown[base:limit]
        marks = (";", ":", ")") if opening.startswith("(") else (";", ":")
        stop = min((rest.find(mark) for mark in marks if mark in rest), default=len(rest))
        closed = stop < len(rest)
        rest = rest[:stop]
        segments = _commas(rest)
        if following and not closed:
            last = rest[slice(*segments[-1])] if segments else ""
            belongs_to_next = self._address_end.search(last) or self._last_role_start(last) is not None
            if has_left and segments and self._starts_with_role(rest[slice(*segments[0])]) is not None:
                return (), name.end
            if belongs_to_next or not last.strip():
                and_at = self._and_next.search(last)
                segments = segments[:-1] + ([(segments[-1][0], segments[-1][0] + and_at.start())] if and_at else [])
        roles: list[list[int]] = []
        for a, b in segments:
            segment = rest[a:b]
            lead = len(segment) - len(segment.lstrip())
            told = self._told_at(segment, lead) if not roles else None
            if told is not None or self._starts_with_role(segment) is not None:
                roles.append([a + (lead if told is None else told), b])
            elif (
                roles
                and self._unit.match(segment.lstrip())
                and not self._stop.search(rest[roles[-1][0] : roles[-1][1]])
            ):
                roles[-1][1] = b
            else:
                break
            if self._stop.search(rest[a:b]):
                break
        cleaned = [part for a, b in roles for part in self._parts(text[base + a : base + b])]
        return tuple(cleaned), base + roles[-1][1] if roles else name.end

    def _group(self, text: str, shown: str, begin: int, name: Name) -> tuple[str, ...]:
        """The role that stands before a colon for everybody after it."""
        window = self._address_end.sub("", shown[begin : name.start]).rstrip()
        if not window.endswith(":") and not shown[begin : name.start].rstrip().endswith(":"):
            return ()
        window = window.rstrip(": ")
        cut = max(window.rfind(mark) for mark in (";", ":"))
        clause = window[cut + 1 :]
        and_at = [match.end() for match in self._and_next.finditer(clause)]
        clause_at = cut + 1 + (and_at[-1] if and_at else 0)
        heads = list(self._head.finditer(window, clause_at))
        if not heads:
            return ()
        start = begin + heads[0].start()
        return tuple(self._parts(text[start : begin + len(window)]))

    def _told_at(self, segment: str, lead: int) -> int | None:
        """Where a role begins that only stands behind a name: `đại diện Hội thánh …`, `cùng là Phó Chủ tịch …`."""
        words = self._lead.match(segment, lead)
        at = words.end() if words else lead
        return at if self._head.match(segment, at) or self._told.match(segment, at) else None

    def _starts_with_role(self, segment: str) -> int | None:
        lead = len(segment) - len(segment.lstrip())
        return lead if self._head.match(segment, lead) else None

    def _role_after_lead(self, segment: str) -> int | None:
        """A role that follows a form of address: `đồng chí Ủy viên Ban Thường vụ`."""
        head = self._head.search(segment)
        if head and self._address_end.search(segment[: head.start()]):
            return head.start()
        return None

    def _last_role_start(self, segment: str) -> int | None:
        """Where the role begins that runs up to the end of the segment."""
        for head in self._head.finditer(segment):
            if not self._stop.search(segment[head.end() :] + " "):
                return head.start()
        return None

    def _parts(self, role: str) -> list[str]:
        """A role cut at verbs and at a second role after `và` or `kiêm`."""
        parts, start = [], 0
        for joint in self._also.finditer(role):
            if self._head.match(role, joint.end()):
                parts.append(role[start : joint.start()])
                start = joint.end()
        return [cleaned for part in (*parts, role[start:]) if (cleaned := self._clean(part))]

    def _clean(self, role: str) -> str:
        shown = unified(role)
        if stop := self._stop.search(shown):
            role = role[: stop.start()]
        if and_next := self._and_next.search(unified(role)):
            role = role[: and_next.start()]
        cleaned = self._and_end.sub("", " ".join(role.split())).strip(_TRIM)
        return cleaned.rstrip(")").rstrip() if cleaned.count(")") > cleaned.count("(") else cleaned.lstrip("(")


def _any(words: Iterable[str]) -> str:
    forms = {re.escape(unified(word)) for word in words}
    return "|".join(sorted(forms, key=lambda form: (-len(form), form)))


def _commas(text: str) -> list[tuple[int, int]]:
    """Bounds of the parts between commas."""
    bounds, start = [], 0
    for at, character in enumerate(text):
        if character == ",":
            bounds.append((start, at))
            start = at + 1
    return [*bounds, (start, len(text))]
