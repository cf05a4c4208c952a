"""Raw text to draft records: the whole way of the importer.

In: inputs as bytes, what is known of the archive's records. Out: for each input the files to be written
and a report of what was found, linked, dropped and doubted. Nothing is written here.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterable
from itertools import chain

from archive.citations import CitationFinder, RelationFinder
from archive.ingest.clean import clean
from archive.ingest.date_patterns import DatePatterns
from archive.ingest.doubles import Double, Doubles
from archive.ingest.doubts import placed
from archive.ingest.html import PageReader
from archive.ingest.jurisdiction import JurisdictionReader
from archive.ingest.link import Decided, Linked, Linker, Stub
from archive.ingest.meeting import MeetingReader
from archive.ingest.noise import Noise
from archive.ingest.receive import receive
from archive.ingest.rules.importing import ImportRules
from archive.ingest.same_event import report_of
from archive.ingest.what import find_what
from archive.ingest.when import find_when
from archive.ingest.where import LevelCues, find_where
from archive.ingest.who import PeopleFinder
from archive.ingest.write import article_text, stub_text
from archive.knowledge import Knowledge
from archive.known import Known, Sketch
from archive.language.spelling import without_marks
from archive.model.draft import Cleaned, Draft, Extracted, Received, Unsure, What, When, Where, Who
from archive.model.records import Article, Change, Source
from archive.model.schema import FILE_NAME
from archive.model.told import NOTHING, Told
from archive.problems import Report

_MUCH_ALIKE = "nearly-the-same-text"
LONGEST_READ = 100_000  # characters: five times the longest report known
MOST_CAPTIONS = 200
SOURCES = "sources/"
_TITLE_WORDS = 14  # of the first paragraph stand in for a missing headline
_UNSAFE = re.compile(r"[^a-z0-9._-]+")
_LONGEST_NAME = 100  # of a source file, without ending


class Importer:
    """Makes drafts of one input after another; what one makes, the next can link to or double."""

    def __init__(
        self,
        known: Known,
        knowledge: Knowledge,
        rules: ImportRules,
        rights: str = "full",
    ) -> None:
        """`rights` are those of a draft for which nobody says others."""
        places = knowledge.places
        self.knowledge = knowledge
        self.rights = rights
        self.noise = Noise(rules.noise)
        self.pages = PageReader(rules.pages)
        self.cues = LevelCues(rules.level_cues)
        names = [term.name for term in places.values()]
        self.people = PeopleFinder(rules.people, names, knowledge.no_sentence_end)
        self.citations = CitationFinder(knowledge.citations, knowledge.document_types)
        self.dates = DatePatterns(rules.event_dates, self.citations, knowledge.no_sentence_end)
        opening = knowledge.citations.relation_opening
        self.relations = RelationFinder(knowledge.relations, opening)
        self.meetings = MeetingReader(rules.linking.meeting, knowledge.no_sentence_end)
        ranks = (*rules.people.ranks, *rules.people.academic, *rules.people.former)
        self.units = JurisdictionReader(rules.linking, places, rules.level_cues.city_aliases, ranks)
        self.linker = Linker(known, self.units, rules.linking)
        self.sources = {article.sha256: id for id, article in known.articles.items() if article.sha256}
        self.file_names = {article.file.lower() for article in known.articles.values() if article.file}
        self._doubles = Doubles(self.units, self.linker.report)
        for id, article in known.articles.items():
            self._doubles.remember(id, article.sketch)

    def extract(self, name: str, data: bytes, report: Report) -> Extracted | None:
        """Everything the input says, linked to nothing yet; None if it can't be read."""
        received = receive(name, data, report, self.pages)
        return self.read(received) if received else None

    def read(self, received: Received) -> Extracted:
        cleaned = clean(received, self.noise, self.knowledge.addresses.anchors)
        head = _head(cleaned)
        when = find_when(head, received, self.dates)
        where = find_where(head, self.knowledge, self.cues, when.date)
        return Extracted(
            received=received,
            cleaned=cleaned,
            when=when,
            where=where,
            who=self.people.find(head),
            what=find_what(head, self.citations, self.relations),
            meeting=self.meetings.name(head),
            units=self.units.units_of(where, head),
        )

    def draft(
        self, name: str, data: bytes, report: Report, *, again: bool = False, told: Told = NOTHING
    ) -> Draft | None:
        """One input, and what a person says of it; `again` makes a draft even of what is there already."""
        digest = hashlib.sha256(data).hexdigest()
        if not again and digest in self.sources:
            return Draft(name, duplicate_of=self.sources[digest])
        received = receive(name, data, report, self.pages)
        if received is None:
            return None
        extracted = self.read(told.over(received))
        if not again and (known := self.double_of(extracted)):
            return Draft(name, duplicate_of=known)
        decided = _at_event(self.decide(extracted), told.event)
        made = self.compose(extracted, decided, told=told, is_kept=True)
        made = dataclasses.replace(made, reasons=(*told.reasons(received, extracted.cleaned), *made.reasons))
        self._doubles.remember(made.id, Sketch.of(extracted.cleaned.blocks))
        self.sources[digest] = made.id
        self.file_names.add(made.source_path.removeprefix(SOURCES))
        return made

    def double_of(self, extracted: Extracted) -> str | None:
        """The article that the text is surely another copy of."""
        double = self._double(extracted)
        return double.id if double and double.is_sure else None

    def _double(self, extracted: Extracted) -> Double | None:
        title, home = extracted.cleaned.title or "", self.units.home(extracted.units)
        return self._doubles.find(Sketch.of(extracted.cleaned.blocks), report_of(extracted, title, None, home))

    def decide(self, extracted: Extracted) -> Decided:
        """Which records the text means, and whether it is much like another."""
        decided = self.linker.decide(extracted)
        if not (double := self._double(extracted)):
            return decided
        title = self.linker.report(double.id).titles[-1:]
        doubt = Unsure("event", decided.event or "", _MUCH_ALIKE, "".join(title), double.id)
        reasons = (*decided.reasons, *double.reasons)
        return dataclasses.replace(decided, unsure=(*decided.unsure, doubt), reasons=reasons)

    def compose(
        self,
        extracted: Extracted,
        decided: Decided,
        title: str = "",
        title_by: str = "editor",
        *,
        unsure: Iterable[Unsure] | None = None,
        told: Told = NOTHING,
        is_kept: bool = False,
        agreed: Extracted | None = None,
        filled: Article | None = None,
    ) -> Draft:
        """The files of one article; `title` is one that a person gives in the place of the text's own.

        `unsure`: the doubts that a person left open, in the place of all. To what is kept the next text can be linked.
        `agreed`: what new records may say, if that is less than the article; `filled`: an article whose fields that
        are never read out of a text are kept.
        """
        received, cleaned = extracted.received, extracted.cleaned
        if not title and cleaned.title:
            title, title_by = cleaned.title, "text"
        printed, title = title, title or working_title(cleaned)
        linked = self.linker.settle(decided, printed or extracted.meeting or title)
        id = self.linker.article_id(title)
        if is_kept:
            self.linker.learn(extracted, linked, id, title)
        rights, source = told.rights or self.rights, self._source(received, cleaned, told)
        doubts = tuple(_doubts(extracted, linked, title) if unsure is None else unsure)
        path = f"articles/{_year(extracted, self.knowledge.addresses.parts.unknown)}/{id}.md"
        more = _never_read(filled) if filled else {}
        if filled and filled.source:
            source = dataclasses.replace(source, archived=filled.source.archived)
        files = {path: article_text(extracted, linked, title, title_by, source, rights, doubts, more)}
        for stub in linked.stubs:
            files[self._path_of(stub)] = stub_text(stub, agreed or extracted, linked, id, title, title_by)
        return Draft(
            input=received.name,
            id=id,
            article=path,
            files=files,
            source_path=f"{SOURCES}{source.file}",
            source=received.data,
            rights=rights,
            linked=linked.linked,
            unsure=doubts,
            reasons=(*chain.from_iterable(part.reasons for part in _parts(extracted)), *linked.reasons),
            dropped=_dropped(cleaned),
        )

    def _path_of(self, stub: Stub) -> str:
        return f"{self.knowledge.kinds[stub.kind].folder}/{stub.id}.md"

    def _source(self, received: Received, cleaned: Cleaned, told: Told) -> Source:
        digest, url = hashlib.sha256(received.data).hexdigest(), received.url or cleaned.url
        return Source(file=self._file_name(received.name), sha256=digest, url=url, captured=told.captured)

    def _file_name(self, name: str) -> str:
        """The input's own name as far as it can be a file's name: its letters folded, its ending kept, made unique."""
        stem, dot, ending = re.split(r"[\\/]", without_marks(name))[-1].rpartition(".")
        stem, ending = (_folded(part) for part in ((stem, ending) if stem else (dot + ending, "")))
        stem = stem[:_LONGEST_NAME].strip(".-_") or "source"
        ending = f".{ending or 'txt'}"
        if not re.fullmatch(FILE_NAME, stem + ending):  # the name of a device
            stem = f"source-{stem}"
        chosen, count = stem + ending, 1
        while chosen in self.file_names:
            count += 1
            chosen = f"{stem}-{count}{ending}"
        return chosen


