"""Officials: what articles print of a person, each thing with its words; rows in the data, search entry, head.

In: the render context and an official. Out: `OfficialDossier` and rows. A role belongs to the mention and its day; no
career is concluded from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archive.database import Database, Query
from archive.database.rows import passage_at
from archive.kinds import facets
from archive.kinds.article import by_time, date_of_passage
from archive.kinds.authority import NAMINGS, correction_rows, edtf, evidence, possibly_same, where
from archive.kinds.context import RenderContext
from archive.kinds.event import units_of_event
from archive.kinds.kind import Found, Head, Json, KindModule, Section, Subject, TableRow
from archive.kinds.timeline import date_of_moment, moment, timeline
from archive.known import official_row
from archive.language.spelling import comparable
from archive.model.dates import Date
from archive.model.derived import Passage, PossiblyTheSame, Statement
from archive.model.edtf import parse_date
from archive.model.records import Official

ROLES_TABLE = "roles"


@dataclass(frozen=True, slots=True)
class PrintedPost:
    """A role as one article prints it for one person, and the event that the article reports."""

    role: str
    date: Date | None
    passage: Passage
    event: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedRole:
    """A role with the posts that print it, the newest first: spellings that differ in capitals or tone places alone
    are one. `role` is as the newest report prints it."""

    role: str
    posts: tuple[PrintedPost, ...]

    @property
    def dates(self) -> tuple[Date, ...]:
        """Of the first and of the last report that has a date; no more than one if they are one."""
        known = [post.date for post in self.posts if post.date]
        return tuple(dict.fromkeys([known[-1], known[0]])) if known else ()

    @property
    def articles(self) -> int:
        """How many articles print it."""
        return len({post.passage.article for post in self.posts})


@dataclass(frozen=True, slots=True)
class Appearance:
    """What one article says a person did at an event, or that it names them; `moment` is its timeline entry."""

    moment: str
    capacity: str
    event: str | None
    date: Date | None
    passage: Passage


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody else who was at the same events."""

    official: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Venue:
    """A unit of site-config/places.yml in which events took place where the person was present."""

    unit: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficialDossier:
    """In order of time: posts, appearances, sentences that name the person, keys of timeline entries, and all articles
    that say anything of the person. `capacities` are the codes that each of them gives. `roles` are the posts put
    together, the newest first; `namesakes` are people of the very same name."""

    articles: tuple[str, ...]
    capacities: Mapping[str, frozenset[str]]
    posts: tuple[PrintedPost, ...]
    roles: tuple[PrintedRole, ...]
    appearances: tuple[Appearance, ...]
    mentions: tuple[Passage, ...]
    evidence: tuple[Passage, ...]
    documents: tuple[Statement, ...]
    venues: tuple[Venue, ...]
    companions: tuple[Companion, ...]
    possibly_same: tuple[PossiblyTheSame, ...]
    namesakes: tuple[str, ...]
    timeline: tuple[str, ...]

    @property
    def latest(self) -> tuple[PrintedPost, ...]:
        """The posts that the latest report with a date prints, or any report if none has a date."""
        posts = [post for post in self.posts if post.date] or self.posts
        return tuple(post for post in posts if post.passage.article == posts[-1].passage.article)


def _date(edtf: str | None) -> Date | None:
    return parse_date(edtf) if edtf else None


POSTS = Query(
    "SELECT role, date, event, article, anchor, words, marks, cut FROM role WHERE official = :official "
    "ORDER BY sort, article, position",
    lambda role, date, event, *passage: PrintedPost(role, _date(date), passage_at(*passage), event),
)
LAST_ROLES = Query(
    "SELECT article, role FROM role WHERE official = :official "
    "ORDER BY date IS NULL, sort DESC, article DESC, position LIMIT 12",
    lambda article, role: (article, role),
)
APPEARANCES = Query(
    "SELECT moment, capacity, event, date, article, anchor, words, marks, cut FROM appearance "
    "WHERE official = :official ORDER BY sort, article, position",
    lambda moment, capacity, event, date, *passage: Appearance(
        moment, capacity, event, _date(date), passage_at(*passage)
    ),
)
DOCUMENTS_BESIDE = Query(
    "SELECT document, article, anchor, words, marks, cut FROM beside WHERE official = :official "
    "ORDER BY document, sort, article, position",
    lambda document, *passage: (document, passage_at(*passage)),
)
EVENTS_OF = Query("SELECT event FROM presence WHERE official = :official ORDER BY event", str)
PEOPLE_AT = Query("SELECT official FROM presence WHERE event = :event ORDER BY official", str)
NAMED_SO = Query("SELECT id FROM official WHERE name = :name ORDER BY id", str)
REPORTS_NAMING = Query("SELECT count(DISTINCT article) FROM naming WHERE kind = :kind AND record = :record", int)


def last_role(db: Database, id: str) -> str:
    """The roles that the latest report prints, to tell namesakes apart in a list; empty if none is printed."""
    found = db.ask(LAST_ROLES, official=id)
    return ", ".join(dict.fromkeys(role for article, role in found if article == found[0][0]))


def times_reported(db: Database, id: str) -> int:
    """How many articles name a person for sure."""
    return db.first(REPORTS_NAMING, kind="officials", record=id) or 0


