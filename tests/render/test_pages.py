"""Pages of the toy archive: every one is there, every link leads on, golden pages read as agreed."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from archive.config import Settings
from archive.knowledge import Knowledge
from archive.model.edtf import parse_date
from archive.model.pages import SiteFile, SitePage
from archive.model.records import Source
from archive.pipeline import Loaded
from archive.render import render_site
from archive.render.data import data_files
from archive.render.dates import DateWords
from archive.render.view import Shelf
from archive.site.work_folder import page_text
from tests.archives import ROOT, TESTS, expect_text
from tests.made import article, corpus_of, derive

GOLDEN = {
    "home": "",
    "article": "bai-viet/giao-ban-quy-1-suoi-may/",
    "article-literal-signs": "bai-viet/nhung-nam-chin-muoi/",
    "article-excerpt": "bai-viet/suoi-may-hop-giao-ban/",
    "article-metadata": "bai-viet/truong-lang-cham-so-ket/",
    "event-dates-differ": "su-kien/giao-ban-dan-van-quy-1-2024/",
    "official": "nguoi/ta-dinh-khoi/",
    "document": "van-ban/quyet-dinh-950-qd-tw-2022-02-01/",
    "documents-unresolved": "van-ban/chua-xac-dinh/",
    "officials": "nguoi/",
    "level": "cap/xa/",
    "place-former": "dia-phuong/kon-tum/",
    "year": "nam/2023/",
    "timeline": "dong-thoi-gian/",
    "written-page": "gioi-thieu/",
    "data": "du-lieu/",
    "corrections": "sua-doi/",
}


@pytest.fixture(scope="module")
def items(toy: Loaded) -> list[SitePage | SiteFile]:
    return list(render_site(toy.corpus, toy.derived, toy.knowledge, toy.settings, ROOT / "templates"))


@pytest.fixture(scope="module")
def pages(items: list[SitePage | SiteFile]) -> dict[str, SitePage]:
    return {item.address: item for item in items if isinstance(item, SitePage)}


@pytest.fixture(scope="module")
def files(items: list[SitePage | SiteFile]) -> dict[str, str]:
    return {item.path: item.text for item in items if isinstance(item, SiteFile)}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden(name: str, pages: dict[str, SitePage]) -> None:
    """A page of each kind is, to the letter, what was agreed (tests/golden/README)."""
    expect_text(TESTS / "golden" / f"{name}.md", page_text(pages[GOLDEN[name]]))


def test_every_record_has_its_page(pages: dict[str, SitePage], toy: Loaded) -> None:
    """Every record, level, year and place has a page at its address."""
    for kind in toy.knowledge.kinds.values():
        assert {f"{kind.address}/{id}/" for id in toy.corpus.records(kind.id)} <= set(pages)
        assert f"{kind.address}/" in pages
    assert {f"cap/{code}/" for code in toy.knowledge.vocabularies["levels"]} <= set(pages)
    index = toy.derived.index
    assert {f"nam/{year}/" for year, _ in index.parts("moments") if year} <= set(pages)
    places = {name.removeprefix("moments/place:") for name in index.lists("moments/place:")}
    assert {f"dia-phuong/{code}/" for code in places} <= set(pages)


def test_addresses_are_plain(items: list[SitePage | SiteFile]) -> None:
    """Addresses are lower-case ASCII, end in a slash, and are used once."""
    addresses = [item.address for item in items if isinstance(item, SitePage)]
    assert len(addresses) == len(set(addresses))
    assert all(re.fullmatch(r"(?:[a-z0-9-]+/)*", address) for address in addresses)
    sources = [item.source_path for item in items if isinstance(item, SitePage)]
    assert len(sources) == len(set(sources))


def test_nothing_that_may_not_be_shown_is_written(items: list[SitePage | SiteFile]) -> None:
    """Text beyond an excerpt, and the text of a metadata-only article, stand in no page and no file."""
    for item in items:
        assert "KHÔNGĐƯỢCĐĂNG" not in (item.markdown if isinstance(item, SitePage) else item.text)


def test_every_paragraph_has_an_anchor(pages: dict[str, SitePage], toy: Loaded) -> None:
    """Every block of an article that is shown can be linked to."""
    for id, read in toy.derived.read.items():
        text = pages[f"bai-viet/{id}/"].markdown
        for anchor in read.blocks:
            assert f'id="{anchor}"' in text or f"#{anchor} }}" in text


def test_two_candidates_are_both_shown(pages: dict[str, SitePage]) -> None:
    """The page of unresolved citations and the article name every candidate."""
    for address in ("van-ban/chua-xac-dinh/", "bai-viet/giao-ban-quy-1-suoi-may/"):
        assert "ket-luan-957-kl-tu-2019-09-09" in pages[address].markdown
        assert "ket-luan-957-kl-tw-2013-03-08" in pages[address].markdown


def test_data_files_say_the_same_twice(files: dict[str, str], toy: Loaded) -> None:
    """JSON and CSV of a table have the same rows under the same ids, in order."""
    for name in ("articles", "events", "officials", "documents", "mentions"):
        rows = json.loads(files[f"du-lieu/{name}.json"])
        table = list(csv.DictReader(io.StringIO(files[f"du-lieu/{name}.csv"].removeprefix("\ufeff"), newline="")))
        assert len(rows) == len(table) and list(rows[0]) == list(table[0])
        if name != "mentions":
            assert [row["id"] for row in rows] == [row["id"] for row in table] == list(toy.corpus.records(name))


@pytest.mark.parametrize(
    ("title", "cell"),
    [("=1+1", "'=1+1"), ("+1", "'+1"), ("@x", "'@x"), ("-cmd", "'-cmd"), ("-5", "-5"), ("2024", "2024"), ("'=", "'=")],
)
def test_spreadsheets_run_nothing(title: str, cell: str, knowledge: Knowledge, settings: Settings) -> None:
    """A cell that a spreadsheet would take for a formula is led by an apostrophe, others are left alone."""
    corpus = corpus_of(article(title=title))
    shelf = Shelf(corpus, derive(corpus, knowledge), knowledge, settings, DateWords(knowledge.date_words))
    (_, file), table = data_files(shelf)["articles"]
    (row,) = csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff"), newline=""))
    assert (row["title"], table.rows) == (cell, 1)


def test_an_unknown_publisher_is_said_to_be_unknown(knowledge: Knowledge, settings: Settings) -> None:
    """Who published an article and where is shown if it is known; if not, the page says so and names no address."""
    shown = {}
    for publisher in (None, "Báo Mây"):
        source = Source(url="https://bao-may.example/hop" if publisher else None)
        corpus = corpus_of(article(publisher=publisher, published=parse_date("1994?"), source=source))
        items = render_site(corpus, derive(corpus, knowledge), knowledge, settings, ROOT / "templates")
        (page,) = (item for item in items if isinstance(item, SitePage) and item.address == "bai-viet/bai/")
        shown[publisher] = page_text(page)
    assert '<dd><span class="unknown">chưa rõ</span>, năm 1994 (chưa chắc chắn)</dd>' in shown[None]
    assert "<dd>Báo Mây, năm 1994 (chưa chắc chắn)</dd>" in shown["Báo Mây"]
    assert ["bao-may.example" in text for text in shown.values()] == [False, True]


def test_machines_are_told_only_what_is_known(pages: dict[str, SitePage]) -> None:
    """An uncertain date is not given to machines as a day."""
    assert "startDate" not in page_text(pages["su-kien/giao-ban-dan-van-quy-1-2024/"])
    assert "startDate" in page_text(pages["su-kien/tong-ket-dan-van-2023/"])


def test_rendering_twice_is_the_same(items: list[SitePage | SiteFile], toy: Loaded) -> None:
    """The same archive gives the same pages in the same order."""
    again = list(render_site(toy.corpus, toy.derived, toy.knowledge, toy.settings, ROOT / "templates"))
    assert again == items
