"""Corpus and what follows from it → pages in Markdown, files of data, entries for search."""

from archive.render.data import BOM, DataLines, DataTable, data_lines, table_names
from archive.render.pages import PagePlan, Plans, Renderer, lone_files, make_shelf, render_site
from archive.render.search_entries import search_entries, search_entry
from archive.render.view import PLACES_ADDRESS, Shelf

__all__ = [
    "BOM",
    "PLACES_ADDRESS",
    "DataLines",
    "DataTable",
    "PagePlan",
    "Plans",
    "Renderer",
    "Shelf",
    "data_lines",
    "lone_files",
    "make_shelf",
    "render_site",
    "search_entries",
    "search_entry",
    "table_names",
]
