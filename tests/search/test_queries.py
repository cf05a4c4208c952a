"""The queries with known answers are what their README says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from archive.language.spelling import nfc
from bench.corpus import write_archive
from tests.archives import ROOT, load_archive, paths_of
from tests.search.queries import ARCHIVES, CLASSES, HALVES, ArchiveName, Query, queries

ALL = [query for half in HALVES for archive in ARCHIVES for query in queries(half, archive)]


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> Mapping[ArchiveName, Path]:
    """The content folder of each archive; read only."""
    made = write_archive(tmp_path_factory.mktemp("three-hundred"), 300, 11, sources=False)
    return {"five": ROOT / "content", "three-hundred": made.content}


def of_archive(archive: ArchiveName) -> list[Query]:
    return [query for half in HALVES for query in queries(half, archive)]


def test_ids_and_queries_are_unique() -> None:
    """No id stands twice, and nothing is asked twice of one archive."""
    assert [id for id, times in Counter(query.id for query in ALL).items() if times > 1] == []
    for archive in ARCHIVES:
        asked = Counter(query.q for query in of_archive(archive))
        assert [q for q, times in asked.items() if times > 1] == []


def test_every_class_has_enough_kept_queries() -> None:
    """Each class has 25 kept queries or more, so that one failure is at most four hundredths."""
    kept = Counter(query.kind for archive in ARCHIVES for query in queries("kept", archive))
    assert {kind: kept[kind] for kind in CLASSES if kept[kind] < 25} == {}


@pytest.mark.parametrize("archive", ARCHIVES)
def test_gold_is_a_page(archive: ArchiveName, contents: Mapping[ArchiveName, Path], tmp_path: Path) -> None:
    """Every address of a query is a page of its archive."""
    loaded, _ = load_archive(paths_of(contents[archive], tmp_path))
    pages = {entry.address for entry in loaded.entries()}
    pages |= {address for (address,) in loaded.db.rows("SELECT address FROM page_plan")}
    assert {
        query.id: lost
        for query in of_archive(archive)
        if (lost := [address for address in (*query.gold, *query.near) if address not in pages])
    } == {}


@pytest.mark.parametrize("archive", ARCHIVES)
def test_missing_words_are_missing(archive: ArchiveName, contents: Mapping[ArchiveName, Path]) -> None:
    """What a query calls missing stands in no record, whatever its case."""
    records = (
        path
        for kind in ("articles", "events", "officials", "documents")
        for path in contents[archive].glob(f"{kind}/**/*.md")
    )
    text = "\n".join(nfc(path.read_text(encoding="utf-8")) for path in records).casefold()
    missing = [query for query in of_archive(archive) if query.missing]
    assert [query.id for query in missing if re.search(rf"\b{re.escape(query.missing.casefold())}\b", text)] == []
