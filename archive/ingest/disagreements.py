"""Where an article that was filled outside and the importer's own reading of the same text disagree.

In: the article, and what the importer extracted. Out: doubts at the article's fields, with the importer's reading as
the other one; and which of the importer's own doubts hold for the article, too.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archive.ingest.doubts import PEOPLE
from archive.language.spelling import comparable
from archive.model.draft import Extracted, Unsure
from archive.model.records import Article, Caption, CitedDocument, Participant

DIFFERS, ALONE, LACKS = "draft-differs", "draft-alone", "draft-lacks"
_OF_DOCUMENTS = ("type", "number", "date", "issuer", "title")
_ALWAYS_READ = ("number", "date")  # of a document: where only one of two readers has it, one of them erred


@dataclass(frozen=True, slots=True)
class Disagreements:
    """`people` and `documents`: for each of the article's, in order, the importer's, None where it read none."""

    doubts: tuple[Unsure, ...]
    people: tuple[Participant | None, ...]
    documents: tuple[int | None, ...]

    def is_at(self, *fields: str) -> bool:
        """Whether one of these fields, or something in it, is disputed."""
        return any(_is_in(doubt.field, field) for doubt in self.doubts for field in fields)


def compare(article: Article, own: Extracted) -> Disagreements:
    """`own`: what the importer reads in the text from which the article was filled."""
    people = _pairs(article.people, _everybody(own), _is_one_person, _is_like)
    documents = _pairs(article.documents, own.what.documents, _is_one_document, _has_one_number)
    doubts = [
        *_circumstances(article, own),
        *_people(article, own, people),
        *_documents(article, own, documents),
        *_captions(article.captions, own.cleaned.captions),
    ]
    everybody = _everybody(own)
    return Disagreements(tuple(doubts), tuple(None if at is None else everybody[at] for at in people), tuple(documents))


def still_doubted(doubts: Iterable[Unsure], article: Article, found: Disagreements) -> Iterator[Unsure]:
    """The importer's own doubts that are about a value which the article has, too, at their places in the article."""
    names = {person.name for person in article.people}
    places = {of_own: index for index, of_own in enumerate(found.documents) if of_own is not None}
    for doubt in doubts:
        group, _, rest = doubt.field.partition(".")
        of = doubt.field.partition(" of ")[2]
        if group == "documents" and rest.isdigit():
            if int(rest) not in places:
                continue
            doubt = dataclasses.replace(doubt, field=f"documents.{places[int(rest)]}")
        elif group == "captions" or (of and of not in names):
            continue
        if doubt.field not in {one.field for one in found.doubts} and not _is_disputed(doubt, article, found):
            yield doubt


def _is_disputed(doubt: Unsure, article: Article, found: Disagreements) -> bool:
    """Whether a doubt of a person's roles or capacities is about others than the article has."""
    field, _, name = doubt.field.partition(" of ")
    groups = [(group, index) for group in PEOPLE for index in range(len(getattr(article, group)))]
    own = [f"{group}.{index}.{field}" for group, index in groups if getattr(article, group)[index].name == name]
    return any(found.is_at(place) for place in own)


def _is_in(place: str, field: str) -> bool:
    return place == field or place.startswith(f"{field}.")


def _everybody(own: Extracted) -> tuple[Participant, ...]:
    return (*own.who.speakers, *own.who.attendees, *own.who.mentioned)


def _circumstances(article: Article, own: Extracted) -> Iterator[Unsure]:
    words = own.when.basis.words if own.when.basis else ""
    place, read = article.place, own.where.place
    printed = [place.printed if place else None, read.printed if read else None]
    units = [place.unit if place else None, read.unit if read else None]
    yield from _said("title", article.title, own.cleaned.title)
    yield from _said("date", article.date, own.when.date, (ALONE, LACKS), words)
    yield from _said("period", article.period, own.when.period, (LACKS,))
    yield from _said("level", article.level, own.where.level, (ALONE, LACKS), own.where.organiser or "")
    yield from _said("place.printed" if place else "place", printed[0], printed[1], (LACKS,))
    yield from _said("place.unit" if place else "place", units[0], units[1])
    yield from _said("publisher", article.publisher, own.received.publisher)
    yield from _said("published", article.published, own.received.published or own.cleaned.stamp)
    yield from _said("byline", ", ".join(article.byline), ", ".join(own.cleaned.byline), (ALONE, LACKS))
    url = own.received.url or own.cleaned.url
    yield from _said("source.url", article.source.url if article.source else None, url)


