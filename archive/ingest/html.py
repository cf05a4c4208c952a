"""A saved page to its main text and what the page says of itself.

In: HTML. Out: paragraphs separated by blank lines, and title, publisher, day and address where
the page gives them. trafilatura is known here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.model.edtf import parse_date

_HEAD = 2000
_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(?:p|div|br|span|h1|article|table|td|meta)(?:\s[^<>]{0,400})?/?>", re.IGNORECASE)
_FEWEST_TAGS = 3
_WEB = re.compile(r"https?://[^\s/]+/?")


@dataclass(frozen=True, slots=True)
class Page:
    """`said` holds those of `title`, `publisher`, `published` and `url` that the page gives."""

    text: str
    said: Mapping[str, str] = field(default_factory=dict)


def looks_like_html(text: str) -> bool:
    """By content, not by name: a document's tags near the top, or a piece of one."""
    head = text[:_HEAD].lstrip()
    return bool(_HTML.search(head)) or (head.startswith("<") and len(_ANY_TAG.findall(head)) >= _FEWEST_TAGS)


def read_html(text: str) -> Page | None:
    """None if no main text can be found."""
    import trafilatura

    found = trafilatura.bare_extraction(
        text,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=True,
        # Only dates that the page marks as its own; a day guessed from the text is the event's.
        date_extraction_params={"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"},
    )
    if found is None or isinstance(found, dict) or not found.text:
        return None
    paragraphs = [" ".join(line.split()) for line in found.text.split("\n")]
    said = {
        "title": found.title,
        "publisher": found.sitename,
        "published": found.date if _is_day(found.date) else None,
        "url": found.url if found.url and _WEB.match(found.url) else None,
    }
    words = {key: " ".join(value.split()) for key, value in said.items() if value}
    return Page("\n\n".join(filter(None, paragraphs)), {key: value for key, value in words.items() if value})


def _is_day(text: str | None) -> bool:
    try:
        return bool(text) and parse_date(str(text)).is_day
    except ValueError:
        return False
