"""Checks the built site: links, anchors, language, pictures, weight, and that nobody else is asked.

In: the output folder. Out: problems. One page is held at a time; only addresses and anchors stay.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html

from archive.config import Settings
from archive.problems import Report

_LOADED = (("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("video", "src"), ("audio", "src"))
_LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch", "manifest"}


@dataclass(slots=True)
class _Page:
    anchors: set[str] = field(default_factory=set)
    links: set[tuple[str, str]] = field(default_factory=set)  # (path on the site, anchor)


def check_site(site: Path, settings: Settings, report: Report) -> None:
    """Every check that needs the built site."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages: dict[str, _Page] = {}
    for name in sorted(files):
        if name.endswith(".html") and not name.startswith("pagefind/"):
            pages[name] = _read_page(site / name, name, settings, report)
    for name, page in pages.items():
        for target, anchor in sorted(page.links):
            found = _file_of(target, files)
            if found is None:
                report.add("dead-link", f"site/{name}", target=f"/{target}")
            elif anchor and found in pages and anchor not in pages[found].anchors:
                report.add("dead-anchor", f"site/{name}", target=f"/{target}#{anchor}")


def _file_of(target: str, files: set[str]) -> str | None:
    candidates = (target, f"{target.rstrip('/')}/index.html".lstrip("/"))
    return next((candidate for candidate in candidates if candidate in files), None)


def _read_page(path: Path, name: str, settings: Settings, report: Report) -> _Page:
    data = path.read_bytes()
    shown = f"site/{name}"
    if len(data) > settings.page_weight_kb * 1024:
        report.add("heavy-page", shown, size=len(data) // 1024, limit=settings.page_weight_kb)
    root = lxml.html.document_fromstring(data.decode("utf-8"))
    if root.get("lang") != settings.language:
        report.add("wrong-language", shown, language=root.get("lang") or "", expected=settings.language)
    page = _Page()
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if anchor := element.get("id"):
            if anchor in page.anchors:
                report.add("repeated-anchor", shown, anchor=anchor)
            page.anchors.add(anchor)
        if element.tag == "img" and element.get("alt") is None:
            report.add("image-without-alt", shown, src=element.get("src") or "")
        if element.tag == "a" and (href := element.get("href")) is not None:
            _add_link(href, name, settings, page)
        _check_loaded(element, name, page, settings, report)
    return page


def _check_loaded(element: lxml.html.HtmlElement, name: str, page: _Page, settings: Settings, report: Report) -> None:
    """What the browser fetches by itself must be on our own site, and there."""
    address = next((element.get(key) for tag, key in _LOADED if element.tag == tag and element.get(key)), None)
    if element.tag == "link" and set((element.get("rel") or "").split()) & _LOADED_LINKS:
        address = element.get("href")
    if address is None or address.startswith("data:"):
        return
    if urlsplit(address).netloc and not address.startswith(settings.url):
        report.add("third-party", f"site/{name}", address=address)
    else:
        _add_link(address, name, settings, page)


def _add_link(href: str, name: str, settings: Settings, page: _Page) -> None:
    """Adds an internal link as a path on the site; links to elsewhere are not ours to follow."""
    if href.startswith(settings.url):
        href = "/" + href[len(settings.url) :]
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return
    path, base = unquote(parts.path), urlsplit(settings.url).path
    if path.startswith("/"):
        target = posixpath.normpath(path[len(base) :] if path.startswith(base) else path.lstrip("/"))
        target = "" if target == "." else target + ("/" if path.endswith("/") else "")
    elif path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) + ("/" if path.endswith("/") else "")
        target = "" if target in (".", "./") else target.removeprefix("./")
    else:
        target = name
    page.links.add((target, unquote(parts.fragment)))
