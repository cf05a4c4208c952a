"""site-config/addresses.yml: words in addresses, in anchors and in names of files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageAddresses:
    """Addresses of pages that belong to no record, with a slash at the end; `search_index` is a folder."""

    timeline: str
    years: str
    levels: str
    places: str
    search: str
    search_index: str
    data: str
    schemas: str
    corrections: str
    contribute: str
    unresolved: str
    people_by_full_name: str


@dataclass(frozen=True, slots=True)
class PartAddresses:
    """What the parts of long lists are called; `unknown` is the folder of articles without a year, too."""

    year: str
    letter: str
    type: str
    issuer: str
    unknown: str
    other: str
    page: str

    def numbered(self, address: str, number: int) -> str:
        """The address of the n-th page of something; the first has none of its own."""
        return address if number == 1 else f"{address}{self.page}-{number}/"


@dataclass(frozen=True, slots=True)
class Anchors:
    """Fragments within a page; paragraphs, headings and captions are followed by `-` and their number."""

    title: str
    paragraph: str
    heading: str
    caption: str


@dataclass(frozen=True, slots=True)
class ReportForm:
    """The form for errors on GitHub, and its fields that are filled in."""

    form: str
    record: str
    page: str


@dataclass(frozen=True, slots=True)
class AddressRules:
    """The file; `sections` are pages below a record by its kind's `group` and the section's field."""

    pages: PageAddresses
    parts: PartAddresses
    anchors: Anchors
    report: ReportForm
    sections: Mapping[str, Mapping[str, str]]