def by_role(posts: Iterable[PrintedPost]) -> tuple[PrintedRole, ...]:
    """Posts, which come in order of time, by their roles; what has no date comes last."""
    found: dict[str, list[PrintedPost]] = defaultdict(list)
    newest = [*posts]
    newest.reverse()
    for post in sorted(newest, key=lambda post: post.date is None):
        found[comparable(post.role)].append(post)
    return tuple(PrintedRole(own[0].role, tuple(own)) for own in found.values())


class OfficialKind(KindModule[Official, OfficialDossier]):
    group = "official"
    sections = (
        Section("posts", "posts", lambda _, post: post.date),
        Section("appearances", "appearances", lambda _, appearance: appearance.date),
        Section("documents", "documents", parts="passages"),
        Section("venues", "venues"),
        Section("companions", "companions"),
        Section("timeline", "timeline", date_of_moment),
        Section("mentions", "mentions", date_of_passage),
    )

    def dossier(self, context: RenderContext, record: Official) -> OfficialDossier:
        db, id = context.db, record.id
        documents: dict[str, list[Passage]] = defaultdict(list)
        for document, passage in db.ask(DOCUMENTS_BESIDE, official=id):
            documents[document].append(passage)
        appearances, posts = db.ask(APPEARANCES, official=id), db.ask(POSTS, official=id)
        mentions = tuple(passage for _, passage in db.ask(NAMINGS, kind="officials", record=id))
        said = (*(post.passage for post in posts), *(appearance.passage for appearance in appearances), *mentions)
        same = possibly_same(context, "officials", record)
        known = {id, *(other.record for other in same)}
        return OfficialDossier(
            articles=by_time(context, said),
            capacities=_capacities(appearances),
            posts=posts,
            roles=by_role(posts),
            appearances=appearances,
            mentions=mentions,
            evidence=evidence(context, record.evidence),
            documents=tuple(Statement("beside", document, tuple(found)) for document, found in documents.items()),
            venues=_venues(context, id),
            companions=_companions(db, id),
            possibly_same=same,
            namesakes=tuple(other for other in db.ask(NAMED_SO, name=record.name) if other not in known),
            timeline=timeline(context, (appearance.moment for appearance in appearances)),
        )

    def totals(self, dossier: OfficialDossier) -> Mapping[str, int]:
        return {**super().totals(dossier), "roles": len(dossier.roles)}

    def row(self, subject: Subject[Official, OfficialDossier]) -> TableRow:
        official, dossier = subject.record, subject.dossier
        return {
            "id": official.id,
            "url": subject.url,
            "name": official.name,
            "aliases": official.aliases,
            "posts": [{"role": post.role, "date": edtf(post.date), **where(post.passage)} for post in dossier.posts],
            "appearances": [
                {"capacity": a.capacity, "event": a.event, "date": edtf(a.date), **where(a.passage)}
                for a in dossier.appearances
            ],
            "possibly_same_as": [other.record for other in dossier.possibly_same],
            "not_same_as": official.not_same_as,
            "same_as": official.same_as,
            "corrections": correction_rows(official.corrections),
        }

    def rows(self, subject: Subject[Official, OfficialDossier]) -> Iterator[tuple[str, list[TableRow]]]:
        yield from super().rows(subject)
        if rows := [_role_row(subject.record.id, post) for post in subject.dossier.posts]:
            yield ROLES_TABLE, rows

    def known(self, subject: Subject[Official, OfficialDossier]) -> Json:
        printed = ((post.role, post.passage.article, post.event) for post in subject.dossier.posts)
        return official_row(subject.record, printed, lambda event: units_of_event(subject.context.db, event))

    def found(self, subject: Subject[Official, OfficialDossier]) -> Found:
        official, posts = subject.record, subject.dossier.posts
        roles = tuple(dict.fromkeys(post.role for post in posts))
        return Found(
            facts=roles[-1] if roles else "",
            names=official.aliases,
            blocks=facets.blocks(official, roles),
            filters={
                "year": tuple(sorted({year for post in posts for year in facets.years(post.date)})),
                "official": ((official.id, official.name),),
            },
        )

    def head(self, subject: Subject[Official, OfficialDossier]) -> Head:
        return Head({"type": "Text"}, {"@type": "Person", "name": subject.record.name})


def _capacities(appearances: Iterable[Appearance]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for appearance in appearances:
        found[appearance.passage.article].add(appearance.capacity)
    return {article: frozenset(codes) for article, codes in found.items()}


def _role_row(official: str, post: PrintedPost) -> TableRow:
    return {
        "official": official,
        "article": post.passage.article,
        "date": edtf(post.date),
        "role": post.role,
        "event": post.event,
        "paragraph": post.passage.anchor,
    }


def _venues(context: RenderContext, id: str) -> tuple[Venue, ...]:
    """The unit of each event, as timelines show it; units of most events first."""
    held: dict[str, list[str]] = defaultdict(list)
    for event in context.db.ask(EVENTS_OF, official=id):
        for unit in moment(context, f"events/{event}").places[:1]:
            held[unit].append(event)
    ranked = sorted(held.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(Venue(unit, tuple(events)) for unit, events in ranked)


def _companions(db: Database, id: str) -> tuple[Companion, ...]:
    """Others at the same events, those of most events first."""
    together: dict[str, list[str]] = defaultdict(list)
    for event in db.ask(EVENTS_OF, official=id):
        for other in db.ask(PEOPLE_AT, event=event):
            if other != id:
                together[other].append(event)
    ranked = sorted(together.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(Companion(other, tuple(events)) for other, events in ranked)
