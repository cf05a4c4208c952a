"""How the text of a page lies in its elements.

In: pieces, names of the mark-up, captions. Out: `Layout`: which pieces are prose, what is inside each element, and
which elements are no part of a report by what their names say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archive.ingest.lines import SENTENCE_ENDS
from archive.ingest.markup import Node
from archive.ingest.page_names import PageNames
from archive.ingest.page_pieces import Piece, Seen

HEAD_KINDS = frozenset(("title", "lead", "byline", "stamp"))
_PROSE = 60
_TOO_MUCH = 0.4
"""A part with this share of the text is not left out for what its name says."""
_FRAME = {"nav": "widget", "menu": "widget", "aside": "related", "footer": "widget"}
_SHORTEST_HEADLINE = 15
_TEASER = 3  # pieces: a headline, a summary, and a day at most
_NEAR = 2  # elements above a piece whose names say what it is
_NOTHING = range(0)


@dataclass(slots=True)
class _Sums:
    """Of every element, what is inside it: letters of prose, runs of prose, headings, letters, letters in links."""

    prose: Counter[Node] = field(default_factory=Counter)
    runs: Counter[Node] = field(default_factory=Counter)
    headings: Counter[Node] = field(default_factory=Counter)
    letters: Counter[Node] = field(default_factory=Counter)
    linked: Counter[Node] = field(default_factory=Counter)


class Layout:
    """A page as its elements hold it; places are those among the pieces."""

    def __init__(self, seen: Seen, names: PageNames, captions: set[int]) -> None:
        self.pieces = seen.pieces
        self.nodes = seen.nodes
        self.names = names
        self.captions = captions
        self.prose = [at not in captions and _is_prose(piece) for at, piece in enumerate(self.pieces)]
        self.teasers = self._teasers()
        for at in self.teasers:
            self.prose[at] = False
        self.own_runs = Counter(piece.node for at, piece in enumerate(self.pieces) if self.prose[at])
        self.sums = self._sums()
        self.spans = self._spans()
        self.reasons = self._left_out()

    def inside(self, element: Node) -> range:
        """The places of the pieces of an element: they stand together."""
        return self.spans.get(element, _NOTHING)

    def reason(self, piece: Piece) -> str | None:
        """The kind of change that leaves a piece out, by the element it stands in."""
        return self.reasons.get(piece.node) or (self.reasons.get(piece.node.parent) if piece.node.parent else None)

    def kinds(self, piece: Piece) -> frozenset[str]:
        """All that the names near a piece say."""
        return frozenset[str]().union(*map(self.names.of, _near(piece.node)))

    def head_kinds(self, piece: Piece) -> frozenset[str]:
        """What the nearest name says that says anything of a line in the head."""
        return next((kinds for node in _near(piece.node) if (kinds := self.names.of(node) & HEAD_KINDS)), frozenset())

    def heading(self, element: Node) -> str:
        return next((self.pieces[at].text for at in self.inside(element) if self.pieces[at].is_heading), "")

    # --- made once ---

    def _teasers(self) -> set[int]:
        """A headline that is a link and a summary, alone in an element, point to another report."""
        texts = Counter(piece.node for piece in self.pieces if piece.text)
        carry_up(texts, self.nodes)
        found = set()
        before: Piece | None = None
        for at, piece in enumerate(self.pieces):
            if self.prose[at] and before is not None and _is_linked_headline(before):
                item = next((node for node in above(piece.node) if texts[node] > 1), piece.node)
                if texts[item] <= _TEASER and before.node.is_inside(item):
                    found.add(at)
            before = piece if piece.text else before
        return found

    def _sums(self) -> _Sums:
        sums = _Sums(runs=Counter(self.own_runs))
        for at, piece in enumerate(self.pieces):
            if self.prose[at]:
                sums.prose[piece.node] += len(piece.text)
            else:
                sums.linked[piece.node] += piece.linked
            sums.headings[piece.node] += piece.is_heading
            sums.letters[piece.node] += piece.letters
        for count in (sums.prose, sums.runs, sums.headings, sums.letters, sums.linked):
            carry_up(count, self.nodes)
        return sums

    def _spans(self) -> dict[Node, range]:
        spans: dict[Node, range] = {}
        for at, piece in enumerate(self.pieces):
            nodes = (piece.node, piece.node.parent) if piece.is_picture and piece.node.parent else (piece.node,)
            for node in nodes:
                spans[node] = _joined(spans.get(node), range(at, at + 1))
        for node in reversed(self.nodes):
            if node.parent is not None and node in spans:
                spans[node.parent] = _joined(spans.get(node.parent), spans[node])
        return spans

    def _left_out(self) -> dict[Node, str]:
        """Elements that are no part of a report by their names, and all inside them."""
        whole = sum(len(piece.text) for at, piece in enumerate(self.pieces) if self.prose[at]) or 1
        reasons: dict[Node, str] = {}
        for node in self.nodes:
            reason = reasons.get(node.parent) if node.parent is not None else None
            if reason is None and self.sums.prose[node] < _TOO_MUCH * whole:
                reason = self._said_of(node)
            if reason is not None:
                reasons[node] = reason
        return reasons

    def _said_of(self, node: Node) -> str | None:
        kinds = self.names.of(node)
        if "related" in kinds:
            return "related"
        if "widget" in kinds and not kinds & (HEAD_KINDS | {"body"}):
            return "widget"
        return _FRAME.get(node.tag)


def above(node: Node) -> Iterator[Node]:
    """The elements that an element stands in, the nearest first."""
    at = node.parent
    while at is not None:
        yield at
        at = at.parent


def carry_up(counts: Counter[Node], nodes: Sequence[Node]) -> None:
    """From each element to the one it stands in; `nodes` has every element before those inside it."""
    for node in reversed(nodes):
        if node.parent is not None and (inside := counts[node]):
            counts[node.parent] += inside


def _near(node: Node) -> list[Node]:
    return [node, *(element for element, _ in zip(above(node), range(_NEAR), strict=False))]


def _is_prose(piece: Piece) -> bool:
    """A run of text long enough for a sentence, and no link to somewhere else."""
    if len(piece.text) < _PROSE or piece.shape == "row":
        return False
    return piece.linked < piece.letters / 2 or _is_linked_paragraph(piece)


def _is_linked_paragraph(piece: Piece) -> bool:
    """A whole paragraph that happens to be a link: headlines in lists have no stop."""
    return len(piece.text) >= 2 * _PROSE and piece.text.rstrip('"”’)')[-1] in SENTENCE_ENDS


def _is_linked_headline(piece: Piece) -> bool:
    return piece.is_linked and len(piece.text) >= _SHORTEST_HEADLINE


def _joined(one: range | None, other: range) -> range:
    return other if one is None else range(min(one.start, other.start), max(one.stop, other.stop))
