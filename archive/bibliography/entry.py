"""Where a record is published: what every form of its entry ends with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """`key` is `kind/id`, `url` the address of the record's page, `archive` the name of the archive."""

    key: str
    url: str
    archive: str
    language: str
