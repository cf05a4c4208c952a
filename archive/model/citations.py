"""A citation: the words by which a text names an official document, and what they say of it.

In: nothing. Out: `Citation`, found by `citations/find.py` and resolved by `citations/resolve.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.model.dates import Date


@dataclass(frozen=True, slots=True)
class Citation:
    """What one citation states; whatever it leaves out is None.

    `start` and `end` bound the words that name the document, without its title. `number` is as
    printed, a bare `57` too; `type` is a code of site-config/document-types.yml. `list_start` is where
    the words begin that a later member of a list shares with the first (`218` of `Quyết định 217, 218`).
    `known_as` is the name that records give to a document with many names (`Nghị quyết Đại hội XIII của Đảng`).
    `margin` is how far the signs for an unnumbered document outweigh those against it; None where nothing was weighed.
    """

    printed: str
    start: int
    end: int
    pattern: str
    type: str | None = None
    number: str | None = None
    date: Date | None = None
    issuer: str | None = None
    term: str | None = None
    title: str | None = None
    list_start: int | None = None
    known_as: str | None = None
    margin: float | None = None
