"""An invented archive of any size: a valid content/ folder, the same for the same seed and number.

In: a folder, how many articles, a seed. Out: the folder's files, and `facts.jsonl` beside content/
with what the generator put where, a line a record, for making queries. It streams: memory does not
grow with the number of articles.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from archive.language.spelling import slug
from bench.grammar import Grammar, read_data
from bench.report import Happening, Report, Reporter
from bench.world import Paper, Person, World, random_day

ROOT = Path(__file__).resolve().parents[1]
OFFICIALS_SHARE, OFFICIALS_LEAST = 0.5, 60  # of the number of articles
PAPERS_SHARE, PAPERS_LEAST = 0.15, 30
_OLD_TONES, _DECOMPOSED = 0.25, 0.03  # shares of reports written so
_OPEN = {  # òa → oà
    new: unicodedata.normalize("NFC", letters[0] + unicodedata.normalize("NFD", letters[1]) + mark)
    for letters in ("oa", "oe", "uy")
    for mark in "\u0300\u0301\u0303\u0309\u0323"
    for new in [unicodedata.normalize("NFC", letters[0] + mark + letters[1])]
}
_NEW_TONE = re.compile(rf"(?<![qQ])(?:{'|'.join(sorted(_OPEN))})(?!\w)")


@dataclass(frozen=True, slots=True)
class Archive:
    """Where an invented archive is, and what it was made from."""

    folder: Path
    n: int
    seed: int

    @property
    def content(self) -> Path:
        return self.folder / "content"

    def facts(self) -> Iterator[dict[str, Any]]:
        """One mapping a record: `kind`, `address`, and what the generator knows of it."""
        with (self.folder / "facts.jsonl").open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def write_archive(folder: Path, n: int, seed: int, *, sources: bool = True, length: float = 1) -> Archive:
    """Writes content/ of n articles below `folder`, with officials, documents and events in proportion.

    `sources`: write what was "received" too, with its checksum, as `check` wants it. `length`: how
    many times the usual 900 words a report has.
    """
    world = World(seed, ROOT / "site-config")
    words = read_data("words")
    lists = {name: entries for name, entries in words.items() if name != "abbreviations"}
    reporter = Reporter(world, Grammar(lists, read_data("sentences")), words["abbreviations"], length)
    content = folder / "content"
    names = ["events", "officials", "documents", *(f"articles/{year}" for year in range(2009, 2026))]
    for name in [*names, *(["sources"] if sources else [])]:
        (content / name).mkdir(parents=True, exist_ok=True)
    with (folder / "facts.jsonl").open("w", encoding="utf-8", newline="\n") as facts:
        for text in _records(reporter, content, n, sources=sources):
            facts.write(json.dumps(text, ensure_ascii=False) + "\n")
    return Archive(folder, n, seed)


def _records(reporter: Reporter, content: Path, n: int, *, sources: bool) -> Iterator[dict[str, Any]]:
    article = happening = 0
    named: set[str] = set()
    while article < n:
        random = reporter.world.chance("happening", happening)
        reports = min(random.choice((1, 1, 1, 2, 2, 3)), n - article)
        has_event = random.random() < (0.9 if reports > 1 else 0.35)
        shared = _happening(reporter, range(article, article + reports), n, random)
        ids = []
        for number in range(article, article + reports):
            at = reporter.world.chance("article", number)
            report = reporter.write(shared, has_event, at)
            named |= {*report.speakers, *report.attendees}
            ids.append(f"{slug(report.title)[:60].strip('-')}-{number}")
            event = _event_id(shared, happening) if has_event else None
            yield _write_article(content, ids[-1], report, shared, event, at, sources=sources)
            if number == article:
                first_day = report.day_words
            yield from _write_papers(content, ids[-1], report, _home_papers(reporter.world, number, n))
        if has_event:
            yield _write_event(content, _event_id(shared, happening), shared, ids[0], first_day)
        article, happening = article + reports, happening + 1
    yield from _officials(reporter.world, content, _number_of_officials(n), named)


def _number_of_officials(n: int) -> int:
    return OFFICIALS_LEAST + int(n * OFFICIALS_SHARE)


def _home(number: int, n: int, total: int) -> range:
    """Which of `total` things first appear in article `number` of n."""
    return range(number * total // n, (number + 1) * total // n)


def _home_papers(world: World, number: int, n: int) -> list[Paper]:
    return [world.paper(paper) for paper in _home(number, n, PAPERS_LEAST + int(n * PAPERS_SHARE))]


def _happening(reporter: Reporter, articles: range, n: int, random: Random) -> Happening:
    """People and documents: who must appear here first, and others, the well known more often."""
    world = reporter.world
    officials, papers_total = _number_of_officials(n), PAPERS_LEAST + int(n * PAPERS_SHARE)
    owed = [world.person(person) for number in articles for person in _home(number, n, officials)]
    known = [world.person(int(officials * random.random() ** 2.5)) for _ in range(random.randint(2, 6))]
    people = list({person.id: person for person in [*known, *owed]}.values())
    papers = [paper for number in articles for paper in _home_papers(world, number, n)]
    papers += [
        world.paper(int(papers_total * random.random() ** 2.5)) for _ in range(random.choice((0, 0, 1, 1, 2, 3)))
    ]
    unique = tuple({paper.id: paper for paper in papers}.values())
    day = random_day(random)
    return reporter.happening(random, tuple(people), unique, day)


def _event_id(happening: Happening, number: int) -> str:
    return f"{slug(happening.name)[:60].strip('-')}-{number}"


def _officials(world: World, content: Path, total: int, named: Collection[str]) -> Iterator[dict[str, Any]]:
    """Those whom a report names."""
    for number in range(total):
        person = world.person(number)
        if person.id not in named:
            continue
        aliases = [person.name.replace("'", "")] if "'" in person.name and number % 3 == 0 else []
        _write(content / "officials" / f"{person.id}.md", [("name", person.name), ("aliases", aliases)])
        yield {"kind": "officials", "address": f"nguoi/{person.id}/", "name": person.name, "aliases": aliases}


def _write_papers(content: Path, article: str, report: Report, papers: list[Paper]) -> Iterator[dict[str, Any]]:
    """Documents first cited by this article, which is their evidence."""
    for paper in papers:
        _, words = report.cited[paper.id]
        fields = [
            ("type", paper.type),
            ("number", paper.number),
            ("issuer", paper.issuer),
            ("date", paper.day.isoformat()),
            ("title", paper.title),
            ("name", paper.name),
            ("evidence", [{"article": article, "words": words}]),
        ]
        _write(content / "documents" / f"{paper.id}.md", fields)
        known = {key: value for key, value in fields if key != "evidence"}
        yield {"kind": "documents", "address": f"van-ban/{paper.id}/", **known, "type_name": paper.type_name}


def _write_event(content: Path, id: str, happening: Happening, article: str, words: str) -> dict[str, Any]:
    fields = [
        ("name", happening.name),
        ("name_by", "text"),
        ("date", happening.day.isoformat()),
        ("date_basis", {"kind": "stated", "words": words, "article": article}),
        ("level", happening.level),
        ("organiser", str(happening.facts["host"])),
        ("place", {"printed": str(happening.facts["where"]), "unit": happening.spot.province.code, "basis": "text"}),
        ("evidence", [{"article": article, "words": happening.name}]),
    ]
    _write(content / "events" / f"{id}.md", fields)
    return {
        "kind": "events",
        "address": f"su-kien/{id}/",
        "name": happening.name,
        "date": happening.day.isoformat(),
        "place": happening.spot.province.code,
    }


def _write_article(
    content: Path, id: str, report: Report, happening: Happening, event: str | None, random: Random, *, sources: bool
) -> dict[str, Any]:
    body = "\n\n".join(report.paragraphs)
    dress = _Dress.of(random)
    fields: list[tuple[str, Any]] = [
        ("title", report.title),
        ("title_by", "text"),
        ("date", happening.day.isoformat()),
        ("date_basis", {"kind": "stated", "words": report.day_words}),
        ("event", event),
        ("level", happening.level),
        ("place", {"printed": report.place_words, "unit": happening.spot.province.code, "basis": "text"}),
        ("publisher", "Báo Nếp Làng"),
        ("published", happening.day.isoformat()),
    ]
    if sources:
        received = dress.put_on("\n\n".join((report.title, *report.captions, body)) + "\n").encode()
        (content / "sources" / f"{id}.txt").write_bytes(received)
        fields.append(("source", {"file": f"{id}.txt", "sha256": hashlib.sha256(received).hexdigest()}))
    fields += [
        ("rights", "full"),
        ("speakers", _people(report.speakers, "phat-bieu")),
        ("attendees", _people({i: p for i, p in report.attendees.items() if i not in report.speakers}, "tham-du")),
        ("documents", [_cited(paper, words) for paper, words in report.cited.values()]),
        ("captions", [{"text": text} for text in report.captions]),
    ]
    _write(content / "articles" / str(happening.day.year) / f"{id}.md", fields, body, dress)
    return {
        "kind": "articles",
        "address": f"bai-viet/{id}/",
        "title": report.title,
        "date": happening.day.isoformat(),
        "event": f"su-kien/{event}/" if event else None,
        "places": [happening.spot.hamlet, happening.spot.commune, happening.spot.district],
        "model": happening.facts["model"] if happening.kind == "story" else None,
        "subject": happening.facts["subject"] if happening.kind == "story" else None,
        "people": sorted({*report.speakers, *report.attendees}),
    }


def _people(people: dict[str, Person], capacity: str) -> list[dict[str, Any]]:
    return [
        {"official": person.id, "name": person.name, "roles": [person.role], "capacity": [capacity]}
        for person in people.values()
    ]


def _cited(paper: Paper | None, words: str) -> dict[str, Any]:
    if paper is None:
        return {"printed": words}
    known = {"type": paper.type, "number": paper.number, "date": paper.day.isoformat(), "issuer": paper.issuer}
    return {"document": paper.id, "printed": words, **known, "title": paper.title}


@dataclass(frozen=True, slots=True)
class _Dress:
    """How a file is typed: where tones stand, which apostrophe, composed letters or not."""

    old_tones: bool = False
    apostrophe: str = "'"
    decomposed: bool = False

    @classmethod
    def of(cls, random: Random) -> _Dress:
        return cls(random.random() < _OLD_TONES, random.choice("'’"), random.random() < _DECOMPOSED)

    def put_on(self, text: str) -> str:
        if self.old_tones:
            text = _NEW_TONE.sub(lambda match: _OPEN[match.group()], text)
        if self.apostrophe != "'":
            text = text.replace("'", self.apostrophe)
        return unicodedata.normalize("NFD", text) if self.decomposed else text


_PLAIN = _Dress()


def _write(path: Path, fields: list[tuple[str, Any]], body: str = "", dress: _Dress = _PLAIN) -> None:
    """YAML's flow style is JSON, so every value is written as JSON: nothing needs a second look."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields if value]
    text = "---\n" + "\n".join(lines) + "\n---\n" + (f"\n{body}\n" if body else "")
    path.write_text(dress.put_on(text), encoding="utf-8", newline="\n")
