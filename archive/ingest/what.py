"""Reads which official documents a text cites, one entry a document, and what it says they do to each other.

In: a cleaned text and the finders that the build uses too. Out: `What`. Citations are merged on
agreeing evidence only: type and running number without contradiction, or one unnumbered name. A
citation that fits two documents of the text stays by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.citations import CitationFinder, RelationFinder
from archive.citations.resolve import is_bare, number_key
from archive.language.spelling import comparable
from archive.model.citations import Citation
from archive.model.dates import Date
from archive.model.draft import Cleaned, StatedRelation, Unsure, What
from archive.model.edtf import parse_date
from archive.model.records import CitedDocument

_LONGEST_LEAD_TO_TITLE = 40
_YEAR_IN_NUMBER = re.compile(r"/\s?((?:19|20)\d\d)\s?/")
_RUNNING_NUMBER = re.compile(r"\d+[a-zA-Z]?(?!\w)")
_APPOSITION = re.compile(r"\s*\(\s*\Z")
_AND = re.compile(r"\s*(?:,|\s[^\W\d_]{2})?\s*\Z")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A citation, and the bounds of its words with the title; in a list (`Quyết định 217, 218-QĐ/TW`) of the list."""

    citation: Citation
    text: str
    block: int
    start: int
    stop: int
    title: str | None

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


_Group = list[_Mention]
MOST_MENTIONS = 600  # more than any report cites; comparing each with each stays quick


def find_what(cleaned: Cleaned, finder: CitationFinder, relations: RelationFinder) -> What:
    """Every document that title, body or captions cite, in order of first mention."""
    texts = [cleaned.title or "", *(b.text for b in cleaned.blocks), *(c.text for c in cleaned.captions)]
    mentions = [mention for index, text in enumerate(texts) for mention in _mentions(finder, text, index)]
    mentions = mentions[:MOST_MENTIONS]
    mentions = _without_wrapped(mentions, finder)
    groups, alone = _grouped(mentions, finder.name_key)
    order = {id(mention): index for index, mention in enumerate(mentions)}
    groups.sort(key=lambda group: min(order[id(mention)] for mention in group))
    documents = tuple(_document(group) for group in groups)
    place = {id(mention): index for index, group in enumerate(groups) for mention in group}
    return What(
        documents=documents,
        relations=tuple(_relations(mentions, place, relations)),
        unsure=tuple(_unsure(documents, [place[id(mention)] for mention in alone])),
    )


def _mentions(finder: CitationFinder, text: str, block: int) -> Iterator[_Mention]:
    for listed in _lists(finder.find(text)):
        last = listed[-1]
        title, stop = last.title, last.end
        window = text[stop : stop + _LONGEST_LEAD_TO_TITLE + len(title or "")]
        at = window.find(title) if title else -1
        if title and at >= 0:
            stop += at + len(title)
            stop += 1 if text[stop : stop + 1] in ('"', "”") else 0
        for citation in listed:
            number = _completed(citation.number, last.number)
            yield _Mention(
                replace(citation, number=number), text, block, listed[0].start, stop, title if at >= 0 else None
            )


def _lists(citations: Sequence[Citation]) -> Iterator[list[Citation]]:
    """Citations that share their words: those behind the first begin with their number or term."""
    listed: list[Citation] = []
    for citation in citations:
        own = citation.printed.startswith((citation.number or "-", citation.term or "-"))
        if listed and not (own and citation.pattern == listed[0].pattern):
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


def _without_wrapped(mentions: list[_Mention], finder: CitationFinder) -> list[_Mention]:
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


