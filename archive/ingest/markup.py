"""The source of a web page to the tree that a browser would build of it, as far as a reader needs it.

In: HTML, however broken. Out: `Node`s, and whether the page was longer than is read. Written out here because
the standard library's parser reads broken mark-up otherwise in each version of Python, takes quadratic time
for hostile input, and the command line and the browser have to agree.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from archive.ingest.elements import CELLS, CLOSE_PARAGRAPH, HEADINGS, IN_HEAD, LISTS, RAW, ROWS, SCOPES, VOID

MOST_NODES = 400_000
"""A hundred times the largest page of a newspaper; what stands behind is not read, and said to be missing."""
DEEPEST = 250
"""Elements nested deeper hang on the one at this depth, as browsers do it at 512."""
_LONGEST_VALUE = 4000  # of an attribute; pictures are written into addresses by some ways of saving a page
_MOST_ATTRIBUTES = 60

_KEPT_RAW = frozenset(("script", "title"))
_CLOSED_BY_NEXT = {"li": "li", "dt": "dt dd", "dd": "dt dd", "option": "option", "optgroup": "option optgroup"}

_NAME = re.compile(r"[a-zA-Z][^\s/>]{0,60}")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>=][^\s/>=]*)(\s*=\s*)?")
_UNQUOTED = re.compile(r"[^\s>]*")
_CLOSING = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}
_HUGE_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{8,};?")


class Node:
    """An element: its name and attributes in small letters, its text and elements in order.

    `kinds` is what its names were found to mean (`PageNames.of`), None before anybody asked.
    """

    __slots__ = ("attributes", "children", "kinds", "parent", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: Node | None = None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Node | str] = []
        self.kinds: frozenset[str] | None = None

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def is_inside(self, other: Node) -> bool:
        node: Node | None = self
        while node is not None and node is not other:
            node = node.parent
        return node is other

    def all(self, *tags: str) -> Iterator[Node]:
        """The elements of these names below this one, in the order of the page."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if node.tag in tags and node is not self:
                yield node
            waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def has(self, *tags: str) -> bool:
        return next(self.all(*tags), None) is not None

    def text(self) -> str:
        """All its words, one space between them; a line break counts as a space."""
        pieces: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                pieces.append(node)
                continue
            pieces.append(" " if node.tag == "br" or node.tag in CLOSE_PARAGRAPH else "")
            waiting.extend(reversed(node.children))
        return " ".join("".join(pieces).split())


@dataclass(slots=True)
class Tree:
    """`saved_from` is the address that browsers write into a comment; `is_cut`: the end was not read."""

    root: Node
    saved_from: str = ""
    is_cut: bool = False


@dataclass(slots=True)
class _Scope:
    """A table or a cell (or the page), and how many of each element are open in it."""

    tag: str
    depth: int
    open: Counter[str] = field(default_factory=Counter)


def parse(source: str) -> Tree:
    """The tree of a page; linear in the length of the source."""
    return _Parser(source).parse()


