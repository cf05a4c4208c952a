"""Row types: what is read off the text of articles, and what follows from several records.

In: nothing. Out: one named tuple a table of schema.sql, its columns in the same order, without `made_by`. Rows of
records as editors write them are made and read by `records.py`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple, Protocol, TypeAlias

from archive.model.derived import Passage

Values: TypeAlias = tuple[str | int | bytes | None, ...]
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Record(NamedTuple):
    kind: str
    id: str
    label: str
    path: str


class RecordFile(NamedTuple):
    kind: str
    id: str
    path: str
    digest: str
    positions: str
    body_line: int


class Paragraph(NamedTuple):
    article: str
    position: int
    anchor: str
    kind: str
    text: str
    line: int
    level: int


class Mention(NamedTuple):
    article: str
    position: int
    anchor: str
    start: int
    end: int
    printed: str
    kind: str
    candidates: str
    entry: int


class Fact(NamedTuple):
    article: str
    field: str
    candidates: str
    anchor: str
    words: str
    marks: str
    cut: int


class Role(NamedTuple):
    official: str
    article: str
    position: int
    role: str
    event: str | None
    date: str | None
    sort: str
    anchor: str
    words: str
    marks: str
    cut: int


class Appearance(NamedTuple):
    official: str
    article: str
    position: int
    capacity: str
    event: str | None
    moment: str
    date: str | None
    sort: str
    anchor: str
    words: str
    marks: str
    cut: int


class Naming(NamedTuple):
    kind: str
    record: str
    article: str
    position: int
    moment: str
    sort: str
    anchor: str
    words: str
    marks: str
    cut: int


class Beside(NamedTuple):
    official: str
    document: str
    article: str
    position: int
    sort: str
    anchor: str
    words: str
    marks: str
    cut: int


class StatedRelation(NamedTuple):
    one: str
    type: str
    other: str
    article: str
    position: int
    sort: str
    anchor: str
    words: str
    marks: str
    cut: int


class OpenCitation(NamedTuple):
    article: str
    number: int
    printed: str
    entry: int
    sort: str


class OpenCitationPlace(NamedTuple):
    article: str
    number: int
    position: int
    anchor: str
    words: str
    marks: str
    cut: int


class Candidate(NamedTuple):
    document: str
    article: str
    number: int
    sort: str


class ShingleSample(NamedTuple):
    article: str
    hashes: bytes


class Shingle(NamedTuple):
    hash: str
    article: str


class DocumentKey(NamedTuple):
    by: str
    key: str
    document: str


class Moment(NamedTuple):
    key: str
    kind: str
    id: str
    date: str | None
    certain: int
    level: str | None
    places: str
    articles: str
    sort: str


class Presence(NamedTuple):
    event: str
    official: str


class ListEntry(NamedTuple):
    list: str
    part: str
    sort: str
    id: str


class LongList(NamedTuple):
    list: str


class Neighbour(NamedTuple):
    article: str
    earlier: str | None
    later: str | None


class PagePlan(NamedTuple):
    address: str
    template: str
    title: str
    context: str


class Published(NamedTuple):
    address: str
    record: str
    first: str
    changed: str
    digest: str


class PublishedParagraph(NamedTuple):
    address: str
    anchor: str
    record: str
    first: str
    changed: str
    digest: str


class Redirect(NamedTuple):
    position: int
    source: str
    target: str
    reason: str
    line: int
    column: int


class File(NamedTuple):
    path: str
    digest: bytes
    size: int
    mtime: int | None


class SearchEntry(NamedTuple):
    address: str
    digest: bytes


class Chunk(NamedTuple):
    path: str
    sort: str
    rows: int
    header: bytes
    data: bytes


class PageLink(NamedTuple):
    page: str
    links: bytes


class PageAnchor(NamedTuple):
    page: str
    listed: int
    written: int
    anchors: str


Row: TypeAlias = (
    Record
    | RecordFile
    | Paragraph
    | Mention
    | Fact
    | Role
    | Appearance
    | Naming
    | Beside
    | StatedRelation
    | OpenCitation
    | OpenCitationPlace
    | Candidate
    | ShingleSample
    | Shingle
    | DocumentKey
    | Moment
    | Presence
    | ListEntry
    | LongList
    | Neighbour
    | PagePlan
    | Published
    | PublishedParagraph
    | Redirect
    | File
    | SearchEntry
    | Chunk
    | PageLink
    | PageAnchor
)
ROWS: tuple[type[Row], ...] = Row.__args__


def table_of(row: Row) -> str:
    """The table that holds a row."""
    return table_of_name(type(row).__name__)


@cache
def table_of_name(name: str) -> str:
    """The table of a class.

    >>> table_of_name("OpenCitation")
    'open_citation'
    """
    return _CAPITAL.sub("_", name).lower()


class Passing(Protocol):
    """A row that has a passage."""

    @property
    def article(self) -> str: ...
    @property
    def anchor(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def marks(self) -> str: ...
    @property
    def cut(self) -> int: ...


def passage_of(row: Passing) -> Passage:
    """The passage that a row rests on."""
    return passage_at(row.article, row.anchor, row.words, row.marks, row.cut)


def passage_at(article: str, anchor: str, words: str, marks: str, cut: int) -> Passage:
    """The passage in columns of a row."""
    return Passage(article, anchor, words, _marks(marks), bool(cut & 1), bool(cut & 2))


def passage_columns(passage: Passage) -> tuple[str, str, str, int]:
    """`anchor`, `words`, `marks`, `cut` of a passage."""
    marks = " ".join([f"{start}-{end}" for start, end in passage.marks])
    return passage.anchor, passage.text, marks, passage.cut_before + 2 * passage.cut_after


@lru_cache(maxsize=10_000)
def _marks(marks: str) -> tuple[tuple[int, int], ...]:
    pairs = (mark.split("-") for mark in marks.split())
    return tuple((int(start), int(end)) for start, end in pairs)
