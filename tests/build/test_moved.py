"""Addresses that moved or were taken down go on answering."""

from __future__ import annotations

import html

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
    assert "/nguoi/ten-cu/ /nguoi/ 301" in (out / "_redirects").read_text(encoding="utf-8")
    stone = (out / "bai-viet/bai-da-go/index.html").read_text(encoding="utf-8")
    assert "21 tháng 11 năm 2026" in stone
    assert "theo yêu cầu của *toà soạn*" in html.unescape(stone)
    assert "Ban biên tập" in stone
    assert '<meta name="robots" content="noindex">' in stone
    assert "/bai-da-go/" not in (out / "sitemap.xml").read_text(encoding="utf-8")
    assert "bai-da-go" not in (out / "bai-viet/index.html").read_text(encoding="utf-8")


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
    assert set(codes(stopped.value.report)) == {"dead-link"}


@pytest.mark.parametrize("address", ["nguoi/a/", "/nguoi/a", "/../a/", "/a//b/", "/người/"])
def test_an_address_that_is_none_is_refused(toy_copy: Paths, address: str) -> None:
    """What could leave the site's folder, or is no address of ours, is refused before anything is built."""
    text = f'redirects: [{{from: "{address}", to: /nguoi/}}]\n'
    (toy_copy.site_config / "redirects.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"redirects\.yml"):
        build(toy_copy, toy_copy.content.parent / "site", Report(), QUIET, search=False)
