"""A draft that was filled outside, a person's or a language model's: an article → its files, like any other draft's.

In: the article as it was filled, what the importer reads in the same text. Out: `Draft`. The article keeps what was
filled in; where the importer reads something else, that is a doubt. A record is made only of what both read alike.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TypeVar

from archive.ingest.disagreements import Disagreements, compare, still_doubted
from archive.ingest.doubts import PEOPLE
from archive.ingest.draft import Importer
from archive.ingest.form import said_by
from archive.ingest.link import NEW, Decided
from archive.model.draft import Draft, Extracted, Reason, StatedRelation, Unsure, What, When, Who
from archive.model.records import Article, CitedDocument, Participant
from archive.model.told import Told

T = TypeVar("T")


def compose_filled(article: Article, own: Extracted, importer: Importer) -> Draft:
    """`own`: what the importer reads in the text; where the draft has no text or no `changes`, those are taken."""
    article = _completed(article, own)
    found = compare(article, own)
    filled = _filled(article, own, found)
    decided = _decided(article, importer.decide(filled), found)
    source = article.source
    told = Told(captured=source.captured if source else None, rights=article.rights)
    title_by = article.title_by or said_by(article.title, own)
    draft = importer.compose(
        filled,
        decided,
        article.title,
        title_by,
        told=told,
        is_kept=True,
        agreed=_agreed(filled, found),
        filled=article,
    )
    return dataclasses.replace(draft, reasons=(*draft.reasons, Reason("rights", article.rights, "told")))


def _completed(article: Article, own: Extracted) -> Article:
    has_no_text = not article.body and article.rights != "metadata"
    body = own.cleaned.blocks if has_no_text else article.body
    return dataclasses.replace(article, body=body, changes=article.changes or own.cleaned.changes)


def _filled(article: Article, own: Extracted, found: Disagreements) -> Extracted:
    """What was extracted, as the draft has it; its doubts are those of the draft."""

    def left(doubts: Sequence[Unsure]) -> tuple[Unsure, ...]:
        return tuple(still_doubted(doubts, article, found))

    said = tuple(Unsure(d.field, d.value or "", d.why or "", d.words or "", d.other or "") for d in article.unsure)
    received, cleaned, where, what = own.received, own.cleaned, own.where, own.what
    url = (article.source.url if article.source else None) or received.url or cleaned.url
    published = article.published.edtf if article.published else received.published or cleaned.stamp
    return dataclasses.replace(
        own,
        received=dataclasses.replace(
            received,
            publisher=article.publisher or received.publisher,
            published=published,
            url=url,
            unsure=left(received.unsure),
        ),
        cleaned=dataclasses.replace(
            cleaned,
            title=article.title,
            blocks=article.body,
            captions=article.captions,
            byline=article.byline,
            changes=article.changes,
            stamp=None,
            url=None,
            unsure=(*said, *found.doubts, *left(cleaned.unsure)),
        ),
        when=When(article.date, article.date_basis, article.period, left(own.when.unsure), own.when.reasons),
        where=dataclasses.replace(
            where, level=article.level, sector=article.sector, place=article.place, unsure=left(where.unsure)
        ),
        who=Who(article.speakers, article.attendees, article.mentioned, left(own.who.unsure), own.who.reasons),
        what=What(article.documents, _relations(what, found), left(what.unsure), what.reasons),
    )


def _relations(what: What, found: Disagreements) -> tuple[StatedRelation, ...]:
    """Those that the text states between documents which the draft has, too."""
    places = {of_own: index for index, of_own in enumerate(found.documents) if of_own is not None}
    return tuple(
        dataclasses.replace(one, source=places[one.source], target=places[one.target])
        for one in what.relations
        if one.source in places and one.target in places
    )


def _agreed(filled: Extracted, found: Disagreements) -> Extracted:
    """What a new event may say: nothing that is disputed."""
    when = When() if found.is_at("date", "date_basis") else filled.when
    when = dataclasses.replace(when, period=None) if found.is_at("period") else when
    where = filled.where
    if found.is_at("level"):
        where = dataclasses.replace(where, level=None)
    if found.is_at("place"):
        where = dataclasses.replace(where, place=None)
    return dataclasses.replace(filled, when=when, where=where)


def _decided(article: Article, decided: Decided, found: Disagreements) -> Decided:
    """Records that the draft names stay; the linker's go where the two readings of a person or document differ."""
    given = {f"official of {one.name}" for one in article.people if one.official}
    given |= {f"document of {one.number or one.printed}" for one in article.documents if one.document}
    given |= {"event"} if article.event else set()
    numbers = iter(range(len(found.people)))

    def person(place: str, one: Participant, said: Participant) -> Participant:
        is_strange = found.people[next(numbers)] is None or found.is_at(f"{place}.name")
        if said.official or is_strange:
            return dataclasses.replace(one, official=said.official)
        is_guess = one.official != NEW and found.is_at(f"{place}.roles")
        return dataclasses.replace(one, official=None) if is_guess else one

    def document(place: str, one: CitedDocument, said: CitedDocument) -> CitedDocument:
        if said.document or found.is_at(place):
            return dataclasses.replace(one, document=said.document)
        return one

    who = {group: _each(group, getattr(decided.who, group), getattr(article, group), person) for group in PEOPLE}
    documents = _each("documents", decided.what.documents, article.documents, document)
    return dataclasses.replace(
        decided,
        who=dataclasses.replace(decided.who, **who),
        what=dataclasses.replace(decided.what, documents=documents),
        event=article.event or decided.event,
        unsure=tuple(doubt for doubt in decided.unsure if doubt.field not in given),
    )


def _each(group: str, linked: Sequence[T], said: Sequence[T], choose: Callable[[str, T, T], T]) -> tuple[T, ...]:
    """Each of a list of the draft with its place, and beside it as the draft has it."""
    return tuple(
        choose(f"{group}.{index}", one, own) for index, (one, own) in enumerate(zip(linked, said, strict=True))
    )
