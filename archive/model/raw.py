"""What was read from a file and not yet understood: YAML nodes with their places, text, paths.

In: nothing. Out: `RawRecord`, whose front matter is a tree of `RawScalar`, `RawList`, `RawMapping`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.problems import Position


@dataclass(frozen=True, slots=True)
class RawScalar:
    value: str | None
    position: Position


@dataclass(frozen=True, slots=True)
class RawList:
    items: tuple[RawNode, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class RawMapping:
    items: Mapping[str, RawNode]
    keys: Mapping[str, Position]
    position: Position


RawNode = RawScalar | RawList | RawMapping


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One file below content/: `kind` is its kind's id, `id` its name without `.md`."""

    kind: str
    id: str
    path: str
    metadata: RawMapping
    body: str = field(repr=False)
    body_line: int
