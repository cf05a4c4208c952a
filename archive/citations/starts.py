"""Where citations can begin, and which patterns can be there.

In: a text. Out: the places where `anchor` of site-config/citations.yml stands and some pattern
fits, each with the first that may. Nothing is decided here: it only spares the patterns most of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from archive.citations.patterns import Regex, filled
from archive.language.spelling import comparable
from archive.rules.citations import CitationRule
from archive.rules.vocabularies import DocumentType

_OPTIONAL_END = re.compile(r"(?:<tail>|<titled>\?|<dated>\?)+\Z")
_FEW = 200  # places: until then the patterns themselves take less time than making one of them all
_GROUP = re.compile(r"(\(\?(?:P[<=]|\())([a-z_]+)")


class Starts:
    """The plain words and patterns of one archive."""

    def __init__(
        self,
        anchor: Regex,
        anchor_words: Iterable[str] | None,
        types: Iterable[tuple[str, DocumentType]],
        patterns: Iterable[CitationRule],
        parts: Mapping[str, str],
    ) -> None:
        """`anchor_words`, or a name of a type, stand wherever the anchor does; None if nobody says so."""
        self._anchor = anchor
        self._words = None if anchor_words is None else _openings(anchor_words, types)
        alternatives = (_alternative(place, rule.regex, parts) for place, rule in enumerate(patterns))
        self._any_pattern = Regex(("patterns",), "|".join(alternatives), {})
        self._seen = 0

    def places(self, compared: str) -> list[int] | None:
        """Where one of the words stands in a text in compared form; None if nobody says which they could be.

        The text has single spaces between words, and may have several lines.
        """
        if self._words is None:
            return None
        standing = [words for words in self._words if words in compared]
        return sorted({place for words in standing for place in _places(words, compared)})

    def find(self, text: str, shown: str, places: Iterable[int] | None) -> list[tuple[int, int]]:
        """(place, number of the first pattern that may fit) in order; `shown` is the text in unified form."""
        if places is None and _is_one_line(text):
            places = self.places(comparable(text))
        if places is None:
            anchors = [match.start() for match in self._anchor.compiled.finditer(shown)]
        else:
            anchors = self._anchors(shown, places)
        self._seen += len(anchors)
        if self._seen <= _FEW:
            return [(place, 0) for place in anchors]
        any_pattern = self._any_pattern.compiled
        fitting = ((place, any_pattern.match(shown, place)) for place in anchors)
        return [(place, int((match.lastgroup or "")[1:])) for place, match in fitting if match]

    def _anchors(self, shown: str, places: Iterable[int]) -> list[int]:
        """The places that the anchor finds from left to right, none within another."""
        anchor, found, end = self._anchor.compiled, [], 0
        for place in places:
            if place >= end and (match := anchor.match(shown, place)):
                found.append(place)
                end = match.end()
        return found


def _is_one_line(text: str) -> bool:
    """True if words are parted by single spaces, as in the plain words that are looked for."""
    return text.isprintable() and "  " not in text


def _openings(anchor_words: Iterable[str], types: Iterable[tuple[str, DocumentType]]) -> tuple[str, ...]:
    """All words in compared form, without those that begin with others."""
    names = (name for _, term in types for name in (*term.names, *term.short))
    forms = {comparable(words) for words in (*anchor_words, *names)}
    return tuple(sorted(form for form in forms if not any(form != o and form.startswith(o) for o in forms)))


def _places(words: str, text: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _alternative(place: int, regex: str, parts: Mapping[str, str]) -> str:
    """A pattern without what may be left out at its end, its groups renamed, and a last group that tells its number."""
    needed = filled(_OPTIONAL_END.sub("", regex), parts)
    return _GROUP.sub(rf"\g<1>\g<2>_{place}", needed) + f"(?P<p{place}>)"
