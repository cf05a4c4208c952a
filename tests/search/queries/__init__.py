"""Queries with the pages that answer them, written by people who had not seen how results are ranked.

In: `shown/` (to look at while search is changed) and `kept/` (for the last measurement only), a file for each archive.
Out: a `Query` for each. What the fields mean is in README.md beside this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import yaml

Half = Literal["shown", "kept"]
ArchiveName = Literal["five", "three-hundred"]
HALVES: tuple[Half, ...] = get_args(Half)
ARCHIVES: tuple[ArchiveName, ...] = get_args(ArchiveName)
CLASSES = (
    "names",
    "turned-names",
    "unmarked",
    "wrong-marks",
    "numbers-and-codes",
    "dates",
    "places",
    "phrases",
    "topic-words",
    "abbreviations",
    "questions",
    "missing",
    "typing",
)
FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Query:
    """One thing that a reader types, and the addresses (`nguoi/…/`) that may stand first."""

    id: str
    q: str
    kind: str
    gold: tuple[str, ...]
    why: str
    missing: str = ""
    near: tuple[str, ...] = ()
    prefix: str = ""

    def __post_init__(self) -> None:
        if self.kind not in CLASSES:
            raise ValueError(f"{self.id}: no class {self.kind}")
        if not self.q or not self.why:
            raise ValueError(f"{self.id}: a query says what is typed and why its gold is right")
        if (self.kind == "missing") != bool(self.missing) or bool(self.missing) == bool(self.gold):
            raise ValueError(f"{self.id}: a query has gold, or is of class missing and names what is missing")
        if (self.kind == "typing") != bool(self.prefix) or not self.q.casefold().startswith(self.prefix):
            raise ValueError(f"{self.id}: queries of class typing, and no others, have a prefix of what is typed")


def queries(half: Half, archive: ArchiveName) -> Iterator[Query]:
    """All queries of one half over one archive, in the order of their file.

    Raises KeyError or ValueError where the file is not as README.md says.
    """
    text = (FOLDER / half / f"{archive}.yml").read_text(encoding="utf-8")
    for row in yaml.safe_load(text):
        yield Query(
            id=row["id"],
            q=row["q"],
            kind=row["class"],
            gold=tuple(row["gold"]),
            why=row["why"],
            missing=row.get("missing", ""),
            near=tuple(row.get("near", ())),
            prefix=row.get("prefix", ""),
        )
