"""The archive's own index: syllables and their pairs, cut into small files that a browser reads one by one."""

from archive.search.syllable.build import build_syllable_index

__all__ = ["build_syllable_index"]
