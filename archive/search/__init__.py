"""Search entries → the index that the search page reads. Pagefind is known here and nowhere else."""

from archive.search.index import ADDRESS, build_search_index
from archive.search.pagefind import SearchFailed

__all__ = ["ADDRESS", "SearchFailed", "build_search_index"]
