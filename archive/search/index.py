"""The search index of a site, made by the engine that the settings name.

In: search entries. Out: `tim-kiem/chi-muc/` of the site, with `engine.json` that tells pages which engine it is for;
whole, or what differs in it from the one that is published.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path

from archive.knowledge import Knowledge
from archive.model.search import SearchEntry
from archive.rules.site import SearchSettings
from archive.search.pagefind import ADDRESS as PAGEFIND
from archive.search.pagefind import build_pagefind_index
from archive.search.rules import SearchRules
from archive.search.syllable import (
    Changes,
    build_syllable_index,
    forget_published,
    published,
    unsettled,
    update_syllable_index,
)
from archive.search.vocabulary import make_vocabulary


def index_folders(knowledge: Knowledge) -> tuple[str, str]:
    """All that an index has in a site."""
    return knowledge.addresses.pages.search_index, PAGEFIND


def build_search_index(
    entries: Iterable[SearchEntry],
    site: Path,
    work: Path,
    knowledge: Knowledge,
    search: SearchRules,
    settings: SearchSettings,
) -> int:
    """Makes the index of a site and returns the number of entries.

    `work` is kept from build to build: what is there need not be made again.
    """
    vocabulary = make_vocabulary(knowledge, search)
    folder = site / knowledge.addresses.pages.search_index
    folder.mkdir(parents=True, exist_ok=True)
    engine, entries = _engine(settings, entries)
    if engine == "pagefind":
        forget_published(work / "syllable")
        count = build_pagefind_index(entries, site, folder, work / engine, vocabulary)
    else:
        count = build_syllable_index(entries, folder, work / engine, vocabulary)
    content = json.dumps({"engine": engine}) + "\n"
    (folder / "engine.json").write_text(content, encoding="utf-8", newline="\n")
    return count


def update_search_index(
    changed: Iterable[SearchEntry],
    removed: Iterable[str],
    work: Path,
    knowledge: Knowledge,
    search: SearchRules,
    settings: SearchSettings,
) -> Changes | None:
    """What differs in the published index, by address below the site's root, after some entries are new or changed
    and those at some addresses are gone; None if the whole index has to be built.

    Among them have to be those of `unsettled_entries`. Whoever has published what is told calls
    `search_index_published`; until then it is told again with the next changes. See `update_syllable_index`.
    """
    if settings.engine == "pagefind":
        return None
    changes = update_syllable_index(changed, removed, work / "syllable", make_vocabulary(knowledge, search))
    if changes is None or (settings.engine == "auto" and changes.entries <= settings.auto_pagefind_up_to):
        return None
    address = knowledge.addresses.pages.search_index
    written = {f"{address}/{path}": file for path, file in changes.written.items()}
    return Changes(written, frozenset(f"{address}/{path}" for path in changes.removed), changes.entries)


def unsettled_entries(work: Path) -> frozenset[str]:
    """Addresses of entries that an update has taken in or dropped while nobody said that it was published."""
    return unsettled(work / "syllable")


def search_index_published(work: Path) -> None:
    """What the last build or update of the index has made is published now."""
    published(work / "syllable")


def _engine(settings: SearchSettings, entries: Iterable[SearchEntry]) -> tuple[str, Iterable[SearchEntry]]:
    """The engine, and the entries, of which `auto` has to count the first."""
    if settings.engine != "auto":
        return settings.engine, entries
    rest = iter(entries)
    first = list(islice(rest, settings.auto_pagefind_up_to + 1))
    engine = "pagefind" if len(first) <= settings.auto_pagefind_up_to else "syllable"
    return engine, chain(first, rest)
