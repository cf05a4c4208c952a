"""Links what a text names to records that are there already, on agreeing evidence only.

In: what was extracted, and the archive's records. Out: for each person, document and the event the
id of a record, or the id of a new one to be made, and an `Unsure` entry wherever a person should
look. A name alone links nobody: name and post must agree. A number alone links no document:
number and issuer, date or term must agree. Two candidates link nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from archive.citations.resolve import DocumentIndex, is_bare, number_key, stated_citation
from archive.language.spelling import comparable, slug
from archive.model.corpus import Corpus
from archive.model.draft import Extracted, Unsure, What, Who
from archive.model.records import Article, CitedDocument, Document, Official, Participant

LONGEST_ID = 80  # characters: file names stay readable


@dataclass(frozen=True, slots=True)
class Stub:
    """A record to be made: its kind, id and what the text says of it."""

    kind: str
    id: str
    printed: Participant | CitedDocument | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """People and documents with their ids, records to be made, ids linked, and doubts."""

    who: Who
    what: What
    event: str
    stubs: tuple[Stub, ...]
    linked: tuple[str, ...]
    unsure: tuple[Unsure, ...]


class Linker:
    """Links the texts of one run; records made for one text are there for the next."""

    def __init__(self, corpus: Corpus, taken: Mapping[str, Collection[str]] | None = None) -> None:
        self.corpus = corpus
        self.taken = {kind: set(ids) for kind, ids in (taken or {}).items()}
        self.by_name: dict[str, list[Official]] = {}
        for official in corpus.officials.values():
            for name in {comparable(name) for name in (official.name, *official.aliases)}:
                self.by_name.setdefault(name, []).append(official)
        self.roles = _roles_of(corpus.articles.values())
        self.index = DocumentIndex.of(corpus.documents.values())

    def link(self, extracted: Extracted, title: str) -> Linked:
        stubs: list[Stub] = []
        linked: list[str] = []
        unsure: list[Unsure] = []

        def person(participant: Participant) -> Participant:
            id, doubt = self._official(participant)
            if doubt:
                unsure.append(doubt)
            if id is None:
                id = self._new_id("officials", slug(participant.name))
                stubs.append(Stub("officials", id, participant))
            else:
                linked.append(f"officials/{id}")
            return replace(participant, official=id)

        def document(cited: CitedDocument) -> CitedDocument:
            id, doubt = self._document(cited)
            if doubt:
                unsure.append(doubt)
            if id is None and cited.number and not is_bare(cited.number) and not doubt:
                id = self._new_id("documents", _document_id(cited))
                stubs.append(Stub("documents", id, cited))
            elif id:
                linked.append(f"documents/{id}")
            return replace(cited, document=id)

        who = replace(
            extracted.who,
            speakers=tuple(map(person, extracted.who.speakers)),
            attendees=tuple(map(person, extracted.who.attendees)),
            mentioned=tuple(map(person, extracted.who.mentioned)),
        )
        what = replace(extracted.what, documents=tuple(map(document, extracted.what.documents)))
        event = self._new_id("events", slug(title))
        unsure += self._event_doubts(extracted, event)
        stubs.append(Stub("events", event))
        return Linked(who, what, event, tuple(stubs), tuple(dict.fromkeys(linked)), tuple(unsure))

    def article_id(self, title: str) -> str:
        return self._new_id("articles", slug(title))

    def _official(self, participant: Participant) -> tuple[str | None, Unsure | None]:
        namesakes = self.by_name.get(comparable(participant.name), [])
        own = {comparable(role) for role in participant.roles}
        agreeing = [official for official in namesakes if own & self.roles.get(official.id, set())]
        if len(agreeing) == 1:
            return agreeing[0].id, None
        if not namesakes:
            return None, None
        ids = ", ".join(official.id for official in namesakes)
        return None, Unsure(f"official of {participant.name}", ids, "same-name", ", ".join(participant.roles))

    def _document(self, cited: CitedDocument) -> tuple[str | None, Unsure | None]:
        candidates = self.index.candidates(stated_citation(cited))
        agreeing = [document for document in candidates if _agrees(cited, document)]
        if len(agreeing) == 1 and len(candidates) == 1:
            return agreeing[0].id, None
        if not candidates:
            return None, None
        ids = ", ".join(document.id for document in candidates)
        return None, Unsure(f"document of {cited.number or cited.printed}", ids, "not-enough-to-link", cited.printed)

    def _event_doubts(self, extracted: Extracted, event: str) -> Iterable[Unsure]:
        """Reports of the same day and level may be about the same event."""
        date = extracted.when.date
        if date is None or not date.is_day:
            return
        for article in self.corpus.articles.values():
            same_day = article.date and article.date.edtf == date.edtf
            if same_day and article.event and article.level == extracted.where.level:
                yield Unsure("event", article.event, "same-day-and-level", article.title)

    def _new_id(self, kind: str, wish: str) -> str:
        """The wish, cut to a readable length, with a number behind it if it is taken."""
        base = wish[:LONGEST_ID].rsplit("-", 1)[0] if len(wish) > LONGEST_ID else wish
        base = base or kind
        taken = self.taken.setdefault(kind, set())
        known = self.corpus.records(kind)
        id, count = base, 1
        while id in known or id in taken:
            count += 1
            id = f"{base}-{count}"
        taken.add(id)
        return id


def _roles_of(articles: Iterable[Article]) -> dict[str, set[str]]:
    """The roles that articles print for each official, in compared form."""
    roles: dict[str, set[str]] = {}
    for article in articles:
        for person in article.people:
            if person.official:
                roles.setdefault(person.official, set()).update(map(comparable, person.roles))
    return roles


def _agrees(cited: CitedDocument, document: Document) -> bool:
    """More than the number: date, issuer or full series, or the very name of a record without number."""
    if not cited.number:
        return True
    same_date = bool(cited.date and document.date and cited.date.edtf == document.date.edtf)
    full = not is_bare(cited.number) and number_key(cited.number) == number_key(document.number or "")
    same_issuer = bool(cited.issuer and document.issuer)
    return same_date or (full and same_issuer)


def _document_id(cited: CitedDocument) -> str:
    date = f"-{cited.date.edtf}" if cited.date and cited.date.is_day else ""
    return slug(f"{cited.type or ''}-{cited.number or ''}{date}")
