"""The files that a theme brings along: style sheets, scripts, pictures.

In: the theme's folders, the first before the others. Out: paths on the site with their bytes.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from archive.site.assets import publish
from archive.site.mkdocs import is_used

# As `Files.add_files_from_theme` in MkDocs, which lists twelve thousand icons first.
_NOT_STATIC = ("*.py", "*.pyc", "*.html", "*readme*", "mkdocs_theme.yml", "locales/*")


def static_files(folders: Iterable[str], templates: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """(path on the site, bytes); `templates` are files of the theme that are rendered instead."""
    unwanted, seen = (*_NOT_STATIC, *templates), set[str]()
    for folder in folders:
        for path, name in _below(folder):
            if name not in seen and is_used(name) and not any(fnmatch(name.lower(), one) for one in unwanted):
                seen.add(name)
                yield name, publish(name, Path(path).read_bytes())


def _below(folder: str) -> Iterator[tuple[str, str]]:
    """Files below a folder with their relative paths, hidden folders left out."""
    for here, folders, files in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        inside = os.path.relpath(here, folder).replace(os.sep, "/")
        for name in sorted(files):
            if not name.startswith("."):
                yield f"{here}{os.sep}{name}", posixpath.normpath(f"{inside}/{name}")
