"""The archive's own index: syllables and their pairs, cut into small files that a browser reads one by one."""

from archive.search.syllable.build import (
    Changes,
    build_syllable_index,
    forget_published,
    published,
    unsettled,
    update_syllable_index,
)

__all__ = ["Changes", "build_syllable_index", "forget_published", "published", "unsettled", "update_syllable_index"]
