"""Makes the plan of a site, and proves it on pages.

In: mkdocs.yml, settings, labels. Out: `Plan`. What can't be learned from the theme makes the plan
slow, never wrong: every first page of a kind is compared with the page that stock MkDocs makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from archive.config import Settings
from archive.model.pages import SitePage
from archive.site.fast.dom import first_difference
from archive.site.fast.head import HeadPieces, learn_head
from archive.site.fast.markdown import Unusual
from archive.site.fast.origin import Origin
from archive.site.fast.plan import Plan, Shells, theme_of
from archive.site.fast.slots import Pieces, Unlearnable, mark, pieces
from archive.site.fast.theme import Theme, deep_address
from archive.site.fast.toc import TocPieces, learn_toc, made_up
from archive.site.mkdocs import mkdocs_warnings

# What comrak reads as Python-Markdown does, as far as the dialect goes.
_EXTENSIONS = {"toc", "tables", "fenced_code", "attr_list"}
_SHELL_VALUES = {"title", "description", "area", "canonical", "content", "toc", "head", "top", "heading", "up"}
# A guard compares so much of a long list; the rest of it is more of the same.
_PROVED = 12_000


def plan(config_file: Path, settings: Settings, labels: Mapping[str, Any]) -> tuple[Plan, list[str]]:
    """The plan, and what MkDocs warned of while it was made. Takes MkDocs and half a second."""
    with mkdocs_warnings() as heard:
        origin = Origin(config_file, settings, labels)
        theme = theme_of(origin)
        nav = {page.url: page.file.src_uri for page in theme.nav.pages}
        try:
            _refuse_unknown(theme)
            (shells, head, toc), why = _learn(theme), ""
        except Unlearnable as error:
            shells, head, toc, why = Shells({}, {}), None, None, str(error) or "?"
        made = Plan(origin, shells, head, toc, _sitemap(theme), theme.templates(), theme.assets(), nav, why)
    return made, heard


def prove(plan: Plan, pages: Iterable[SitePage]) -> tuple[Plan, list[str]]:
    """Compares the first page of each kind with what stock MkDocs makes of it.

    Returns the plan without the kinds that differ, and a line for all that will be slow.
    """
    words = plan.origin.labels["engine"]
    if plan.all_slow:
        return plan, [words["all_slow"].format(why=plan.all_slow)]
    seen: set[str] = set()
    differing, lines = [], []
    for page in pages:
        kind = plan.kind(page)
        if kind in seen:
            continue
        seen.add(kind)
        if where := difference(plan, page):
            differing.append(kind)
            lines.append(words["differs"].format(page=f"/{page.address}", where=where))
    return plan.without(differing), lines


def difference(plan: Plan, page: SitePage) -> str:
    """Where the two ways differ first on a page, in one line; empty if they don't."""
    sample = SitePage(page.address, page.title, _beginning(page.markdown), page.meta)
    try:
        fast = plan.fast_page(sample)
    except Unusual:
        return ""
    return first_difference(fast, plan.full_page(sample))


def _beginning(markdown: str) -> str:
    """The first blocks of a page, whole: what both ways make of them can be compared like a page."""
    if len(markdown) <= _PROVED:
        return markdown
    cut = markdown.rfind("\n\n", 0, _PROVED)
    return markdown[:cut] + "\n" if cut > 0 else markdown


def _refuse_unknown(theme: Theme) -> None:
    """Raises Unlearnable for settings whose effect on a page is not known here."""
    config = theme.config
    for name in (*config.plugins, *config.hooks, *(set(config.markdown_extensions) - _EXTENSIONS)):
        raise Unlearnable(str(name))
    for extension, options in (config.mdx_configs or {}).items():
        if any(value for key, value in options.items() if (extension, key) != ("toc", "permalink") or value):
            raise Unlearnable(extension)
    if not config.use_directory_urls:
        raise Unlearnable("use_directory_urls")


def _learn(theme: Theme) -> tuple[Shells, HeadPieces | None, TocPieces | None]:
    """Everything that differs between pages. Raises Unlearnable."""
    folders = {"": mark("area")}
    for address in theme.pages:
        for end in re.finditer("/", address):
            folders[address[: end.end()]] = address.split("/", 1)[0]
    others = {folder: _shell(theme, deep_address(folder), area) for folder, area in folders.items()}
    named = {address: _shell(theme, address, address.split("/", 1)[0]) for address in theme.pages}
    used = others[""].names
    head = learn_head(theme.head) if "head" in used else None
    toc = learn_toc(theme.toc) if "toc" in used else None
    if toc:
        named = {address: _with_own_toc(theme, address, shell, toc) for address, shell in named.items()}
    return Shells(named, others), head, toc


def _shell(theme: Theme, address: str, area: str) -> Pieces:
    shell = pieces(theme.shell(address, area))
    if strange := shell.names - _SHELL_VALUES:
        raise Unlearnable(", ".join(sorted(strange)))
    return shell


def _with_own_toc(theme: Theme, address: str, shell: Pieces, toc: TocPieces) -> Pieces:
    """A page like the first one may have no contents, however many headings it has."""
    entries = made_up("a", "b")
    printed = theme.toc(entries, address)
    return shell if printed == toc.fill(entries) else shell.fix("toc", printed)


def _sitemap(theme: Theme) -> Pieces | None:
    cut = pieces(theme.sitemap())
    return cut if [slot.name for slot in cut.slots] == ["loc_a", "loc_b"] else None
