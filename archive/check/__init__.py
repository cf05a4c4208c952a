"""Corpus and built site → problems: the rules of the archive and of the site."""

from archive.check.addresses import unique_addresses
from archive.check.alike import check_alike, check_crowds, name_forms, sample, sketch
from archive.check.corpus import (
    check_article,
    check_authority,
    check_corpus,
    check_same_key,
    check_source,
    check_sources,
    check_unused_sources,
    checksum,
    document_key,
    full_text,
)
from archive.check.site import check_site

__all__ = [
    "check_alike",
    "check_article",
    "check_authority",
    "check_corpus",
    "check_crowds",
    "check_same_key",
    "check_site",
    "check_source",
    "check_sources",
    "check_unused_sources",
    "checksum",
    "document_key",
    "full_text",
    "name_forms",
    "sample",
    "sketch",
    "unique_addresses",
]
