"""The site map: the addresses of all pages that search engines may show, with the day of the last change.

In: all pages, and the ledger. Out: `sitemap.xml` and its compressed form; a problem for every page that the
navigation names in vain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.database import Query
from archive.model.pages import SiteFile
from archive.outputs.output import Output, Piece
from archive.outputs.registry import outputs_of
from archive.problems import Position, Problem

CHANGED = Query(
    "SELECT address, changed FROM published ORDER BY address",
    lambda address, changed: (str(address)[1:], str(changed)),
)
LISTED = Query("SELECT page FROM page_anchor WHERE listed = :listed ORDER BY page", str)


class Sitemap(Output):
    def site_keys(self) -> Iterable[str]:
        return ["sitemap.xml"]

    def of_site(self, key: str) -> Iterator[Piece]:
        frame, db = self.site.frame, self.context.db
        keys = (key for output in outputs_of(self.site) for key in output.site_keys())
        listed = {*db.ask(LISTED, listed=1), *(key[1:] for key in keys if key.startswith("/"))}
        for path, data in frame.sitemap(listed, dict(db.ask(CHANGED))).items():
            yield SiteFile(path, data)
        for words in frame.missing([*listed, *db.ask(LISTED, listed=0)]):
            yield Problem(self.site.config, Position(1, 1), "engine-warning", (("words", words),))
