"""Finds citations of official documents in a text, by the patterns of site-config/citations.yml.

In: NFC text. Out: `Citation` values in order, none overlapping another. The same code serves the
build and the import of new articles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from archive.citations.neighbours import Neighbours
from archive.citations.patterns import Pattern, Regex, any_of, any_of_in_any_case, printed, stated_date
from archive.citations.starts import Starts
from archive.citations.weigh import Scales, Weighed
from archive.language.spelling import CAPITALS, comparable, unified
from archive.model.citations import Citation
from archive.rules.citations import CitationRule, CitationRules
from archive.rules.vocabularies import DocumentType

_SPLIT_NUMBERS = re.compile(r"(?:,|;|\s+[^\W\d_]+)\s*(?=(?:[^\W\d_]+\s+)?\d{1,5}[a-zA-Z]?(?!\d))")
_FIRST_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_CODE = re.compile(r"[^\W\d_]{2,}")
_REMEMBERED = 512  # paragraphs of the last few texts: dates and documents are both read from them


@dataclass(frozen=True, slots=True)
class _Found:
    citations: tuple[Citation, ...] = ()
    weighed: tuple[Weighed, ...] = ()


class CitationFinder:
    """The patterns of one archive, and the scales for those that only propose."""

    def __init__(self, rules: CitationRules, document_types: Mapping[str, DocumentType]) -> None:
        types = list(document_types.items())
        self._type_of = {unified(name).lower(): code for code, term in types for name in _names(term)}
        self._types_of_code: dict[str, list[str]] = defaultdict(list)
        for code, term in types:
            for letters in term.codes:
                self._types_of_code[letters].append(code)
        parts = _parts(rules, [term for _, term in types])
        self.patterns = tuple(_pattern(at, rule, parts) for at, rule in enumerate(rules.patterns))
        anchor = Regex(("parts", "anchor"), parts.get("anchor", "<types>"), parts)
        self._place = Regex(("parts", "place_of_issuer"), parts.get("place_of_issuer", "(?!)"), parts)
        self._any_type = Regex(("parts",), "<types>|<short_types>", parts)
        self._starts = Starts(anchor, rules.anchor_words, types, rules.patterns, parts)
        self._mark = Regex(("parts", "mark"), rf"{parts.get('mark', '(?!)')}\Z", parts, begins_word=False)
        self._neighbours = Neighbours(rules.introducing, parts, self._types_of_code)
        self._wrapping = Regex(("parts", "wrapping"), rf"\A{parts.get('wrapping', '(?!)')}\Z", parts, begins_word=False)

        self._scales = Scales(rules.weighing, parts)
        self._find_cached = lru_cache(maxsize=_REMEMBERED)(self._find)

        self._fillers = frozenset(map(comparable, rules.name_fillers))
        self._synonyms = [
            (re.compile(rf"\b{re.escape(comparable(short))}\b"), comparable(full))
            for short, full in rules.name_synonyms.items()
        ]

    def compile(self) -> None:
        """Compiles all patterns, which are otherwise compiled when first used. Raises ConfigError for a faulty one."""
        for pattern in self.patterns:
            for regex in (pattern.regex, pattern.goes_on, pattern.known_when):
                if regex:
                    _ = regex.compiled
        for sign in self._scales.signs:
            _ = sign.regex.compiled

    def wraps(self, gap: str) -> bool:
        """True if the words between a number and a name say that both are one document."""
        return self._wrapping.compiled.match(unified(gap)) is not None

    def place_of(self, issuer: str) -> str | None:
        """The place that an issuer's name holds: `Ban Thường vụ Tỉnh ủy Hòa Bình` is of Hòa Bình."""
        match = self._place.compiled.search(unified(issuer))
        return match["place"] if match else None

    def type_words(self, printed: str) -> str:
        """The words for the type at the beginning of a citation."""
        match = self._any_type.compiled.match(unified(printed))
        return match[0] if match else ""

    def name_key(self, printed: str) -> frozenset[str]:
        """The words that tell an unnumbered document from another; fillers and abbreviations make no difference."""
        words = comparable(printed)
        for short, full in self._synonyms:
            words = short.sub(full, words)
        return frozenset(_WORD.findall(words)) - self._fillers

    def find(self, text: str) -> tuple[Citation, ...]:
        """Every citation in `text`; where patterns compete, the one that stands first in the file wins."""
        return self._find_cached(text).citations

    def places(self, compared: str) -> list[int] | None:
        """Where in a text, whose compared form this is, citations may begin; None if anywhere."""
        return self._starts.places(compared)

    def find_at(self, places: Iterable[int], text: str) -> tuple[Citation, ...]:
        """The citations in a part of a text, at the places in it that `places` gave."""
        return self._find(text, places).citations

    def weighed(self, text: str) -> tuple[Weighed, ...]:
        """What was weighed in `text`, taken or refused, the best reading of each place, for whoever asks why."""
        return self._find_cached(text).weighed

    def is_narrow(self, margin: float | None) -> bool:
        """True if the signs for and against a document nearly balance."""
        return margin is not None and self._scales.is_narrow(margin)

    def _find(self, text: str, places: Iterable[int] | None = None) -> _Found:
        shown = unified(text)
        starts = self._starts.find(text, shown, places)
        if not starts:
            return _Found()
        taken = bytearray(len(shown))
        found: list[Citation] = []
        proposed: list[tuple[Weighed, Pattern, re.Match[str]]] = []
        for place, pattern in enumerate(self.patterns):
            fitting = [start for start, first in starts if first <= place and not taken[start]]
            for match in _free(pattern, shown, fitting, taken):
                if pattern.weight is None:
                    found += _take(taken, self._listed(pattern, match, text))
                else:
                    proposed.append((self._weigh(pattern, match), pattern, match))
        weighed = list(_best(proposed, taken))
        for candidate, pattern, match in weighed:
            if candidate.is_taken:
                listed = self._listed(pattern, match, text)
                found += _take(taken, [replace(one, margin=candidate.margin) for one in listed])
        found.sort(key=lambda citation: citation.start)
        return _Found(
            tuple(self._neighbours.complete(found, shown, text)), tuple(candidate for candidate, _, _ in weighed)
        )

    def _weigh(self, pattern: Pattern, match: re.Match[str]) -> Weighed:
        type = self._type_in(pattern, match) or ""
        return self._scales.weigh(pattern.id, pattern.weight or 0, type, match.string, match.start(), match.end())

    def _listed(self, pattern: Pattern, match: re.Match[str], text: str) -> list[Citation]:
        """The citations of one match and those that go on with its list, each with what it states itself."""
        listed = list(self._citations(pattern, match, text, None))
        while pattern.goes_on and (more := pattern.goes_on.compiled.match(match.string, listed[-1].end)):
            listed += self._citations(pattern, more, text, listed[-1])
        if pattern.known_when is None or not pattern.known_when.compiled.match(match.string, match.start()):
            return listed
        return [replace(one, known_as=pattern.known_as.format(term=one.term)) if one.term else one for one in listed]

    def _citations(
        self, pattern: Pattern, match: re.Match[str], text: str, before: Citation | None
    ) -> Iterator[Citation]:
        """One citation, or one for each number of a list (`Quyết định 217, 218-QĐ/TW`).

        Behind `before`, the last of the list so far, a member may leave out all but its term (`khóa XI, XII`).
        """
        groups = match.groupdict()
        end = _end_without_title(match)
        title_group = "title" if groups.get("title") else "name"
        title = printed(match, title_group, text)
        numbers = self._numbers(match, text)
        common: dict[str, Any] = {
            "type": self._type_in(pattern, match, before),
            "date": stated_date(groups),
            "issuer": printed(match, "issuer", text) or printed(match, "near_issuer", text),
            "term": groups.get("term"),
            "title": title.strip('"“”') if title else None,
            "pattern": pattern.id,
        }
        first = match.start()
        if before is not None:
            first = min(match.start(name) for name in ("numbers", "issuer", "term") if groups.get(name))
            head = before.start if before.list_start is None else before.list_start
            common = {**common, "issuer": common["issuer"] or _shared_issuer(before), "list_start": head}
        members: list[tuple[str | None, int, int]] = [*numbers] or [(before.number if before else None, first, end)]
        for index, (number, start, stop) in enumerate(members):
            begin = first if index == 0 else start
            finish = end if index == len(members) - 1 else stop
            shared = {} if index == 0 else {"list_start": common.get("list_start", first)}
            yield Citation(printed=text[begin:finish], start=begin, end=finish, number=number, **{**common, **shared})

    def _type_in(self, pattern: Pattern, match: re.Match[str], before: Citation | None = None) -> str | None:
        """The type that the pattern or its words give, or the letters of the number; in a list that of the first.

        Words count in full: `Chương trình hành động của …` is no `Chương trình`.
        """
        own = self._codes_of(match.groupdict().get("numbers"))
        if before is not None:
            return before.type if not own or before.type in own else own[0]
        if pattern.fixed.get("type") or not match.groupdict().get("type"):
            return pattern.fixed.get("type") or next(iter(own), None)
        words = self._any_type.compiled.match(match.string, match.start("type")) or match
        return self._type_of[re.sub(r"\s+", " ", words[0].lower())]

    def _codes_of(self, numbers: str | None) -> list[str]:
        """The types that the letters of a number stand for, the likeliest first."""
        letters = _CODE.findall(numbers or "")
        return next((self._types_of_code[code] for code in letters if code in self._types_of_code), [])

    def _numbers(self, match: re.Match[str], text: str) -> list[tuple[str, int, int]]:
        """Each number with its bounds, without the footnote mark that may stand behind it."""
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
            mark = self._mark.compiled.search(match.string, begin, stop)
            found.append((text[begin : mark.start() if mark else stop].strip(), begin, stop))
            position = piece.end() if piece else end
        return found


