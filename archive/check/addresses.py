"""Every address is used once: a page, a redirect and a tombstone can't share it.

In: the pages of the site as they pass. Out: the same pages, and a problem for each address that is
taken already; the page that came first stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.model.pages import SiteFile, SitePage
from archive.problems import Report


def unique_addresses(items: Iterable[SitePage | SiteFile], report: Report) -> Iterator[SitePage | SiteFile]:
    """Passes on what has an address of its own."""
    taken: dict[str, str] = {}
    for item in items:
        address = item.address if isinstance(item, SitePage) else item.path
        if address in taken:
            name = item.title if isinstance(item, SitePage) else item.path
            report.add(
                "address-taken", "site-config/redirects.yml", address=f"/{address}", first=taken[address], name=name
            )
            continue
        taken[address] = item.title if isinstance(item, SitePage) else item.path
        yield item
