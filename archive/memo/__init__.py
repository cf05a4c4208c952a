"""Memory between builds: what was computed, from what, and therefore what must be computed again."""

from archive.memo.lazy import Lazy
from archive.memo.levels import Levels
from archive.memo.store import Made, Store
from archive.memo.tracker import Tracker

__all__ = ["Lazy", "Levels", "Made", "Store", "Tracker"]