def _names(term: DocumentType) -> tuple[str, ...]:
    return (*term.names, *term.short)


def _parts(rules: CitationRules, types: list[DocumentType]) -> dict[str, str]:
    """The parts of the file, and those that the vocabulary of types gives."""
    return {
        **rules.parts,
        "upper": f"[{CAPITALS}]",
        "types": any_of_in_any_case(name for term in types for name in term.names),
        "bare_types": any_of(name for term in types if term.bare for name in term.names),
        "short_types": any_of(name for term in types for name in term.short),
        "codes": any_of(letters for term in types for letters in term.codes),
        "introducing": any_of(rules.introducing),
    }


def _pattern(at: int, rule: CitationRule, parts: Mapping[str, str]) -> Pattern:
    keys = ("patterns", at)
    return Pattern(
        id=rule.id,
        regex=Regex((*keys, "regex"), rule.regex, parts),
        fixed=rule.fixed,
        goes_on=Regex((*keys, "goes_on"), rule.goes_on, parts, begins_word=False) if rule.goes_on else None,
        known_as=rule.known_as,
        known_when=Regex((*keys, "known_when"), rule.known_when, parts) if rule.known_when else None,
        weight=rule.weight,
    )


def _shared_issuer(before: Citation) -> str | None:
    """The issuer of the member before; a congress that is named by its own term (`Đại hội XII`) is that one's alone."""
    if before.issuer and before.term and before.term in before.issuer.split():
        return None
    return before.issuer