def _never_read(filled: Article) -> dict[str, object]:
    """Fields of an article that the importer leaves to people."""
    return {"topics": filled.topics, "corrections": filled.corrections, **filled.entities}


def _dropped(cleaned: Cleaned) -> tuple[Change, ...]:
    return tuple(change for change in cleaned.changes if change.action == "dropped")


def _at_event(decided: Decided, event: str | None) -> Decided:
    """With the event that a person named: it is in doubt no longer; whether the text is there already may be."""
    if event is None:
        return decided
    unsure = tuple(doubt for doubt in decided.unsure if doubt.field != "event" or doubt.why == _MUCH_ALIKE)
    return dataclasses.replace(decided, event=event, unsure=unsure)


def _parts(extracted: Extracted) -> tuple[Cleaned, When, Where, Who, What]:
    return extracted.cleaned, extracted.when, extracted.where, extracted.who, extracted.what


def _doubts(extracted: Extracted, linked: Linked, title: str) -> tuple[Unsure, ...]:
    """Everything that the modules doubted, each at its place in the record; `title` may be a working one."""
    parts = (extracted.received, *_parts(extracted))
    doubts = list(chain.from_iterable(part.unsure for part in parts))
    if not extracted.cleaned.title:  # the line that may be the headline all the same is the other reading
        other = next((doubt.other for doubt in doubts if doubt.field == "title"), "")
        doubts = [doubt for doubt in doubts if doubt.field != "title"]
        doubts.insert(0, Unsure("title", title, "no-headline", title, other))
    return placed([*doubts, *linked.unsure], linked.who, linked.what)


def _head(cleaned: Cleaned) -> Cleaned:
    """The part of a text that facts are read from: all of it, for any report there is."""
    blocks, left = [], LONGEST_READ
    for block in cleaned.blocks:
        if left <= 0:
            break
        blocks.append(dataclasses.replace(block, text=block.text[:left]))
        left -= len(block.text)
    captions = cleaned.captions[:MOST_CAPTIONS]
    return cleaned if left > 0 else dataclasses.replace(cleaned, blocks=tuple(blocks), captions=captions)


def working_title(cleaned: Cleaned) -> str:
    """The text's title or, where it has none, its first words, for an editor to replace."""
    if cleaned.title:
        return cleaned.title
    first: Iterable[str] = cleaned.blocks[0].text.split() if cleaned.blocks else ()
    return " ".join(list(first)[:_TITLE_WORDS]) or "?"


def _folded(name: str) -> str:
    return _UNSAFE.sub("-", name).strip(".-_")


def _year(extracted: Extracted, unknown: str) -> str:
    years = extracted.when.date.years if extracted.when.date else ()
    return str(years[0]) if years else unknown
