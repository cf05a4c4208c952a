"""Links what a text names to records that are there already, on agreeing evidence only.

In: what was extracted, and what is known of the archive's records. Out: for each person, document and
the event the id of a record, or the id of a new one to be made, an `Unsure` entry wherever a person
should look, and reasons. A name alone links nobody: name, post and the unit that the post is of must agree. A number
alone links no document: number and issuer, date or term must agree, and whose paper it is. Two candidates link
nothing. What a person decides instead (`archive/desk.py`) goes the second half of the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from archive.citations.resolve import is_bare
from archive.ingest.choice import NEW, Choice
from archive.ingest.jurisdiction import JurisdictionReader
from archive.ingest.known_documents import KnownDocuments
from archive.ingest.known_people import KnownPeople, Present
from archive.ingest.known_reports import KnownReports
from archive.ingest.rules.linking import LinkingRules
from archive.ingest.same_event import EventJudge, EventReport, report_of
from archive.known import Known, PrintedPosts, ids_of
from archive.language.spelling import slug
from archive.model.draft import Extracted, Reason, Unsure, What, Who
from archive.model.records import CitedDocument, Document, Origin, Participant

__all__ = ["NEW", "Decided", "Linked", "Linker", "Stub", "document_of"]

LONGEST_ID = 80  # characters: file names stay readable


@dataclass(frozen=True, slots=True)
class Stub:
    """A record to be made: its kind, id and what the text says of it."""

    kind: str
    id: str
    printed: Participant | CitedDocument | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """People, documents and the event with ids, `NEW`, or (documents, event) None for nothing."""

    who: Who
    what: What
    event: str | None = NEW
    unsure: tuple[Unsure, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """People and documents with their ids, records to be made, ids linked, doubts and reasons."""

    who: Who
    what: What
    event: str | None
    stubs: tuple[Stub, ...]
    linked: tuple[str, ...]
    unsure: tuple[Unsure, ...]
    reasons: tuple[Reason, ...] = ()


class Linker:
    """Links the texts of one run; what `learn` was told of one text is there for the next."""

    def __init__(self, known: Known, units: JurisdictionReader, words: LinkingRules) -> None:
        """`words`: site-config/linking.yml."""
        self.known = known
        self.units = units
        self.taken: dict[str, set[str]] = {}
        self._people = KnownPeople(known.officials, units)
        self._reports = KnownReports(known, units, EventJudge(words.event, units), self._people.names)
        self._documents = KnownDocuments(known.documents.values(), units, self._reports.home)

    def report(self, article: str) -> EventReport:
        """What an article that is there says of its event."""
        return self._reports.report(article)

    def decide(self, extracted: Extracted) -> Decided:
        """What agreeing evidence says of each: first of the event, for who was there is known from it."""
        home = self.units.home(extracted.units)
        everybody, cited = _everybody(extracted.who), extracted.what.documents
        event, spoke = self._reports.choose(report_of(extracted, extracted.cleaned.title or "", None, home))
        people = self._people.choose(Present(everybody, home, self._reports.there(event.id)))
        papers = [self._documents.choose(one, home) for one in cited]
        told = [("event", NEW, event)]
        told += [(f"official of {one.name}", NEW, choice) for one, choice in zip(everybody, people, strict=True)]
        told += [(f"document of {one.number or one.printed}", "", c) for one, c in zip(cited, papers, strict=True)]
        reasons = chain.from_iterable(choice.reasons(field) for field, _, choice in told[1:])
        return Decided(
            who=_with_officials(extracted.who, [choice.id or NEW for choice in people]),
            what=replace(extracted.what, documents=tuple(map(_with_document, cited, papers))),
            event=event.id or NEW,
            unsure=tuple(chain.from_iterable(choice.doubts(field, value) for field, value, choice in told)),
            reasons=(*spoke, *reasons),
        )

    def settle(self, decided: Decided, event_name: str) -> Linked:
        """Ids for what is new, chosen in the order of the text's people, its documents, its event."""
        stubs: list[Stub] = []
        linked: list[str] = []

        def settled(kind: str, id: str | None, wish: str, printed: Participant | CitedDocument | None) -> str | None:
            if id == NEW:
                id = self._new_id(kind, wish)
                stubs.append(Stub(kind, id, printed))
            elif id:
                linked.append(f"{kind}/{id}")
            return id

        def person(one: Participant) -> Participant:
            return replace(one, official=settled("officials", one.official, slug(one.name), one))

        def document(one: CitedDocument) -> CitedDocument:
            return replace(one, document=settled("documents", one.document, _document_id(one), one))

        who = _each_person(decided.who, person)
        what = replace(decided.what, documents=tuple(map(document, decided.what.documents)))
        event = settled("events", decided.event, slug(event_name), None)
        unsure = tuple(_with_ids(decided.unsure, who, event))
        return Linked(who, what, event, tuple(stubs), tuple(dict.fromkeys(linked)), unsure, decided.reasons)

    def learn(self, extracted: Extracted, linked: Linked, id: str, title: str) -> None:
        """What is settled for a text that is kept: its people, documents and event are known from now on."""
        for person in _everybody(linked.who):
            if person.official:
                self._people.learn(person.official, [person.name], [PrintedPosts(person.roles, extracted.units)])
        home = self.units.home(extracted.units)
        for stub in linked.stubs:
            if isinstance(stub.printed, CitedDocument):
                self._documents.learn(document_of(stub.id, stub.printed), home)
        report = report_of(extracted, title, linked.event, home)
        self._reports.learn(id, report, ids_of(linked.who.speakers))

    def article_id(self, title: str) -> str:
        return self._new_id("articles", slug(title))

    def _new_id(self, kind: str, wish: str) -> str:
        """The wish, cut to a readable length, with a number behind it if it is taken."""
        base = wish[:LONGEST_ID].rsplit("-", 1)[0] if len(wish) > LONGEST_ID else wish
        base = base or kind
        taken = self.taken.setdefault(kind, set())
        known = self.known.ids(kind)
        id, count = base, 1
        while id in known or id in taken:
            count += 1
            id = f"{base}-{count}"
        taken.add(id)
        return id


