"""What search may find: one entry for every record, made of what its page shows.

In: the shelf. Out: `SearchEntry` values. An article brings its visible text; people, events and
documents bring their names and what is printed of them, so that they are found as themselves and
not as copies of the articles that quote them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.config import Settings
from archive.knowledge import Knowledge
from archive.model.corpus import Corpus
from archive.model.dates import Date
from archive.model.derived import Derived
from archive.model.records import Article, Authority, Document, Entity, Event, Official, Place
from archive.model.search import SearchEntry
from archive.model.text import BlockKind
from archive.render.dates import DateWords
from archive.render.view import PLACES_ADDRESS, Shelf

PLACES = "places"
Choices = tuple[tuple[str, str], ...]


def search_entries(corpus: Corpus, derived: Derived, knowledge: Knowledge, settings: Settings) -> Iterator[SearchEntry]:
    """Entries in the order of kinds and ids; places come last."""
    shelf = Shelf(corpus, derived, knowledge, settings, DateWords(knowledge.date_words))
    for kind in knowledge.kinds:
        yield from (search_entry(shelf, kind, id) for id in corpus.records(kind))
    prefix = "moments/place:"
    yield from (search_entry(shelf, PLACES, name.removeprefix(prefix)) for name in derived.index.lists(prefix))


def search_entry(shelf: Shelf, kind: str, id: str) -> SearchEntry:
    """The entry of one record, or of one place (kind `places`)."""
    maker = _Maker(shelf)
    if kind == PLACES:
        return maker.place(id)
    match shelf.corpus.records(kind)[id]:
        case Article() as article:
            return maker.article(article)
        case Event() as event:
            return maker.event(event)
        case Official() as official:
            return maker.official(official)
        case Document() as document:
            return maker.document(document)
        case Entity() as entity:
            return maker.entity(entity)
    raise TypeError(kind)


class _Maker:
    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def article(self, article: Article) -> SearchEntry:
        held = self.shelf.derived.read[article.id]
        blocks = (block for block in held.blocks.values() if block.kind is not BlockKind.TITLE)
        return SearchEntry(
            address=self._address("articles", article.id),
            kind="articles",
            title=article.title,
            date=_edtf(article.date),
            facts=self._facts(article.date, article.level),
            names=tuple(dict.fromkeys(person.name for person in article.people)),
            blocks=tuple((block.anchor, block.text) for block in blocks),
            filters=self._filters(
                "articles",
                year=_years(article.date),
                level=self._level(article.level),
                place=self._places([article.place]),
                official=self._labels("officials", (person.official for person in article.people)),
                document=self._labels("documents", (id for entry in held.documents for id in entry.targets)),
            ),
        )

    def event(self, event: Event) -> SearchEntry:
        dossier = self.shelf.derived.events[event.id]
        return SearchEntry(
            address=self._address("events", event.id),
            kind="events",
            title=event.name,
            date=_edtf(dossier.date),
            facts=self._facts(dossier.date, dossier.level),
            names=(*event.aliases, *(person.name for person in dossier.people)),
            blocks=_blocks(
                event, [event.organiser or "", *(reported.place.printed or "" for reported in dossier.places)]
            ),
            filters=self._filters(
                "events",
                year=_years(dossier.date),
                level=self._level(dossier.level),
                place=self._places(reported.place for reported in dossier.places),
                official=self._labels("officials", (person.official for person in dossier.people)),
                document=self._labels("documents", (statement.record for statement in dossier.documents)),
            ),
        )

    def official(self, official: Official) -> SearchEntry:
        dossier = self.shelf.derived.officials[official.id]
        roles = tuple(dict.fromkeys(post.role for post in dossier.posts))
        return SearchEntry(
            address=self._address("officials", official.id),
            kind="officials",
            title=official.name,
            facts=roles[-1] if roles else "",
            names=official.aliases,
            blocks=_blocks(official, roles),
            filters=self._filters(
                "officials",
                year=tuple(sorted({year for post in dossier.posts for year in _years(post.date)})),
                official=((official.id, official.name),),
            ),
        )

    def document(self, document: Document) -> SearchEntry:
        type = self.shelf.knowledge.vocabularies["document_types"][document.type]
        short = type.facts.get("short", ())
        numbered = [f"{name} {document.number}" for name in (type.name, *short) if document.number]
        return SearchEntry(
            address=self._address("documents", document.id),
            kind="documents",
            title=document.name,
            date=_edtf(document.date),
            facts=" · ".join(
                filter(None, [document.issuer, self.shelf.dates.short(document.date) if document.date else ""])
            ),
            names=tuple(dict.fromkeys(filter(None, [document.number, *numbered, *document.aliases, document.title]))),
            blocks=_blocks(document, [type.name, document.issuer or ""]),
            filters=self._filters("documents", year=_years(document.date), document=((document.id, document.name),)),
        )

    def entity(self, entity: Entity) -> SearchEntry:
        return SearchEntry(
            address=self._address(entity.kind, entity.id),
            kind=entity.kind,
            title=entity.name,
            names=entity.aliases,
            blocks=_blocks(entity, entity.values.values()),
            filters=self._filters(entity.kind),
        )

    def place(self, code: str) -> SearchEntry:
        line = self.shelf.knowledge.place_line(code)
        today = self.shelf.knowledge.place_today(code)
        return SearchEntry(
            address=f"{PLACES_ADDRESS}{code}/",
            kind=PLACES,
            title=line[0].name,
            facts=", ".join(term.name for term in line[1:]),
            names=(today.name,) if today else (),
            filters=self._filters(PLACES, place=tuple((term.code, term.name) for term in line)),
        )

    def _address(self, kind: str, id: str) -> str:
        return f"{self.shelf.knowledge.kinds[kind].address}/{id}/"

    def _filters(self, kind: str, **values: Choices) -> dict[str, Choices]:
        return {"kind": ((kind, self._kind(kind)),)} | {facet: choices for facet, choices in values.items() if choices}

    def _kind(self, kind: str) -> str:
        knowledge = self.shelf.knowledge
        return str(knowledge.labels["places"]["title"]) if kind == PLACES else knowledge.kinds[kind].plural

    def _facts(self, date: Date | None, level: str | None) -> str:
        names = (name for _, name in self._level(level))
        return " · ".join(filter(None, [self.shelf.dates.short(date), *names]))

    def _level(self, level: str | None) -> Choices:
        return ((level, self.shelf.knowledge.name_of("levels", level)),) if level else ()

    def _places(self, places: Iterable[Place | None]) -> Choices:
        """Each unit and those around it."""
        lines = (self.shelf.knowledge.place_line(place.unit) for place in places if place and place.unit)
        return tuple(sorted({(term.code, term.name) for line in lines for term in line}))

    def _labels(self, kind: str, ids: Iterable[str | None]) -> Choices:
        corpus = self.shelf.corpus
        known = corpus.records(kind)
        return tuple(sorted([(id, corpus.label(kind, id)) for id in set(ids) if id and id in known]))


def _blocks(record: Authority, words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Text without an anchor of its own: it stands at the top of the page."""
    return tuple(("", text) for text in [*words, record.notes] if text)


def _edtf(date: Date | None) -> str:
    return date.edtf if date else ""


def _years(date: Date | None) -> Choices:
    return tuple((str(year), str(year)) for year in date.years) if date and len(date.years) <= 2 else ()
