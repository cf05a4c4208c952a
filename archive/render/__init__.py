"""Corpus and what follows from it → pages in Markdown, files of data, entries for search."""

from archive.render.pages import render_site
from archive.render.search_entries import search_entries

__all__ = ["render_site", "search_entries"]
