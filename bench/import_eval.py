"""Scores the importer on labelled reports: precision, recall and F1 of everything it reads out.

In: a folder of `NNN.txt` with `NNN.yml` labels (see tests/eval/README.md). Out: figures, and what
was missed. Values are compared as printed, after NFC and folding of space.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from archive.citations.resolve import number_key
from archive.config import load_yaml
from archive.ingest.doubts import gathered
from archive.ingest.draft import Importer
from archive.ingest.rules.importing import read_import_rules
from archive.knowledge import load_knowledge
from archive.known import Known
from archive.language.spelling import comparable
from archive.model.draft import Extracted, Unsure
from archive.model.edtf import parse_date
from archive.problems import Report

ROOT = Path(__file__).resolve().parent.parent


_NOT_LABELLED = {
    "event",
    "documents",
    "captions",
    "byline",
    "source",
}  # of these labels can't say what a doubt is worth


@dataclass
class Count:
    """Found and right, found and wrong, not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Doubted:
    """Of one field: wrong values, how many of these carry a doubt; doubts that point at a wrong value, idle ones."""

    wrong: int = 0
    told: int = 0
    right: int = 0
    idle: int = 0

    @property
    def recall(self) -> float:
        return self.told / self.wrong if self.wrong else 1.0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.idle) if self.right + self.idle else 1.0


@dataclass
class Scores:
    """Counts by field; `misses` are lines for a person to read."""

    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    dates: dict[str, int] = field(default_factory=lambda: {"right": 0, "vague": 0, "wrong": 0})
    misses: list[str] = field(default_factory=list)
    texts: int = 0
    doubts: dict[str, Doubted] = field(default_factory=lambda: defaultdict(Doubted))
    corrections: int = 0

    @property
    def corrections_an_article(self) -> float:
        """Values that a person has to mend: title, date, level, people, roles, capacities, documents."""
        return self.corrections / self.texts if self.texts else 0.0


def make_importer() -> Importer:
    """An importer that knows no record: everything has to come from the text."""
    lists = read_import_rules(lambda name: load_yaml(ROOT / "site-config" / f"{name}.yml"))
    return Importer(Known(), load_knowledge(ROOT / "site-config"), lists)


