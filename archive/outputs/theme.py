"""Files that the theme brings along: styles, scripts, pages such as 404.html.

In: the frame. Out: its files, and what is to be told of mkdocs.yml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.model.pages import SiteFile
from archive.outputs.output import Output, Piece
from archive.problems import Position, Problem


class ThemeFiles(Output):
    def site_keys(self) -> Iterable[str]:
        return ["theme"]

    def of_site(self, key: str) -> Iterator[Piece]:
        for path, data in self.site.frame.files():
            yield SiteFile(path, data)
        for code, words in self.site.frame.said():
            yield Problem(self.site.config, Position(1, 1), code, (("words", words),))
