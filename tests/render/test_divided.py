"""No page grows with the archive: with room for three entries, every list and section is divided."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest

from archive.build.loading import Loaded
from archive.build.site import build
from archive.config import Paths, load_settings
from archive.kinds import subject_of
from archive.knowledge import Knowledge
from archive.problems import Report
from archive.render.listings import part_slug
from tests.archives import ADDRESSES, QUIET, SITE_CONFIG, copy_of_toy, load_archive, said, write_files
from tests.made_site import PlainFrame, make_site, outputs_of

ROOM = 3
KIND = """
organisations:
  {folder: organisations, address: to-chuc, template: entity, index: entities, name: "tổ chức", plural: "Tổ chức",
   article_field: organisations}
"""
RECORD = '---\nname: "{}"\n---\n\nGiữ lại cho những bài sẽ nhập.\n'
NAMES = {"hoi-a": "Ánh Dương", "hoi-b": "Đoàn", "hoi-c": "Ấp", "hoi-d": "Đội", "hoi-e": "Đảo", "hoi-f": "Điện"}
LISTED = ("moments", "listing", "names", "relations", "posts", "proofs", "corrections")
ROWS = ("events", "reports", "people", "people-table", "documents", "small", "unresolved")
FOLDED = ("told", "cited", "open")
DIVIDED = {
    "dong-thoi-gian/": "nam/khong-ro/trang-2/",
    "su-kien/": "su-kien/nam/2024/",
    "bai-viet/": "bai-viet/nam/khong-ro/trang-2/",
    "cap/xa/": "cap/xa/khong-ro/",
    "sua-doi/": "sua-doi/2026/trang-2/",
    "nguoi/": "nguoi/chu/t/trang-2/",
    "nguoi/theo-ho/": "nguoi/theo-ho/chu/dd/",
    "van-ban/": "van-ban/co-quan/b/trang-3/",
    "to-chuc/": "to-chuc/chu/dd/trang-2/",
    "nguoi/ta-dinh-khoi/": "nguoi/ta-dinh-khoi/nhac-ten/",
    "van-ban/quyet-dinh-917-qd-tw-2013-12-12/": "van-ban/quyet-dinh-917-qd-tw-2013-12-12/nhac-den/",
    "su-kien/giao-ban-dan-van-quy-1-2024/": "su-kien/giao-ban-dan-van-quy-1-2024/nguoi/",
}


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Loaded, Path]]:
    """The toy archive with six organisations more, and room for three entries in a list."""
    root = tmp_path_factory.mktemp("narrow")
    paths = copy_of_toy(root)
    _set(paths, list_size=(200, ROOM), section_size=(50, ROOM - 1), newest_of_many=(20, 1))
    with (root / "site-config" / "kinds.yml").open("a", encoding="utf-8") as kinds:
        kinds.write(KIND)
    write_files(root / "content" / "organisations", {f"{id}.md": RECORD.format(name) for id, name in NAMES.items()})
    loaded, _ = load_archive(paths)
    report = Report()
    build(paths, root / "site", report, QUIET, search=False)
    assert said(report) == ""
    yield loaded, root / "site"


@pytest.fixture(scope="module")
def pages(narrow: tuple[Loaded, Path]) -> dict[str, lxml.html.HtmlElement]:
    site = narrow[1]
    return {
        path.parent.relative_to(site).as_posix().removeprefix(".") + "/": lxml.html.document_fromstring(
            path.read_bytes().decode()
        )
        for path in site.rglob("index.html")
    }


def test_every_list_is_divided(pages: dict[str, lxml.html.HtmlElement]) -> None:
    """Each list page leads to its parts, and long parts have numbered pages."""
    for whole, part in DIVIDED.items():
        assert whole in pages and part in pages, (whole, part)
    for whole in DIVIDED:
        ways = "//main//*[contains(@class, 'parts') or contains(@class, 'rest')]//a/@href"
        assert pages[whole].xpath(ways), whole


def test_no_page_holds_more_than_its_room(pages: dict[str, lxml.html.HtmlElement]) -> None:
    """In no list are there more entries than settings allow."""
    seen = 0
    for address, page in pages.items():
        if address in ("/", "cap/", "nam/", "dia-phuong/") or page.xpath("//*[@id='nguon']"):
            continue  # their lists are as long as settings, as time, or as one article is
        for length, named in _lengths(page):
            assert length <= ROOM, (address, named)
            seen += length
    assert seen > 200


def _lengths(page: lxml.html.HtmlElement) -> Iterator[tuple[int, str]]:
    """How many entries each list has, how many rows each table (open citations apart), how many are folded."""

    def classed(name: str) -> str:
        return f"contains(concat(' ', @class, ' '), ' {name} ')"

    for named in LISTED:
        yield from ((len(found.xpath("./li")), named) for found in page.xpath(f"//main//*[{classed(named)}]"))
    for named in ROWS:
        for table in page.xpath(f"//main//table[{classed(named)}]"):
            rows = table.xpath("./tbody/tr")
            unknown = [row for row in rows if row.xpath(f".//*[{classed('badge--unknown')}]")]
            yield from ((len(rows) - len(unknown), named), (len(unknown), named))
    for named in FOLDED:
        yield len(page.xpath(f"//main//*[{classed(named)}]")), named


def test_every_page_is_reached_by_links(pages: dict[str, lxml.html.HtmlElement]) -> None:
    """From the home page, links lead to every page there is."""
    reached, waiting = {"/"}, ["/"]
    while waiting:
        here = waiting.pop()
        for link in pages[here].xpath("//a/@href"):
            target = posixpath.normpath(posixpath.join("/", here, link.split("#")[0])).strip("/") + "/"
            if target in pages and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert set(pages) - reached == {
        address for address in pages if pages[address].xpath("//meta[@http-equiv='refresh']")
    }


def test_whole_sections_stand_on_their_pages(narrow: tuple[Loaded, Path]) -> None:
    """What a cut section leaves out is on its numbered pages, everything once and in order."""
    site = outputs_of(narrow[0], PlainFrame()).site
    subject = subject_of(site.context, "officials", "ta-dinh-khoi")
    first, *rest = site.plans.record(subject)
    for field in ("posts", "mentions"):
        found = [plan.context["page"] for plan in rest if plan.context["page"].section.field == field]
        whole = getattr(subject.dossier, field)
        assert tuple(item for page in found for item in page.items) == whole
        assert [page.number for page in found] == list(range(1, len(found) + 1)) != []
        assert getattr(first.context["dossier"], field) == whole[-1:]
        assert first.context["totals"][field] == len(whole)


def test_a_page_is_made_by_itself(narrow: tuple[Loaded, Path]) -> None:
    """Pages made in reverse, each alone, are those of the whole."""
    assert make_site(narrow[0], backwards=True).pages == make_site(narrow[0]).pages


def test_an_archive_of_the_projects_size_is_not_divided(toy: Loaded) -> None:
    """With the project's own settings the toy archive has no part pages and no numbered pages."""
    assert toy.settings == load_settings(SITE_CONFIG)
    site = outputs_of(toy, PlainFrame()).site
    plans = [*site.plans.others(Report())]
    for kind in toy.knowledge.kinds:
        plans += [
            plan for id in toy.corpus.records(kind) for plan in site.plans.record(subject_of(site.context, kind, id))
        ]
    assert {"part", "section"}.isdisjoint(plan.template for plan in plans)


