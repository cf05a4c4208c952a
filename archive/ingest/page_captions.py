"""Which pieces of a page are captions of its pictures.

In: the pieces, and what names mean. Out: the places of captions. By the mark-up that is meant for captions, by
tables and boxes round a picture, and by centred or slanted words right below a picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.ingest.markup import Node
from archive.ingest.page_names import PageNames
from archive.ingest.page_pieces import Piece

_LONGEST = 600
_LONGEST_BELOW = 320
_LONGEST_PLAIN = 200
_ABOVE = 6
_BOXES = frozenset(("figure", "table"))
_FEW = 3
_MUCH = 0.4  # of a page's words are no caption, whatever box they stand in
_PARAGRAPH = 60


@dataclass(frozen=True, slots=True)
class _Looks:
    """What a caption has to stand out from: small boxes round pictures, and how the paragraphs look."""

    boxes: frozenset[Node]
    centred_is_usual: bool
    slanted_is_usual: bool


def find_captions(pieces: Sequence[Piece], names: PageNames) -> set[int]:
    """Places of the captions among the pieces."""
    looks = _looks_of(pieces)
    return {
        at
        for at, piece in enumerate(pieces)
        if piece.text and len(piece.text) <= _LONGEST and piece.shape != "row" and _is_caption(pieces, at, looks, names)
    }


def _is_caption(pieces: Sequence[Piece], at: int, looks: _Looks, names: PageNames) -> bool:
    piece = pieces[at]
    around = list(_ancestors(piece.node))
    if any(node.tag == "figcaption" for node in around):
        return True
    if piece.is_linked or piece.is_heading:
        return False
    if not looks.boxes.isdisjoint(around):
        return True
    is_named = any("caption" in names.of(node) for node in around)
    if is_named and any(other.is_picture for other in (*pieces[max(0, at - 2) : at], *pieces[at + 1 : at + 2])):
        return True
    return at > 0 and pieces[at - 1].is_picture and _is_below(pieces[at - 1], piece, looks)


def _is_below(picture: Piece, piece: Piece, looks: _Looks) -> bool:
    """Centred or slanted words under a picture, in its own element or in the next."""
    if len(piece.text) > _LONGEST_BELOW or piece.shape != "paragraph":
        return False
    is_short = len(piece.text) <= _LONGEST_PLAIN
    is_apart = is_short and picture.node.is_inside(piece.node) and not piece.is_opening
    is_centred = piece.is_centred and not looks.centred_is_usual
    return is_apart or is_centred or (piece.is_slanted and not looks.slanted_is_usual)


def _looks_of(pieces: Sequence[Piece]) -> _Looks:
    long = [piece for piece in pieces if len(piece.text) >= _PARAGRAPH and not piece.is_linked]
    usual = len(long) / 2
    return _Looks(
        _small_boxes(pieces, sum(len(piece.text) for piece in long)),
        sum(piece.is_centred for piece in long) > usual,
        sum(piece.is_slanted for piece in long) > usual,
    )


def _small_boxes(pieces: Sequence[Piece], whole: int) -> frozenset[Node]:
    """Figures and tables that hold a picture and little else."""
    pictures: Counter[Node] = Counter()
    texts: Counter[Node] = Counter()
    letters: Counter[Node] = Counter()
    for piece in pieces:
        for box in _ancestors(piece.node):
            if box.tag in _BOXES:
                pictures[box] += piece.is_picture
                texts[box] += not piece.is_picture
                letters[box] += len(piece.text)
    return frozenset(
        box
        for box, count in pictures.items()
        if count
        and letters[box] <= min(_LONGEST * count, max(_LONGEST_BELOW, _MUCH * whole))
        and texts[box] <= _FEW * count
    )


def _ancestors(node: Node) -> Iterator[Node]:
    """The element itself and a few above it."""
    at: Node | None = node
    for _ in range(_ABOVE):
        if at is None:
            return
        yield at
        at = at.parent
