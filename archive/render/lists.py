"""What templates ask of lists: members, counts, ways to the parts.

In: the render context. Out: ids in the order in which they are shown, and links. Names are in Vietnamese
dictionary order, time runs forward.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TypeAlias

from archive.database import Database, Query
from archive.database.rows import passage_at
from archive.extract.lists import by_date, natural
from archive.kinds.article import ArticleHead, article_head, by_article
from archive.kinds.context import RenderContext
from archive.kinds.document import DocumentHead, document_head, open_citation, times_cited
from archive.kinds.official import Appearance, last_role, times_reported
from archive.kinds.timeline import moment
from archive.language.spelling import comparable
from archive.model.dates import Date
from archive.model.derived import Moment, Passage, Statement, UnresolvedCitation
from archive.model.edtf import parse_date
from archive.model.lists import SPANNING, year_parts
from archive.model.records import Correction
from archive.render.listings import Listing, Listings
from archive.render.timeline import Bar

PARTS = Query(
    "SELECT part, count(*) FROM list_entry WHERE list = :list GROUP BY part ORDER BY part",
    lambda part, count: (str(part), int(count)),
)
IDS = Query("SELECT id FROM list_entry WHERE list = :list AND part = :part ORDER BY sort, id", str)
LISTS = Query("SELECT DISTINCT list FROM list_entry ORDER BY list", str)
DATES = Query(
    "SELECT date, count(*) FROM moment GROUP BY date ORDER BY date",
    lambda date, count: (parse_date(date) if date else None, int(count)),
)
DATES_OF_LEVEL = Query(
    "SELECT date, count(*) FROM moment WHERE level = :level GROUP BY date ORDER BY date",
    lambda date, count: (parse_date(date) if date else None, int(count)),
)
MOST_NAMED = Query(
    "SELECT record, count(DISTINCT article) AS articles FROM naming WHERE kind = :kind GROUP BY record "
    "ORDER BY articles DESC, record LIMIT 5",
    lambda record, articles: (str(record), int(articles)),
)
NAMED_BY_YEAR = Query(
    "SELECT substr(sort, 1, 4), count(DISTINCT article) FROM naming WHERE kind = :kind AND record = :record "
    "GROUP BY 1 ORDER BY 1",
    lambda year, articles: (str(year), int(articles)),
)
SAID = Query(
    "SELECT official, article, anchor, words, marks, cut FROM appearance WHERE capacity = :capacity "
    "ORDER BY sort DESC, article, official LIMIT 60",
    lambda official, *passage: (str(official), passage_at(*passage)),
)
LONG = Query("SELECT list FROM long_list WHERE list = :list", str)
CORRECTIONS = Query(
    "SELECT date, own_field, before, after, reason FROM correction WHERE kind = :kind AND record = :record "
    "ORDER BY position",
    lambda date, *said: Correction(parse_date(date), *said),
)

_QUOTED = re.compile(r"“[^”]{30,}”")
_QUOTATION = 320  # letters; more is no line to begin a page with


OpenGroups: TypeAlias = "list[list[tuple[str, UnresolvedCitation]]]"
"""Citations with their anchors; those that read alike stand together."""


def _alike(citations: Iterable[tuple[str, UnresolvedCitation]]) -> OpenGroups:
    found: dict[tuple[str, object, tuple[str, ...]], list[tuple[str, UnresolvedCitation]]] = {}
    for anchor, citation in citations:
        key = comparable(citation.printed), citation.stated, citation.candidates
        found.setdefault(key, []).append((anchor, citation))
    return list(found.values())


def is_long(db: Database, list: str) -> bool:
    """Whether a list is too long for one page: a question of its own, as its answer hardly ever changes."""
    return bool(db.ask(LONG, list=list))


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a part or to another page of a long list, and what is said of it."""

    address: str
    words: str
    note: str = ""


