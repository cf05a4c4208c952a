"""Corpus → mentions, citations and what they resolve to, dossiers, timelines, listings."""

from archive.derive.archive import derive

__all__ = ["derive"]
