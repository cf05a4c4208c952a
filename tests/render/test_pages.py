"""Pages of the toy archive: every one is there, every link leads on, golden pages read as agreed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive.build.loading import Loaded
from archive.extract.text import blocks_of
from archive.model.pages import SitePage
from archive.site.work_folder import page_text
from tests.archives import TESTS, expect_text, load_archive, paths_of, write_files
from tests.made_site import MadeSite, PlainFrame, make_site, outputs_of

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
def site(toy: Loaded) -> MadeSite:
    return make_site(toy)


@pytest.fixture(scope="module")
def pages(site: MadeSite) -> dict[str, SitePage]:
    return site.pages


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
    lists = outputs_of(toy, PlainFrame()).site.lists
    assert {f"nam/{year}/" for year in lists.counts("moments") if year} <= set(pages)
    assert {f"dia-phuong/{code}/" for code in lists.named("moments/place:")} <= set(pages)


def test_addresses_are_plain(pages: dict[str, SitePage]) -> None:
    """Addresses are lower-case ASCII, and end in a slash."""
    assert all(re.fullmatch(r"(?:[a-z0-9-]+/)*", address) for address in pages)


def test_nothing_that_may_not_be_shown_is_written(site: MadeSite) -> None:
    """Text beyond an excerpt, and the text of a metadata-only article, stand in no page, file or search entry."""
    for written in (*site.files.values(), *(repr(entry).encode() for entry in site.entries.values())):
        assert "KHÔNGĐƯỢCĐĂNG".encode() not in written


def test_every_paragraph_has_an_anchor(pages: dict[str, SitePage], toy: Loaded) -> None:
    """Every block of an article that is shown can be linked to."""
    for id in toy.corpus.articles:
        text = pages[f"bai-viet/{id}/"].markdown
        for anchor in blocks_of(toy.db, id):
            assert f'id="{anchor}"' in text or f"#{anchor} }}" in text


def test_two_candidates_are_both_shown(pages: dict[str, SitePage]) -> None:
    """The page of unresolved citations and the article name every candidate."""
    for address in ("van-ban/chua-xac-dinh/", "bai-viet/giao-ban-quy-1-suoi-may/"):
        assert "ket-luan-957-kl-tu-2019-09-09" in pages[address].markdown
        assert "ket-luan-957-kl-tw-2013-03-08" in pages[address].markdown


def test_an_unknown_publisher_is_said_to_be_unknown(tmp_path: Path) -> None:
    """Who published an article and where is shown if it is known; if not, the page says so and names no address."""
    known = 'publisher: "Báo Mây"\nsource: {url: "https://bao-may.example/hop"}\n'
    shown = []
    for number, more in enumerate(("", known)):
        head = f'---\ntitle: "Bài"\npublished: "1994?"\nrights: full\n{more}---\n\nMột đoạn.\n'
        content = write_files(tmp_path / str(number) / "content", {"articles/khong-ro/bai.md": head})
        loaded, _ = load_archive(paths_of(content, tmp_path / "work"))
        shown.append(page_text(make_site(loaded).pages["bai-viet/bai/"]))
    assert "<span>Chưa rõ nơi đăng</span>\n<span>đăng năm 1994 (chưa chắc chắn)</span>" in shown[0]
    assert "<span>Báo Mây</span>\n<span>đăng năm 1994 (chưa chắc chắn)</span>" in shown[1]
    assert ["bao-may.example" in text for text in shown] == [False, True]


def test_machines_are_told_only_what_is_known(pages: dict[str, SitePage]) -> None:
    """An uncertain date is not given to machines as a day."""
    assert "startDate" not in page_text(pages["su-kien/giao-ban-dan-van-quy-1-2024/"])
    assert "startDate" in page_text(pages["su-kien/tong-ket-dan-van-2023/"])


def test_a_page_is_made_by_itself(site: MadeSite, toy: Loaded) -> None:
    """Pages made in reverse, and once more, are the same."""
    again = make_site(toy, backwards=True)
    assert (again.pages, again.files, again.entries) == (site.pages, site.files, site.entries)
