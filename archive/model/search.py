"""What the search index is made of: one entry a page that can be found.

In: nothing. Out: `SearchEntry`, made by outputs/search.py from the same blocks that the page shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FACETS = ("kind", "year", "level", "place", "official", "document")


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """A page as search sees it.

    `kind` is the id of a kind (`articles`, `places`), `facts` a short line under the title in
    results, `date` an EDTF string or empty, `names` other words it goes by, `blocks` the text as
    (anchor, words), `filters` what readers can narrow by: facet → (id, label) of each value,
    `said` words that it is asked for by, though no text of it need hold them: its year, its places.
    """

    address: str
    kind: str
    title: str
    facts: str = ""
    date: str = ""
    names: tuple[str, ...] = ()
    blocks: tuple[tuple[str, str], ...] = ()
    filters: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    said: tuple[str, ...] = ()
