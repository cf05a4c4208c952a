"""Reads which official documents a text cites, one entry a document, and what it says they do to each other.

In: a cleaned text and the finders that the build uses too. Out: `What`, with doubts where the evidence is thin and
reasons for each entry and for each candidate that was refused. Mentions become documents in `same_document.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from archive.citations import CitationFinder, RelationFinder, Weighed
from archive.ingest.mentions import Mention, find_mentions
from archive.ingest.same_document import TWO, Gathered, Placed, gather
from archive.model.draft import Cleaned, Reason, StatedRelation, Unsure, What
from archive.model.records import CitedDocument

MOST_MENTIONS = 600  # more than any report cites; comparing each with each stays quick
_AND = re.compile(r"\s*(?:,|\s[^\W\d_]{2})?\s*\Z")
_FOUND, _REFUSED = "cites-", "refused-document"  # codes in site-config/reasons.yml
_FAR = -2.0  # candidates refused by more are of no interest to anybody


def find_what(cleaned: Cleaned, finder: CitationFinder, relations: RelationFinder) -> What:
    """Every document that title, body or captions cite, in order of first mention."""
    texts = [cleaned.title or "", *(b.text for b in cleaned.blocks), *(c.text for c in cleaned.captions)]
    gathered = gather(find_mentions(finder, texts)[:MOST_MENTIONS])
    documents = tuple(map(_document, gathered.documents))
    candidates = [(text, weighed) for text in texts for weighed in finder.weighed(text)]
    refused = [(text[weighed.start : weighed.end], weighed) for text, weighed in candidates if not weighed.is_taken]
    return What(
        documents=documents,
        relations=tuple(_relations(gathered.placed, relations)),
        unsure=tuple(_unsure(documents, gathered, finder)),
        reasons=(*_reasons(gathered.placed, finder), *_refusals(refused)),
    )


def _document(mentions: Sequence[Mention]) -> CitedDocument:
    """The fullest of what its mentions state."""
    told = [mention for mention in mentions if mention.number] or mentions
    fullest = max(told, key=lambda mention: (len(mention.printed), -mention.block))
    dates = [mention.date for mention in mentions if mention.date]
    titles = [mention.title for mention in (fullest, *mentions) if mention.title]
    return CitedDocument(
        printed=fullest.printed,
        type=fullest.citation.type,
        number=_longest(mention.number for mention in mentions),
        date=max(dates, key=lambda date: len(date.edtf), default=None),
        issuer=_longest(mention.issuer for mention in mentions),
        title=titles[0].strip('"“”') if titles else None,
    )


def _longest(words: Iterable[str | None]) -> str | None:
    return max((word for word in words if word), key=len, default=None)


def _relations(placed: Sequence[Placed], finder: RelationFinder) -> Iterator[StatedRelation]:
    """What stands between two citations of one sentence; a list behind the words shares them."""
    seen: set[tuple[int, str, int]] = set()
    carried: tuple[Placed, str] | None = None
    for one, other in pairwise(placed):
        gap = _between(one.mention, other.mention)
        type = _stated(gap, finder)
        acting = one
        if type is None and carried and other.mention.number and _AND.match(gap):
            acting, type = carried
        carried = (acting, type) if type else None
        key = (acting.document, type or "", other.document)
        if type and acting.document != other.document and key not in seen:
            seen.add(key)
            words = one.mention.text[acting.mention.citation.start : other.mention.citation.end]
            yield StatedRelation(acting.document, type, other.document, words)


def _between(one: Mention, other: Mention) -> str:
    return one.text[one.citation.end : other.citation.start] if one.block == other.block else ";"


def _stated(gap: str, finder: RelationFinder) -> str | None:
    """The relation in the whole gap, or in its last clause, behind a title."""
    last = gap.rfind(",")
    return finder.between(gap) or (finder.between(gap[last:]) if last > 0 and ";" not in gap else None)


def _unsure(documents: Sequence[CitedDocument], gathered: Gathered, finder: CitationFinder) -> Iterator[Unsure]:
    for placed in gathered.placed:
        if placed.why == TWO:
            document = documents[placed.document]
            yield Unsure(f"documents.{placed.document}", document.number or "", "two-documents", document.printed)
    for index, (document, mentions) in enumerate(zip(documents, gathered.documents, strict=True)):
        if all(finder.is_narrow(mention.citation.margin) for mention in mentions):
            yield Unsure(f"documents.{index}", document.printed, "perhaps-no-document", document.printed)


def _reasons(placed: Sequence[Placed], finder: CitationFinder) -> Iterator[Reason]:
    """By which pattern and signs each mention was found, and why it is of this document."""
    for one in placed:
        citation, field = one.mention.citation, f"documents.{one.document}"
        printed = one.mention.printed
        weighed = [w for w in finder.weighed(one.mention.text) if w.is_taken and w.start == one.mention.start]
        own = weighed[0].signs[0][1] if weighed else 0.0
        yield Reason(field, printed, f"{_FOUND}{citation.pattern}", citation.printed, own)
        for candidate in weighed:
            yield from _signs(field, printed, candidate)
        yield Reason(field, printed, one.why)


def _refusals(refused: Sequence[tuple[str, Weighed]]) -> Iterator[Reason]:
    for printed, weighed in refused:
        if weighed.margin >= _FAR:
            yield Reason("documents", printed, _REFUSED, "", weighed.margin)
            yield from _signs("documents", printed, weighed)


def _signs(field: str, printed: str, weighed: Weighed) -> Iterator[Reason]:
    return (Reason(field, printed, sign, words, weight) for sign, weight, words in weighed.signs[1:])