def score(folder: Path, importer: Importer) -> Scores:
    """Runs the importer over a folder."""
    scores = Scores()
    for label_file in sorted(folder.glob("*.yml")):
        source = next(path for path in sorted(folder.glob(f"{label_file.stem}.*")) if path.suffix != ".yml")
        extracted = importer.extract(source.name, source.read_bytes(), Report())
        if extracted is None:
            scores.misses.append(f"{source.name}: not read")
            continue
        labels = yaml.load(label_file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        scores.texts += 1
        for name, want, got in _compared(labels, extracted):
            _count(scores, source.stem, name, want, got)
        _count_date(scores, source.stem, labels, extracted)
        _count_doubts(scores, source.stem, labels, extracted)
    return scores


def _compared(labels: dict[str, Any], extracted: Extracted) -> Iterator[tuple[str, set[str], set[str]]]:
    """Each field as two sets of words: what is labelled, what was found."""
    people = {plain_words(person["name"]): person for person in labels.get("people") or ()}
    who = extracted.who
    found = {plain_words(person.name): person for person in who.speakers + who.attendees + who.mentioned}
    yield "people", set(people), set(found)
    both = people.keys() & found.keys()
    yield (
        "roles",
        {f"{n}: {plain_words(r)}" for n in both for r in people[n]["roles"] or ()},
        {f"{n}: {plain_words(r)}" for n in both for r in found[n].roles},
    )
    yield (
        "capacity",
        {f"{n}: {c}" for n in both for c in people[n]["capacity"] or ()},
        {f"{n}: {c}" for n in both for c in found[n].capacity},
    )
    documents, cited = labels.get("documents") or (), extracted.what.documents
    yield (
        "numbered documents",
        {f"{d['type']} {number_key(str(d['number']))}" for d in documents if d.get("number")},
        {f"{d.type} {number_key(d.number)}" for d in cited if d.number},
    )
    yield (
        "unnumbered documents",
        *_matched([d["printed"] for d in documents if not d.get("number")], [d.printed for d in cited if not d.number]),
    )
    yield "level", {_level(labels, extracted)}, {str(extracted.where.level)}
    yield "title", {_title(labels.get("title"))}, {_title(extracted.cleaned.title)}
    printed = extracted.where.place.printed if extracted.where.place else None
    yield "place", {str(labels.get("place"))}, {str(printed)}
    yield (
        "captions",
        set(map(_title, labels.get("captions") or ())),
        {_title(c.text) for c in extracted.cleaned.captions},
    )
    yield "byline", set(map(_title, labels.get("byline") or ())), set(map(_title, extracted.cleaned.byline))


def _level(labels: dict[str, Any], extracted: Extracted) -> str:
    """The labelled level, or the one found where the label allows it, too."""
    also = labels.get("level_also") or ()
    allowed = {str(code) for code in ([also] if isinstance(also, str) else also)}
    found = str(extracted.where.level)
    return found if found in allowed else str(labels.get("level"))


def _matched(want: Iterable[str], got: Iterable[str]) -> tuple[set[str], set[str]]:
    """Unnumbered documents agree where one's words begin the other's."""
    wanted, found = ([comparable(plain_words(words)) for words in side] for side in (want, got))
    renamed = set()
    for words in found:
        match = next((w for w in wanted if words.startswith(w) or w.startswith(words)), words)
        renamed.add(match)
    return set(wanted), renamed


def _count(scores: Scores, stem: str, name: str, want: set[str], got: set[str]) -> None:
    count = scores.counts[name]
    count.right += len(want & got)
    count.wrong += len(got - want)
    count.missed += len(want - got)
    if want != got:
        scores.misses.append(f"{stem} {name}: missed {sorted(want - got)}, wrong {sorted(got - want)}")


def _count_date(scores: Scores, stem: str, labels: dict[str, Any], extracted: Extracted) -> None:
    """Right: the labelled date or one the label allows. Vague: less, but not false. Wrong: the rest."""
    want, got = labels.get("date"), extracted.when.date
    found = got.edtf if got else None
    kind = _date_kind(labels, found)
    scores.dates[kind] += 1
    if kind != "right":
        scores.misses.append(f"{stem} date {kind}: {want} labelled, {found} found")


def _date_kind(labels: dict[str, Any], found: str | None) -> str:
    want = labels.get("date")
    if found == want or found in (labels.get("date_vague") or ()):
        return "right"
    return "vague" if found is None or (want and _holds(found, want)) else "wrong"


def _count_doubts(scores: Scores, stem: str, labels: dict[str, Any], extracted: Extracted) -> None:
    """Which values are wrong, which of them carry a doubt, and which doubts stand at right values alone.

    A doubt of several people, which an editor sees once, is right if one of their values is wrong.
    """
    parts = (extracted.cleaned, extracted.when, extracted.where, extracted.who, extracted.what)
    raised = gathered(doubt for part in parts for doubt in part.unsure if _kind(doubt.field) not in _NOT_LABELLED)
    wrong = set(_wrong_fields(labels, extracted))
    told = {name for group in raised for name in _doubted(group)}
    if extracted.cleaned.title is None and "title" in wrong:
        told.add("title")  # a working title is told always; where the text has no headline there is nothing to tell
        raised += [] if any(group[0].field == "title" for group in raised) else [(Unsure("title", "", ""),)]
    for name in sorted(wrong):
        scores.doubts[_kind(name)].wrong += 1
        scores.doubts[_kind(name)].told += name in told
        if name not in told:
            scores.misses.append(f"{stem} silent: {name}")
    for fields in sorted({tuple(_doubted(group)) for group in raised}):
        counted = scores.doubts[_kind(fields[0])]
        is_right = not wrong.isdisjoint(fields)
        counted.right += is_right
        counted.idle += not is_right
        if not is_right:
            scores.misses.append(f"{stem} idle: {', '.join(fields)}")
    scores.corrections += len(wrong) + _missing(labels, extracted)


def _doubted(group: Iterable[Unsure]) -> list[str]:
    """The values that a doubt holds for; one about who somebody is, for the name and the posts."""
    found = []
    for field_of in (doubt.field for doubt in group):
        kind, _, name = field_of.partition(" of ")
        found += [f"name of {name}", f"roles of {name}"] if kind == "person" else [field_of]
    return found


def _wrong_fields(labels: dict[str, Any], extracted: Extracted) -> Iterator[str]:
    """Fields whose value is not the labelled one, named as doubts name them."""
    if _title(labels.get("title")) != _title(extracted.cleaned.title):
        yield "title"
    if _date_kind(labels, extracted.when.date.edtf if extracted.when.date else None) != "right":
        yield "date"
    if _level(labels, extracted) != str(extracted.where.level):
        yield "level"
    people = {plain_words(person["name"]): person for person in labels.get("people") or ()}
    for person in (*extracted.who.speakers, *extracted.who.attendees, *extracted.who.mentioned):
        label = people.get(plain_words(person.name))
        if label is None:
            yield f"name of {person.name}"
            continue
        if set(map(plain_words, label["roles"] or ())) != set(map(plain_words, person.roles)):
            yield f"roles of {person.name}"
        if set(label["capacity"] or ()) != set(person.capacity):
            yield f"capacity of {person.name}"


def _missing(labels: dict[str, Any], extracted: Extracted) -> int:
    """People and documents that have to be added, and documents that have to go."""
    counted = {name: (want, got) for name, want, got in _compared(labels, extracted)}
    want, got = counted["people"]
    documents = (counted[f"{kind} documents"] for kind in ("numbered", "unnumbered"))
    return len(want - got) + sum(max(len(want - got), len(got - want)) for want, got in documents)


def _kind(name: str) -> str:
    return re.split(r" of |[.]", name, maxsplit=1)[0]


def _holds(vague: str, exact: str) -> bool:
    """True if the vague date leaves the exact one possible and claims less."""
    one, other = parse_date(vague), parse_date(exact)
    if one.is_day and one.edtf != other.edtf:
        return False
    if not (one.earliest and one.latest and other.earliest and other.latest):
        return not one.years and vague.replace("X", "") != "" and exact.endswith(vague.replace("XXXX", "", 1))
    return one.earliest <= other.earliest and other.latest <= one.latest


def plain_words(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).split())


def _title(words: str | None) -> str:
    return comparable(plain_words(words)).rstrip(" .") if words else "-"
