"""The invented archive that search and builds are measured on, and the queries made from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.build.loading import load
from archive.config import Paths
from archive.model.search import SearchEntry
from archive.problems import Catalogue, Report
from archive.progress import Progress
from bench.corpus import ROOT, Archive, write_archive
from bench.grammar import read_data
from bench.search_queries import make_queries
from bench.search_query import Query
from bench.search_texts import Texts

ARTICLES = 60


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return write_archive(tmp_path_factory.mktemp("bench"), ARTICLES, seed=5)


@pytest.fixture(scope="module")
def entries(archive: Archive) -> list[SearchEntry]:
    own = Paths.below(ROOT)
    paths = Paths(archive.content, own.site_config, own.templates, own.mkdocs, archive.folder / "work")
    report = Report()
    loaded = load(paths, report, Progress(quiet=True))
    assert Catalogue.load(paths.site_config).errors(report) == []
    return list(loaded.entries())


@pytest.fixture(scope="module")
def queries(archive: Archive, entries: list[SearchEntry]) -> list[Query]:
    return make_queries(archive, entries, each=6)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_and_number_give_the_same_bytes(archive: Archive, tmp_path: Path) -> None:
    """Another run with the same seed and number of articles writes the same files."""
    write_archive(tmp_path, ARTICLES, seed=5)
    assert _files(tmp_path) == _files(archive.folder)


def test_another_seed_gives_another_archive(archive: Archive, tmp_path: Path) -> None:
    """No article of another seed has the text of one of ours."""
    write_archive(tmp_path, ARTICLES, seed=6)
    ours, others = _files(archive.content / "articles"), _files(tmp_path / "content" / "articles")
    assert not set(ours.values()) & set(others.values())


def test_the_content_is_valid(archive: Archive, entries: list[SearchEntry]) -> None:
    """The archive loads without an error, and what the generator tells of it are pages of it."""
    known = {entry.address for entry in entries}
    assert {fact["address"] for fact in archive.facts()} <= known
    assert sum(entry.address.startswith("bai-viet/") for entry in entries) == ARTICLES


def test_reports_are_as_long_as_reports(entries: list[SearchEntry]) -> None:
    """Articles have 200 to 3,100 words, some 900 on average."""
    counts = [sum(len(text.split()) for _, text in e.blocks) for e in entries if e.address.startswith("bai-viet/")]
    assert min(counts) >= 200 and max(counts) <= 3100
    assert 700 <= sum(counts) / len(counts) <= 1100


def test_every_class_has_queries(queries: list[Query]) -> None:
    """Twenty-one classes, each with queries, part of them kept back, the answers pages that exist."""
    assert len({query.kind for query in queries}) == 21
    assert 0 < sum(query.kept_back for query in queries) < len(queries) / 2
    assert all(query.right for query in queries)


def test_queries_are_the_same_each_time(archive: Archive, entries: list[SearchEntry], queries: list[Query]) -> None:
    """The same archive gives the same queries."""
    assert make_queries(archive, entries, each=6) == queries


def test_words_in_a_row_stand_in_no_other_page(entries: list[SearchEntry], queries: list[Query]) -> None:
    """A query of printed words is held by the pages that are right for it and by no other."""
    texts = Texts(entries, read_data("words")["abbreviations"])
    asked = [query for query in queries if query.kind in ("marks", "nfd")]
    assert asked
    assert all(texts.holding(query.query) == frozenset(query.right) for query in asked)
