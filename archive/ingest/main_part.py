"""The main part of a page: from the headline to the end of the report.

In: pieces, and what names mean. Out: which pieces belong to it, which of them are no part of the report and why,
other reports on the page, and how much of the page's text stands elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archive.ingest.elements import LINES
from archive.ingest.markup import Node
from archive.ingest.page_headline import HeadlineFinder
from archive.ingest.page_layout import Layout, above
from archive.ingest.page_names import PageNames
from archive.ingest.page_pieces import Piece, Seen
from archive.ingest.page_says import Sayings

_CLIMB = 7
_DECAY = 0.9
_BETTER = {"body": 1.8, "main": 1.15}
_SAYS_BODY = {"article": 1.2, "main": 1.1}
_BEHIND = 14
_LONGEST_BYLINE = 160
_FEWEST_PARAGRAPHS = 2
_LONG_LINK = 25
_LEAD_ABOVE = 12
_MUCH_ELSEWHERE = 0.4
_MOST_STORIES = 20
_RIGHT = re.compile(r"text-align\s{0,4}:\s{0,4}right", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")


@dataclass(slots=True)
class MainPart:
    """`places` are those of the report's pieces, `dropped` those left out with the kind of change.

    `stories` are the headings of other reports; `elsewhere` is the first long paragraph outside, if much is there.
    """

    places: list[int] = field(default_factory=list)
    dropped: dict[int, str] = field(default_factory=dict)
    title: int | None = None
    stories: list[str] = field(default_factory=list)
    elsewhere: str = ""


def find_main_part(seen: Seen, names: PageNames, captions: set[int], said: Sayings) -> MainPart:
    """`captions` are places among the pieces."""
    layout = Layout(seen, names, captions)
    return _Finder(layout, HeadlineFinder(layout, said)).find()


class _Finder:
    def __init__(self, layout: Layout, headlines: HeadlineFinder) -> None:
        self.layout = layout
        self.headlines = headlines
        self.pieces = layout.pieces
        self.part = MainPart()

    def find(self) -> MainPart:
        part, container = self.part, self._container()
        inside = self.layout.inside(container)
        if not inside:
            return part
        stories = self._other_stories(container)
        foreign = {at for story in stories for at in self.layout.inside(story)}
        part.stories = [self.layout.heading(story) for story in stories]
        part.title = self.headlines.find(inside, foreign)
        begins = max(inside.start, part.title or 0)
        for at in (*self._above(inside), *(at for at in inside if at not in foreign)):
            self._take(at, is_head=at < begins)
        for at in self._signed_behind(inside[-1]):
            self._take(at)
        part.dropped |= dict.fromkeys((at for at in foreign if self.pieces[at].text), "second-story")
        self._drop_labels()
        part.elsewhere = self._elsewhere(inside)
        part.places.sort()
        return part

    def _container(self) -> Node:
        """The element that holds most of the prose and little else."""
        scores: dict[Node, float] = {}
        for at, piece in enumerate(self.pieces):
            if self.layout.prose[at] and piece.node not in self.layout.reasons:
                self._score(piece, scores)
        if not scores:
            return self._page()
        best = max(scores, key=lambda node: scores[node] * self._factor(node))
        while best.tag in LINES and best.parent is not None:
            best = best.parent
        return best

    def _score(self, piece: Piece, scores: dict[Node, float]) -> None:
        """A run of prose speaks for the element it stands in, and less and less for those around it."""
        worth = float(len(piece.text))
        node = piece.node if self.layout.own_runs[piece.node] > 1 else piece.node.parent
        for _ in range(_CLIMB):
            if node is None:
                return
            scores[node] = scores.get(node, 0) + worth
            worth *= _DECAY
            node = node.parent

    def _factor(self, node: Node) -> float:
        said = [_BETTER[kind] for kind in self.layout.names.of(node) if kind in _BETTER]
        links = self.layout.sums.linked[node] / (self.layout.sums.letters[node] or 1)
        return max([_SAYS_BODY.get(node.tag, 1.0), *said]) * (1 - links / 2)

    def _page(self) -> Node:
        """The whole page: for one without a sentence."""
        node = self.layout.nodes[0] if self.layout.nodes else Node("", {})
        return next(reversed([node, *above(node)]))

    # --- other reports ---

    def _other_stories(self, container: Node) -> list[Node]:
        """Other whole reports: elements for one, each with a heading and paragraphs."""
        found = [node for node in self.layout.nodes if self._is_story(node)]
        around = {element for node in found for element in above(node)}
        stories = [node for node in found if node not in around]
        own = self._own_stories(container, stories)
        return [story for story in stories if story not in own][:_MOST_STORIES]

    def _own_stories(self, container: Node, stories: list[Node]) -> list[Node]:
        """Those that the main part is: the one around it, or of several inside it the one that has the headline."""
        around = [story for story in stories if container.is_inside(story)]
        within = [story for story in stories if story.is_inside(container)]
        if around or len(within) < 2:
            return around or within
        named = [story for story in within if self.headlines.is_headline(self.layout.heading(story))]
        return (named or within)[:1]

    def _is_story(self, node: Node) -> bool:
        return (
            (node.tag == "article" or "story" in self.layout.names.of(node))
            and node not in self.layout.reasons
            and self.layout.sums.runs[node] >= _FEWEST_PARAGRAPHS
            and self.layout.sums.headings[node] > 0
        )

    # --- what stands around the container ---

    def _above(self, inside: range) -> range:
        """What stands between the headline and the container, or a summary close above it."""
        begins = inside.start
        if self.part.title is not None and self.part.title < begins:
            return range(self.part.title, begins)
        near = range(max(0, begins - _LEAD_ABOVE), begins)
        return range(next((at for at in near if "lead" in self.layout.kinds(self.pieces[at])), begins), begins)

    def _signed_behind(self, last: int) -> Iterator[int]:
        """Who wrote it, where that stands below the container."""
        for at in range(last + 1, min(last + _BEHIND, len(self.pieces))):
            piece = self.pieces[at]
            if piece.is_heading or self.layout.reason(piece) == "related":
                return
            if not self.layout.reason(piece) and self._is_signature(piece):
                yield at

    def _is_signature(self, piece: Piece) -> bool:
        is_short = 0 < len(piece.text) <= _LONGEST_BYLINE
        return is_short and ("byline" in self.layout.kinds(piece) or _is_right(piece.node))

    def _elsewhere(self, inside: range) -> str:
        """The beginning of much text that is neither here nor in a part left out for its name."""
        taken = {*self.part.places, *self.part.dropped, *inside}
        left = [
            piece.text
            for at, piece in enumerate(self.pieces)
            if self.layout.prose[at] and at not in taken and not self.layout.reason(piece)
        ]
        own = sum(len(self.pieces[at].text) for at in self.part.places if self.layout.prose[at])
        return left[0] if sum(map(len, left)) > _MUCH_ELSEWHERE * own else ""

    # --- what of it is the report ---

    def _take(self, at: int, is_head: bool = False) -> None:
        piece = self.pieces[at]
        if piece.is_picture or at in self.part.dropped:
            return
        reason = None
        if at != self.part.title:
            reason = self.layout.reason(piece) or self._reason_to_drop(at, is_head)
        if reason:
            self.part.dropped[at] = reason
        else:
            self.part.places.append(at)

    def _reason_to_drop(self, at: int, is_head: bool) -> str | None:
        piece = self.pieces[at]
        if at in self.layout.captions or self.layout.prose[at]:
            return None
        if at in self.layout.teasers:
            return "related"
        kinds = frozenset() if piece.is_heading else self.layout.head_kinds(piece)
        if piece.node.tag == "time" or (kinds == {"stamp"} and len(piece.text) <= _LONGEST_BYLINE):
            return "stamp"
        if kinds & {"byline", "lead"}:
            return "widget" if self.layout.names.is_no_author(piece.text) else None
        if is_head:
            return None if _DAY.search(piece.text) else "section"
        return self._reason_by_links(piece)

    def _reason_by_links(self, piece: Piece) -> str | None:
        if piece.is_linked:
            return "related" if piece.shape in ("item", "heading") or len(piece.text) >= _LONG_LINK else "widget"
        return "related" if piece.linked and self.layout.names.is_label(piece.unlinked) else None

    def _drop_labels(self) -> None:
        """The heading of a list that went is part of it."""
        part = self.part
        kept = set(part.places)
        following: str | None = None
        for at in range(max(part.dropped, default=-1), -1, -1):
            if at in part.dropped:
                following = part.dropped[at]
            elif at in kept:
                if following == "related" and self.layout.names.is_label(self.pieces[at].text):
                    part.dropped[at] = "related"
                else:
                    following = None
        part.places = [at for at in part.places if at not in part.dropped]


def _is_right(node: Node) -> bool:
    return node.get("align").lower() == "right" or _RIGHT.search(node.get("style")[:400]) is not None
