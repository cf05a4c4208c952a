"""One run of the archive's own engine over Markdown that is ready, in a process of its own.

In: an engine's name, the archive's root, a docs folder, the folder for HTML. Out: HTML, and the number of
warnings as the last line.
"""

from __future__ import annotations

import sys
from pathlib import Path

from archive.config import Paths, load_settings, load_yaml
from archive.site.html import build_html


def main(engine: str, root: Path, docs: Path, out: Path) -> None:
    paths = Paths.below(root)
    labels = load_yaml(paths.site_config / "labels.yml")
    print(len(build_html(engine, paths.mkdocs, docs, out, load_settings(paths.site_config), labels)))


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
