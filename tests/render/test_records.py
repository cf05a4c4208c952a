"""Pages of people, documents and events: nothing twice, everything with its words, addresses as they were."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest

from archive.build.loading import Loaded
from archive.model.pages import SitePage
from tests.archives import load_archive, paths_of, write_files
from tests.made_site import make_site

ANCHORS = {
    "nguoi/ta-dinh-khoi/": ["chuc-vu", "co-mat", "o-dau", "cung-du", "dong-thoi-gian", "nhac-ten"],
    "van-ban/quyet-dinh-950-qd-tw-2022-02-01/": ["quan-he", "nhac-den", "dong-thoi-gian"],
    "su-kien/giao-ban-dan-van-quy-1-2024/": ["bai", "nguoi", "van-ban"],
    "van-ban/": ["theo-loai", "theo-co-quan", "theo-nam"],
    "nguoi/": ["chu-1"],
}
MANY = 70

Classed = Callable[[str], list[lxml.html.HtmlElement]]


@pytest.fixture(scope="module")
def pages(toy: Loaded) -> dict[str, SitePage]:
    return make_site(toy).pages


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SitePage]:
    """A person in many reports, with two roles, and a document that all of them cite."""
    root = tmp_path_factory.mktemp("busy")
    files = {
        "officials/lo-binh.md": '---\nname: "Lò Bình"\n---\n',
        "documents/quy-che-7.md": '---\nname: "Quy chế số 7-QC/XM"\ntype: quy-che\nnumber: "7-QC/XM"\n---\n',
    }
    for n in range(MANY):
        role, date = ("Tổ trưởng" if n < 40 else "Trưởng thôn"), f"{2010 + n // 7}-0{n % 7 + 1}-05"
        files[f"articles/{date[:4]}/bai-{n:02}.md"] = (
            f'---\ntitle: "Bài số {n}"\nrights: full\ndate: "{date}"\n'
            f'date_basis: {{kind: stated, words: "ngày 5/{n % 7 + 1}/{date[:4]}"}}\n'
            f'speakers:\n  - {{official: lo-binh, name: "Lò Bình", roles: ["{role}"], capacity: [phat-bieu]}}\n'
            'documents:\n  - {document: quy-che-7, printed: "Quy chế số 7-QC/XM"}\n---\n\n'
            f"Họp ngày 5/{n % 7 + 1}/{date[:4]}. Ông Lò Bình, {role}, nói về Quy chế số 7-QC/XM.\n"
        )
    loaded, _ = load_archive(paths_of(write_files(root / "content", files), root / "work"))
    return make_site(loaded).pages


def classed(page: SitePage) -> Classed:
    tree: lxml.html.HtmlElement = lxml.html.fromstring(f"<div>{page.markdown}</div>")
    return lambda name: list(tree.find_class(name))


@pytest.mark.parametrize("address", ANCHORS)
def test_anchors_stay(address: str, pages: dict[str, SitePage]) -> None:
    """What was linked to once is there for good."""
    found = re.findall(r'\{ #([\w-]+) \}|id="([\w-]+)"', pages[address].markdown)
    ids = [one or other for one, other in found]
    assert set(ANCHORS[address]) <= set(ids)
    assert len(ids) == len(set(ids))


def test_no_role_twice(busy: dict[str, SitePage]) -> None:
    """A role that many reports print is one row, with its first and last day, its number, and a way to all proofs."""
    of = classed(busy["nguoi/lo-binh/"])
    assert [role.text_content() for role in of("posts__role")] == ["Trưởng thôn", "Tổ trưởng"]
    assert [when.text_content() for when in of("posts__when")] == [
        "5/6/2015 – 5/7/2019 · 30 bài",
        "5/1/2010 – 5/5/2015 · 40 bài",
    ]
    assert [len(proofs) for proofs in of("proofs")] == [5, 5]
    whole = classed(busy["nguoi/lo-binh/chuc-vu/"])
    assert [len(proofs) for proofs in whole("proofs")] == [30, 40]


def test_the_latest_role_leads_to_its_words(busy: dict[str, SitePage]) -> None:
    """Below the name stands what the latest report prints, with its date, as a link to the paragraph."""
    (said,) = classed(busy["nguoi/lo-binh/"])("lede--said")
    assert said.text_content() == "Trưởng thôn, theo bài ngày 5/7/2019"
    assert said.xpath(".//a/@href") == ["../../bai-viet/bai-69/#doan-1"]


def test_search_within_a_person(busy: dict[str, SitePage]) -> None:
    """The field asks the search page with the person as its filter, as an address of the search page says it."""
    (form,) = classed(busy["nguoi/lo-binh/"])("within")
    assert (form.get("action"), form.get("method", "get")) == ("../../tim-kiem/", "get")
    assert {field.get("name"): field.get("value") for field in form.iter("input")} == {"nguoi": "lo-binh", "q": None}


def test_reports_that_cite_stand_by_year(busy: dict[str, SitePage]) -> None:
    """The newest year first, with the number of all its reports, though the page shows only the newest of them."""
    of = classed(busy["van-ban/quy-che-7/"])
    heads = [" ".join(years.find("summary").text_content().split()) for years in of("years")]
    assert heads == ["Năm 2019 7 bài", "Năm 2018 7 bài", "Năm 2017 7 bài"]
    assert len(of("cited")) == 20


def test_every_list_of_documents_says_what_they_are(pages: dict[str, SitePage]) -> None:
    """Number, title, issuer, date and a count stand in each, and each row has a key that sorts numbers and days."""
    seen = 0
    for page in pages.values():
        for table in classed(page)("documents"):
            assert [th.text_content() for th in table.xpath("./thead//th")][:4] == [
                "Số, ký hiệu",
                "Trích yếu",
                "Cơ quan ban hành",
                "Ngày",
            ]
            for row in table.xpath("./tbody/tr"):
                assert len(row) == 5 and None not in (
                    row[0].get("data-key"),
                    row[3].get("data-key"),
                    row[4].get("data-key"),
                )
                seen += 1
    assert seen > 20


def test_an_event_shows_its_open_citations(pages: dict[str, SitePage]) -> None:
    """What no single document answers stands among the documents of an event, marked, with what it may be."""
    marked = classed(pages["su-kien/giao-ban-dan-van-quy-1-2024/"])("badge--unknown")
    rows = [mark.getparent().getparent() for mark in marked if mark.getparent().tag == "small"]
    assert any(row.text == "Kết luận 957" and len(row.xpath(".//a")) == 2 for row in rows)


def test_reports_of_an_event_stand_side_by_side(tmp_path: Path) -> None:
    """A column for each report and a row for each person; who is not named there has no mark. A citation that both
    reports print in the same words is one row with both places."""
    files = {"events/hop.md": '---\nname: "Họp xóm"\n---\n', "officials/lo-binh.md": '---\nname: "Lò Bình"\n---\n'}
    for id, people in (("a", ("Lò Bình", "Vì Sen")), ("b", ("Lò Bình",))):
        said = "".join(
            f'  - {{{"official: lo-binh, " if name == "Lò Bình" else ""}name: "{name}", roles: ["Tổ trưởng"], '
            "capacity: [chu-tri]}\n"
            for name in people
        )
        files[f"articles/khong-ro/{id}.md"] = (
            f'---\ntitle: "Bài {id}"\nrights: full\nevent: hop\nspeakers:\n{said}'
            'documents:\n  - {printed: "Quy chế của xóm", type: quy-che}\n---\n\n'
            f"{', '.join(people)}, Tổ trưởng, chủ trì. Theo Quy chế của xóm.\n"
        )
    loaded, _ = load_archive(paths_of(write_files(tmp_path / "content", files), tmp_path / "work"))
    of = classed(make_site(loaded).pages["su-kien/hop/"])
    (people_table,) = of("people")
    rows = {
        row[0].xpath("string(.//*[contains(@class, 'person')])"): [cell.text_content().strip() for cell in row[1:]]
        for row in people_table.xpath("./tbody/tr")
    }
    assert rows == {"Lò Bình": ["Chủ trì", "Chủ trì"], "Vì Sen": ["Chủ trì", "–"]}
    (documents,) = of("documents")
    ((row,),) = [documents.xpath("./tbody/tr")]
    assert (row[0].text, row[4].get("data-key"), len(row[4].xpath(".//a"))) == ("Quy chế của xóm", "2/2", 2)
