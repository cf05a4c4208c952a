"""site-config/site.yml: the settings of one archive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

SearchEngine = Literal["auto", "syllable", "pagefind"]
_URL = re.compile(r"https?://.*/\Z")
_REPOSITORY = re.compile(r"https://[^\s/]+/[^\s/?#]+/[^\s/?#]+\Z")

_CONTACT = re.compile(r"(?:https://[^\s<>\"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)\Z")


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Which search engine the site gets; `auto` takes Pagefind up to a number of pages that can be found."""

    engine: SearchEngine
    auto_pagefind_up_to: int


@dataclass(frozen=True, slots=True)
class SiteRules:
    """The file."""

    name: str
    description: str
    url: str
    language: str
    repository: str | None
    branch: str
    contact: str | None
    newest_events: int
    list_size: int
    section_size: int
    newest_of_many: int
    page_weight_kb: int
    import_rights: str
    contribution_tool: bool
    search: SearchSettings

    def __post_init__(self) -> None:
        if not 0 < self.newest_of_many <= self.section_size <= self.list_size:
            raise ValueError("0 < newest_of_many <= section_size <= list_size")
        if not _URL.match(self.url):
            raise ValueError("url: http(s)://…/ (with a slash at the end)")
        if self.repository and not _REPOSITORY.match(self.repository):
            raise ValueError("repository: https://github.com/owner/name (nothing behind it), or null")
        if self.contact and not _CONTACT.match(self.contact):
            raise ValueError("contact: an address of e-mail, or https://…, or null")
