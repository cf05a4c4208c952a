"""What `render` hands on: pages in Markdown and files of data, each with its place on the site.

In: nothing. Out: `SitePage` and `SiteFile`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page: `address` is its path on the site without the leading slash (`nguoi/a/`, home: ``)."""

    address: str
    title: str
    markdown: str
    meta: Mapping[str, object] = field(default_factory=dict)

    @property
    def source_path(self) -> str:
        """Where the page's Markdown lies in the work folder: `nguoi/a/index.md`.

        The file's folder is the page's address, so that a relative link means the same to engines
        that resolve it from the file and to those that leave it alone.
        """
        return f"{self.address}index.md"


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file that is published as it is; `path` is relative to the site."""

    path: str
    data: bytes
