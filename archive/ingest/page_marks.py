"""What a saved page's mark-up says of a text's lines, at its places in cleaning.

In: what was received, and lines. Out: captions apart from the text, so that no step takes them for something
else; authors that only the head of the page names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive.ingest.lines import Line
from archive.ingest.noise import Noise
from archive.model.draft import Received


def set_captions_aside(lines: Sequence[Line], marks: Mapping[int, str]) -> tuple[list[Line], list[Line]]:
    """The lines of the text, and those of captions."""
    captions = [line for line in lines if marks.get(line.number) == "caption"]
    return [line for line in lines if marks.get(line.number) != "caption"], captions


def authors_of(received: Received, noise: Noise) -> tuple[str, ...]:
    """Authors that the page's head names and its text doesn't, if they look like names of people."""
    return tuple(name for name in received.authors if noise.has("pen", name) and not noise.has("not-pen", name))