def unescaped(text: str) -> str:
    """With the letters that stand for `&…;`. Numbers that no letter has are dropped first: they may be endless."""
    if "&" not in text:
        return text
    return html.unescape(_HUGE_NUMBER.sub("", text))


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.tree = Tree(Node("", {}))
        self.stack = [self.tree.root]
        self.scopes = [_Scope("", 0)]
        self.nodes = 0
        self.lonely: set[str] = set()  # quotes that no later one closes

    def parse(self) -> Tree:
        source, at = self.source, 0
        while at < len(source):
            found = source.find("<", at)
            if found < 0:
                found = len(source)
            if found > at:
                self._text(source[at:found])
            if found == len(source):
                break
            if self.nodes >= MOST_NODES:
                self.tree.is_cut = True
                break
            at = self._markup(found)
        return self.tree

    # --- pieces of the source ---

    def _markup(self, at: int) -> int:
        """Reads what a `<` begins; returns where it ends."""
        source = self.source
        following = source[at + 1 : at + 2]
        if following in ("!", "?"):
            return self._comment(at)
        is_end = following == "/"
        name = _NAME.match(source, at + 1 + is_end)
        if name is None:
            if is_end:
                return self._past(">", at)
            self._text("<")
            return at + 1
        attributes, end = self._attributes(name.end(), keep=not is_end)
        tag = name[0].lower()
        if is_end:
            self._end(tag)
            return end
        if tag in RAW:
            return self._raw(tag, attributes, end)
        self._start(tag, attributes)
        return end

    def _comment(self, at: int) -> int:
        source = self.source
        if not source.startswith("<!--", at):
            return self._past(">", at)
        end = source.find("-->", at + 2)
        words = source[at + 4 : at + 2100 if end < 0 else min(end, at + 2100)]
        if "saved from url=" in words and not self.tree.saved_from:
            said = words.partition("saved from url=")[2].partition(")")[2].split(maxsplit=1)
            self.tree.saved_from = said[0] if said else ""
        return len(source) if end < 0 else end + 3

    def _past(self, sign: str, at: int) -> int:
        found = self.source.find(sign, at)
        return len(self.source) if found < 0 else found + 1

    def _attributes(self, at: int, keep: bool) -> tuple[dict[str, str], int]:
        """The attributes of a tag, and where the tag ends."""
        source = self.source
        found: dict[str, str] = {}
        while match := _ATTRIBUTE.match(source, at):
            at = match.end()
            value = ""
            if match[2]:
                value, at = self._value(at)
            if keep and len(found) < _MOST_ATTRIBUTES:
                found.setdefault(match[1].lower()[:60], unescaped(value[:_LONGEST_VALUE]))
        return found, self._past(">", at)

    def _value(self, at: int) -> tuple[str, int]:
        source = self.source
        quote = source[at : at + 1]
        if quote in ("'", '"') and quote not in self.lonely:
            end = source.find(quote, at + 1)
            if end >= 0:
                return source[at + 1 : end], end + 1
            self.lonely.add(quote)
        plain = _UNQUOTED.match(source, at)
        assert plain
        return plain[0], plain.end()

    def _raw(self, tag: str, attributes: dict[str, str], at: int) -> int:
        """An element whose content is no mark-up."""
        closing = _CLOSING[tag].search(self.source, at)
        end = closing.start() if closing else len(self.source)
        self._start(tag, attributes)
        if tag in _KEPT_RAW and (tag == "title" or "json" in attributes.get("type", "")):
            content = self.source[at:end]
            self.stack[-1].children.append(unescaped(content) if tag == "title" else content)
        self._pop_to(len(self.stack) - 1)
        return self._past(">", closing.end()) if closing else end

    # --- the tree ---

    def _text(self, text: str) -> None:
        parent = self._parent()
        if parent.tag in ("head", "") and not text.strip():
            return
        if parent.tag == "head":
            self._close("head")
            parent = self._parent()
        parent.children.append(unescaped(text))

    def _parent(self) -> Node:
        return self.stack[min(len(self.stack), DEEPEST) - 1]

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._close_before(tag)
        self.nodes += 1
        parent = self._parent()
        node = Node(tag, attributes, parent)
        parent.children.append(node)
        if tag in VOID:
            return
        self.scopes[-1].open[tag] += 1
        self.stack.append(node)
        if tag in SCOPES:
            self.scopes.append(_Scope(tag, len(self.stack)))

    def _close_before(self, tag: str) -> None:
        """The end tags that may be left out before this element."""
        if tag not in IN_HEAD:
            self._close("head")
        if tag in CLOSE_PARAGRAPH:
            self._close("p")
        if tag in HEADINGS and self.stack[-1].tag in HEADINGS:
            self._pop_to(len(self.stack) - 1)
        if tag in _CLOSED_BY_NEXT:
            self._close_item(_CLOSED_BY_NEXT[tag].split())
        elif tag in CELLS or tag in ROWS:
            self._close_cells(tag)

    def _close_item(self, names: list[str]) -> None:
        """The item before, unless a list or a cell has been opened in it; an item is never far up."""
        for at in range(len(self.stack) - 1, max(0, len(self.stack) - 40), -1):
            tag = self.stack[at].tag
            if tag in names:
                self._pop_to(at)
                return
            if tag in LISTS or tag in SCOPES:
                return

    def _close_cells(self, tag: str) -> None:
        if self.scopes[-1].tag in CELLS:
            self._pop_to(self.scopes[-1].depth - 1)
        if tag in ROWS:
            self._close("tr")
        if tag in ROWS and tag != "tr":
            for group in ("tbody", "thead", "tfoot", "colgroup"):
                self._close(group)

    def _end(self, tag: str) -> None:
        if tag == "br":
            self._start("br", {})
        elif tag == "p" and not self.scopes[-1].open["p"]:
            self._start("p", {})  # browsers make an empty paragraph of a lonely `</p>`
            self._close("p")
        elif tag in SCOPES:
            self._end_scope(tag)
        elif tag in ROWS and self.scopes[-1].tag in CELLS:
            if len(self.scopes) > 1 and self.scopes[-2].open[tag]:
                self._pop_to(self.scopes[-1].depth - 1)
                self._close(tag)
        else:
            self._close(tag)

    def _end_scope(self, tag: str) -> None:
        """A table's end closes its cell, too; a cell's end closes no table."""
        owner = self.scopes[-1]
        if owner.tag == tag:
            self._pop_to(owner.depth - 1)
        elif tag == "table" and owner.tag in CELLS and len(self.scopes) > 1 and self.scopes[-2].tag == "table":
            self._pop_to(self.scopes[-2].depth - 1)

    def _close(self, tag: str) -> None:
        """Closes the innermost open element of this name, if the table or cell has one."""
        if not self.scopes[-1].open[tag]:
            return
        at = len(self.stack) - 1
        while self.stack[at].tag != tag:
            at -= 1
        self._pop_to(at)

    def _pop_to(self, length: int) -> None:
        while len(self.stack) > length:
            node = self.stack.pop()
            if node.tag in SCOPES:
                self.scopes.pop()
            self.scopes[-1].open[node.tag] -= 1
