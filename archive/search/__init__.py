"""Search entries → the index that the search page reads, the archive's own or Pagefind's; both known here alone."""

from archive.search.index import (
    build_search_index,
    index_folders,
    search_index_published,
    unsettled_entries,
    update_search_index,
)
from archive.search.pagefind import SearchFailed

__all__ = [
    "SearchFailed",
    "build_search_index",
    "index_folders",
    "search_index_published",
    "unsettled_entries",
    "update_search_index",
]
