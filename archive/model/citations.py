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
    printed, a bare `57` too; `type` is a code of site-config/document-types.yml.
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
