"""Raw text to draft records: the whole way of the importer.

In: inputs as bytes, the archive's records. Out: for each input the files to be written and a
report of what was found, linked, dropped and doubted. Nothing is written here.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from archive.citations import CitationFinder, RelationFinder
from archive.ingest.clean import clean
from archive.ingest.date_patterns import DatePatterns
from archive.ingest.link import Linker
from archive.ingest.noise import Noise
from archive.ingest.receive import receive
from archive.ingest.what import find_what
from archive.ingest.when import find_when
from archive.ingest.where import LevelCues, find_where
from archive.ingest.who import PeopleFinder
from archive.ingest.write import article_text, stub_text
from archive.knowledge import Knowledge
from archive.language.shingles import NEAR, share, shingles
from archive.model.corpus import Corpus
from archive.model.draft import Cleaned, Draft, Extracted, Received, Unsure
from archive.model.records import Source
from archive.problems import Report

LONGEST_READ = 100_000  # characters: five times the longest report known
MOST_CAPTIONS = 200
_TITLE_WORDS = 14  # of the first paragraph stand in for a missing headline
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Importer:
    """Makes drafts of one input after another; what one makes, the next can link to or double."""

    def __init__(self, corpus: Corpus, knowledge: Knowledge, lists: Mapping[str, Mapping[str, Any]]) -> None:
        places = knowledge.vocabularies["places"]
        self.knowledge = knowledge
        self.noise = Noise(lists["noise"])
        self.cues = LevelCues(lists["level-cues"])
        self.people = PeopleFinder(lists["people"], [term.name for term in places.values()], knowledge.no_sentence_end)
        self.citations = CitationFinder(knowledge.citations, knowledge.vocabularies["document_types"])
        self.dates = DatePatterns(lists["event-dates"], self.citations, knowledge.no_sentence_end)
        opening = knowledge.citations["relation_opening"]
        self.relations = RelationFinder(knowledge.vocabularies["relations"], opening)
        self.linker = Linker(corpus)
        self.sources = {a.source.sha256: a.id for a in corpus.articles.values() if a.source and a.source.sha256}
        self.file_names = {a.source.file for a in corpus.articles.values() if a.source and a.source.file}
        self._holders: dict[int, list[str]] = defaultdict(list)
        self._sizes: dict[str, int] = {}
        for article in corpus.articles.values():
            self._remember(article.id, shingles(" ".join(block.text for block in article.body)))

    def extract(self, name: str, data: bytes, report: Report) -> Extracted | None:
        """Everything the input says, linked to nothing yet; None if it can't be read."""
        received = receive(name, data, report)
        return self.read(received) if received else None

    def read(self, received: Received) -> Extracted:
        cleaned = clean(received, self.noise)
        head = _head(cleaned)
        return Extracted(
            received=received,
            cleaned=cleaned,
            when=find_when(head, received, self.dates),
            where=find_where(head, self.knowledge, self.cues),
            who=self.people.find(head),
            what=find_what(head, self.citations, self.relations),
        )

    def draft(self, name: str, data: bytes, report: Report, *, again: bool = False) -> Draft | None:
        """One input; `again` makes a draft even of what is there already."""
        digest = hashlib.sha256(data).hexdigest()
        if not again and digest in self.sources:
            return Draft(name, duplicate_of=self.sources[digest])
        extracted = self.extract(name, data, report)
        if extracted is None:
            return None
        kept = shingles(" ".join(block.text for block in extracted.cleaned.blocks))
        if not again and (known := self._double_of(kept)):
            return Draft(name, duplicate_of=known)
        title = extracted.cleaned.title or _working_title(extracted.cleaned)
        linked = self.linker.link(extracted, title)
        id = self.linker.article_id(title)
        self._remember(id, kept)
        self.sources[digest] = id
        source = Source(file=self._file_name(name), sha256=digest, url=extracted.received.url or extracted.cleaned.url)
        path = f"articles/{_year(extracted)}/{id}.md"
        files = {path: article_text(extracted, linked, title, source)}
        for stub in linked.stubs:
            folder = self.knowledge.kinds[stub.kind].folder
            files[f"{folder}/{stub.id}.md"] = stub_text(stub, extracted, linked, id)
        parts = (extracted.when, extracted.where, extracted.who, extracted.what)
        unsure = [doubt for part in parts for doubt in part.unsure] + list(linked.unsure)
        if not extracted.cleaned.title:
            unsure.insert(0, Unsure("title", title, "no-headline", title))
        return Draft(
            input=name,
            article=path,
            files=files,
            source_path=f"sources/{source.file}",
            source=data,
            linked=linked.linked,
            unsure=tuple(unsure),
            dropped=tuple(change for change in extracted.cleaned.changes if change.action == "dropped"),
        )

    def _file_name(self, name: str) -> str:
        """The input's own name as far as it can be a file's name, made unique."""
        plain = _UNSAFE.sub("-", re.split(r"[\\/]", name)[-1]).strip(".-") or "source.txt"
        stem, dot, ending = plain.rpartition(".")
        chosen, count = plain, 1
        while chosen in self.file_names:
            count += 1
            chosen = f"{stem}-{count}.{ending}" if dot else f"{plain}-{count}"
        self.file_names.add(chosen)
        return chosen

    def _remember(self, id: str, kept: Collection[int]) -> None:
        self._sizes[id] = len(kept)
        for shingle in kept:
            self._holders[shingle].append(id)

    def _double_of(self, kept: Collection[int]) -> str | None:
        """The article that shares most of a text's shingles, if there is one."""
        common: dict[str, int] = defaultdict(int)
        for shingle in kept:
            for id in self._holders.get(shingle, ()):
                common[id] += 1
        near = [(share(count, len(kept), self._sizes[id]), id) for id, count in common.items()]
        best = max(near, default=(0.0, ""))
        return best[1] if best[0] >= NEAR else None


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


def _working_title(cleaned: Cleaned) -> str:
    """The first words of the text, for an editor to replace."""
    first: Iterable[str] = cleaned.blocks[0].text.split() if cleaned.blocks else ()
    return " ".join(list(first)[:_TITLE_WORDS]) or "?"


def _year(extracted: Extracted) -> str:
    years = extracted.when.date.years if extracted.when.date else ()
    return str(years[0]) if years else "khong-ro"
