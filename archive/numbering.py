"""Writes markers behind paragraphs of an article's file, and leaves every other byte as it was.

In: the text of a file, and the markers that are missing. Out: the text with them.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive.check.paragraphs import Missing
from archive.model.paragraphs import marked, split_marker
from archive.normalise.body import ends_at


def with_markers(text: str, missing: Iterable[Missing]) -> str:
    """A marker that a paragraph has already gives way to its new one."""
    lines = text.split("\n")
    for one in missing:
        at = ends_at(lines, one.block.line - 1)
        words = lines[at].rstrip()
        behind = lines[at][len(words) :]
        lines[at] = split_marker(words)[0] + marked(one.anchor) + behind
    return "\n".join(lines)
