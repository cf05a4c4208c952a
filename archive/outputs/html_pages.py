"""Pages as finished HTML, checked, with what links to them and from them rests on.

In: a record, or a page that belongs to no record. Out: its pages, their links and anchors, and what is wrong with them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from archive.check import read_page
from archive.database.rows import PageAnchor, PageLink
from archive.kinds import AnySubject
from archive.model.pages import SiteFile
from archive.outputs.output import Output, Piece, Site
from archive.problems import Report
from archive.render import PagePlan


class HtmlPages(Output):
    def of_record(self, subject: AnySubject) -> Iterator[Piece]:
        for plan in self.site.plans.record(subject):
            yield from self.of_page(plan)

    def of_page(self, plan: PagePlan) -> Iterator[Piece]:
        yield from page_pieces(self.site, plan)


def page_pieces(site: Site, plan: PagePlan) -> Iterator[Piece]:
    """One page, and the rows about it."""
    name, report = f"{plan.address}index.html", Report()
    data = site.frame.page(site.renderer.page(plan)).encode()
    facts = read_page(data, name, site.context.settings, report)
    links = "\n".join(sorted(f"{path}#{anchor}" for path, anchor in facts.links))
    yield SiteFile(name, data)
    yield PageAnchor(plan.address, int(plan.is_listed), int(plan.is_written), " ".join(sorted(facts.anchors)))
    yield PageLink(plan.address, zlib.compress(links.encode(), 1))
    yield from report
