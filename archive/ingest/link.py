"""Links what a text names to records that are there already, on agreeing evidence only.

In: what was extracted, and what is known of the archive's records. Out: for each person, document and
the event the id of a record, or the id of a new one to be made, an `Unsure` entry wherever a person
should look, and reasons. A name alone links nobody: name, post and the unit that the post is of must agree. A number
alone links no document: number and issuer, date or term must agree, and whose paper it is. Two candidates link
nothing. What a person decides instead (`archive/desk.py`) goes the second half of the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from archive.citations.resolve import DocumentIndex, document_keys, is_bare, number_key, stated_citation
from archive.ingest.jurisdiction import CENTRE, Home, JurisdictionReader, Post, Relation, Scope
from archive.ingest.same_event import EventJudge, EventReport, Verdict, most_alike, report_of
from archive.known import Known, KnownArticle, KnownEvent, PrintedPosts, ids_of
from archive.language.spelling import comparable, slug
from archive.model.draft import Extracted, Reason, Unsure, What, Who
from archive.model.records import CitedDocument, Document, Origin, Participant

LONGEST_ID = 80  # characters: file names stay readable
NEW = "+"  # in the place of an id: a record is to be made
_OTHER_TITLE = 0.34  # share of the syllables of a title below which another is of another paper
_MOST_OTHERS = 5  # records that a doubt names


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
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """People and documents with their ids, records to be made, ids linked, doubts and reasons."""

    who: Who
    what: What
    event: str | None
    stubs: tuple[Stub, ...]
    linked: tuple[str, ...]
    unsure: tuple[Unsure, ...]
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Choice:
    """What was chosen: an id, or None for a record of its own; what else was looked at, and what decided.

    `asks`: the margin is small, a person has to say.
    """

    id: str | None = None
    others: tuple[str, ...] = ()
    rule: str = ""
    words: str = ""
    asks: bool = False

    def doubt(self, field: str, value: str) -> Unsure:
        return Unsure(field, value, self.rule, self.words, ", ".join(self.others[:_MOST_OTHERS]))

    def reasons(self, field: str) -> Iterator[Reason]:
        """For the record that was chosen, or against each that wasn't."""
        if self.id:
            yield Reason(field, self.id, f"link-{self.rule}", self.words)
        else:
            against = self.others[:_MOST_OTHERS]
            yield from (Reason(field, id, f"link-{self.rule}", self.words, -1) for id in against)


