"""Files of the index by the digest of their content: written once, never changed, put into a site by name.

In: bytes. Out: files of the cache, and links to them (copies where the disk has no links). A killed
build leaves at most files that nobody names; the next one removes them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from threading import get_ident

_DIGEST_LENGTH = 24


class Store:
    """A folder of files named after their content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def listed(self) -> set[str]:
        """All that are there."""
        return {file.name for part in os.scandir(self._folder) for file in os.scandir(part.path)}

    def add(self, data: bytes) -> str:
        """Keeps the bytes and returns their digest."""
        digest = sha256(data).hexdigest()[:_DIGEST_LENGTH]
        path = self.path(digest)
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            temporary = path.with_name(f"{digest}.{os.getpid()}.{get_ident()}.new")
            temporary.write_bytes(data)
            temporary.replace(path)
        return digest

    def path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def put(self, digest: str, target: str) -> None:
        """Makes a file of the store stand at a path."""
        source = f"{self._folder}/{digest[:2]}/{digest}"
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)

    def remove(self, digests: Iterable[str]) -> None:
        for digest in digests:
            self.path(digest).unlink(missing_ok=True)
