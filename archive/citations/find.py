"""Finds citations of official documents in a text, by the patterns of site-config/citations.yml.

In: NFC text. Out: `Citation` values in order, none overlapping another. The same code serves the
build and the import of new articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.config import ConfigError
from archive.knowledge import Term
from archive.language.spelling import unified
from archive.model.citations import Citation
from archive.model.dates import Date
from archive.model.edtf import parse_date

_PART = re.compile(r"(?<!\?P)<([a-z_]+)>")
_SPLIT_NUMBERS = re.compile(r"(?:,|\s+[^\W\d_]+)\s+(?=(?:[^\W\d_]+\s+)?\d)")
_FIRST_DIGIT = re.compile(r"\d")
_NUMBERS_IN_DATE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Pattern:
    id: str
    regex: re.Pattern[str]
    fixed: Mapping[str, str]


class CitationFinder:
    """The compiled patterns of one archive."""

    def __init__(self, citations: Mapping[str, Any], document_types: Mapping[str, Term]) -> None:
        self._type_of = {
            unified(name).lower(): code for code, term in document_types.items() for name in term.facts["names"]
        }
        parts = dict(citations["parts"])
        parts["upper"] = (
            "[A-Z" + "".join(filter(str.isupper, map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))))) + "]"
        )
        parts["types"] = _any_of(name for term in document_types.values() for name in term.facts["names"])
        parts["bare_types"] = _any_of(
            name for term in document_types.values() if term.facts["bare"] == "true" for name in term.facts["names"]
        )
        parts["codes"] = _any_of(code for term in document_types.values() for code in term.facts["codes"])
        self.patterns = tuple(
            Pattern(entry["id"], _compiled(entry, parts), entry.get("fixed") or {}) for entry in citations["patterns"]
        )
        self._may_cite = re.compile("|".join([parts["types"], "Luật"]))

    def find(self, text: str) -> list[Citation]:
        """Every citation in `text`; where patterns compete, the one that stands first in the file wins."""
        shown = unified(text)
        if not self._may_cite.search(shown):
            return []
        taken: list[tuple[int, int]] = []
        found: list[Citation] = []
        for pattern in self.patterns:
            for match in _matches(pattern.regex, shown):
                start, end = match.start(), _end_without_title(match)
                if any(start < b and end > a for a, b in taken):
                    continue
                taken.append((start, end))
                found += self._citations(pattern, match, text, end)
        return sorted(found, key=lambda citation: citation.start)

    def _citations(self, pattern: Pattern, match: re.Match[str], text: str, end: int) -> Iterator[Citation]:
        """One citation, or one for each number of a list (`Quyết định 217, 218-QĐ/TW`)."""
        groups = match.groupdict()
        type_words = groups.get("type")
        type_code = pattern.fixed.get("type") or (self._type_of[type_words.lower()] if type_words else None)
        title_span = match.span("title") if groups.get("title") else None
        common: dict[str, Any] = {
            "type": type_code,
            "date": _date(groups),
            "issuer": _printed(match, "issuer", text),
            "term": groups.get("term"),
            "title": text[slice(*title_span)].strip().strip('"“”') if title_span else None,
            "pattern": pattern.id,
        }
        numbers = _numbers(match, text)
        for index, (number, start, stop) in enumerate(numbers):
            first, last = index == 0, index == len(numbers) - 1
            begin = match.start() if first else start
            finish = end if last else stop
            yield Citation(printed=text[begin:finish], start=begin, end=finish, number=number, **common)
        if not numbers:
            yield Citation(printed=text[match.start() : end], start=match.start(), end=end, **common)


def _matches(regex: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches from left to right; the search goes on where the name ends, not where the title does."""
    position = 0
    while match := regex.search(text, position):
        yield match
        position = max(_end_without_title(match), match.start() + 1)


def _end_without_title(match: re.Match[str]) -> int:
    groups = match.groupdict()
    names = [name for name in groups if name != "title" and groups[name] is not None]
    if "title" in groups and "numbers" not in groups:
        return match.end()
    ends = [match.end(name) for name in names]
    if groups.get("title") is None:
        return match.end()
    end = max(ends)
    cut_bracket = match.string.count("(", match.start(), end) > match.string.count(")", match.start(), end)
    return end + 1 if cut_bracket and match.string.startswith(")", end) else end


def _numbers(match: re.Match[str], text: str) -> list[tuple[str, int, int]]:
    if match.groupdict().get("numbers") is None:
        return []
    start, end = match.span("numbers")
    found = []
    position = start
    for piece in [*_SPLIT_NUMBERS.finditer(match.string, start, end), None]:
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


def _any_of(words: Any) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, map(unified, words)), key=len, reverse=True)) + ")"


def _compiled(entry: Mapping[str, Any], parts: Mapping[str, str]) -> re.Pattern[str]:
    regex = entry["regex"]
    try:
        for _ in range(10):
            regex = _PART.sub(lambda m: f"(?:{parts[m[1]]})", regex)
        return re.compile(r"(?<!\w)(?:" + regex + ")")
    except (KeyError, re.error) as error:
        raise ConfigError(f"site-config/citations.yml: {entry.get('id')}: {error}") from error
