"""Which event a text reports: that of a report of the same day, if enough speaks for it.

In: a text, and the articles that are there. Out: a `Choice` of the event, and the facts of each article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from archive.ingest.choice import Choice
from archive.ingest.jurisdiction import Home, JurisdictionReader
from archive.ingest.same_event import EventJudge, EventReport, Verdict
from archive.known import Known, KnownArticle, KnownEvent
from archive.language.spelling import comparable
from archive.model.draft import Reason

SAME_MEETING = "same-meeting"


class KnownReports:
    """The articles that are there; `learn` adds to them. Their facts are read when they are asked for."""

    def __init__(
        self, known: Known, units: JurisdictionReader, judge: EventJudge, names: Callable[[str], frozenset[str]]
    ) -> None:
        """`names` gives those of an official."""
        self._known, self._units, self._judge, self._names = known, units, judge, names
        self._days: dict[str, list[str]] = defaultdict(list)
        self._speakers: dict[str, set[str]] = defaultdict(set)
        self._reports: dict[str, EventReport] = {}
        for id, article in known.articles.items():
            self._add(id, article.date, article.event, article.speakers)

    def learn(self, id: str, report: EventReport, speakers: tuple[str, ...]) -> None:
        self._reports[id] = report
        self._add(id, report.date, report.event, speakers)

    def _add(self, id: str, date: str | None, event: str | None, speakers: tuple[str, ...]) -> None:
        if date and event:
            self._days[date].append(id)
        if event:
            self._speakers[event].update(speakers)

    def __contains__(self, article: str) -> bool:
        return article in self._reports or article in self._known.articles

    def report(self, article: str) -> EventReport:
        """What an article that is there says of its event."""
        if article not in self._reports:
            self._reports[article] = self._read(self._known.articles[article])
        return self._reports[article]

    def _read(self, article: KnownArticle) -> EventReport:
        event = self._known.events.get(article.event or "", KnownEvent(""))
        return EventReport(
            event=article.event,
            titles=tuple(filter(None, (event.name, article.title))),
            date=article.date,
            level=article.level,
            organiser=comparable(event.organiser or ""),
            home=self._units.home(event.units),
            place=comparable(article.place or ""),
            people=frozenset().union(*map(self._names, article.speakers)),
        )

    def home(self, article: str) -> Home | None:
        """The units of the event that an article reports."""
        return self.report(article).home if article in self else None

    def there(self, event: str | None) -> frozenset[str]:
        """The officials who chaired or spoke at an event."""
        return frozenset(self._speakers.get(event or "", ()))

    def choose(self, own: EventReport) -> tuple[Choice, tuple[Reason, ...]]:
        """The event that most speaks for, its own where not enough does; with what spoke for and against."""
        verdicts = self._verdicts(own)
        likely = sorted(verdicts, key=lambda event: (-verdicts[event].score, event))
        reasons = tuple(reason for event in likely for reason in verdicts[event].reasons)
        if not likely:
            return Choice(), ()
        best = verdicts[likely[0]]
        if len(likely) == 1 and best.is_sure:
            return Choice(likely[0], (), SAME_MEETING), reasons
        said = (reason.words for reason in best.reasons if reason.weight > 0)
        return Choice(None, tuple(likely), SAME_MEETING, " / ".join(filter(None, said)), asks=True), reasons

    def _verdicts(self, own: EventReport) -> dict[str, Verdict]:
        """Of each event of that day that something speaks for, the best of its reports."""
        best: dict[str, Verdict] = {}
        for article in self._days.get(own.day or "", ()):
            other = self.report(article)
            verdict = self._judge.judge(own, other)
            before = best.get(other.event or "")
            if verdict.score >= self._judge.least and (before is None or verdict.score > before.score):
                best[other.event or ""] = verdict
        return best
