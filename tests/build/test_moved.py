"""Addresses that moved or were taken down go on answering."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from archive.build.site import ContentProblems, build
from archive.config import Paths
from archive.problems import Report
from archive.rules.reader import ConfigError
from tests.archives import QUIET, codes, write_files

MOVED = """\
redirects:
  - {from: /nguoi/ten-cu/, to: /nguoi/, reason: "gộp hai bản ghi"}
"""
REMOVED = """\
---
kind: articles
date: "2026-11-21"
reason: "theo yêu cầu của *toà soạn*"
by: "Ban biên tập"
---
"""


def test_a_redirect_leads_on_and_a_tombstone_says_why(toy_copy: Paths) -> None:
    """The old address leads on by itself and by a link; the tombstone bears reason and date as text."""
    (toy_copy.site_config / "redirects.yml").write_text(MOVED, encoding="utf-8")
    write_files(toy_copy.content / "removed", {"bai-da-go.md": REMOVED})
    out = toy_copy.content.parent / "site"
    build(toy_copy, out, Report(), QUIET, search=False)
    moved = (out / "nguoi/ten-cu/index.html").read_text(encoding="utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../../nguoi/">' in moved
    assert 'href="../../nguoi/"' in moved
    assert "/nguoi/ten-cu/" not in (out / "sitemap.xml").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://kho-tu-lieu-dan-van.example/nguoi/">' in moved
    assert moved.count("canonical") == 1
    assert "/nguoi/ten-cu/ /nguoi/ 301" in (out / "_redirects").read_text(encoding="utf-8")
    stone = (out / "bai-viet/bai-da-go/index.html").read_text(encoding="utf-8")
    assert "21 tháng 11 năm 2026" in stone
    assert "theo yêu cầu của *toà soạn*" in html.unescape(stone)
    assert "Ban biên tập" in stone
    assert '<meta name="robots" content="noindex">' in stone
    assert "/bai-da-go/" not in (out / "sitemap.xml").read_text(encoding="utf-8")
    assert "bai-da-go" not in (out / "bai-viet/index.html").read_text(encoding="utf-8")


def test_a_redirect_to_the_front_page(toy_copy: Paths) -> None:
    """A page that has no successor may lead to the front page."""
    moved = "redirects: [{from: /trang-cu/, to: /}]\n"
    (toy_copy.site_config / "redirects.yml").write_text(moved, encoding="utf-8")
    out = toy_copy.content.parent / "site"
    build(toy_copy, out, Report(), QUIET, search=False)
    page = (out / "trang-cu/index.html").read_text(encoding="utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../">' in page
    assert '<link rel="canonical" href="https://kho-tu-lieu-dan-van.example/">' in page
    assert (out / "_redirects").read_text(encoding="utf-8") == "/trang-cu/ / 301\n"


def test_what_lay_below_a_moved_record_moves_with_it(toy_copy: Paths) -> None:
    """A numbered page of a section leads to the same part of the new record; hosts send all else to its page."""
    site = toy_copy.site_config / "site.yml"
    text = site.read_text(encoding="utf-8")
    for name, old in (("list_size", 200), ("section_size", 50), ("newest_of_many", 20)):
        text = text.replace(f"{name}: {old}", f"{name}: 1")
    site.write_text(text, encoding="utf-8")
    moved = "redirects: [{from: /nguoi/cu/, to: /nguoi/ta-dinh-khoi/}]\n"
    (toy_copy.site_config / "redirects.yml").write_text(moved, encoding="utf-8")
    out = toy_copy.content.parent / "site"
    build(toy_copy, out, Report(), QUIET, search=False)
    there = {path.parent.relative_to(out / "nguoi/ta-dinh-khoi") for path in out.glob("nguoi/ta-dinh-khoi/**/*.html")}
    assert Path("nhac-ten/trang-2") in there
    assert there == {path.parent.relative_to(out / "nguoi/cu") for path in out.glob("nguoi/cu/**/*.html")}
    part = (out / "nguoi/cu/nhac-ten/trang-2/index.html").read_text(encoding="utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../../../../nguoi/ta-dinh-khoi/nhac-ten/trang-2/">' in part
    lines = (out / "_redirects").read_text(encoding="utf-8").splitlines()
    assert "/nguoi/cu/nhac-ten/trang-2/ /nguoi/ta-dinh-khoi/nhac-ten/trang-2/ 301" in lines
    assert lines[-1] == "/nguoi/cu/* /nguoi/ta-dinh-khoi/ 301"


def test_hosts_get_one_list(toy_copy: Paths) -> None:
    """Every host is told the same, with the path below which the site stands; what was taken down answers 410."""
    site = toy_copy.site_config / "site.yml"
    site.write_text(site.read_text("utf-8").replace(".example/", ".example/kho/", 1), encoding="utf-8")
    (toy_copy.site_config / "redirects.yml").write_text(MOVED, encoding="utf-8")
    write_files(toy_copy.content / "removed", {"bai-da-go.md": REMOVED})
    out = toy_copy.content.parent / "site"
    build(toy_copy, out, Report(), QUIET, search=False)
    apache, nginx = ((out / name).read_text(encoding="utf-8") for name in (".htaccess", "nginx-redirects.conf"))
    assert (out / "_redirects").read_text(encoding="utf-8") == (
        "/kho/nguoi/ten-cu/ /kho/nguoi/ 301\n/kho/nguoi/ten-cu/* /kho/nguoi/ 301\n"
    )
    assert 'RedirectMatch 301 "^/kho/nguoi/ten-cu/$" "/kho/nguoi/"' in apache
    assert 'RedirectMatch 410 "^/kho/bai-viet/bai-da-go/$"' in apache
    assert "ErrorDocument 410 /kho/bai-viet/bai-da-go/index.html" in apache
    assert nginx == (
        "location = /kho/nguoi/ten-cu/ { return 301 /kho/nguoi/; }\n"
        "location ^~ /kho/nguoi/ten-cu/ { return 301 /kho/nguoi/; }\n"
        "location = /kho/bai-viet/bai-da-go/ { error_page 410 /kho/bai-viet/bai-da-go/index.html; return 410; }\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        "redirects: [{from: /nguoi/, to: /van-ban/}]",
        "redirects: [{from: /dong-thoi-gian/, to: /nguoi/}]",
    ],
)
def test_a_live_page_is_not_displaced(toy_copy: Paths, line: str) -> None:
    """A redirect at the address of a page stops the build."""
    (toy_copy.site_config / "redirects.yml").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ContentProblems) as stopped:
        build(toy_copy, toy_copy.content.parent / "site", Report(), QUIET, search=False)
    assert codes(stopped.value.report) == ["address-taken"]


def test_a_redirect_to_nowhere_stops_the_build(toy_copy: Paths) -> None:
    """The target of a redirect must be a page."""
    line = "redirects: [{from: /nguoi/ten-cu/, to: /nguoi/khong-co-ai/}]\n"
    (toy_copy.site_config / "redirects.yml").write_text(line, encoding="utf-8")
    with pytest.raises(ContentProblems) as stopped:
        build(toy_copy, toy_copy.content.parent / "site", Report(), QUIET, search=False)
    assert codes(stopped.value.report) == ["redirect-nowhere"]


@pytest.mark.parametrize("address", ["nguoi/a/", "/nguoi/a", "/../a/", "/a//b/", "/người/"])
def test_an_address_that_is_none_is_refused(toy_copy: Paths, address: str) -> None:
    """What could leave the site's folder, or is no address of ours, is refused before anything is built."""
    text = f'redirects: [{{from: "{address}", to: /nguoi/}}]\n'
    (toy_copy.site_config / "redirects.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"redirects\.yml"):
        build(toy_copy, toy_copy.content.parent / "site", Report(), QUIET, search=False)