class Linker:
    """Links the texts of one run; what `learn` was told of one text is there for the next."""

    def __init__(self, known: Known, units: JurisdictionReader, words: Mapping[str, Any]) -> None:
        """`words`: site-config/linking.yml."""
        self.known = known
        self.units = units
        self.taken: dict[str, set[str]] = {}
        self._judge = EventJudge(words["event"], units)
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._names: dict[str, frozenset[str]] = {}
        self._posts: dict[str, list[PrintedPosts]] = defaultdict(list)
        self._documents: dict[tuple[str, str], list[Document]] = defaultdict(list)
        self._homes: dict[str, Home] = {}  # of documents that this run made
        self._days: dict[str, list[str]] = defaultdict(list)
        self._reports: dict[str, EventReport] = {}
        self._speakers: dict[str, set[str]] = defaultdict(set)
        self.index = DocumentIndex(lambda by, key: self._documents.get((by, key), ()))
        for id, official in known.officials.items():
            self._learn_official(id, official.names, official.posts)
        for document in known.documents.values():
            self._learn_document(document)
        for id, article in known.articles.items():
            self._learn_report(id, article.date, article.event, article.speakers)

    def decide(self, extracted: Extracted) -> Decided:
        """What agreeing evidence says of each: first of the event, for who was there is known from it."""
        home = self.units.home(extracted.units)
        event, unsure, reasons = self._event(extracted, home)
        people = _People(self, extracted.who, home, frozenset(self._speakers.get(event or "", ())))
        who = _each_person(extracted.who, people.choose)
        papers = [self._paper(cited, home) for cited in extracted.what.documents]
        documents = tuple(
            replace(cited, document=choice.id or (NEW if _is_new(cited, choice) else None))
            for cited, choice in zip(extracted.what.documents, papers, strict=True)
        )
        unsure += people.unsure
        reasons += people.reasons
        for cited, choice in zip(extracted.what.documents, papers, strict=True):
            field = f"document of {cited.number or cited.printed}"
            unsure += [choice.doubt(field, "")] if choice.asks else []
            reasons += choice.reasons(field)
        what = replace(extracted.what, documents=documents)
        return Decided(who, what, event or NEW, tuple(unsure), tuple(reasons))

    def settle(self, decided: Decided, event_name: str) -> Linked:
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
        event = settled("events", decided.event, slug(event_name), None)
        unsure = tuple(_with_ids(decided.unsure, who, event))
        return Linked(who, what, event, tuple(stubs), tuple(dict.fromkeys(linked)), unsure, decided.reasons)

    def learn(self, extracted: Extracted, linked: Linked, id: str, title: str) -> None:
        """What is settled for a text that is kept: its people, documents and event are known from now on."""
        for participant in (*linked.who.speakers, *linked.who.attendees, *linked.who.mentioned):
            if participant.official:
                posts = PrintedPosts(participant.roles, extracted.units)
                self._learn_official(participant.official, [participant.name], [posts] if posts.roles else [])
        home = self.units.home(extracted.units)
        for stub in linked.stubs:
            if isinstance(stub.printed, CitedDocument):
                self._homes[stub.id] = home
                self._learn_document(document_of(stub.id, stub.printed))
        report = report_of(extracted, title, linked.event, home)
        self._reports[id] = report
        self._learn_report(id, report.date, linked.event, ids_of(linked.who.speakers))

    def _learn_official(self, id: str, names: Iterable[str], posts: Iterable[PrintedPosts]) -> None:
        compared = frozenset(map(comparable, names))
        self._names[id] = self._names.get(id, frozenset()) | compared
        for name in sorted(compared):
            if id not in self._by_name[name]:
                self._by_name[name].append(id)
        self._posts[id] += posts

    def _learn_document(self, document: Document) -> None:
        for key in document_keys(document):
            self._documents[key].append(document)

    def _learn_report(self, id: str, date: str | None, event: str | None, speakers: Iterable[str]) -> None:
        if date and event:
            self._days[date].append(id)
        if event:
            self._speakers[event].update(speakers)

    def article_id(self, title: str) -> str:
        return self._new_id("articles", slug(title))

    # The event

    def report(self, article: str) -> EventReport:
        """What an article that is there says of its event."""
        if article not in self._reports:
            self._reports[article] = self._known_report(self.known.articles[article])
        return self._reports[article]

    def _known_report(self, article: KnownArticle) -> EventReport:
        event = self.known.events.get(article.event or "", KnownEvent(""))
        names = [self._names.get(id, frozenset()) for id in article.speakers]
        return EventReport(
            event=article.event,
            titles=tuple(filter(None, (event.name, article.title))),
            date=article.date,
            level=article.level,
            organiser=comparable(event.organiser or ""),
            home=self.units.home(event.units),
            place=comparable(article.place or ""),
            people=frozenset().union(*names),
        )

    def _event(self, extracted: Extracted, home: Home) -> tuple[str | None, list[Unsure], list[Reason]]:
        """The event of the report of the same day that most speaks for; a doubt where it isn't enough."""
        date = extracted.when.date
        if date is None or not date.is_day or date.edtf not in self._days:
            return None, [], []
        own = report_of(extracted, extracted.cleaned.title or "", None, home)
        best: dict[str, Verdict] = {}
        for article in self._days[date.edtf]:
            other = self.report(article)
            verdict = self._judge.judge(own, other)
            if other.event and (other.event not in best or verdict.score > best[other.event].score):
                best[other.event] = verdict
        likely = sorted(best, key=lambda event: (-best[event].score, event))
        likely = [event for event in likely if best[event].score >= self._judge.least]
        reasons = [reason for event in likely for reason in best[event].reasons]
        if not likely:
            return None, [], []
        if len(likely) == 1 and best[likely[0]].is_sure:
            return likely[0], [], reasons
        said = [reason.words for reason in best[likely[0]].reasons if reason.weight > 0 and reason.words]
        choice = _Choice(None, tuple(likely), "same-meeting", " / ".join(said), asks=True)
        return None, [choice.doubt("event", NEW)], reasons

    # People

    def official(self, participant: Participant, home: Home, there: frozenset[str]) -> _Choice:
        """Whom a person is; `there`: officials known to have been at the same event."""
        own = self.units.posts(participant.roles, home)
        roles = ", ".join(participant.roles)
        namesakes = tuple(self._by_name.get(comparable(participant.name), ()))
        if not self.units.can_be_one(own):
            return _Choice(None, namesakes, "posts-of-two-people", roles, asks=True)
        found = {id: self._agreement(own, id, at_event=id in there) for id in namesakes}
        agreeing = tuple(id for id, rule in found.items() if rule in _LINKING)
        if len(agreeing) == 1:
            return _Choice(agreeing[0], (), found[agreeing[0]], roles)
        if agreeing:
            return _Choice(None, agreeing, "two-records", roles, asks=True)
        possible = tuple(id for id, rule in found.items() if rule != "other-unit")
        if possible:
            return _Choice(None, possible, found[possible[0]], roles, asks=True)
        return _Choice(None, namesakes, "other-unit", roles)

    def _agreement(self, own: Iterable[Post], id: str, *, at_event: bool) -> str:
        """What comparing a person's posts with those of a namesake says: the rule, the strongest first."""
        held = [
            post
            for printed in self._posts[id]
            for post in self.units.posts(printed.roles, self.units.home(printed.units))
        ]
        pairs = [(one, other) for one in own for other in held]
        relations = {(one, other): self.units.relation(one.scope, other.scope) for one, other in pairs}
        same = [relations[pair] for pair in pairs if pair[0].tells and pair[0].is_named_like(pair[1])]
        if Relation.SAME in same:
            return "name-and-post"
        if Relation.NEAR in same:
            return "name-post-and-event" if at_event else NEAR_UNIT
        if Relation.OPEN in same:
            return "post-of-unknown-unit"
        if pairs and all(relation is Relation.OTHER for relation in relations.values()):
            return "other-unit"
        return "same-name"

    # Documents

    def _paper(self, cited: CitedDocument, home: Home) -> _Choice:
        """Which document a citation means."""
        own = self.units.scope_of_paper(cited.number, cited.issuer, _name_of(cited), home)
        found = {
            document.id: self._agreement_of_papers(cited, own, document, home)
            for document in self.index.candidates(stated_citation(cited))
        }
        possible = tuple(id for id, rule in found.items() if rule != "paper-of-other-unit")
        if len(possible) == 1 and found[possible[0]] in _LINKING:
            return _Choice(possible[0], (), found[possible[0]], cited.printed)
        if not possible:
            return _Choice(None, tuple(found), "paper-of-other-unit", cited.printed)
        rules = [found[id] for id in possible if found[id] not in _LINKING]
        return _Choice(None, possible, rules[0] if rules else "two-records", cited.printed, asks=True)

    def _agreement_of_papers(self, cited: CitedDocument, own: Scope | None, document: Document, home: Home) -> str:
        theirs = self._scope_of_record(document)
        if theirs and theirs.level != CENTRE and own is None:
            own = home[0] if home else Scope()
        relation = self.units.relation(own or Scope(), theirs or Scope()) if own or theirs else Relation.SAME
        if relation is Relation.OTHER:
            return "paper-of-other-unit"
        is_central = theirs is not None and theirs.level == CENTRE
        is_dated = _is_same_day(cited, document)
        if relation is not Relation.SAME and not (is_central and (is_dated or not cited.number)):
            return "not-enough-to-link" if is_bare(cited.number or "") else "paper-of-unknown-unit"
        if (
            cited.title
            and document.title
            and most_alike([cited.title], [document.title]) < _OTHER_TITLE
            and not is_dated
        ):
            return "other-title"
        if cited.number and self.units.restarts_each_year(cited.number) and not is_dated:
            return "not-enough-to-link"
        return "number-and-issuer" if _agrees(cited, document) else "not-enough-to-link"

    def _scope_of_record(self, document: Document) -> Scope | None:
        """Whose paper a record is: by its own words, else by the events of the articles it rests on."""
        articles = [evidence.article for evidence in document.evidence if evidence.article in self.known.articles]
        homes = {self._homes.get(document.id, ()), *(self.report(article).home for article in articles)} - {()}
        home = homes.pop() if len(homes) == 1 else ()
        return self.units.scope_of_paper(document.number, document.issuer, document.name, home)

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


