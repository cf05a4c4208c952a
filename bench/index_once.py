"""Builds one search index in a process of its own, to be measured: `python -m bench.index_once …`.

In: an engine, a file of entries, a site folder, a work folder, and how many articles get one more
sentence first (0 or 1). Out: seconds in the search room, on standard output.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from archive.config import load_rules, load_settings
from archive.knowledge import load_knowledge
from archive.model.search import SearchEntry
from archive.rules.site import SearchEngine
from archive.search import build_search_index
from archive.search.rules import SearchRules
from bench.corpus import ROOT
from bench.search_entries import read_entries

ADDED = "Câu này được thêm vào sau, nhắc đến bến đò Thượng Phìn và 4.711 chiếc khèn bè."


def main(engine: SearchEngine, kept: str, site: str, work: str, edits: str) -> None:
    site_config = ROOT / "site-config"
    knowledge, known = load_knowledge(site_config), load_rules(SearchRules, site_config, "search")
    settings = replace(load_settings(site_config).search, engine=engine)
    entries: Iterable[SearchEntry] = read_entries(Path(kept))
    if edits != "0":
        entries = edited(list(entries))
        gc.freeze()
    start = time.perf_counter()
    build_search_index(entries, Path(site), Path(work), knowledge, known, settings)
    print(f"{time.perf_counter() - start:.3f}")


def edited(entries: list[SearchEntry]) -> list[SearchEntry]:
    """The article in the middle gets one more sentence."""
    place = sum(entry.kind == "articles" for entry in entries) // 2
    entry = entries[place]
    anchor, text = entry.blocks[-1]
    entries[place] = replace(entry, blocks=(*entry.blocks[:-1], (anchor, f"{text} {ADDED}")))
    return entries


if __name__ == "__main__":
    main(*sys.argv[1:])  # type: ignore[arg-type]  # the engine is one of those that the settings may name
