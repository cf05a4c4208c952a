"""Reads the index as a browser does. The tests ask it; it proves what docs/search.md says of the format.

In: the folder of an index. Out: postings, entries, facets, syllables.
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_right
from pathlib import Path
from typing import Any

from archive.search.syllable.lexicon import read_lexicon
from archive.search.syllable.postings import Group, decode
from archive.search.syllable.shards import decode_shard

_BASE = 36


class Index:
    """An index in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.directory: dict[str, Any] = json.loads(self._text("directory.gz"))
        self.numbering = bytes.fromhex(self.directory["numbering"])
        self.firsts: list[str] = []
        self.alone: set[int] = set()
        before = ""
        for place, line in enumerate(self.directory["shards"].splitlines()):
            if line.endswith("!"):
                self.alone.add(place)
            before = before[: int(line[0], _BASE)] + line[2:].removesuffix("!")
            self.firsts.append(before)

    def lookup(self, key: str) -> dict[str, dict[int, int]]:
        """The forms of a key, each with entry → weight; a form that is the same as the key is empty."""
        place = bisect_right(self.firsts, key) - 1
        found = [group for group in self.shard(max(0, place)) if group.key == key] if self.firsts else []
        return {form.form: decode(form) for group in found for form in group.forms}

    def shard(self, place: int) -> list[Group]:
        numbering, groups = decode_shard(gzip.decompress((self.folder / f"shards/{place}.gz").read_bytes()))
        if numbering != self.numbering:
            raise ValueError(f"shard {place} is of another build")
        return groups

    def entry(self, number: int) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self._text(f"entries/{number}.gz"))
        return loaded

    def lexicon(self) -> dict[str, str]:
        return read_lexicon(self._text("lexicon.gz"))

    def facet(self, name: str) -> dict[str, list[int]]:
        """The entries that have each value."""
        content = json.loads(self._text(f"facets/{name}.gz"))
        held: dict[str, list[int]] = {}
        for (id, _), deltas in zip(content["values"], content["of"], strict=True):
            number = 0
            held[id] = [number := number + delta for delta in deltas]
        return held

    def _text(self, name: str) -> str:
        return gzip.decompress((self.folder / name).read_bytes()).decode()
