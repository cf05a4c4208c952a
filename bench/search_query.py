"""A labelled query, and queries as a file.

In: words and the pages that are right for them. Out: `Query` values, a third of them kept back.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Query:
    """`right`: addresses any of which is right at rank 1; `typing`: as it stands while being typed."""

    id: str
    kind: str
    query: str
    right: tuple[str, ...]
    kept_back: bool
    typing: bool = False

    @classmethod
    def of(cls, id: str, kind: str, query: str, right: Iterable[str], *, typing: bool = False) -> Query:
        """A third is kept back, by the words and not by the place in a list: a longer list keeps the split."""
        chance = hashlib.sha256(unicodedata.normalize("NFC", query).encode()).digest()[0]
        return cls(id, kind, query, tuple(sorted(right)), chance % 3 == 0, typing)


def write_queries(queries: Iterable[Query], path: Path) -> None:
    rows = [{"class" if key == "kind" else key: value for key, value in asdict(query).items()} for query in queries]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def by_class(queries: Iterable[Query]) -> Iterator[tuple[str, list[Query]]]:
    found: dict[str, list[Query]] = defaultdict(list)
    for query in queries:
        found[query.kind].append(query)
    yield from found.items()
