"""Corpus and built site → problems: the rules of the archive and of the site."""

from archive.check.alike import LARGEST_CROWD, check_alike, check_similar_names, sample, sketch
from archive.check.bundle import MOST_FILES, SOURCES, placed, printable
from archive.check.corpus import (
    check_article,
    check_authority,
    check_same_key,
    check_source,
    check_unused_sources,
    checksum,
    full_text,
    is_description,
    printed_words,
)
from archive.check.corrections import check_corrections
from archive.check.doubts import check_doubts
from archive.check.evidence import Reader, ReportOf, check_article_evidence, check_authority_evidence
from archive.check.paragraphs import check_paragraphs
from archive.check.people import Titles
from archive.check.redirects import check_redirects
from archive.check.removed import check_removed
from archive.check.site import PageFacts, check_links, check_site, read_page
from archive.check.source_text import Received, check_text, tell_not_compared
from archive.check.unused import check_unused

__all__ = [
    "LARGEST_CROWD",
    "MOST_FILES",
    "SOURCES",
    "PageFacts",
    "Reader",
    "Received",
    "ReportOf",
    "Titles",
    "check_alike",
    "check_article",
    "check_article_evidence",
    "check_authority",
    "check_authority_evidence",
    "check_corrections",
    "check_doubts",
    "check_links",
    "check_paragraphs",
    "check_redirects",
    "check_removed",
    "check_same_key",
    "check_similar_names",
    "check_site",
    "check_source",
    "check_text",
    "check_unused",
    "check_unused_sources",
    "checksum",
    "full_text",
    "is_description",
    "placed",
    "printable",
    "printed_words",
    "read_page",
    "sample",
    "sketch",
    "tell_not_compared",
]
