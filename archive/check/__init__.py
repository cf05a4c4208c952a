"""Corpus and built site → problems: the rules of the archive and of the site."""

from archive.check.addresses import unique_addresses
from archive.check.corpus import check_corpus, check_sources, checksum
from archive.check.site import PageFacts, check_links, check_site, read_page

__all__ = [
    "PageFacts",
    "check_corpus",
    "check_links",
    "check_site",
    "check_sources",
    "checksum",
    "read_page",
    "unique_addresses",
]
