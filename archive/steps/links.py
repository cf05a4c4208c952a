"""Follows the links between pages, from what is remembered of each page.

In: the store. Out: a problem for every link that leads nowhere. Pages are looked at in turn, so
that the anchors of one page are held at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from pathlib import Path
from sys import intern

from archive.memo import Store
from archive.problems import Report
from archive.steps.pages import links_of, read_note

Link = tuple[str, str]  # path on the site, anchor


def check_all_links(store: Store, site: Path, report: Report, removed: Collection[str] = ()) -> None:
    """Every link of every page. Each place that is led to is looked at once."""
    links = (link for _, blob in store.notes("page") for link in links_of(read_note(blob)))
    if dead := _dead_links(links, store, site, removed):
        for _, blob in store.notes("page"):
            note = read_note(blob)
            _report(next(iter(note.files), ""), dead & set(links_of(note)), report, store)


def check_links_of(
    store: Store, made: Iterable[bytes], changed: Collection[str], removed: Collection[str], site: Path, report: Report
) -> None:
    """The links of pages that were just made (their notes), and those that editors wrote to pages that changed.

    All other links are made from what they lead to, so their pages are made again with it; but to a
    page that an editor wrote, templates lead from anywhere. `removed` are the files that `site` loses.
    """
    lost = {name.removeprefix("page/") for name in changed if name.startswith("page/")}
    if any(f"records/pages/{address.rstrip('/')}" in changed for address in lost):
        check_all_links(store, site, report, removed)
        return
    asked = {note: set(links_of(read_note(note))) for note in made}
    for name in store.names("handwritten/") if lost else ():
        key = name.removeprefix("handwritten/")
        note = store.note("page", key) or b""
        asked[note] = {link for link in links_of(read_note(note)) if _address(link[0]) in lost} | asked.get(note, set())
    if dead := _dead_links((link for links in asked.values() for link in links), store, site, removed):
        for note, links in asked.items():
            _report(next(iter(read_note(note).files), ""), dead & links, report, store)


def _dead_links(links: Iterable[Link], store: Store, site: Path, removed: Collection[str] = ()) -> set[Link]:
    """Of some places those that are not there."""
    return {
        (path, anchor)
        for path, wanted in sorted(_by_path(links).items())
        for anchor in _dead(path, wanted, store, site, removed)
    }


def _by_path(links: Iterable[Link]) -> Mapping[str, Set[str]]:
    """Anchors by path. Many links lead to the same few anchors, such as `doan-1`: each is held once."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, anchor in links:
        found[path].add(intern(anchor))
    return found


def _dead(path: str, wanted: Set[str], store: Store, site: Path, removed: Collection[str]) -> Set[str]:
    """The anchors that are not there; all of them if the page or file isn't."""
    anchors = _anchors(path, store)
    if anchors is not None:
        return wanted - anchors - {""}
    return wanted if path in removed or not (site / path).is_file() else frozenset()


def _anchors(path: str, store: Store) -> frozenset[str] | None:
    """The anchors of a page; None if there is no page."""
    for address in (_address(path), f"{path}/"):
        blob = store.value(f"page/{address}") if not address or address.endswith("/") else None
        if blob is not None:
            return frozenset(blob.decode().split("\n"))
    return None


def _address(path: str) -> str:
    return path.removesuffix("index.html")


def _report(address: str, links: Iterable[Link], report: Report, store: Store) -> None:
    for path, anchor in sorted(links):
        page = _anchors(path, store) is not None
        code, target = ("dead-anchor", f"/{path}#{anchor}") if page else ("dead-link", f"/{path}")
        report.add(code, f"site/{address}index.html", target=target)
