"""Checks of a built site: which links are alive, on pages at every depth and addresses of every form."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.check import PageFacts, check_site, read_page
from archive.check.site import _odd_target, _target
from archive.config import Settings
from archive.problems import Report
from tests.archives import codes, write_files

PAGE = '<!doctype html><html lang="vi"><body>{}</body></html>'
SITE = {
    "index.html": PAGE.format("trang đầu"),
    "nguoi/index.html": PAGE.format('<p id="chu-1">A</p><p id="chữ">B</p>'),
    "nguoi/a/index.html": PAGE.format('<p id="doan-1">x</p>'),
    "du-lieu/a b.json": "[]",
}


def links_from(page: str, href: str, root: Path, settings: Settings) -> list[str]:
    write_files(root, {**SITE, page: PAGE.format(f'<a href="{href}">x</a>')})
    report = Report()
    check_site(root, settings, report)
    return codes(report)


@pytest.mark.parametrize(
    "href",
    [
        "",
        "./",
        "../../",
        "../../index.html",
        "../../nguoi/",
        "../../nguoi/#chu-1",
        "../../nguoi/index.html#chu-1",
        "../../nguoi/#ch%E1%BB%AF",
        "../../nguoi/a/",
        "/nguoi/a/#doan-1",
        "/",
        "https://kho-tu-lieu-dan-van.example/nguoi/a/",
        "https://kho-tu-lieu-dan-van.example/",
        "../../du-lieu/a%20b.json",
        "../../nguoi/?q=1#chu-1",
        "https://noi-khac.example/khong-co/",
        "mailto:a@b.example",
        "//noi-khac.example/",
    ],
)
def test_alive(href: str, tmp_path: Path, settings: Settings) -> None:
    """Links that lead to a page, a file, a place on a page, or elsewhere are fine."""
    assert links_from("van-ban/b/index.html", href, tmp_path, settings) == []


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("../../nguoi/khong-co/", "dead-link"),
        ("nguoi/", "dead-link"),
        ("../nguoi/", "dead-link"),
        ("/nguoi/b/", "dead-link"),
        ("../../../../nguoi/", "dead-link"),
        ("../../nguoi/#chu-2", "dead-anchor"),
        ("#khong-co", "dead-anchor"),
        ("https://kho-tu-lieu-dan-van.example/khong-co/", "dead-link"),
        ("http://[", "dead-link"),
        ("https://[địa chỉ]", "dead-link"),
    ],
)
def test_dead(href: str, code: str, tmp_path: Path, settings: Settings) -> None:
    """Links that lead nowhere, or to no place on their page, are errors."""
    assert links_from("van-ban/b/index.html", href, tmp_path, settings) == [code]


_PARTS = st.lists(st.sampled_from(["..", ".", "a", "b.html", "su-kien", "", "ữ", "%20"]), min_size=1, max_size=6)


@given(_PARTS, st.sampled_from(["", "#", "#a", "#%E1%BB%AF", "?q=1#a"]), st.sampled_from(["", "a/", "a/b/", "a/b/c/"]))
def test_the_short_way_is_the_long_way(settings: Settings, parts: list[str], rest: str, folder: str) -> None:
    """Addresses of the form that nearly all have are followed to where any address is."""
    href, name = "/".join(parts) + rest, f"{folder}index.html"
    assert _target(href, name, settings) == _odd_target(href, name, settings)


def test_what_a_page_says(settings: Settings) -> None:
    """A page gives its anchors and its links as paths on the site; words that look like markup are words."""
    body = '<p id="a">&lt;p id="b"&gt; <a href="../b/#c">x</a><a>y</a></p><pre>a href="d"</pre><p id="e"></p>'
    report = Report()
    facts = read_page(PAGE.format(body).encode(), "nguoi/a/index.html", settings, report)
    assert facts == PageFacts(frozenset({"a", "e"}), frozenset({("nguoi/b/", "c")}))
    assert codes(report) == []


def test_below_a_path(tmp_path: Path, settings: Settings) -> None:
    """A site that lives below a path of its host is checked below that path."""
    moved = dataclasses.replace(settings, url="https://host.example/kho/")
    assert links_from("b/index.html", "/kho/nguoi/a/", tmp_path, moved) == []
    assert links_from("b/index.html", "https://host.example/kho/nguoi/a/", tmp_path, moved) == []
    assert links_from("b/index.html", "/kho/khong-co/", tmp_path, moved) == ["dead-link"]


def test_the_toy_site_is_whole(site: Path, settings: Settings) -> None:
    """The built toy archive has no dead link, no repeated anchor, no foreign load, no heavy page."""
    report = Report()
    check_site(site, settings, report)
    assert codes(report) == []
    assert (site / "404.html").is_file() and (site / "sitemap.xml").is_file()
