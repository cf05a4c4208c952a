"""Files of the index by the digest of their content: written once, never changed, put into a site by name.

In: bytes. Out: files of the cache, and links to them (copies where the disk has no links). A killed
build leaves at most files that nobody names; the next one removes them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

_DIGEST_LENGTH = 24


class Store:
    """A folder of files named after their content; `held` are those that are there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.held = {file.name for part in os.scandir(folder) for file in os.scandir(part.path)}

    def add(self, data: bytes) -> str:
        """Keeps the bytes and returns their digest."""
        digest = sha256(data).hexdigest()[:_DIGEST_LENGTH]
        if digest not in self.held:
            path = self.path(digest)
            path.parent.mkdir(exist_ok=True)
            temporary = path.with_name(f"{digest}.{os.getpid()}.new")
            temporary.write_bytes(data)
            temporary.replace(path)
            self.held.add(digest)
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

    def keep_only(self, digests: Collection[str]) -> None:
        """Removes what is not named."""
        for digest in self.held - set(digests):
            self.path(digest).unlink(missing_ok=True)
        self.held.intersection_update(digests)