NEAR_UNIT = "name-post-and-unit-name"
_LINKING = frozenset({"name-and-post", "name-post-and-event", NEAR_UNIT, "number-and-issuer"})
_FEWEST_AT_UNIT = 2  # people known at a unit of one name: then it's the same, though no text names its province


class _People:
    """The people of one text, one after another: two of one name are never given one record."""

    def __init__(self, linker: Linker, who: Who, home: Home, there: frozenset[str]) -> None:
        everybody = (*who.speakers, *who.attendees, *who.mentioned)
        choices = [linker.official(person, home, there) for person in everybody]
        self._choices = iter(choices)
        self._at_unit = len({choice.id for choice in choices if choice.rule == NEAR_UNIT})
        self._given: set[str] = set()
        self._named: set[str] = set()
        self.unsure: list[Unsure] = []
        self.reasons: list[Reason] = []

    def choose(self, participant: Participant) -> Participant:
        choice, name = next(self._choices), comparable(participant.name)
        if choice.rule == NEAR_UNIT and self._at_unit < _FEWEST_AT_UNIT:
            choice = replace(choice, asks=True)
        if choice.id in self._given:
            choice = _Choice(None, (choice.id or "",), "two-of-one-name", choice.words, asks=True)
        elif not choice.asks and choice.id is None and name in self._named:
            choice = replace(choice, others=(participant.name,), rule="two-of-one-name", asks=True)
        field = f"official of {participant.name}"
        if choice.asks:
            self.unsure.append(choice.doubt(field, choice.id or NEW))
        self.reasons += choice.reasons(field)
        self._named.add(name)
        self._given |= {choice.id} if choice.id else set()
        return replace(participant, official=choice.id or NEW)


