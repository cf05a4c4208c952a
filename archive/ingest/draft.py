"""Raw text to draft records: the whole way of the importer.

In: inputs as bytes, what is known of the archive's records. Out: for each input the files to be written
and a report of what was found, linked, dropped and doubted. Nothing is written here.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from archive.citations import CitationFinder, RelationFinder
from archive.ingest.clean import clean
from archive.ingest.date_patterns import DatePatterns
from archive.ingest.doubts import placed
from archive.ingest.html import PageReader
from archive.ingest.link import Decided, Linked, Linker
from archive.ingest.noise import Noise
from archive.ingest.receive import receive
from archive.ingest.what import find_what
from archive.ingest.when import find_when
from archive.ingest.where import LevelCues, find_where
from archive.ingest.who import PeopleFinder
from archive.ingest.write import article_text, stub_text
from archive.knowledge import Knowledge
from archive.known import Known, Sketch
from archive.language.shingles import NEAR, share
from archive.model.draft import Cleaned, Draft, Extracted, Received, Unsure
from archive.model.records import Source
from archive.model.told import NOTHING, Told
from archive.problems import Report

LONGEST_READ = 100_000  # characters: five times the longest report known
MOST_CAPTIONS = 200
SOURCES = "sources/"
_TITLE_WORDS = 14  # of the first paragraph stand in for a missing headline
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Importer:
    """Makes drafts of one input after another; what one makes, the next can link to or double."""

    def __init__(
        self,
        known: Known,
        knowledge: Knowledge,
        lists: Mapping[str, Mapping[str, Any]],
        rights: str = "full",
    ) -> None:
        """`rights` are those of a draft for which nobody says others."""
        places = knowledge.vocabularies["places"]
        self.knowledge = knowledge
        self.rights = rights
        self.noise = Noise(lists["noise"])
        self.pages = PageReader(lists["pages"])
        self.cues = LevelCues(lists["level-cues"])
        names = [term.name for term in places.values()]
        self.people = PeopleFinder(lists["people"], names, knowledge.no_sentence_end)
        self.citations = CitationFinder(knowledge.citations, knowledge.vocabularies["document_types"])
        self.dates = DatePatterns(lists["event-dates"], self.citations, knowledge.no_sentence_end)
        opening = knowledge.citations["relation_opening"]
        self.relations = RelationFinder(knowledge.vocabularies["relations"], opening)
        self.linker = Linker(known)
        self.sources = {article.sha256: id for id, article in known.articles.items() if article.sha256}
        self.file_names = {article.file for article in known.articles.values() if article.file}
        self._holders: dict[int, list[str]] = defaultdict(list)
        self._sketches: dict[str, Sketch] = {}
        for id, article in known.articles.items():
            self._remember(id, article.sketch)

    def extract(self, name: str, data: bytes, report: Report) -> Extracted | None:
        """Everything the input says, linked to nothing yet; None if it can't be read."""
        received = receive(name, data, report, self.pages)
        return self.read(received) if received else None

    def read(self, received: Received) -> Extracted:
        cleaned = clean(received, self.noise)
        head = _head(cleaned)
        when = find_when(head, received, self.dates)
        return Extracted(
            received=received,
            cleaned=cleaned,
            when=when,
            where=find_where(head, self.knowledge, self.cues, when.date),
            who=self.people.find(head),
            what=find_what(head, self.citations, self.relations),
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
        decided = _at_event(self.linker.decide(extracted), told.event)
        made = self.compose(extracted, decided, told=told, is_kept=True)
        made = dataclasses.replace(made, reasons=(*told.reasons(received, extracted.cleaned), *made.reasons))
        self._remember(made.id, Sketch.of(extracted.cleaned.blocks))
        self.sources[digest] = made.id
        self.file_names.add(made.source_path.removeprefix(SOURCES))
        return made

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
    ) -> Draft:
        """The files of one article; `title` is one that a person gives in the place of the text's own.

        `unsure`: the doubts that a person left open, in the place of all. To what is kept the next text can be linked.
        """
        received, cleaned = extracted.received, extracted.cleaned
        if not title and cleaned.title:
            title, title_by = cleaned.title, "text"
        printed, title = title, title or working_title(cleaned)
        linked = self.linker.settle(decided, title)
        if is_kept:
            self.linker.learn(extracted, linked, title)
        id = self.linker.article_id(title)
        digest = hashlib.sha256(received.data).hexdigest()
        url, rights = received.url or cleaned.url, told.rights or self.rights
        source = Source(file=self._file_name(received.name), sha256=digest, url=url, captured=told.captured)
        parts = (cleaned, extracted.when, extracted.where, extracted.who, extracted.what)
        doubts = tuple(
            _doubts((received, *parts), linked, "" if cleaned.title else title) if unsure is None else unsure
        )
        path = f"articles/{_year(extracted)}/{id}.md"
        files = {path: article_text(extracted, linked, title, title_by, source, rights, doubts)}
        for stub in linked.stubs:
            folder = self.knowledge.kinds[stub.kind].folder
            files[f"{folder}/{stub.id}.md"] = stub_text(stub, extracted, linked, id, printed, title_by)
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
            reasons=tuple(reason for part in parts[1:] for reason in part.reasons),
            dropped=tuple(change for change in cleaned.changes if change.action == "dropped"),
        )

    def _file_name(self, name: str) -> str:
        """The input's own name as far as it can be a file's name, made unique."""
        plain = _UNSAFE.sub("-", re.split(r"[\\/]", name)[-1]).strip(".-") or "source.txt"
        stem, dot, ending = plain.rpartition(".")
        chosen, count = plain, 1
        while chosen in self.file_names:
            count += 1
            chosen = f"{stem}-{count}.{ending}" if dot else f"{plain}-{count}"
        return chosen

    def _remember(self, id: str, sketch: Sketch) -> None:
        self._sketches[id] = sketch
        for hash in sketch.hashes:
            self._holders[hash].append(id)

    def double_of(self, extracted: Extracted) -> str | None:
        """The article that shares most of a text's runs of words, if there is one."""
        own = Sketch.of(extracted.cleaned.blocks).hashes
        common = Counter(id for hash in own for id in self._holders.get(hash, ()))
        near = []
        for id, count in common.items():
            sketch = self._sketches[id]
            near.append((share(count, sketch.covers(own), len(sketch.hashes)), id))
        best = max(near, default=(0.0, ""))
        return best[1] if best[0] >= NEAR else None


def _at_event(decided: Decided, event: str | None) -> Decided:
    """With the event that a person named: it is in doubt no longer."""
    if event is None:
        return decided
    unsure = tuple(doubt for doubt in decided.unsure if doubt.field != "event")
    return dataclasses.replace(decided, event=event, unsure=unsure)


def _doubts(parts: Iterable[Any], linked: Linked, working: str) -> tuple[Unsure, ...]:
    """Everything that the modules doubted, each at its place in the record; `working`: a title that is none."""
    doubts = [doubt for part in parts for doubt in part.unsure]
    if working:  # the line that may be the headline all the same is the other reading of this doubt
        other = next((doubt.other for doubt in doubts if doubt.field == "title"), "")
        doubts = [doubt for doubt in doubts if doubt.field != "title"]
        doubts.insert(0, Unsure("title", working, "no-headline", working, other))
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


def _year(extracted: Extracted) -> str:
    years = extracted.when.date.years if extracted.when.date else ()
    return str(years[0]) if years else "khong-ro"
