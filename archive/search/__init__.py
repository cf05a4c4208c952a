"""Search entries → the index that the search page reads. Pagefind is known here and nowhere else."""

from archive.search.pagefind import SearchFailed, build_search_index

__all__ = ["SearchFailed", "build_search_index"]
