"""Below every page a reader can tell of an error; below a record's also propose another wording."""

from __future__ import annotations

import dataclasses
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest

from archive.build.loading import Loaded
from archive.model.pages import SitePage
from tests.made_site import make_site

REPOSITORY = "https://github.com/kho/tu-lieu"
EDIT = f"{REPOSITORY}/edit/nhanh/chinh/content"


def pages_of(toy: Loaded, repository: str | None, contact: str | None = None) -> dict[str, SitePage]:
    settings = dataclasses.replace(toy.settings, repository=repository, branch="nhanh/chinh", contact=contact)
    return make_site(toy, settings=settings).pages


def links(page: SitePage) -> list[str]:
    """Where the links below a page lead."""
    (foot,) = lxml.html.fragment_fromstring(page.markdown, create_parent=True).find_class("report")
    return [str(link.get("href")) for link in foot.iter("a")]


@pytest.fixture(scope="module")
def pages(toy: Loaded) -> dict[str, SitePage]:
    return pages_of(toy, REPOSITORY)


@pytest.mark.parametrize(
    ("address", "record", "file"),
    [
        (
            "bai-viet/giao-ban-quy-1-suoi-may/",
            "articles/giao-ban-quy-1-suoi-may",
            "articles/2024/giao-ban-quy-1-suoi-may.md",
        ),
        (
            "su-kien/giao-ban-dan-van-quy-1-2024/",
            "events/giao-ban-dan-van-quy-1-2024",
            "events/giao-ban-dan-van-quy-1-2024.md",
        ),
        ("nguoi/lo-sang/", "officials/lo-sang", "officials/lo-sang.md"),
        ("gioi-thieu/", "pages/gioi-thieu", "pages/gioi-thieu.md"),
        ("nam/2023/", "", ""),
        ("tim-kiem/", "", ""),
        ("", "", ""),
    ],
)
def test_links_open_the_form_and_the_file(
    address: str, record: str, file: str, pages: dict[str, SitePage], toy: Loaded
) -> None:
    """The form knows the page, and the record if the page is about one; only a record has a file to edit."""
    form, *edit = links(pages[address])
    asked = parse_qs(urlsplit(form).query)
    assert form.startswith(f"{REPOSITORY}/issues/new?template=sua-loi.yml&")
    assert asked.get("ban-ghi", [""]) == [record]
    assert asked["trang"] == [toy.settings.url + address]
    assert edit == ([f"{EDIT}/{file}"] if file else [])


def test_every_page_has_them(pages: dict[str, SitePage]) -> None:
    """No page is left out, however it is made."""
    assert [address for address, page in pages.items() if page.markdown.count('class="report dots"') != 1] == []


def test_without_a_repository_a_reader_writes_to_the_contact(toy: Loaded) -> None:
    """A letter with the address of the page; an address of the web as it is."""
    by_mail = pages_of(toy, None, "kho@vi-du.example")["nguoi/lo-sang/"]
    (letter,) = links(by_mail)
    assert letter.startswith("mailto:kho@vi-du.example?subject=")
    assert parse_qs(urlsplit(letter).query)["body"] == [f"Trang: {toy.settings.url}nguoi/lo-sang/\n"]
    assert links(pages_of(toy, None, "https://vi-du.example/lien-he")["nguoi/lo-sang/"]) == [
        "https://vi-du.example/lien-he"
    ]


def test_without_anybody_to_read_it_there_is_no_button(toy: Loaded) -> None:
    """A button that leads nowhere would be worse than none."""
    assert 'class="report' not in pages_of(toy, None)["nguoi/lo-sang/"].markdown