def _everybody(who: Who) -> tuple[Participant, ...]:
    return (*who.speakers, *who.attendees, *who.mentioned)


def _with_officials(who: Who, ids: Iterable[str]) -> Who:
    """`ids` in the order of `_everybody`."""
    given = iter(ids)
    return _each_person(who, lambda person: replace(person, official=next(given)))


def _each_person(who: Who, change: Callable[[Participant], Participant]) -> Who:
    return replace(
        who,
        speakers=tuple(map(change, who.speakers)),
        attendees=tuple(map(change, who.attendees)),
        mentioned=tuple(map(change, who.mentioned)),
    )


def _with_ids(unsure: Iterable[Unsure], who: Who, event: str | None) -> Iterator[Unsure]:
    """Doubts about what is new, with the ids that it was given."""
    ids: dict[str, list[str]] = defaultdict(list)
    for person in _everybody(who):
        ids[f"official of {person.name}"].append(person.official or "")
    ids["event"].append(event or "")
    for doubt in unsure:
        if doubt.value == NEW and (own := ids[doubt.field]):
            yield replace(doubt, value=own.pop(0) if len(own) > 1 else own[0])
        else:
            yield doubt


def _with_document(cited: CitedDocument, choice: Choice) -> CitedDocument:
    """A number that nobody has to ask about gets a record; a bare one does not."""
    is_new = cited.number and not is_bare(cited.number) and not choice.asks
    return replace(cited, document=choice.id or (NEW if is_new else None))


def document_of(id: str, cited: CitedDocument) -> Document:
    """What a text states of a document that has no record yet; what its printed words do not hold is left out."""
    issuer, title = (said if said and said in cited.printed else None for said in (cited.issuer, cited.title))
    return Document(
        id=id,
        origin=Origin(""),
        name=_short_name(cited),
        type=cited.type or "",
        number=cited.number,
        issuer=issuer,
        date=cited.date,
        title=title,
    )


def _short_name(cited: CitedDocument) -> str:
    """The beginning of the citation, up to and with the number."""
    at = cited.printed.find(cited.number or "")
    return cited.printed[: at + len(cited.number or "")] if cited.number and at >= 0 else cited.printed


def _document_id(cited: CitedDocument) -> str:
    date = f"-{cited.date.edtf}" if cited.date and cited.date.is_day else ""
    return slug(f"{cited.type or ''}-{cited.number or ''}{date}")
