"""What all that is remembered rests on, beside the content: code, knowledge, looks.

In: paths. Out: two keys. A changed `facts_key` makes everything anew, a changed `looks_key` all
pages.
"""

from __future__ import annotations

import sys
from hashlib import blake2b
from pathlib import Path

import archive
from archive.config import Paths

_PACKAGE = Path(archive.__file__).parent


def facts_key(paths: Paths) -> str:
    code, knowledge = _digest(_PACKAGE, "*.py"), _digest(paths.site_config)
    return " ".join([code, knowledge, sys.version, str(paths.content)])


def looks_key(paths: Paths, frame: str, *, search: bool, tool: bool) -> str:
    """`frame`: the key of the frame, which covers mkdocs.yml and the theme. `tool`: is Pyodide there?"""
    return " ".join([_digest(paths.templates), frame, str(search), str(tool)])


def _digest(folder: Path, pattern: str = "*") -> str:
    """Of the paths and bytes of the files below a folder, in order."""
    digest = blake2b(digest_size=16)
    for path in sorted(path for path in folder.rglob(pattern) if path.is_file() and "__pycache__" not in path.parts):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
