"""Links what a text names to records that are there already, on agreeing evidence only.

In: what was extracted, and what is known of the archive's records. Out: for each person, document and
the event the id of a record, or the id of a new one to be made, and an `Unsure` entry wherever a person
should look. A name alone links nobody: name and post must agree. A number alone links no document:
number and issuer, date or term must agree. Two candidates link nothing. What a person decides instead
(`archive/desk.py`) goes the second half of the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from archive.citations.resolve import DocumentIndex, document_keys, is_bare, number_key, stated_citation
from archive.known import Known
from archive.language.spelling import comparable, slug
from archive.model.draft import Extracted, Unsure, What, Who
from archive.model.records import CitedDocument, Document, Origin, Participant

LONGEST_ID = 80  # characters: file names stay readable
NEW = "+"  # in the place of an id: a record is to be made


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


@dataclass(frozen=True, slots=True)
class Linked:
    """People and documents with their ids, records to be made, ids linked, and doubts."""

    who: Who
    what: What
    event: str | None
    stubs: tuple[Stub, ...]
    linked: tuple[str, ...]
    unsure: tuple[Unsure, ...]


class Linker:
    """Links the texts of one run; what `learn` was told of one text is there for the next."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.taken: dict[str, set[str]] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._roles: dict[str, set[str]] = defaultdict(set)
        self._documents: dict[tuple[str, str], list[Document]] = defaultdict(list)
        self._reports: dict[tuple[str, str | None], list[tuple[str, str]]] = defaultdict(list)
        self.index = DocumentIndex(lambda by, key: self._documents.get((by, key), ()))
        for id, official in known.officials.items():
            self._learn_official(id, official.names, official.roles)
        for document in known.documents.values():
            self._learn_document(document)
        for article in known.articles.values():
            self._learn_report(article.date, article.level, article.event, article.title)

    def link(self, extracted: Extracted, title: str) -> Linked:
        return self.settle(self.decide(extracted), title)

    def decide(self, extracted: Extracted) -> Decided:
        """What agreeing evidence says of each."""
        unsure: list[Unsure] = []

        def person(participant: Participant) -> Participant:
            id, doubt = self._official(participant)
            unsure.extend([doubt] if doubt else [])
            return replace(participant, official=id or NEW)

        def document(cited: CitedDocument) -> CitedDocument:
            id, doubt = self._document(cited)
            unsure.extend([doubt] if doubt else [])
            is_new = cited.number and not is_bare(cited.number) and not doubt
            return replace(cited, document=id or (NEW if is_new else None))

        who = _each_person(extracted.who, person)
        what = replace(extracted.what, documents=tuple(map(document, extracted.what.documents)))
        return Decided(who, what, NEW, (*unsure, *self._event_doubts(extracted)))

    def settle(self, decided: Decided, title: str) -> Linked:
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
        event = settled("events", decided.event, slug(title), None)
        return Linked(who, what, event, tuple(stubs), tuple(dict.fromkeys(linked)), decided.unsure)

    def learn(self, extracted: Extracted, linked: Linked, title: str) -> None:
        """What is settled for a text that is kept: its people, documents and event are known from now on."""
        for participant in (*linked.who.speakers, *linked.who.attendees, *linked.who.mentioned):
            if participant.official:
                self._learn_official(participant.official, [participant.name], map(comparable, participant.roles))
        for stub in linked.stubs:
            if isinstance(stub.printed, CitedDocument):
                self._learn_document(document_of(stub.id, stub.printed))
        date = extracted.when.date
        self._learn_report(date.edtf if date else None, extracted.where.level, linked.event, title)

    def _learn_official(self, id: str, names: Iterable[str], roles: Iterable[str]) -> None:
        for name in {comparable(name) for name in names}:
            if id not in self._by_name[name]:
                self._by_name[name].append(id)
        self._roles[id].update(roles)

    def _learn_document(self, document: Document) -> None:
        for key in document_keys(document):
            self._documents[key].append(document)

    def _learn_report(self, day: str | None, level: str | None, event: str | None, title: str) -> None:
        if day and event:
            self._reports[day, level].append((event, title))

    def article_id(self, title: str) -> str:
        return self._new_id("articles", slug(title))

    def _official(self, participant: Participant) -> tuple[str | None, Unsure | None]:
        namesakes = self._by_name.get(comparable(participant.name), [])
        own = {comparable(role) for role in participant.roles}
        agreeing = [id for id in namesakes if own & self._roles[id]]
        if len(agreeing) == 1:
            return agreeing[0], None
        if not namesakes:
            return None, None
        ids, roles = ", ".join(namesakes), ", ".join(participant.roles)
        return None, Unsure(f"official of {participant.name}", ids, "same-name", roles)

    def _document(self, cited: CitedDocument) -> tuple[str | None, Unsure | None]:
        candidates = self.index.candidates(stated_citation(cited))
        agreeing = [document for document in candidates if _agrees(cited, document)]
        if len(agreeing) == 1 and len(candidates) == 1:
            return agreeing[0].id, None
        if not candidates:
            return None, None
        ids = ", ".join(document.id for document in candidates)
        return None, Unsure(f"document of {cited.number or cited.printed}", ids, "not-enough-to-link", cited.printed)

    def _event_doubts(self, extracted: Extracted) -> Iterable[Unsure]:
        """Reports of the same day and level may be about the same event."""
        date = extracted.when.date
        if date is not None and date.is_day:
            for event, title in self._reports.get((date.edtf, extracted.where.level), ()):
                yield Unsure("event", event, "same-day-and-level", title)

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


def _each_person(who: Who, change: Callable[[Participant], Participant]) -> Who:
    return replace(
        who,
        speakers=tuple(map(change, who.speakers)),
        attendees=tuple(map(change, who.attendees)),
        mentioned=tuple(map(change, who.mentioned)),
    )


def _agrees(cited: CitedDocument, document: Document) -> bool:
    """More than the number: date, issuer or full series, or the very name of a record without number."""
    if not cited.number:
        return True
    same_date = bool(cited.date and document.date and cited.date.edtf == document.date.edtf)
    full = not is_bare(cited.number) and number_key(cited.number) == number_key(document.number or "")
    same_issuer = bool(cited.issuer and document.issuer)
    return same_date or (full and same_issuer)


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