def _each_person(who: Who, change: Callable[[Participant], Participant]) -> Who:
    return replace(
        who,
        speakers=tuple(map(change, who.speakers)),
        attendees=tuple(map(change, who.attendees)),
        mentioned=tuple(map(change, who.mentioned)),
    )


def _with_ids(unsure: Iterable[Unsure], who: Who, event: str | None) -> Iterator[Unsure]:
    """Doubts about what is new, with the ids that it was given."""
    ids: dict[str, list[str]] = defaultdict(list)
    for person in (*who.speakers, *who.attendees, *who.mentioned):
        ids[f"official of {person.name}"].append(person.official or "")
    ids["event"].append(event or "")
    for doubt in unsure:
        if doubt.value == NEW and (own := ids[doubt.field]):
            yield replace(doubt, value=own.pop(0) if len(own) > 1 else own[0])
        else:
            yield doubt


def _is_new(cited: CitedDocument, choice: _Choice) -> bool:
    return bool(cited.number and not is_bare(cited.number) and not choice.asks)


def _name_of(cited: CitedDocument) -> str:
    """The words of a citation without its title, which may speak of other units."""
    return cited.printed.replace(cited.title, "") if cited.title and cited.title != cited.printed else cited.printed


def _is_same_day(cited: CitedDocument, document: Document) -> bool:
    return bool(cited.date and document.date and cited.date.edtf == document.date.edtf)


def _agrees(cited: CitedDocument, document: Document) -> bool:
    """More than the number: date, issuer or full series, or the very name of a record without number."""
    if not cited.number:
        return True
    full = not is_bare(cited.number) and number_key(cited.number) == number_key(document.number or "")
    same_issuer = bool(cited.issuer and document.issuer)
    return _is_same_day(cited, document) or (full and same_issuer)


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