class Lists:
    """The lists of one archive."""

    def __init__(self, context: RenderContext) -> None:
        self.context = context
        self.db = context.db
        self.listings = Listings(context.knowledge, context.dates)
        self.size = context.settings.list_size

    # numbers

    def counts(self, list: str) -> Mapping[str, int]:
        """Every part that holds something, ordered by code point, and how many entries it holds."""
        return dict(self.db.ask(PARTS, list=list))

    def total(self, list: str) -> int:
        """How many records a list holds; what stands in two years is one."""
        return sum(self.counts(list).values()) - sum(self.counts(SPANNING + list).values()) // 2

    def named(self, prefix: str) -> Iterator[str]:
        """What follows the prefix in the names of lists that hold something."""
        return (name.removeprefix(prefix) for name in self.db.ask(LISTS) if name.startswith(prefix))

    @property
    def mention_count(self) -> int:
        return sum(int(number) * articles for number, articles in self.counts("mentions").items())

    def bars(self, list: str) -> tuple[Bar, ...]:
        """One bar for every year from the first to the last, empty years too."""
        counts = {int(year): count for year, count in self.counts(list).items() if year}
        possible = {int(year): count for year, count in self.counts(SPANNING + list).items()}
        if not counts:
            return ()
        return tuple(
            Bar(year, counts.get(year, 0) - possible.get(year, 0), possible.get(year, 0))
            for year in range(min(counts), max(counts) + 1)
        )

    def dates(self, level: str = "") -> list[Date | None]:
        """The date of each timeline entry, or of each of one level; None where it stands in no year's list."""
        found = self.db.ask(DATES_OF_LEVEL, level=level) if level else self.db.ask(DATES)
        return [date if year_parts(date)[0] else None for date, count in found for _ in range(count)]

    def most_named(self, kind: str) -> Sequence[tuple[str, int]]:
        """The five records of a kind that most articles name, and how many do."""
        return self.db.ask(MOST_NAMED, kind=kind)

    def named_by_year(self, kind: str, id: str, first: int, last: int) -> list[int]:
        """How many articles of each year from `first` to `last` name a record; of a span, the first year counts."""
        found = dict(self.db.ask(NAMED_BY_YEAR, kind=kind, record=id))
        return [found.get(f"{year:04d}", 0) for year in range(first, last + 1)]

    def quotations(self, capacity: str, many: int) -> list[tuple[str, Passage]]:
        """The latest whole sentences with a quotation, each of another person in a capacity, with who says them."""
        found: dict[str, Passage] = {}
        for official, passage in self.db.ask(SAID, capacity=capacity):
            whole = not (passage.cut_before or passage.cut_after)
            if whole and _QUOTED.search(passage.text) and len(passage.text) <= _QUOTATION:
                found.setdefault(official, passage)
        return [*found.items()][:many]

    # members

    def ids(self, list: str, part: str) -> Sequence[str]:
        """The ids of a part, in its order."""
        return self.db.ask(IDS, list=list, part=part)

    def divided(self, way: Listing) -> bool:
        """Whether a list is too long for one page."""
        return is_long(self.db, way.list)

    def parts(self, way: Listing) -> list[str]:
        return self.listings.ordered(way, self.counts(way.list))

    def once(self, list: str, part: str) -> list[str]:
        """The members of a part without those that stand in the part of the year before."""
        before = set(self.ids(SPANNING + list, f"{int(part) - 1:04d}")) if part.isdecimal() else set()
        return [id for id in self.ids(list, part) if id not in before]

    def whole(self, way: Listing) -> list[str]:
        """Every member, each once, in the order of the listing."""
        order = reversed if way.newest_first else iter
        return [id for part in self.parts(way) for id in order(self.once(way.list, part))]

    def newest(self, list: str, many: int) -> list[str]:
        """The latest members that have a year, latest first."""
        years = [part for part in sorted(self.counts(list), reverse=True) if part]
        return [*islice((id for year in years for id in reversed(self.once(list, year))), many)]

    def newest_of(self, way: Listing) -> list[str]:
        return self.newest(way.list, self.context.settings.newest_of_many)

    def page_of(self, way: Listing, part: str, number: int) -> Sequence[str]:
        """The members on one page of a part."""
        ids = self.ids(way.list, part)
        ids = ids[::-1] if way.newest_first and part else ids
        return ids if way.by == "months" else ids[(number - 1) * self.size : number * self.size]

    def pages_of(self, way: Listing, count: int) -> int:
        """How many pages a part of `count` members has; months stay whole, as articles link into them."""
        return 1 if way.by == "months" else -(-count // self.size)

    def groups(self, way: Listing) -> Iterator[tuple[str, Sequence[str]]]:
        """A whole list by its parts: words, members."""
        for part in self.parts(way):
            yield self.listings.words(way, part), self.page_of(way, part, 1)

    def ways(self, way: Listing) -> Iterator[tuple[str, list[Way]]]:
        """Links to the parts of a divided list, with numbers; months stand under their year."""
        counts = self.counts(way.list)
        for year, parts in groupby(self.parts(way), key=lambda part: part[:4] if way.by == "months" else ""):
            yield year, [self._way(way, part, way.count.format(n=counts[part])) for part in parts]

    def near(self, way: Listing, part: str, parts: Iterable[str]) -> list[str]:
        """The parts to which the page of a part leads: all, but of months those of its year."""
        near = [other for other in parts if way.by != "months" or other[:4] == part[:4]]
        return self.listings.ordered(way, near)

    def siblings(self, way: Listing, parts: Iterable[str]) -> tuple[Way, ...]:
        """Links to parts, without numbers."""
        return tuple(self._way(way, part) for part in parts)

    def _way(self, way: Listing, part: str, note: str = "") -> Way:
        return Way(self.listings.address(way, part), self.listings.words(way, part), note)

    # what is said of a member in a list

    def last_role(self, id: str) -> str:
        return last_role(self.db, id)

    def head(self, article: str) -> ArticleHead:
        return article_head(self.db, article)

    def times_reported(self, id: str) -> int:
        return times_reported(self.db, id)

    def document(self, id: str) -> DocumentHead:
        return document_head(self.db, id)

    def times_cited(self, id: str) -> int:
        return times_cited(self.db, id)

    def most_first(self, statements: Iterable[Statement]) -> list[Statement]:
        """Statements on documents, those of most articles first, then by name as numbers and letters go."""
        order = self.context.knowledge.collation

        def rank(one: Statement) -> tuple[int, str]:
            name = natural(self.document(one.record).name)
            return -len({passage.article for passage in one.passages}), order.sort_text(name)

        return sorted(statements, key=rank)

    def unresolved(self, ids: Iterable[str]) -> OpenGroups:
        """Citations with their anchors, those that read alike and can mean the same together; an id is the article and
        the number of the citation in it."""
        found = []
        for id in ids:
            article, _, number = id.rpartition("/")
            found.append((f"{article}-{number}", open_citation(self.context, article, int(number))))
        return _alike(found)

    def alike(self, citations: Iterable[UnresolvedCitation]) -> OpenGroups:
        """The same of citations that need no anchors."""
        return _alike(("", citation) for citation in citations)

    def corrections(self, ids: Iterable[str]) -> Iterator[tuple[str, str, Correction]]:
        """Each correction with the kind and the id of its record; an id ends in the number of the correction in it."""
        for id in ids:
            key, _, number = id.rpartition("/")
            kind, _, record = key.partition("/")
            yield kind, record, self.db.ask(CORRECTIONS, kind=kind, record=record)[int(number) - 1]

    def newest_corrections(
        self, kind: str, id: str, corrections: Sequence[Correction]
    ) -> Iterator[tuple[str, str, Correction]]:
        """Those of one record, the newest first, as many as its page shows."""
        newest = sorted(corrections, key=lambda correction: correction.date.edtf)[::-1]
        return ((kind, id, correction) for correction in newest[: self.context.settings.section_size])

    def moments(self, keys: Iterable[str]) -> list[Moment]:
        return [moment(self.context, key) for key in keys]

    def event(self, id: str) -> Moment:
        return moment(self.context, f"events/{id}")

    def newest_moments(self, keys: Iterable[str]) -> list[Moment]:
        """The newest first, those without a date last."""
        found = sorted(self.moments(keys), key=lambda one: (by_date(one.date), one.key), reverse=True)
        return sorted(found, key=lambda one: one.date is None)

    def attended(self, appearances: Iterable[Appearance]) -> list[tuple[Moment, list[Appearance]]]:
        """Appearances under their timeline entries, the newest first."""
        found: dict[str, list[Appearance]] = {}
        for appearance in appearances:
            found.setdefault(appearance.moment, []).append(appearance)
        return [(one, found[one.key]) for one in self.newest_moments(found)]

    def by_article(self, passages: Iterable[Passage]) -> list[tuple[ArticleHead, list[Passage]]]:
        """Passages under their articles, the newest first."""
        return by_article(self.context, passages)

    def by_year(self, passages: Iterable[Passage]) -> list[tuple[str, list[tuple[ArticleHead, list[Passage]]]]]:
        """Passages under their articles, and those under their year in words; the newest first."""
        found: dict[str, list[tuple[ArticleHead, list[Passage]]]] = {}
        for head, own in self.by_article(passages):
            found.setdefault(self._year(head.date), []).append((head, own))
        return list(found.items())

    def count_by_year(self, articles: Iterable[str]) -> Mapping[str, int]:
        """How many articles fall in each year in words, as `by_year` has it."""
        return Counter(self._year(article_head(self.db, article).date) for article in articles)

    def _year(self, date: Date | None) -> str:
        """`2024`, `2023–2024` for a date that may fall in either; empty if there is none."""
        return "–".join(str(year) for year in dict.fromkeys([*date.years[:1], *date.years[-1:]])) if date else ""

    def years(self, articles: Iterable[str]) -> list[int]:
        """The years in which articles may fall, each once."""
        dates = (article_head(self.db, article).date for article in articles)
        return sorted({year for date in dates if date for year in date.years})

    # pages of one part

    def pager(self, address: str, pages: int) -> tuple[Way, ...]:
        """Links to all numbered pages of something."""
        numbered = self.context.knowledge.addresses.parts.numbered
        return tuple(Way(numbered(address, number), str(number)) for number in range(1, pages + 1))
