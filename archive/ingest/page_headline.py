"""The headline of a page, among its pieces.

In: the layout, where the report stands, what the page says of itself. Out: the place of the headline, if it is one
by its mark-up or by what the page's head says.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive.ingest.lines import word_key
from archive.ingest.page_layout import Layout
from archive.ingest.page_pieces import Piece
from archive.ingest.page_says import Sayings

_ABOVE = 40  # pieces between a headline and the first paragraph
_LONGEST = 300
_FEWEST_LETTERS = 8
_FEWEST_WORDS = 3
_SHARED = 0.9
_OTHER_LINES = frozenset(("lead", "byline", "stamp"))


class HeadlineFinder:
    def __init__(self, layout: Layout, said: Sayings) -> None:
        self.layout = layout
        self.titles = [key for key in map(word_key, said.titles) if len(key) >= _FEWEST_LETTERS]
        self.headline = word_key(said.headline or "")

    def find(self, inside: range, foreign: set[int]) -> int | None:
        """Near the first paragraph: what the head of the page says before what only its mark-up says."""
        first = next((at for at in inside if self.layout.prose[at] and at not in foreign), inside[-1])
        near = [at for at in range(max(0, inside.start - _ABOVE), first) if at not in foreign]
        marked = [at for at in near if self._may_be(self.layout.pieces[at])]
        matching = [at for at in marked if self._says(self.layout.pieces[at].text)]
        if matching:
            return matching[-1]
        best = self._by_markup(marked)
        plain = [at for at in (*near, first) if self._is(self.layout.pieces[at].text, at in inside)]
        return max((at for at in (best, *plain) if at is not None), default=None)

    def is_headline(self, words: str) -> bool:
        return word_key(words) in self.titles

    def _by_markup(self, marked: Iterable[int]) -> int | None:
        own = [at for at in marked if self._is_large(self.layout.pieces[at])]
        main = [at for at in own if self._is_main(self.layout.pieces[at])]
        return next(reversed(main or own), None)

    def _may_be(self, piece: Piece) -> bool:
        is_short = 0 < len(piece.text) <= _LONGEST
        return is_short and not self.layout.reason(piece) and (piece.is_heading or "title" in self.layout.kinds(piece))

    def _is_main(self, piece: Piece) -> bool:
        return piece.node.tag == "h1" or "title" in self.layout.kinds(piece)

    def _is_large(self, piece: Piece) -> bool:
        """More than the name of a section, and no other line of a head."""
        is_other = bool(self.layout.kinds(piece) & _OTHER_LINES)
        return len(piece.text.split()) >= _FEWEST_WORDS and not piece.is_linked and not is_other

    def _is(self, text: str, is_inside: bool) -> bool:
        """Word for word; the window's name is that of the site in many programs, and printed above everything."""
        key = word_key(text[: _LONGEST + 1])
        return len(key) >= _FEWEST_LETTERS and (key == self.headline or (is_inside and key in self.titles))

    def _says(self, text: str) -> bool:
        """Whether the head of the page has these words for its headline, perhaps with the site's name behind."""
        key = word_key(text)
        return len(key) >= _FEWEST_LETTERS and any(_agree(key, title) for title in self.titles)


def _agree(key: str, title: str) -> bool:
    return title.startswith(key) or (key.startswith(title) and len(title) > _SHARED * len(key))
