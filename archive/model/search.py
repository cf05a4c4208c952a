"""What the search index is made of: one entry a page that can be found.

In: nothing. Out: `SearchEntry`, made by `render` from the same blocks that the page shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """A page as search sees it.

    `names` are other words it goes by, `facts` a short line under the title in results, `blocks`
    the text as (anchor, words), `filters` the values readers can narrow by.
    """

    address: str
    kind: str
    title: str
    facts: str = ""
    names: tuple[str, ...] = ()
    blocks: tuple[tuple[str, str], ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