def _grouped(mentions: Sequence[_Mention], name_key: Callable[[str], frozenset[str]]) -> tuple[list[_Group], _Group]:
    """Mentions of one document together, and those that could belong to two.

    Whoever states most comes first, so that a bare `Nghị quyết 25` meets all it could mean.
    """
    groups: list[_Group] = []
    alone: _Group = []
    apposed = {
        id(other): one
        for one, other in pairwise(mentions)
        if one.block == other.block
        and one.citation.type == other.citation.type
        and (one.number is None) != (other.number is None)
        and _APPOSITION.match(one.text[one.citation.end : other.citation.start])
    }
    numbered = [mention for mention in mentions if mention.number]
    for mention in sorted(numbered, key=_facts, reverse=True):
        fitting = [group for group in groups if all(_agree(mention, other) for other in group)]
        if len(fitting) == 1:
            fitting[0].append(mention)
            continue
        groups.append([mention])
        alone += [mention] if fitting else []
    named = [
        (mention.citation.type, name_key(mention.citation.printed.replace(mention.number or "", " ")), group)
        for group in groups
        for mention in group
        if mention.citation.title and mention.title is None
    ]
    named += [
        (one.citation.type, name_key(one.citation.printed), group)
        for group in groups
        for mention in group
        if (one := apposed.get(id(mention))) and one.number is None
    ]
    for mention in mentions:
        if mention.number:
            continue
        key = name_key(mention.citation.printed if mention.title is None else mention.printed)
        same = next(
            (group for type, names, group in named if type == mention.citation.type and _same_name(key, names)), None
        )
        if same is None:
            same = []
            groups.append(same)
        same.append(mention)
        named.append((mention.citation.type, key, same))
    return groups, alone


def _facts(mention: _Mention) -> tuple[int, int, int]:
    return (
        not is_bare(mention.number or ""),
        (mention.date is not None) + (mention.citation.term is not None) + (mention.citation.issuer is not None),
        len(mention.date.edtf) if mention.date else 0,
    )


def _agree(one: _Mention, other: _Mention) -> bool:
    """True if type and running number are one, and nothing that both state differs."""
    a, b = number_key(one.number or ""), number_key(other.number or "")
    same = a.split(" ")[0] == b.split(" ")[0] if is_bare(one.number or "") or is_bare(other.number or "") else a == b
    terms = {comparable(mention.citation.term) for mention in (one, other) if mention.citation.term}
    return (
        same
        and one.citation.type == other.citation.type
        and (one.date is None or other.date is None or one.date.overlaps(other.date))
        and len(terms) < 2
    )


def _same_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """True if the names differ in fillers only, or one is a long name cut short."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= 3 and shorter < longer and len(longer) - len(shorter) <= 3)


def _document(group: _Group) -> CitedDocument:
    fullest = max(group, key=lambda mention: (len(mention.printed), -mention.block))
    dates = [mention.date for mention in group if mention.date]
    titles = [mention.title for mention in (fullest, *group) if mention.title]
    return CitedDocument(
        printed=fullest.printed,
        type=fullest.citation.type,
        number=_longest(mention.number for mention in group),
        date=max(dates, key=lambda date: len(date.edtf), default=None),
        issuer=_longest(mention.issuer for mention in group),
        title=titles[0].strip('"“”') if titles else None,
    )


def _longest(words: Iterable[str | None]) -> str | None:
    return max((word for word in words if word), key=len, default=None)


def _relations(mentions: Sequence[_Mention], place: dict[int, int], finder: RelationFinder) -> Iterator[StatedRelation]:
    """What stands between two citations of one sentence; a list behind the words shares them."""
    seen: set[tuple[int, str, int]] = set()
    carried: tuple[_Mention, str] | None = None
    for one, other in pairwise(mentions):
        gap = one.text[one.citation.end : other.citation.start] if one.block == other.block else ";"
        type = _stated(gap, finder)
        acting = one
        if type is None and carried and other.number and _AND.match(gap):
            acting, type = carried
        carried = (acting, type) if type else None
        source, target = place[id(acting)], place[id(other)]
        if type and source != target and (source, type, target) not in seen:
            seen.add((source, type, target))
            yield StatedRelation(source, type, target, one.text[acting.citation.start : other.citation.end])


def _stated(gap: str, finder: RelationFinder) -> str | None:
    """The relation in the whole gap, or in its last clause, behind a title."""
    last = gap.rfind(",")
    return finder.between(gap) or (finder.between(gap[last:]) if last > 0 and ";" not in gap else None)


def _unsure(documents: Sequence[CitedDocument], alone: Sequence[int]) -> Iterator[Unsure]:
    for index in alone:
        document = documents[index]
        yield Unsure(f"documents.{index}", document.number or "", "two-documents", document.printed)
    for index, document in enumerate(documents):
        if document.number and is_bare(document.number) and document.issuer is None and document.date is None:
            yield Unsure(f"documents.{index}.number", document.number, "bare-number", document.printed)
