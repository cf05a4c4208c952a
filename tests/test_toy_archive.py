"""The toy archive: the fixture of all other tests must itself be whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest

from archive.build.loading import Loaded
from archive.extract.text import blocks_of
from archive.knowledge import Knowledge
from archive.model.dates import Date, Shape
from archive.model.records import UNSURE, Article, Document, Event, Official, Page
from archive.model.schema import Group, Many, fields_of
from archive.model.text import BlockKind
from archive.problems import Report
from archive.resolve import resolve_event
from tests.archives import TOY, said

FORMS = {
    "day": r"\d{4}-\d\d-\d\d",
    "month": r"\d{4}-(0\d|1[012])",
    "year": r"\d{4}",
    "day without a year": r"XXXX-\d\d-\d\d",
    "month without a year": r"XXXX-\d\d",
    "day without a month": r"\d{4}-XX-\d\d",
    "decade": r"\d{3}X",
    "interval": r"[\d-]+/[\d-]+[~?]?",
    "approximate": r"[\d-]+~",
    "uncertain": r"[\d-]+\?",
    "approximate and uncertain": r"[\d-]+%",
    "quarter": r"\d{4}-3[3-6]",
    "half": r"\d{4}-4[01]",
    "open end": r"[\d-]+/\.\.",
    "open start": r"\.\./[\d-]+",
    "one of": r"\[.*\]",
    "all of": r"\{.*\}",
}
RECORDS = (Article, Event, Official, Document, Page)


def values_of(record: object, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every filled value of a record with its path, list positions left out."""
    for name, field in fields_of(type(record)).items():
        value = getattr(record, name)
        path = f"{at}.{name}" if at else name
        inner = field.kind.of if isinstance(field.kind, Many) else field.kind
        for member in value if isinstance(field.kind, Many) else [value]:
            if member is not None:
                yield path, member
                if isinstance(inner, Group):
                    yield from values_of(member, path)


def paths_of_fields(described: type[Any], at: str = "") -> Iterator[str]:
    for name, field in fields_of(described).items():
        path = f"{at}.{name}" if at else name
        yield path
        inner = field.kind.of if isinstance(field.kind, Many) else field.kind
        if isinstance(inner, Group):
            yield from paths_of_fields(inner.of, path)


def records_of(toy: Loaded) -> Iterator[object]:
    corpus = toy.corpus
    for found in (corpus.articles, corpus.events, corpus.officials, corpus.documents, corpus.pages):
        yield from found.values()


@pytest.fixture(scope="module")
def filled(toy: Loaded) -> list[tuple[str, str, Any]]:
    return [(type(record).__name__, path, value) for record in records_of(toy) for path, value in values_of(record)]


def test_loads_without_a_problem(toy_and_report: tuple[Loaded, Report]) -> None:
    """The toy archive has no error, no warning and no notice."""
    assert said(toy_and_report[1]) == ""


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_holds_every_field(record: type[Any], filled: list[tuple[str, str, Any]]) -> None:
    """Every front-matter field of every kind is filled somewhere; but a whole archive holds no doubt."""
    used = {path for name, path, _ in filled if name == record.__name__}
    assert used == {path for path in paths_of_fields(record) if path.partition(".")[0] != UNSURE}


@pytest.mark.parametrize("form", FORMS)
def test_holds_every_form_of_date(form: str, filled: list[tuple[str, str, Any]]) -> None:
    """Every form of date that an archive may hold is in the toy archive."""
    dates = [value.edtf for _, _, value in filled if isinstance(value, Date)]
    assert any(re.fullmatch(FORMS[form], date) for date in dates)


@pytest.mark.parametrize("vocabulary", ["levels", "rights", "date_basis", "basis", "capacities"])
def test_holds_every_term(vocabulary: str, filled: list[tuple[str, str, Any]], knowledge: Knowledge) -> None:
    """Every level, right, basis and capacity is used."""
    values = {str(value) for _, _, value in filled}
    assert set(knowledge.vocabularies[vocabulary]) <= values


def test_holds_every_kind_of_block(toy: Loaded) -> None:
    """Paragraphs, headings of both ranks, items, quotations, captions and titles are there."""
    blocks = [block for id in toy.corpus.articles for block in blocks_of(toy.db, id).values()]
    assert {block.kind for block in blocks} == set(BlockKind)
    assert {block.level for block in blocks if block.kind is BlockKind.HEADING} == {2, 3}


def test_holds_articles_about_which_little_is_known(toy: Loaded) -> None:
    """There are articles without an event, without a date, without a place, without a day of publication."""
    articles = toy.corpus.articles.values()
    for field in ("event", "date", "place", "published"):
        assert any(getattr(article, field) is None for article in articles)


def test_holds_text_in_decomposed_form() -> None:
    """One article and one source are NFD, with old tone placement, and have not been mended by an editor's tool."""
    for name in ("articles/2021/hop-mat-dau-thu.md", "sources/hop-mat.txt"):
        text = (TOY / name).read_text(encoding="utf-8")
        assert not unicodedata.is_normalized("NFC", text)
        assert "hoà giải" in unicodedata.normalize("NFC", text)


def test_names_one_person_twice_and_two_people_once(toy: Loaded) -> None:
    """There are namesakes, namesakes within one article, and names one letter apart."""
    names = [official.name for official in toy.corpus.officials.values()]
    assert names.count("Phan Minh Tú") == 2
    assert {"Vũ Thị Ngân", "Vũ Thị Ngàn", "Đặng Hải Triều", "Đặng Hài Triều", "Lò Sáng", "Y Bliêu K’Lang"} <= set(names)
    assert any(len({p.name for p in a.people}) < len(a.people) for a in toy.corpus.articles.values())


def test_dates_of_reports_agree_and_differ(toy: Loaded) -> None:
    """One event has reports of one date, another reports of two, a third a date of its own."""
    events = [resolve_event(event, toy.db) for event in toy.corpus.events.values()]
    assert {(len(event.articles), event.dates_differ) for event in events} >= {(2, True), (2, False)}
    differing = next(event for event in events if event.dates_differ)
    assert differing.date is not None and differing.date.shape is Shape.ONE_OF
    assert any(event.date for event in toy.corpus.events.values())