def _free(pattern: Pattern, text: str, starts: list[int], taken: bytearray) -> Iterator[re.Match[str]]:
    """Matches over nothing that is taken; only those that are weighed yet may overlap.

    The search goes on where the name ends, not where the title does.
    """
    position = 0
    for start in starts:
        match = pattern.regex.compiled.match(text, start) if start >= position else None
        if match is None:
            continue
        end = _end_without_title(match)
        if pattern.weight is None:
            position = max(end, start + 1)
        if not any(taken[start:end]):
            yield match


def _take(taken: bytearray, listed: list[Citation]) -> list[Citation]:
    """The citations, their words marked as taken."""
    start, end = listed[0].start, listed[-1].end
    taken[start:end] = b"\1" * (end - start)
    return listed


def _best(
    proposed: list[tuple[Weighed, Pattern, re.Match[str]]], taken: bytearray
) -> Iterator[tuple[Weighed, Pattern, re.Match[str]]]:
    """Of candidates that overlap the one with most for it, the longer of equals; none over what is taken already."""
    seen = bytearray(taken)
    for candidate, pattern, match in sorted(proposed, key=lambda one: (-one[0].margin, one[0].start, -one[0].end)):
        start, end = candidate.start, max(_end_without_title(match), candidate.start + 1)
        if not any(seen[start:end]):
            seen[start:end] = b"\1" * (end - start)
            yield candidate, pattern, match


def _end_without_title(match: re.Match[str]) -> int:
    """Where the name ends: before its title, with the bracket that it opens closed and none closed that it didn't."""
    groups = match.groupdict()
    end = match.end()
    if groups.get("title") is not None:
        ends = [match.end(name) for name in groups if name != "title" and groups[name] is not None]
        end = max(ends, default=end)
    string = match.string
    opened = string.count("(", match.start(), end) - string.count(")", match.start(), end)
    if opened > 0 and string.startswith(")", end):
        return end + 1
    return end - 1 if opened < 0 and string.endswith(")", match.start(), end) else end
