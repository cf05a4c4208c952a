"""One door to the engines that make HTML.

In: the work folder and an engine's name. Out: HTML, and what the engine warned of.
"""

from __future__ import annotations

from pathlib import Path

from archive.config import Settings
from archive.knowledge import Labels
from archive.site.fast import build_with_fast
from archive.site.mkdocs import build_with_mkdocs
from archive.site.zensical import build_with_zensical


def build_html(
    engine: str, config_file: Path, docs: Path, out: Path, settings: Settings, labels: Labels
) -> list[tuple[str, str]]:
    """Builds HTML from the Markdown in `docs`; returns what the engine says: a problem's code and words."""
    if engine == "fast":
        return build_with_fast(config_file, docs, out, settings, labels)
    builders = {"mkdocs": build_with_mkdocs, "zensical": build_with_zensical}
    warnings = builders[engine](config_file, docs, out, settings, labels)
    return [("engine-warning", words) for words in warnings]
