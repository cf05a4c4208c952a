"""The plan of a site: pages → finished HTML, without MkDocs once it is made.

In: `SitePage`. Out: HTML. A plan is small, can be pickled and kept between builds for as long as
mkdocs.yml, the theme, settings and labels stay as they are. What it is not sure of goes through MkDocs.
"""

from __future__ import annotations

import dataclasses
import gzip
import io
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from archive.model.pages import SitePage
from archive.site.fast.head import SAYS, HeadPieces
from archive.site.fast.markdown import Unusual, to_html
from archive.site.fast.origin import Origin
from archive.site.fast.slots import Pieces
from archive.site.fast.toc import TocPieces, nest
from archive.site.mkdocs import STAMP

if TYPE_CHECKING:
    from archive.site.fast.theme import Theme

_PLAIN_ADDRESS = re.compile(r"(?:[A-Za-z0-9_.~-]+/)*")
_TEXTS = ("title", "description", "area")
_KNOWN = {*_TEXTS, *SAYS}


@dataclasses.dataclass(frozen=True, slots=True)
class Shells:
    """The frames of pages, by the place from which their links lead on."""

    pages: Mapping[str, Pieces]  # by address: the pages that `nav` names
    folders: Mapping[str, Pieces]  # by folder that holds such pages, and "" for all others

    def place(self, address: str) -> tuple[str, int]:
        """The nearest known folder above an address, and how many folders lie between."""
        folder = address
        between = -1
        while folder not in self.folders or folder == address:
            folder = folder[: folder.rstrip("/").rfind("/") + 1]
            between += 1
        return folder, between


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """Everything that MkDocs knows before it has seen a page.

    `static` and `assets` are files of the site by path: bytes, or where to copy them from. `slow` are
    the kinds of pages that go through MkDocs; `all_slow` says why all of them do.
    """

    origin: Origin
    shells: Shells
    head: HeadPieces | None
    toc: TocPieces | None
    site_map: Pieces | None
    static: Mapping[str, bytes]
    assets: Mapping[str, str]
    nav: Mapping[str, str]  # address → what mkdocs.yml calls it
    all_slow: str = ""
    slow: frozenset[str] = frozenset()

    def page(self, page: SitePage) -> str:
        """The page as finished HTML."""
        try:
            if self.slow and self.kind(page) in self.slow:
                raise Unusual
            return self.fast_page(page)
        except Unusual:
            return self.full_page(page)

    def fast_page(self, page: SitePage) -> str:
        """The page out of its shell. Raises Unusual if the plan is not sure of it."""
        if self.all_slow or not _is_usual(page):
            raise Unusual
        body = to_html(page.markdown.lstrip())
        meta, address = page.meta, page.address
        values = {
            **meta,
            "canonical": self.origin.settings.url + address,
            "content": body.html,
            "toc": "",
            "head": "",
            "heading": body.headings[0].title if body.headings else "",
            "top": body.headings[0].id if body.headings else "",
        }
        shell = self.shells.pages.get(address)
        if shell is None:
            folder, between = self.shells.place(address)
            shell = _at_depth(self.shells.folders[folder], between)
        entries = nest(body.headings)
        if self.toc:
            values["toc"] = self.toc.fill(entries)
        if self.head:
            values["head"] = self.head.fill(meta, values)
        return shell.fill(values)

    def full_page(self, page: SitePage) -> str:
        """The page as stock MkDocs writes it: dozens of times slower, and the measure of the other way."""
        return theme_of(self.origin).full(page)

    def kind(self, page: SitePage) -> str:
        """Pages of one kind have the same shell and say the same things of themselves in their heads."""
        said = "+".join(name for name in SAYS if name in page.meta)
        if page.address in self.shells.pages or not self.shells.folders:
            return f"/{page.address} {said}".rstrip()
        return f"/{self.shells.place(page.address)[0]}… {page.meta.get('area', '')} {said}".rstrip()

    def without(self, kinds: Iterable[str]) -> Plan:
        """The same plan with more kinds of pages that go through MkDocs."""
        return dataclasses.replace(self, slow=self.slow | set(kinds))

    def sitemap(self, addresses: Iterable[str]) -> dict[str, bytes]:
        """sitemap.xml and its compressed form, for the addresses of all pages that are to be found."""
        if self.site_map is None:
            return {}
        start, _, next, _, end = self.site_map.texts
        ordered = sorted(addresses, key=lambda address: address.split("/"))
        text = start + next.join(str(escape(self.origin.settings.url + address)) for address in ordered) + end
        packed = io.BytesIO()
        with gzip.GzipFile(filename="sitemap.xml", mode="wb", fileobj=packed, mtime=STAMP) as file:
            file.write(text.encode())
        return {"sitemap.xml": text.encode(), "sitemap.xml.gz": packed.getvalue()}

    def missing(self, addresses: Iterable[str]) -> list[str]:
        """What `nav` names and no page is, in MkDocs's words."""
        there = set(addresses)
        return [
            f"A reference to '{name}' is included in the 'nav' configuration, "
            "which is not found in the documentation files."
            for address, name in self.nav.items()
            if address not in there
        ]


def _is_usual(page: SitePage) -> bool:
    """Front matter and address as `render` writes them; templates may do anything with others."""
    meta, address = page.meta, page.address
    return (
        meta.keys() <= _KNOWN
        and all(isinstance(meta.get(name), str) for name in _TEXTS)
        and bool(meta["title"] and meta["description"])
        and meta["area"] == address.split("/", 1)[0]
        and all(_is_text(meta[name]) for name in ("redirect", "robots", "schema_org") if name in meta)
        and ("dublin_core" not in meta or _are_texts(meta["dublin_core"]))
        and _PLAIN_ADDRESS.fullmatch(address) is not None
        and not address.startswith("assets/")
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _are_texts(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value) and all(isinstance(text, str) for text in value.values())


@lru_cache(maxsize=1000)
def _at_depth(shell: Pieces, between: int) -> Pieces:
    return shell.fix("up", "../" * between)


@lru_cache(maxsize=2)
def theme_of(origin: Origin) -> Theme:
    """MkDocs for a plan, loaded once in a process."""
    from archive.site.fast.theme import Theme  # and with it MkDocs

    return Theme(origin)
