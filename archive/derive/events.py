"""Event dossiers: the reports of an event side by side.

In: corpus and read articles. Out: for each event its reports, its date with the words of each,
who is named by which report, and which documents are spoken of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from archive.derive.passages import Text, evidence_passages
from archive.derive.same import possibly_same
from archive.model.corpus import Corpus
from archive.model.dates import Date
from archive.model.derived import (
    EventDossier,
    Passage,
    PossiblyTheSame,
    ReadArticle,
    ReportedDate,
    ReportedPerson,
    ReportedPlace,
    Statement,
)
from archive.model.edtf import parse_date
from archive.model.records import Article, Event, Participant


def event_dossiers(
    corpus: Corpus, read: Mapping[str, ReadArticle], texts: Mapping[str, Text]
) -> dict[str, EventDossier]:
    reports: dict[str, list[Article]] = defaultdict(list)
    for article in corpus.articles.values():
        if article.event:
            reports[article.event].append(article)
    same = possibly_same(corpus.events.values())
    mentions = _mentions_of_events(read, texts)
    return {
        id: _dossier(event, reports[id], read, texts, mentions.get(id, ()), same.get(id, ()))
        for id, event in corpus.events.items()
    }


def _dossier(
    event: Event,
    articles: list[Article],
    read: Mapping[str, ReadArticle],
    texts: Mapping[str, Text],
    mentions: Iterable[Passage],
    same: tuple[PossiblyTheSame, ...],
) -> EventDossier:
    date, differ = _date_of(event, articles)
    return EventDossier(
        articles=tuple(article.id for article in sorted(articles, key=lambda a: (str(a.published or "~"), a.id))),
        date=date,
        dates=tuple(_reported_date(article, texts[article.id]) for article in articles)
        + ((_own_date(event, texts),) if event.date else ()),
        dates_differ=differ,
        level=event.level or next((article.level for article in articles if article.level), None),
        places=_places(event, articles, texts),
        people=_people(articles, texts),
        documents=_documents(articles, read, texts),
        mentions=tuple(mentions),
        evidence=evidence_passages(event.evidence, texts),
        possibly_same=same,
    )


def _places(event: Event, articles: Iterable[Article], texts: Mapping[str, Text]) -> tuple[ReportedPlace, ...]:
    """The record's own place, else each place that a report gives, once; with the first words that name it."""
    articles = list(articles)
    places = [event.place] if event.place else [article.place for article in articles if article.place]
    found = []
    for place in dict.fromkeys(places):
        passages = (texts[article.id].passage_of(place.printed) for article in articles if place.printed)
        passage = next((passage for passage in passages if passage.anchor), Passage(""))
        found.append(ReportedPlace(place, passage))
    return tuple(found)


def _date_of(event: Event, articles: Iterable[Article]) -> tuple[Date | None, bool]:
    """The record's own date; else the one all reports give; else one of the dates they give."""
    if event.date:
        return event.date, False
    given = {article.date.edtf: article.date for article in articles if article.date}
    if len(given) < 2:
        return next(iter(given.values()), None), False
    days = sorted(given.values(), key=lambda date: date.sort_key)
    if all(date.is_day for date in days):
        return parse_date("[" + ",".join(date.edtf for date in days) + "]"), True
    narrowest = min(days, key=lambda date: (_width(date), date.sort_key))
    differ = not all(narrowest.overlaps(date) for date in days)
    return narrowest, differ


def _width(date: Date) -> int:
    return (date.latest - date.earliest).days if date.earliest and date.latest else 10**6


def _reported_date(article: Article, text: Text) -> ReportedDate:
    words = article.date_basis.words if article.date_basis else None
    return ReportedDate(article.date, article.date_basis, text.passage_of(words) if words else Passage(article.id))


def _own_date(event: Event, texts: Mapping[str, Text]) -> ReportedDate:
    basis = event.date_basis
    if basis and basis.article and basis.article in texts:
        return ReportedDate(event.date, basis, texts[basis.article].passage_of(basis.words))
    return ReportedDate(event.date, basis, Passage(basis.article or "" if basis else ""))


def _people(articles: Iterable[Article], texts: Mapping[str, Text]) -> tuple[ReportedPerson, ...]:
    """Everybody the reports name; those without a record are told apart by their printed names."""
    named: dict[tuple[str, str], list[tuple[str, Participant, Passage]]] = defaultdict(list)
    for article in articles:
        for person in article.people:
            key = ("id", person.official) if person.official else ("name", person.name)
            named[key].append((article.id, person, texts[article.id].passage_of(person.name)))
    return tuple(
        ReportedPerson(reports[0][1].official, reports[0][1].name, tuple(reports)) for reports in named.values()
    )


def _documents(
    articles: Iterable[Article], read: Mapping[str, ReadArticle], texts: Mapping[str, Text]
) -> tuple[Statement, ...]:
    cited: dict[str, list[Passage]] = defaultdict(list)
    for article in articles:
        for mention in read[article.id].mentions:
            if mention.kind == "documents" and mention.resolved:
                cited[mention.targets[0]].append(texts[article.id].passage([mention.span]))
    return tuple(Statement("cites", id, tuple(passages)) for id, passages in sorted(cited.items()))


def _mentions_of_events(read: Mapping[str, ReadArticle], texts: Mapping[str, Text]) -> dict[str, list[Passage]]:
    found: dict[str, list[Passage]] = defaultdict(list)
    for article, held in read.items():
        for mention in held.mentions:
            if mention.kind == "events" and mention.resolved:
                found[mention.targets[0]].append(texts[article].passage([mention.span]))
    return found
