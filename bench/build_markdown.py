"""One writing of an archive's Markdown in a process of its own: what is held in memory for it is not the bench's."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.build_archive import write_markdown

if __name__ == "__main__":
    root, folder = map(Path, sys.argv[1:])
    print(write_markdown(root, folder))
