"""The citations of one text as the importer prints them: with their titles, in full lists, each number with its series.

In: the paragraphs of a text, the finder that the build uses too. Out: `Mention` values in the order of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.citations import CitationFinder
from archive.citations.resolve import is_bare
from archive.model.citations import Citation
from archive.model.dates import Date
from archive.model.edtf import parse_date

_LONGEST_LEAD_TO_TITLE = 40
_YEAR_IN_NUMBER = re.compile(r"/\s?((?:19|20)\d\d)(?:\s?/|\s*\Z)")
_RUNNING_NUMBER = re.compile(r"\d+[a-zA-Z]?(?!\w)")
_APPOSITION = re.compile(r"\s*\(\s*\Z")


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation, and the bounds of its words with the title; in a list (`Quyết định 217, 218-QĐ/TW`) of the list.

    `names` are the names it is known by, each as the words that tell it from another (`CitationFinder.name_key`),
    `place` is the place in its issuer's name.
    """

    citation: Citation
    text: str
    block: int
    start: int
    stop: int
    title: str | None
    names: tuple[frozenset[str], ...] = ()
    place: str | None = None

    @property
    def printed(self) -> str:
        words = self.text[self.start : self.stop]
        return words + ")" if words.count("(") > words.count(")") and self.text.startswith(")", self.stop) else words

    @property
    def number(self) -> str | None:
        """The document's own number; that of a plenum is part of its issuer's name."""
        number = self.citation.number
        return None if number and self.citation.issuer and number in self.citation.issuer.split() else number

    @property
    def date(self) -> Date | None:
        year = _YEAR_IN_NUMBER.search(self.number or "")
        return self.citation.date or (parse_date(year[1]) if year else None)

    @property
    def issuer(self) -> str | None:
        issuer = self.citation.issuer
        if issuer and self.citation.number and not self.number and issuer in self.citation.printed:
            return self.citation.printed[self.citation.printed.index(issuer) :]
        return issuer

    @property
    def stated(self) -> tuple[int, int, int, int]:
        """How much it states, to compare: a number, its series, date, term and issuer, the precision of the date."""
        facts = (self.date, self.citation.term, self.citation.issuer)
        return (
            self.number is not None,
            not is_bare(self.number or "0"),
            sum(fact is not None for fact in facts),
            len(self.date.edtf) if self.date else len(max(self.names, key=len, default=())),
        )


def find_mentions(finder: CitationFinder, texts: Sequence[str]) -> list[Mention]:
    """Every mention in the paragraphs, without names that only say what a number decrees."""
    mentions = [mention for block, text in enumerate(texts) for mention in _in_text(finder, text, block)]
    return _named(_without_wrapped(mentions, finder), finder)


def _in_text(finder: CitationFinder, text: str, block: int) -> Iterator[Mention]:
    for listed in _lists(finder.find(text)):
        last = listed[-1]
        title, stop = last.title, last.end
        window = text[stop : stop + _LONGEST_LEAD_TO_TITLE + len(title or "")]
        at = window.find(title) if title and title not in last.printed else -1  # a name is its own title
        if title and at >= 0:
            stop += at + len(title)
            stop += 1 if text[stop : stop + 1] in ('"', "”") else 0
        for citation in listed:
            number = _completed(citation.number, last.number)
            yield Mention(
                replace(citation, number=number), text, block, listed[0].start, stop, title if at >= 0 else None
            )


def _lists(citations: Sequence[Citation]) -> Iterator[list[Citation]]:
    """Citations that share their words."""
    listed: list[Citation] = []
    for citation in citations:
        if listed and citation.list_start is None:
            yield listed
            listed = []
        listed.append(citation)
    if listed:
        yield listed


def _completed(number: str | None, last: str | None) -> str | None:
    """A bare number with the series of the last in its list: `217` of `217, 218-QĐ/TW` is 217-QĐ/TW."""
    if number and last and is_bare(number) and not is_bare(last):
        return number + _RUNNING_NUMBER.sub("", last, count=1)
    return number


def _without_wrapped(mentions: list[Mention], finder: CitationFinder) -> list[Mention]:
    """Without the names that only say what a number decrees: `Quyết định số 23-QĐ/TW về Quy chế …` is one document."""
    wrapped = {
        id(other)
        for one, other in pairwise(mentions)
        if one.block == other.block
        and one.number
        and other.number is None
        and one.citation.type != other.citation.type
        and finder.wraps(one.text[one.citation.end : other.citation.start])
    }
    return [mention for mention in mentions if id(mention) not in wrapped]


def _named(mentions: Sequence[Mention], finder: CitationFinder) -> list[Mention]:
    """Each with its names; a number in brackets behind a name (`Luật … (Luật số 10/2022/QH15)`) has that name too."""
    named: list[Mention] = []
    for mention in mentions:
        names = [key for key in _own_names(mention, finder) if key]
        before = named[-1] if named else None
        if before and mention.number and _is_apposed(before, mention):
            names += before.names
        place = finder.place_of(mention.citation.issuer) if mention.citation.issuer else None
        named.append(replace(mention, names=tuple(names), place=place))
    return named


def _own_names(mention: Mention, finder: CitationFinder) -> Iterator[frozenset[str]]:
    """The words of an unnumbered document; of a numbered one those beside the number, or its type with its title."""
    citation = mention.citation
    if not mention.number:
        yield finder.name_key(citation.known_as or (citation.printed if mention.title is None else mention.printed))
    elif mention.title:
        yield finder.name_key(f"{finder.type_words(citation.printed)} {mention.title}")
    elif citation.title:
        yield finder.name_key(citation.printed.replace(mention.number, " "))


def _is_apposed(name: Mention, number: Mention) -> bool:
    return (
        name.block == number.block
        and name.number is None
        and name.citation.type == number.citation.type
        and _APPOSITION.match(name.text[name.citation.end : number.citation.start]) is not None
    )
