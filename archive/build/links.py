"""Follows the links between pages.

In: the tables `page_link`, `page_anchor` and `file`, which say what the site is to be. Out: a problem for every link
that leads nowhere. Pages are looked at in turn, so that the anchors of one page are held at a time.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from sys import intern

from archive.database import Database
from archive.problems import Report

Link = tuple[str, str]  # path on the site, anchor
Anchors = Mapping[str, tuple[bool, Set[str]]]  # address → whether an editor wrote links there, what can be linked to
Pages = Iterator[tuple[str, list[Link]]]  # address, where the page leads

_ALL = "SELECT page, links FROM page_link ORDER BY page"
_OF_PAGE = "SELECT page, links FROM page_link WHERE page = ?"
_WRITTEN = (
    "SELECT page, links FROM page_link WHERE page IN (SELECT page FROM page_anchor WHERE written = 1) ORDER BY page"
)
_OF_TASK = (
    "SELECT page, written, anchors FROM page_anchor "
    "WHERE made_by = (SELECT number FROM task WHERE step = ? AND key = ?)"
)


def anchors_of(db: Database, step: str, keys: Iterable[str]) -> Anchors:
    """The pages of some tasks."""
    found = (row for key in keys for row in db.rows(_OF_TASK, (step, key)))
    return {page: (bool(written), {*anchors.split(" ")}) for page, written, anchors in found}


def check_all_links(db: Database, report: Report) -> None:
    """Every link of every page. Each place that is led to is looked at once."""
    _check(lambda: _pages(db, _ALL), db, report)


def check_links_of(db: Database, before: Anchors, after: Anchors, report: Report) -> None:
    """The links of pages that were just made, and those that editors wrote to pages on which something is gone.

    `before` and `after`: the pages of the tasks that were done, as they were and as they are. All other links are made
    from what they lead to, so that their pages are made again with it; but to a page that an editor wrote, templates
    lead from anywhere.
    """
    nothing = (False, frozenset[str]())
    lost = {page for page, (_, anchors) in before.items() if page not in after or anchors - after[page][1]}
    if any(before.get(page, nothing)[0] for page in lost):
        check_all_links(db, report)
        return

    def pages() -> Pages:
        for page in sorted(after):
            yield from _pages(db, _OF_PAGE, page)
        for page, links in _pages(db, _WRITTEN) if lost else ():
            if page not in after:
                yield page, [link for link in links if _address(link[0]) in lost]

    _check(pages, db, report)


def _check(pages: Callable[[], Pages], db: Database, report: Report) -> None:
    dead = _dead_links((link for _, links in pages() for link in links), db)
    for page, links in pages() if dead else ():
        for path, anchor in sorted(dead.intersection(links)):
            is_page = _anchors(path, db) is not None
            code, target = ("dead-anchor", f"/{path}#{anchor}") if is_page else ("dead-link", f"/{path}")
            report.add(code, f"site/{page}index.html", target=target)


def _pages(db: Database, sql: str, *values: str) -> Pages:
    for page, packed in db.rows(sql, values):
        text = zlib.decompress(packed).decode() if packed else ""
        yield page, [(path, anchor) for path, _, anchor in (line.partition("#") for line in text.split("\n") if text)]


def _dead_links(links: Iterable[Link], db: Database) -> set[Link]:
    """Of some places those that are not there."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for path, anchor in links:
        wanted[path].add(intern(anchor))  # many links lead to the same few anchors, such as `doan-1`: each is held once
    return {(path, anchor) for path in sorted(wanted) for anchor in _dead(path, wanted[path], db)}


def _dead(path: str, wanted: Set[str], db: Database) -> Set[str]:
    """The anchors that are not there; all of them if the page or file isn't."""
    anchors = _anchors(path, db)
    if anchors is not None:
        return wanted - anchors - {""}
    there = any(True for _ in db.rows("SELECT 1 FROM file WHERE path = ? LIMIT 1", (path,)))
    return frozenset() if there else wanted


def _anchors(path: str, db: Database) -> Set[str] | None:
    """The anchors of a page; None if there is no page."""
    for address in (_address(path), f"{path}/"):
        for (anchors,) in db.rows("SELECT anchors FROM page_anchor WHERE page = ? LIMIT 1", (address,)):
            return {*anchors.split(" ")}
    return None


def _address(path: str) -> str:
    return path.removesuffix("index.html")
