"""What was received, as the importer reads it: the text of a source file, to be compared with its article.

In: a source file. Out: its lines, counted as the `changes` of an article count them, and where each stands in the file.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from archive.check import Received
from archive.config import load_rules
from archive.language.spelling import nfc
from archive.problems import Position, Report

if TYPE_CHECKING:
    from archive.ingest.html import Page, PageReader

_SNIPPETS = (40, 20, 10)  # letters by which words of a page's text are found in the page


class SourceReader:
    """Reads source files; patterns for pages are compiled when the first page is read."""

    def __init__(self, site_config: Path) -> None:
        self._site_config = site_config
        self._page: str | None = None

    def read(self, source: str) -> Page | None:
        """A page's text; remembers that it was one."""
        self._page = nfc(source)
        return self._pages.read(source)

    def received(self, file: Path, shown: str) -> Received | None:
        """None where nobody can make a text of the file; `shown` is its path as problems name it."""
        from archive.ingest.receive import receive  # a build that reads no text needs nothing of the importer

        self._page = None
        try:
            read = receive(file.name, file.read_bytes(), Report(), self)
        except OSError:
            return None
        if read is None:
            return None
        lines = read.text.split("\n")
        if self._page is None:
            return Received(shown, lines)
        said = (read.title, read.publisher, *read.authors, *(change.text for change in read.dropped))
        return Received(shown, lines, [words for words in said if words], _InPage(self._page, lines).place)

    @cached_property
    def _pages(self) -> PageReader:
        from archive.ingest.html import PageReader
        from archive.ingest.rules.pages import PageRules

        return PageReader(load_rules(PageRules, self._site_config, "pages"))


class _InPage:
    """Where words of a page's text stand in the page."""

    def __init__(self, page: str, lines: list[str]) -> None:
        self._page = page
        self._lines = lines

    def place(self, line: int, column: int) -> Position:
        """Of a column of a line; the beginning of the page where the words stand there in another form."""
        text = self._lines[line - 1]
        for start in (column - 1, 0):
            for length in _SNIPPETS:
                at = self._page.find(text[start : start + length])
                if at >= 0:
                    return Position(self._page.count("\n", 0, at) + 1, at - self._page.rfind("\n", 0, at))
        return Position()
