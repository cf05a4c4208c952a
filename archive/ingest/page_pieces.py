"""A page's tree to the pieces that a reader sees one below the other.

In: the tree, and what names mean. Out: `Piece`s in the order of the page: runs of text as paragraphs, headings,
items, quotations and rows of tables have them, and the places of pictures. What is hidden isn't among them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.ingest.elements import HEADINGS, NEVER_SEEN, OWN_LINE, PICTURES, SLANTED
from archive.ingest.markup import Node
from archive.ingest.page_names import PageNames

PICTURE = "picture"
_NAMED_LINES = frozenset(("title", "lead", "caption", "byline", "stamp"))  # kinds that a span has a line of its own for
_ONE_LINE = frozenset(("title", "byline"))
_HIDING = re.compile(r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s{0,4}:\s{0,4}center", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s{0,4}:\s{0,4}(?:italic|oblique)", re.IGNORECASE)
_IN_BLOCK = re.compile(r"display\s{0,4}:\s{0,4}(?:block|flex|grid|table)", re.IGNORECASE)
_SMALLEST_PICTURE = 60
_LONGEST_CELL = 200
_MOST_BREAKS = 2  # in a cell of a table that is one
_ROW_SIGN = "; "
_NEARLY_ALL = 0.85
_NEW_BLOCK = 2  # breaks, which part paragraphs
_BEHIND_DATELINE = " - "


@dataclass(slots=True)
class Piece:
    """One run of text, or the place of a picture.

    `node` is the innermost element with a line of its own; `linked` and `slanted` count letters inside links and
    inside italics, `unlinked` are the words outside links; `is_opening` is False behind a line break.
    """

    node: Node
    text: str = ""
    shape: str = "paragraph"
    linked: int = 0
    slanted: int = 0
    is_centred: bool = False
    is_opening: bool = True
    unlinked: str = ""

    @property
    def is_picture(self) -> bool:
        return self.shape == PICTURE

    @property
    def is_linked(self) -> bool:
        """Whether nearly all of it is one link or several."""
        return self.linked >= _NEARLY_ALL * self.letters

    @property
    def is_slanted(self) -> bool:
        return self.slanted >= _NEARLY_ALL * self.letters

    @property
    def letters(self) -> int:
        """How many signs it has that are no spaces."""
        return len(self.text) - self.text.count(" ")

    @property
    def is_heading(self) -> bool:
        return self.shape == "heading"


@dataclass(slots=True)
class Seen:
    """The pieces of a page, and every visible element, each before those inside it; whether a dialog may cover it."""

    pieces: list[Piece]
    nodes: list[Node]
    has_covered: bool = False

    @property
    def letters(self) -> int:
        return sum(len(piece.text) for piece in self.pieces)


def see(root: Node, names: PageNames) -> Seen:
    """What the page shows; a page that was saved while a dialog lay over it is seen as without the dialog."""
    seen = _Eye(names, _is_hidden).see(root)
    if seen.has_covered:
        below = _Eye(names, _is_not_shown).see(root)
        if below.letters > 2 * seen.letters:
            seen = below
    return seen if seen.letters else _Eye(names, _never).see(root)


def _is_hidden(node: Node, names: PageNames) -> bool:
    return _is_covered(node) or _is_not_shown(node, names)


def _is_covered(node: Node) -> bool:
    """Kept from screen readers: signs and repetitions, or all that a dialog lies over."""
    return node.get("aria-hidden").lower() == "true"


def _is_not_shown(node: Node, names: PageNames) -> bool:
    return (
        "hidden" in node.attributes or _HIDING.search(node.get("style")[:400]) is not None or "hidden" in names.of(node)
    )


def _never(_node: Node, _names: PageNames) -> bool:
    return False


def is_picture(node: Node, names: PageNames) -> bool:
    """A picture or film of its own, not a sign or a button."""
    if node.tag not in PICTURES:
        return False
    sizes = (re.match(r"\d{1,5}(?!\d|%)", node.get(side).strip()) for side in ("width", "height"))
    return not any(size and int(size[0]) < _SMALLEST_PICTURE for size in sizes) and "icon" not in names.of(node)


class _Eye:
    """Walks through a tree once; what is being read stands in `buffer` until an element ends it."""

    def __init__(self, names: PageNames, is_hidden: Callable[[Node, PageNames], bool]) -> None:
        self.names = names
        self.is_hidden = is_hidden
        self.seen = Seen([], [])
        self.buffer: list[str] = []
        self.linked = self.slanted = 0
        self.links = self.slants = self.quotes = 0
        self.item: Node | None = None
        self.breaks = _NEW_BLOCK
        self.is_behind_picture = False
        self.unlinked: list[str] = []
        self.is_behind_link = False

    def see(self, root: Node) -> Seen:
        waiting: list[tuple[Node, Iterator[Node | str]]] = [(root, iter(root.children))]
        blocks = [root]
        while waiting:
            node, children = waiting[-1]
            child = next(children, None)
            if child is None:
                waiting.pop()
                self._leave(node, blocks)
            elif isinstance(child, str):
                self._read(child, node, blocks[-1])
            elif self._enter(child, blocks):
                waiting.append((child, iter(child.children)))
        self._flush(root)
        return self.seen

    def _enter(self, node: Node, blocks: list[Node]) -> bool:
        """Whether what is inside is to be walked through."""
        if self.is_hidden(node, self.names):
            self.seen.has_covered = self.seen.has_covered or _is_covered(node)
            return False
        if is_picture(node, self.names):
            self._flush(blocks[-1])
            self.seen.pieces.append(Piece(node, shape=PICTURE))
            self.is_behind_picture = True
            return False
        if node.tag in NEVER_SEEN:
            return False
        self.seen.nodes.append(node)
        if node.tag == "br":
            self._break(blocks[-1])
            return False
        if self._is_block(node, blocks[-1]):
            self._flush(blocks[-1])
            if node.tag == "table" and _is_data(node):
                self._rows(node)
                return False
            blocks.append(node)
            self.breaks = _NEW_BLOCK
        elif node.tag == "a" and self.is_behind_link:
            self.buffer.append(" ")  # links side by side stand apart
        self._count(node, 1)
        if node.tag == "li":
            self.item = node
        return True

    def _leave(self, node: Node, blocks: list[Node]) -> None:
        if blocks[-1] is node and len(blocks) > 1:
            self._flush(node)
            blocks.pop()
            self.breaks = _NEW_BLOCK
            self.is_behind_picture = False
        if node is self.item:
            self.item = None
        if node.tag == "a":
            self.is_behind_link = True
        if "dateline" in self.names.of(node) and self.buffer:
            self.buffer.append(_BEHIND_DATELINE)
        self._count(node, -1)

    def _count(self, node: Node, by: int) -> None:
        if node.tag == "a":
            self.links += by
        elif node.tag == "blockquote":
            self.quotes += by
        if node.tag in SLANTED or _ITALIC.search(node.get("style")[:400]):
            self.slants += by

    def _is_block(self, node: Node, block: Node) -> bool:
        if node.tag in OWN_LINE or _IN_BLOCK.search(node.get("style")[:400]):
            return True
        return bool((_NAMED_LINES & self.names.of(node)) - self.names.of(block))

    def _read(self, text: str, node: Node, block: Node) -> None:
        if node.tag == "pre" and "\n" in text:
            for at, line in enumerate(text.split("\n")):
                if at:
                    self._break(block)
                self._read(line, block, block) if block.tag != "pre" else self._add(line)
            return
        self._add(text)

    def _add(self, text: str) -> None:
        self.buffer.append(text)
        self.is_behind_link = False
        if not self.links:
            self.unlinked.append(text)
        if self.links or self.slants:
            letters = sum(map(len, text.split()))
            self.linked += letters if self.links else 0
            self.slanted += letters if self.slants else 0

    def _break(self, block: Node) -> None:
        if block.tag in HEADINGS or self.names.of(block) & _ONE_LINE:
            self.buffer.append(" ")
            return
        is_first = self._flush(block) or self.is_behind_picture
        self.breaks = 1 if is_first else self.breaks + 1
        self.is_behind_picture = False

    def _flush(self, block: Node) -> bool:
        text = " ".join("".join(self.buffer).split())
        if any(map(str.isalnum, text)):
            self.seen.pieces.append(
                Piece(
                    block,
                    text,
                    self._shape(block),
                    self.linked,
                    self.slanted,
                    _is_centred(block),
                    self.breaks >= _NEW_BLOCK,
                    " ".join("".join(self.unlinked).split()) if self.linked else text,
                )
            )
            self.item = None
            self.is_behind_picture = False
        self.buffer.clear()
        self.unlinked.clear()
        self.linked = self.slanted = 0
        return bool(text)

    def _shape(self, block: Node) -> str:
        if block.tag in HEADINGS:
            return "heading"
        if self.item is not None:
            return "item"
        return "quote" if self.quotes else "paragraph"

    def _rows(self, table: Node) -> None:
        for row in table.all("tr"):
            cells = [cell.text() for cell in row.children if isinstance(cell, Node)]
            words = _ROW_SIGN.join(filter(None, cells))
            if words:
                self.seen.pieces.append(Piece(table, words, "row", unlinked=words))


def _is_centred(node: Node) -> bool:
    """By itself or by what it stands in, up to a few elements."""
    at: Node | None = node
    for _ in range(3):
        if at is None:
            return False
        if at.tag == "center" or at.get("align").lower() == "center" or _CENTRED.search(at.get("style")[:400]):
            return True
        at = at.parent
    return False


def _is_data(table: Node) -> bool:
    """Whether a table is one: rows and columns of short cells, no pictures, no paragraphs and no table in it."""
    if table.has("img", "table", "amp-img", "figure", "h1", "h2", "h3", "ul", "ol", "iframe"):
        return False
    rows = [[cell for cell in row.children if isinstance(cell, Node)] for row in table.all("tr")]
    wide = [row for row in rows if sum(bool(cell.text()) for cell in row) > 1]
    if len(wide) < 2 or len(wide) < len(rows) / 2:
        return False
    return not any(_is_long(cell) for row in rows for cell in row)


def _is_long(cell: Node) -> bool:
    breaks = sum(1 for _ in cell.all("p", "div", "br"))
    return breaks > _MOST_BREAKS or len(cell.text()) > _LONGEST_CELL
