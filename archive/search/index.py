"""The search index of a site, made by the engine that the settings name.

In: search entries. Out: `tim-kiem/chi-muc/` of the site, with `engine.json` that tells pages which engine it is for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any

from archive.config import SearchSettings
from archive.knowledge import Knowledge
from archive.model.search import SearchEntry
from archive.search.pagefind import build_pagefind_index
from archive.search.syllable import build_syllable_index
from archive.search.vocabulary import make_vocabulary

ADDRESS = "tim-kiem/chi-muc"


def build_search_index(
    entries: Iterable[SearchEntry],
    site: Path,
    work: Path,
    knowledge: Knowledge,
    search: Mapping[str, Any],
    settings: SearchSettings,
) -> int:
    """Makes the index of a site and returns the number of entries.

    `work` is kept from build to build: what is there need not be made again. `search` is site-config/search.yml.
    """
    vocabulary = make_vocabulary(knowledge, search)
    folder = site / ADDRESS
    folder.mkdir(parents=True, exist_ok=True)
    engine, entries = _engine(settings, entries)
    if engine == "pagefind":
        count = build_pagefind_index(entries, site, folder, work / engine, vocabulary)
    else:
        count = build_syllable_index(entries, folder, work / engine, vocabulary)
    content = json.dumps({"engine": engine}) + "\n"
    (folder / "engine.json").write_text(content, encoding="utf-8", newline="\n")
    return count


def _engine(settings: SearchSettings, entries: Iterable[SearchEntry]) -> tuple[str, Iterable[SearchEntry]]:
    """The engine, and the entries, of which `auto` has to count the first."""
    if settings.engine != "auto":
        return settings.engine, entries
    rest = iter(entries)
    first = list(islice(rest, settings.auto_pagefind_up_to + 1))
    engine = "pagefind" if len(first) <= settings.auto_pagefind_up_to else "syllable"
    return engine, chain(first, rest)
