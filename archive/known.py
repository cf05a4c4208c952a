"""What the importer has to know of the records that are there, to link to them and to notice a double.

In: a corpus, or the rows of du-lieu/known.json, which say the same. Out: `Known`. A row is a list: the
kind, the id, and what the kind's class below holds, in order. Of a text it has hashes of what is shown of it.
"""

from __future__ import annotations

import base64
import struct
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archive.language.shingles import shingles_of
from archive.language.spelling import comparable
from archive.model.corpus import Corpus
from archive.model.edtf import parse_date
from archive.model.records import Article, Document, Event, Evidence, Official, Origin, Participant
from archive.model.text import Block

LONGEST_SKETCH = 48  # hashes of a text in a row; a text of up to about 400 words has no more
_HIGH = 32  # bits of a hash that are left out
_NOWHERE = Origin("")


@dataclass(frozen=True, slots=True)
class Sketch:
    """The lowest hashes of a text's runs of words, in order; `is_whole`: all that the text has."""

    hashes: tuple[int, ...] = ()
    is_whole: bool = True

    @classmethod
    def of(cls, blocks: Iterable[Block]) -> Sketch:
        return cls.of_sample(sample_of(blocks))

    @classmethod
    def of_sample(cls, sample: Sequence[int], most: int | None = None) -> Sketch:
        return cls(tuple(hash >> _HIGH for hash in sample[:most]), most is None or len(sample) <= most)

    def covers(self, hashes: Iterable[int]) -> int:
        """How many of another text's hashes could be among these."""
        return sum(self.is_whole or hash <= self.hashes[-1] for hash in hashes)


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An article as far as another text can be its double, or report its event; `speakers` are ids."""

    title: str
    date: str | None
    event: str | None
    level: str | None
    sha256: str | None
    file: str | None
    sketch: Sketch
    place: str | None = None
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event's name and organiser, and the words that name whose it is (`xã Tân Lập, tỉnh Sơn La`)."""

    name: str
    organiser: str | None = None
    units: str = ""


@dataclass(frozen=True, slots=True, order=True)
class PrintedPosts:
    """The roles that an article prints of a person, and whose event it reports: a bare post is of that unit."""

    roles: tuple[str, ...]
    units: str = ""


@dataclass(frozen=True, slots=True)
class KnownOfficial:
    """The names a person goes by, and what articles print of their posts."""

    names: tuple[str, ...]
    posts: frozenset[PrintedPosts] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """Records by id."""

    articles: Mapping[str, KnownArticle] = field(default_factory=dict)
    events: Mapping[str, KnownEvent] = field(default_factory=dict)
    officials: Mapping[str, KnownOfficial] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)

    def ids(self, kind: str) -> Mapping[str, object]:
        found: Mapping[str, object] = getattr(self, kind)
        return found


def known_of(corpus: Corpus) -> Known:
    """For an importer that has the archive at hand."""
    printed: dict[str, list[tuple[str, str, str | None]]] = defaultdict(list)
    for article in corpus.articles.values():
        for person in article.people:
            if person.official:
                printed[person.official] += ((role, article.id, article.event) for role in person.roles)

    def units(event: str) -> str:
        return corpus.events[event].units if event in corpus.events else ""

    return Known(
        articles={id: _article(article, Sketch.of(article.body)) for id, article in corpus.articles.items()},
        events={id: _event(event) for id, event in corpus.events.items()},
        officials={id: _official(o, printed[id], units) for id, o in corpus.officials.items()},
        documents=corpus.documents,
    )


def _article(article: Article, sketch: Sketch) -> KnownArticle:
    source = article.source
    return KnownArticle(
        title=article.title,
        date=article.date.edtf if article.date else None,
        event=article.event,
        level=article.level,
        sha256=source.sha256 if source else None,
        file=source.file if source else None,
        sketch=sketch,
        place=article.place.printed if article.place else None,
        speakers=ids_of(article.speakers),
    )


def ids_of(people: Iterable[Participant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person.official for person in people if person.official))


