"""What everything that is remembered rests on, beside what is read as content.

In: paths. Out: one digest: of the program, site-config/ without redirects.yml, templates, mkdocs.yml, Python and the
packages installed. If it changes, everything is made anew.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import archive
from archive.build.inputs import REDIRECTS
from archive.config import Paths

_PACKAGE = Path(archive.__file__).parent


def build_key(paths: Paths, *options: object) -> str:
    """`options`: whatever else decides what is made."""
    digest = blake2b("\0".join([sys.version, str(paths.content), *map(str, options), *_packages()]).encode())
    for folder in (_PACKAGE, paths.site_config, paths.templates):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path != paths.site_config / Path(REDIRECTS).name:
                _add(digest, path.relative_to(folder).as_posix(), path)
    _add(digest, paths.mkdocs.name, paths.mkdocs)
    return digest.hexdigest()


def _add(digest: blake2b, name: str, file: Path) -> None:
    content = file.read_bytes()
    digest.update(f"{name}\0{len(content)}\0".encode() + content)


def _packages() -> Iterator[str]:
    """Names and versions as the folders of installed packages have them; importlib.metadata takes 20 ms to load."""
    folders = sorted({path for path in map(Path, sys.path) if path.name in ("site-packages", "dist-packages")})
    for folder in folders:
        if folder.is_dir():
            yield from sorted(entry.name for entry in os.scandir(folder) if entry.name.endswith(".dist-info"))
