"""What the words around a citation say of it: its type, its issuer, day and term, as its neighbours share them.

In: the citations of a text in order, as the patterns found them. Out: the same, completed; a number that nothing gives
a type is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from archive.citations.patterns import Regex, printed, stated_date
from archive.language.spelling import unified
from archive.model.citations import Citation

_LONGEST_INTRODUCTION = 160
_CODE = re.compile(r"[^\W\d_]{2,}")


class Neighbours:
    """The parts `together` and `introduction` of one archive; `type_codes` are the letters of types in numbers."""

    def __init__(self, introducing: Iterable[str], parts: Mapping[str, str], type_codes: Collection[str]) -> None:
        self._introducing = tuple(map(unified, introducing))
        self._together = Regex(("parts", "together"), rf"\A{parts.get('together', ',')}\Z", parts, begins_word=False)
        self._introduction = Regex(("parts", "introduction"), rf"{parts.get('introduction', '(?!)')}\Z", parts)
        self._type_codes = frozenset(type_codes)

    def complete(self, found: list[Citation], shown: str, text: str) -> list[Citation]:
        """`shown` is the text in unified form."""
        introduced = self._introduced(self._typed(found, shown), shown, text)
        return self._issued_together(self._sharing_issuer(introduced, shown), shown)

    def _typed(self, found: list[Citation], shown: str) -> list[Citation]:
        """A number without any word for its type (`số 70 ngày …`) is of the type before it, or nothing."""
        typed: list[Citation] = []
        for citation in found:
            if citation.type is None:
                before = typed[-1] if typed else None
                if before is None or not self._together.compiled.match(shown[before.end : citation.start]):
                    continue
                citation = replace(citation, type=before.type)
            typed.append(citation)
        return typed

    def _introduced(self, found: list[Citation], shown: str, text: str) -> list[Citation]:
        """Issuer, day and term that stand before the name: `ngày 3/6/2013, Ban Bí thư đã ban hành Chỉ thị 49`."""
        completed = []
        before = 0
        for citation in found:
            start = max(before, citation.start - _LONGEST_INTRODUCTION)
            open = citation.number and citation.issuer is None
            if open and shown[start : citation.start].rstrip().endswith(self._introducing):
                match = self._introduction.compiled.search(shown, start, citation.start)
            else:
                match = None
            if match:
                citation = replace(
                    citation,
                    issuer=printed(match, "issuer", text),
                    date=citation.date or stated_date(match.groupdict()),
                    term=citation.term or match.groupdict().get("term"),
                )
            completed.append(citation)
            before = citation.end
        return completed

    def _sharing_issuer(self, found: list[Citation], shown: str) -> list[Citation]:
        """One issuer after several numbers is that of each: `Kết luận số 95 ngày …, Thông báo số 70 ngày … của …`.

        A number without a date before one of another type, or before one that is dated, may be anybody's.
        """
        shared = list(found)
        for index in range(len(shared) - 2, -1, -1):
            one, other = shared[index], shared[index + 1]
            open = one.number and one.issuer is None and one.title is None
            alike = one.date or (one.type == other.type and other.date is None)
            if (
                open
                and alike
                and other.number
                and other.issuer
                and self._is_one_series(one, other)
                and self._together.compiled.match(shown[one.end : other.start])
            ):
                shared[index] = replace(one, issuer=other.issuer)
        return shared

    def _issued_together(self, found: list[Citation], shown: str) -> list[Citation]:
        """Who issues the first of a list issues the next of its series: `Tỉnh ủy ban hành Kế hoạch 130-KH/TU và …`."""
        for index, (one, other) in enumerate(pairwise(found), start=1):
            one = found[index - 1]
            introduced = one.issuer and one.issuer not in one.printed and one.list_start is None
            if (
                introduced
                and other.number
                and other.issuer is None
                and self._bodies(one)
                and self._bodies(one) == self._bodies(other)
                and self._together.compiled.match(shown[one.end : other.start])
            ):
                found[index] = replace(other, issuer=one.issuer)
        return found

    def _is_one_series(self, one: Citation, other: Citation) -> bool:
        """True unless the numbers name two bodies: `130-KH/TU` and `25-NQ/TW` do."""
        bodies = [self._bodies(citation) for citation in (one, other)]
        return not all(bodies) or bodies[0] == bodies[1]

    def _bodies(self, citation: Citation) -> set[str]:
        """The letters of a number without those of its type: `130-KH/TU` is of TU."""
        return set(_CODE.findall(unified(citation.number or ""))) - self._type_codes