def _event(event: Event) -> KnownEvent:
    return KnownEvent(event.name, event.organiser, event.units)


def _official(
    official: Official, printed: Iterable[tuple[str, str, str | None]], units: Callable[[str], str]
) -> KnownOfficial:
    """`printed` are roles, each with its article and the event of it; `units` names whose an event is, by its id."""
    roles: dict[tuple[str, str | None], dict[str, None]] = defaultdict(dict)
    for role, article, event in printed:
        roles[article, event][role] = None
    posts = frozenset(PrintedPosts(tuple(own), units(event) if event else "") for (_, event), own in roles.items())
    return KnownOfficial((official.name, *official.aliases), posts)


def sample_of(blocks: Iterable[Block]) -> array[int]:
    """The hashes of a text's runs of words (language/shingles.py)."""
    return shingles_of(" ".join(comparable(block.text) for block in blocks))


def article_row(article: Article, sample: Sequence[int]) -> list[Any]:
    """`sample`: that of the text which the article's rights let us show."""
    known = _article(article, Sketch.of_sample(sample, LONGEST_SKETCH))
    packed = struct.pack(f">{len(known.sketch.hashes)}I", *known.sketch.hashes)
    row: list[Any] = [known.title, known.date, known.event, known.level, known.sha256, known.file]
    row += [known.place, list(known.speakers), base64.b64encode(packed).decode(), known.sketch.is_whole]
    return ["articles", article.id, *row]


def event_row(event: Event) -> list[Any]:
    return ["events", event.id, event.name, event.organiser, event.units]


def official_row(
    official: Official, printed: Iterable[tuple[str, str, str | None]], units: Callable[[str], str]
) -> list[Any]:
    """`printed` are roles, each with its article and the event of it; `units` names whose an event is, by its id."""
    known = _official(official, printed, units)
    posts = [[list(printed.roles), printed.units] for printed in sorted(known.posts)]
    return ["officials", official.id, list(known.names), posts]


def document_row(document: Document) -> list[Any]:
    date = document.date.edtf if document.date else None
    said = [document.type, document.number, document.issuer, date, document.term, document.title]
    rests_on = list(dict.fromkeys(evidence.article for evidence in document.evidence))
    return ["documents", document.id, document.name, list(document.aliases), *said, rests_on]


def read_known(rows: Iterable[list[Any]]) -> Known:
    """The rows of du-lieu/known.json."""
    read: Mapping[str, Any] = {
        "articles": _read_article,
        "events": lambda _, name, organiser, units: KnownEvent(name, organiser, units),
        "officials": _read_official,
        "documents": _read_document,
    }
    found: dict[str, dict[str, Any]] = {kind: {} for kind in read}
    for kind, id, *values in rows:
        found[kind][id] = read[kind](id, *values)
    return Known(**found)


def _read_article(_: str, *values: Any) -> KnownArticle:
    title, date, event, level, sha256, file, place, speakers, packed, is_whole = values
    data = base64.b64decode(packed)
    sketch = Sketch(struct.unpack(f">{len(data) // 4}I", data), is_whole)
    return KnownArticle(title, date, event, level, sha256, file, sketch, place, tuple(speakers))


def _read_official(_: str, names: list[str], posts: list[tuple[list[str], str]]) -> KnownOfficial:
    return KnownOfficial(tuple(names), frozenset(PrintedPosts(tuple(roles), units) for roles, units in posts))


def _read_document(id: str, name: str, aliases: list[str], *values: Any) -> Document:
    type, number, issuer, date, term, title, rests_on = values
    return Document(
        id=id,
        origin=_NOWHERE,
        name=name,
        aliases=tuple(aliases),
        type=type or "",
        number=number,
        issuer=issuer,
        date=_date(date),
        term=term,
        title=title,
        evidence=tuple(Evidence(article, "") for article in rests_on),
    )


def _date(edtf: str | None) -> Any:
    """None for a form that can't be read here (a browser has no edtf): it then contradicts nothing."""
    try:
        return parse_date(edtf) if edtf else None
    except ImportError:
        return None
