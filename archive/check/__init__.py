"""Corpus and built site → problems: the rules of the archive and of the site."""

from archive.check.addresses import unique_addresses
from archive.check.corpus import check_corpus, check_sources, checksum
from archive.check.site import check_site

__all__ = ["check_corpus", "check_site", "check_sources", "checksum", "unique_addresses"]