def test_citations_link_to_the_month_of_their_article(tmp_path: Path) -> None:
    """Once unresolved citations are divided, an article leads to the page and anchor where its own stand."""
    paths = copy_of_toy(tmp_path)
    _set(paths, list_size=(200, 1), section_size=(50, 1), newest_of_many=(20, 1))
    pages = make_site(load_archive(paths)[0]).pages
    for article, month in (("giao-ban-quy-1-suoi-may", "2024-04"), ("cum-thi-dua-ba-song", "khong-ro")):
        assert f'href="../../van-ban/chua-xac-dinh/{month}/#{article}-1"' in pages[f"bai-viet/{article}/"].markdown
        assert f'id="{article}-1"' in pages[f"van-ban/chua-xac-dinh/{month}/"].markdown
        assert f'href="../../van-ban/chua-xac-dinh/{month}/"' in pages["van-ban/chua-xac-dinh/"].markdown


def test_lists_hold_each_record_once(narrow: tuple[Loaded, Path]) -> None:
    """Whole or by parts, a list has the same members."""
    lists = outputs_of(narrow[0], PlainFrame()).site.lists
    for way in (lists.listings.timeline, lists.listings.articles, *lists.listings.people, *lists.listings.documents):
        whole = lists.whole(way)
        assert len(whole) == len(set(whole)) == lists.total(way.list) > ROOM
        parts = [
            id
            for part, count in lists.counts(way.list).items()
            for number in range(1, lists.pages_of(way, count) + 1)
            for id in lists.page_of(way, part, number)
        ]
        assert set(parts) == set(whole)


@pytest.mark.parametrize(
    ("by", "part", "slug"),
    [
        ("years", "0999", "999"),
        ("years", "", "khong-ro"),
        ("months", "2024-04", "2024-04"),
        ("types", "ket-luan", "ket-luan"),
        ("letters", "D", "d"),
        ("letters", "Đ", "dd"),
        ("letters", "#", "khac"),
        ("letters", "Я", "u42f"),
    ],
)
def test_addresses_of_parts(by: str, part: str, slug: str) -> None:
    """A part's address is plain, and short to read."""
    assert part_slug(by, part, ADDRESSES.parts) == slug


def test_letters_have_addresses_of_their_own(knowledge: Knowledge) -> None:
    """No two letters of the alphabet share an address."""
    letters = [letter.upper() for letter in knowledge.language.alphabet]
    slugs = {part_slug("letters", letter, ADDRESSES.parts) for letter in letters}
    assert len(slugs) == len(letters) and all(slug.isascii() and slug.isalnum() for slug in slugs)


def test_the_first_page_has_the_plain_address() -> None:
    """Only later pages are numbered."""
    assert [ADDRESSES.parts.numbered("nam/2024/", number) for number in (1, 2)] == ["nam/2024/", "nam/2024/trang-2/"]


def _set(paths: Paths, **values: tuple[int, int]) -> None:
    """Numbers of site.yml: from what they are to what they shall be."""
    settings = paths.site_config / "site.yml"
    text = settings.read_text(encoding="utf-8")
    for name, (old, new) in values.items():
        assert f"{name}: {old}\n" in text
        text = text.replace(f"{name}: {old}\n", f"{name}: {new}\n")
    settings.write_text(text, encoding="utf-8")
