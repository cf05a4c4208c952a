"""Checks the built site: links, anchors, language, pictures, weight, and that nobody else is asked.

In: the output folder, or one page of it. Out: problems. One page is held at a time; only addresses
and anchors stay.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from archive.config import Settings
from archive.problems import Report

_LOADS = {"script", "img", "iframe", "source", "video", "audio"}
_LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch", "manifest"}
# What of a page is looked at; everything else on it is words.
_LOOKED_AT = "[id],[href],[src],img"
# `../../nguoi/a/#doan-1`: what nearly every link of ours looks like.
_PLAIN = re.compile(r"((?:\.\./)*)((?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*)?)(?:#([^%]*))?")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What other pages may lead to on a page, and where it leads: a path on the site and an anchor."""

    anchors: frozenset[str]
    links: frozenset[tuple[str, str]]


def check_site(site: Path, settings: Settings, report: Report) -> None:
    """Every check that needs the built site."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {
        name: read_page((site / name).read_bytes(), name, settings, report)
        for name in sorted(files)
        if name.endswith(".html") and not name.startswith("pagefind/")
    }
    for name, facts in pages.items():
        check_links(name, facts, pages, files, report)


def check_links(
    name: str, facts: PageFacts, pages: Mapping[str, PageFacts], files: Container[str], report: Report
) -> None:
    """Follows the links of the page `name`; `pages` and `files` are all that the site has, by path."""
    dead = []
    for target, anchor in facts.links:
        found = _file_of(target, files)
        if found is None:
            dead.append(("dead-link", f"/{target}"))
        elif anchor and found in pages and anchor not in pages[found].anchors:
            dead.append(("dead-anchor", f"/{target}#{anchor}"))
    for code, target in sorted(dead, key=lambda one: one[1]):
        report.add(code, f"site/{name}", target=target)


def _file_of(target: str, files: Container[str]) -> str | None:
    if (not target or target.endswith("/")) and (index := f"{target}index.html") in files:
        return index
    candidates = (target, f"{target.rstrip('/')}/index.html".lstrip("/"))
    return next((candidate for candidate in candidates if candidate in files), None)


def read_page(data: bytes, name: str, settings: Settings, report: Report) -> PageFacts:
    """Checks one page by itself; `name` is its path on the site."""
    shown = f"site/{name}"
    if len(data) > settings.page_weight_kb * 1024:
        report.add("heavy-page", shown, size=len(data) // 1024, limit=settings.page_weight_kb)
    tree = LexborHTMLParser(data)
    language = tree.root.attributes.get("lang") if tree.root else None
    if language != settings.language:
        report.add("wrong-language", shown, language=language or "", expected=settings.language)
    anchors: set[str] = set()
    hrefs: set[str] = set()
    for node in tree.css(_LOOKED_AT):
        attributes = node.attributes
        if anchor := attributes.get("id"):
            if anchor in anchors:
                report.add("repeated-anchor", shown, anchor=anchor)
            anchors.add(anchor)
        tag = node.tag
        if tag == "a":
            if "href" in attributes:
                hrefs.add(attributes["href"] or "")
        elif tag in _LOADS or tag == "link":
            if tag == "img" and "alt" not in attributes:
                report.add("image-without-alt", shown, src=attributes.get("src") or "")
            if loaded := _loaded(tag, attributes):
                hrefs.add(loaded)
                if _is_foreign(loaded, settings):
                    report.add("third-party", shown, address=loaded)
    links = (_target(href, name, settings) for href in hrefs)
    return PageFacts(frozenset(anchors), frozenset(link for link in links if link))


def _loaded(tag: str, attributes: Mapping[str, str | None]) -> str | None:
    """The address of what the browser fetches by itself for an element."""
    if tag != "link":
        address = attributes.get("src")
    elif set((attributes.get("rel") or "").split()) & _LOADED_LINKS:
        address = attributes.get("href")
    else:
        address = None
    return None if address is None or address.startswith("data:") else address


def _is_foreign(address: str, settings: Settings) -> bool:
    """What pages load must be on our own site."""
    try:
        return bool(urlsplit(address).netloc) and not address.startswith(settings.url)
    except ValueError:  # no address at all: nothing of ours
        return True


def _target(href: str, name: str, settings: Settings) -> tuple[str, str] | None:
    """An internal link as a path on the site; links to elsewhere are not ours to follow."""
    if plain := _plain(href):
        up, to = plain
        if not up and not to[0]:
            return name, to[1]
        folders = name.split("/")[:-1]
        if up == len(folders):
            return to
        if up < len(folders):
            return "/".join((*folders[: len(folders) - up], to[0])), to[1]
    return _odd_target(href, name, settings)


@lru_cache(maxsize=1 << 15)
def _plain(href: str) -> tuple[int, tuple[str, str]] | None:
    """How far a link goes up, then where to; None for a link of another form."""
    match = _PLAIN.fullmatch(href)
    return (len(match[1]) // 3, (match[2], match[3] or "")) if match else None


def _odd_target(href: str, name: str, settings: Settings) -> tuple[str, str] | None:
    """The same for addresses of any form, at ten times the cost."""
    if href.startswith(settings.url):
        href = "/" + href[len(settings.url) :]
    try:
        parts = urlsplit(href)
    except ValueError:  # `http://[`: no address at all; shown as the dead link it is
        return href, ""
    if parts.scheme or parts.netloc:
        return None
    path, base = unquote(parts.path), urlsplit(settings.url).path
    if path.startswith("/"):
        target = posixpath.normpath(path[len(base) :] if path.startswith(base) else path.lstrip("/"))
        target = "" if target == "." else target + ("/" if path.endswith("/") else "")
    elif path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) + ("/" if path.endswith("/") else "")
        target = "" if target in (".", "./") else target.removeprefix("./")
    else:
        target = name
    return target, unquote(parts.fragment)
