"""Finds citations of official documents in a text, by the patterns of site-config/citations.yml.

In: NFC text. Out: `Citation` values in order, none overlapping another. The same code serves the
build and the import of new articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from archive.citations import patterns
from archive.citations.patterns import Compile, Pattern, any_of, any_of_in_any_case
from archive.citations.starts import Starts
from archive.knowledge import Term
from archive.language.spelling import CAPITALS, comparable, unified
from archive.model.citations import Citation
from archive.model.dates import Date
from archive.model.edtf import parse_date

_SPLIT_NUMBERS = re.compile(r"(?:,|;|\s+[^\W\d_]+|\s?/)\s*(?=(?:[^\W\d_]+\s+)?\d{1,5}[a-zA-Z]?(?!\d))")
_FIRST_DIGIT = re.compile(r"\d")
_NUMBERS_IN_DATE = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
_CODE = re.compile(r"[^\W\d_]{2,}")
_LONGEST_INTRODUCTION = 160
_REMEMBERED = 512  # paragraphs of the last few texts: dates and documents are both read from them


class CitationFinder:
    """The compiled patterns of one archive."""

    def __init__(
        self, citations: Mapping[str, Any], document_types: Mapping[str, Term], compile: Compile = re.compile
    ) -> None:
        compiled = partial(patterns.compiled, compile=compile)
        types = list(document_types.items())
        self._type_of = {
            unified(name).lower(): code
            for code, term in types
            for name in (*term.facts["names"], *term.facts.get("short", ()))
        }
        self._type_of_code = {letters: code for code, term in reversed(types) for letters in term.facts["codes"]}
        parts = dict(citations["parts"])
        parts["upper"] = f"[{CAPITALS}]"
        parts["types"] = any_of_in_any_case(name for _, term in types for name in term.facts["names"])
        parts["bare_types"] = any_of(
            name for _, term in types if term.facts["bare"] == "true" for name in term.facts["names"]
        )
        parts["short_types"] = any_of(name for _, term in types for name in term.facts.get("short", ()))
        parts["codes"] = any_of(letters for _, term in types for letters in term.facts["codes"])
        introducing = citations.get("introducing") or ()
        parts["introducing"] = any_of(introducing)
        self._introducing = tuple(map(unified, introducing))
        self.patterns = tuple(
            Pattern(entry["id"], compiled(entry["id"], entry["regex"], parts), entry.get("fixed") or {})
            for entry in citations["patterns"]
        )
        anchor = compiled("anchor", parts.get("anchor", "<types>"), parts)
        self._starts = Starts(anchor, citations.get("anchor_words"), types, citations["patterns"], parts, compiled)
        self._together = compiled("together", rf"\A{parts.get('together', ',')}\Z", parts, begins_word=False)
        self._wrapping = compiled("wrapping", rf"\A{parts.get('wrapping', '(?!)')}\Z", parts, begins_word=False)
        self._introduction = compiled(
            "introduction", rf"{parts.get('introduction', '(?!)')}\Z", parts, begins_word=True
        )

        self._find_cached = lru_cache(maxsize=_REMEMBERED)(self._find)

        self._fillers = frozenset(map(comparable, citations.get("name_fillers") or ()))
        self._synonyms = [
            (re.compile(rf"\b{re.escape(comparable(short))}\b"), comparable(full))
            for short, full in (citations.get("name_synonyms") or {}).items()
        ]

    def wraps(self, gap: str) -> bool:
        """True if the words between a number and a name say that both are one document."""
        return self._wrapping.match(unified(gap)) is not None

    def name_key(self, printed: str) -> frozenset[str]:
        """The words that tell an unnumbered document from another; fillers and abbreviations make no difference."""
        words = comparable(printed)
        for short, full in self._synonyms:
            words = short.sub(full, words)
        return frozenset(_WORD.findall(words)) - self._fillers

    def find(self, text: str) -> tuple[Citation, ...]:
        """Every citation in `text`; where patterns compete, the one that stands first in the file wins."""
        return self._find_cached(text)

    def places(self, compared: str) -> list[int] | None:
        """Where in a text, whose compared form this is, citations may begin; None if anywhere."""
        return self._starts.places(compared)

    def find_at(self, places: Iterable[int], text: str) -> tuple[Citation, ...]:
        """The citations in a part of a text, at the places in it that `places` gave."""
        return self._find(text, places)

    def _find(self, text: str, places: Iterable[int] | None = None) -> tuple[Citation, ...]:
        shown = unified(text)
        starts = self._starts.find(text, shown, places)
        if not starts:
            return ()
        taken = bytearray(len(shown))
        found: list[Citation] = []
        for place, pattern in enumerate(self.patterns):
            fitting = [start for start, first in starts if first <= place]
            if all(taken[start] for start in fitting):
                continue
            for match in _matches(pattern.regex, shown, fitting):
                start, end = match.start(), _end_without_title(match)
                if any(taken[start:end]):
                    continue
                taken[start:end] = b"\1" * (end - start)
                found += self._citations(pattern, match, text, end)
        found.sort(key=lambda citation: citation.start)
        return tuple(self._sharing_issuer(self._introduced(self._typed(found, shown), shown, text), shown))

    def _citations(self, pattern: Pattern, match: re.Match[str], text: str, end: int) -> Iterator[Citation]:
        """One citation, or one for each number of a list (`Quyết định 217, 218-QĐ/TW`)."""
        groups = match.groupdict()
        title_group = "title" if groups.get("title") else "name"
        title = _printed(match, title_group, text)
        numbers = _numbers(match, text)
        common: dict[str, Any] = {
            "type": pattern.fixed.get("type") or self._type(groups.get("type"), numbers),
            "date": _date(groups),
            "issuer": _printed(match, "issuer", text),
            "term": groups.get("term"),
            "title": title.strip('"“”') if title else None,
            "pattern": pattern.id,
        }
        for index, (number, start, stop) in enumerate(numbers):
            first, last = index == 0, index == len(numbers) - 1
            begin = match.start() if first else start
            finish = end if last else stop
            if last and groups.get("other_term"):
                finish = match.end("term")
            yield Citation(printed=text[begin:finish], start=begin, end=finish, number=number, **common)
        if groups.get("other_term"):
            start, finish = match.span("other_term")
            again = {**common, "term": groups["other_term"], "number": numbers[0][0] if numbers else None}
            yield Citation(printed=text[start:finish], start=start, end=finish, **again)
        if not numbers:
            yield Citation(printed=text[match.start() : end], start=match.start(), end=end, **common)

    def _type(self, words: str | None, numbers: list[tuple[str, int, int]]) -> str | None:
        """The type by its name, or by the letters of the number where only `số 19-NQ/TW` is printed."""
        if words:
            return self._type_of[re.sub(r"\s+", " ", words.lower())]
        codes = _CODE.findall(unified(numbers[-1][0])) if numbers else []
        return next((self._type_of_code[letters] for letters in codes if letters in self._type_of_code), None)

    def _typed(self, found: list[Citation], shown: str) -> list[Citation]:
        """A number without any word for its type (`số 70 ngày …`) is of the type before it, or nothing."""
        typed: list[Citation] = []
        for citation in found:
            if citation.type is None:
                before = typed[-1] if typed else None
                if before is None or not self._together.match(shown[before.end : citation.start]):
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
                match = self._introduction.search(shown, start, citation.start)
            else:
                match = None
            if match:
                citation = replace(
                    citation,
                    issuer=_printed(match, "issuer", text),
                    date=citation.date or _date(match.groupdict()),
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
                and _same_series(one, other)
                and self._together.match(shown[one.end : other.start])
            ):
                shared[index] = replace(one, issuer=other.issuer)
        return shared


def _same_series(one: Citation, other: Citation) -> bool:
    """True unless the numbers name two bodies: `130-KH/TU` and `25-NQ/TW` do."""
    bodies = [set(_CODE.findall(unified(citation.number or ""))[1:]) for citation in (one, other)]
    return not all(bodies) or bodies[0] == bodies[1]


def _matches(regex: re.Pattern[str], text: str, starts: list[int]) -> Iterator[re.Match[str]]:
    """Matches from left to right; the search goes on where the name ends, not where the title does."""
    position = 0
    for start in starts:
        if start >= position and (match := regex.match(text, start)):
            yield match
            position = max(_end_without_title(match), start + 1)


def _end_without_title(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("title") is None:
        return match.end()
    ends = [match.end(name) for name in groups if name != "title" and groups[name] is not None]
    end = max(ends, default=match.end())
    cut_bracket = match.string.count("(", match.start(), end) > match.string.count(")", match.start(), end)
    return end + 1 if cut_bracket and match.string.startswith(")", end) else end


def _numbers(match: re.Match[str], text: str) -> list[tuple[str, int, int]]:
    if match.groupdict().get("numbers") is None:
        return []
    start, end = match.span("numbers")
    found = []
    position = start
    pieces = _SPLIT_NUMBERS.finditer(match.string, start, end) if match.groupdict().get("list") else ()
    for piece in [*pieces, None]:
        stop = piece.start() if piece else end
        digit = _FIRST_DIGIT.search(match.string, position, stop)
        begin = digit.start() if digit else position
        found.append((text[begin:stop].strip(), begin, stop))
        position = piece.end() if piece else end
    return found


def _date(groups: Mapping[str, str | None]) -> Date | None:
    """The first of `date` (day), `month_date`, `year_date` that is there and is a real date."""
    for name in ("date", "month_date", "year_date"):
        if words := groups.get(name):
            parts = [int(part) for part in _NUMBERS_IN_DATE.findall(words)][::-1]
            try:
                return parse_date("-".join(f"{part:02d}" for part in parts))
            except ValueError:
                return None
    return None


def _printed(match: re.Match[str], group: str, text: str) -> str | None:
    return text[slice(*match.span(group))].strip() if match.groupdict().get(group) else None