def _said(
    field: str, value: object, other: object, tells: Collection[str] = (), words: str = "", named: str = ""
) -> Iterator[Unsure]:
    """A doubt where both say something else, or, if `tells` has it, where only one of them says anything."""
    one, two = ("" if said is None else str(said) for said in (value, other))
    if not one and not two:
        return
    why = DIFFERS if one and two else ALONE if one else LACKS
    if (why == DIFFERS or why in tells) and _plain(one) != _plain(two):
        yield Unsure(field, one, why, words, two, named)


def _plain(text: str) -> str:
    return comparable(" ".join(text.split()))


def _pairs(ours: Sequence[Any], theirs: Sequence[Any], *tests: Callable[[Any, Any], bool]) -> list[int | None]:
    """For each of the first the place of its like in the second; a test is asked once those before have paired all."""
    found: list[int | None] = [None] * len(ours)
    free = list(range(len(theirs)))
    for test in tests:
        for index, one in enumerate(ours):
            like = next((at for at in free if test(one, theirs[at])), None) if found[index] is None else None
            if like is not None:
                found[index] = like
                free.remove(like)
    return found


def _is_one_person(one: Participant, other: Participant) -> bool:
    return _plain(one.name) == _plain(other.name)


def _is_like(one: Participant, other: Participant) -> bool:
    """Whether a name may be the other's, misread: a role is the same, or all syllables but one."""
    if {*map(_plain, one.roles)} & {*map(_plain, other.roles)}:
        return True
    names = [_plain(person.name).split() for person in (one, other)]
    differing = sum(a != b for a, b in zip(*names, strict=False))
    return len(names[0]) == len(names[1]) > 1 and differing == 1


def _people(article: Article, own: Extracted, pairs: Sequence[int | None]) -> Iterator[Unsure]:
    groups = [group for group in PEOPLE for _ in getattr(own.who, group)]
    everybody, taken = _everybody(own), iter(pairs)
    for group in PEOPLE:
        for index, person in enumerate(getattr(article, group)):
            at, place = next(taken), f"{group}.{index}"
            if at is None:
                yield Unsure(place, person.name, ALONE, named=person.name)
                continue
            other = everybody[at]
            yield from _said(f"{place}.name", person.name, other.name, named=person.name)
            yield from _said(place, group, groups[at], named=person.name)
            yield from _set(f"{place}.roles", person.roles, other.roles, person.name)
            yield from _set(f"{place}.capacity", person.capacity, other.capacity, person.name)
    for at, person in enumerate(everybody):
        if at not in pairs:
            yield Unsure(groups[at], "", LACKS, "; ".join(person.roles), person.name)


def _set(field: str, ours: Sequence[str], theirs: Sequence[str], name: str) -> Iterator[Unsure]:
    """Words whose order says nothing."""
    if {*map(_plain, ours)} != {*map(_plain, theirs)}:
        yield from _said(field, "; ".join(ours), "; ".join(theirs), (ALONE, LACKS), named=name)


def _is_one_document(one: CitedDocument, other: CitedDocument) -> bool:
    a, b = _plain(one.printed), _plain(other.printed)
    return a in b or b in a


def _has_one_number(one: CitedDocument, other: CitedDocument) -> bool:
    return bool(one.number and other.number) and _plain(one.number or "") == _plain(other.number or "")


def _documents(article: Article, own: Extracted, pairs: Sequence[int | None]) -> Iterator[Unsure]:
    theirs = own.what.documents
    for index, (cited, at) in enumerate(zip(article.documents, pairs, strict=True)):
        named = cited.number or cited.printed
        if at is None:
            yield Unsure(f"documents.{index}", cited.printed, ALONE, named=named)
            continue
        for field in _OF_DOCUMENTS:
            value, other = getattr(cited, field), getattr(theirs[at], field)
            if field in ("issuer", "title") and value and other and _is_part(value, other):
                continue
            tells = (ALONE, LACKS) if field in _ALWAYS_READ else ()
            yield from _said(f"documents.{index}.{field}", value, other, tells, theirs[at].printed, named)
    for at, cited in enumerate(theirs):
        if at not in pairs:
            yield Unsure("documents", "", LACKS, other=cited.printed)


def _is_part(one: str, other: str) -> bool:
    a, b = _plain(one), _plain(other)
    return a in b or b in a


def _captions(ours: Sequence[Caption], theirs: Sequence[Caption]) -> Iterator[Unsure]:
    """What is left of both once those that are the same are taken away, is compared in order."""
    pairs = _pairs(ours, theirs, lambda one, other: _plain(one.text) == _plain(other.text), lambda one, other: True)
    for index, (caption, at) in enumerate(zip(ours, pairs, strict=True)):
        other = None if at is None else theirs[at].text
        yield from _said(f"captions.{index}.text", caption.text, other, (ALONE,))
    for at, caption in enumerate(theirs):
        if at not in pairs:
            yield Unsure("captions", "", LACKS, other=caption.text)
