"""What all that is remembered rests on, beside the content: code, knowledge, looks.

In: paths. Out: two digests. A changed `facts_key` makes everything anew, a changed `looks_key` all
pages.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

import archive
from archive.config import Paths

_PACKAGE = Path(archive.__file__).parent


def facts_key(paths: Paths) -> str:
    return _digest([*_PACKAGE.rglob("*.py"), *paths.site_config.rglob("*")], sys.version, str(paths.content))


def looks_key(paths: Paths, plan: str, *, search: bool) -> str:
    """`plan`: the key of the plan, which covers mkdocs.yml and the theme's templates."""
    return _digest(paths.templates.rglob("*"), plan, str(search))


def _digest(files: Iterable[Path], *words: str) -> str:
    """Of the names and bytes of files, in order, and of some words."""
    digest = blake2b(digest_size=16)
    for path in sorted(path for path in files if path.is_file() and "__pycache__" not in path.parts):
        content = path.read_bytes()
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    for word in words:
        digest.update(word.encode() + b"\0")
    return digest.hexdigest()
