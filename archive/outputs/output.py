"""Outputs: everything that is written of an archive. One protocol for all of them.

In: a record with its dossier, a page that belongs to no record, or a key of the output's own. Out: pieces: files,
pieces of files that are joined, rows about pages, search entries, problems.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias

from archive.database import Query
from archive.database.rows import Chunk, PageAnchor, PageLink
from archive.kinds import AnySubject, RenderContext
from archive.model.pages import SiteFile, SitePage
from archive.model.search import SearchEntry
from archive.problems import Problem
from archive.render import Lists, PagePlan, Plans, Renderer

Piece: TypeAlias = SiteFile | Chunk | PageAnchor | PageLink | SearchEntry | Problem


class Frame(Protocol):
    """What stands around the text of every page (archive/site/frame.py)."""

    def page(self, page: SitePage) -> str: ...
    def files(self) -> Iterable[tuple[str, bytes]]: ...
    def sitemap(self, addresses: Iterable[str], changed: Mapping[str, str]) -> Mapping[str, bytes]: ...
    def missing(self, addresses: Iterable[str]) -> Iterable[str]: ...
    def said(self) -> Iterable[tuple[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Site:
    """What outputs work with; `config` is the name of the file that the frame is made from, for problems."""

    context: RenderContext
    lists: Lists
    plans: Plans
    renderer: Renderer
    frame: Frame
    config: str


class ListedFile(NamedTuple):
    """A file that the page of the data lists: `table` is what it holds, by its name in labels.yml (`data`) or that of
    a kind; `format` is what it is called (`JSON`)."""

    path: str
    table: str
    format: str


class Output:
    """One kind of thing that is written. What an output has nothing to say of, it leaves as it is here."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.context = site.context

    def data_path(self, name: str) -> str:
        """Where a file of the data is on the site."""
        return f"{self.context.knowledge.addresses.pages.data}{name}"

    def of_record(self, subject: AnySubject) -> Iterator[Piece]:
        """What is written of one record."""
        yield from ()

    def of_page(self, plan: PagePlan) -> Iterator[Piece]:
        """What is written of a page that belongs to no record."""
        yield from ()

    def site_keys(self) -> Iterable[str]:
        """Keys of what is written once for the whole site: `/address` of a page, else the path of a file."""
        return ()

    def of_site(self, key: str) -> Iterator[Piece]:
        """What is written under one of `site_keys`; it may ask for pages and pieces of all records."""
        yield from ()


class Joined(NamedTuple):
    """All pieces of a joined file: how many, how many entries and bytes they hold, and the file's header."""

    pieces: int
    rows: int
    size: int
    header: bytes


JOINED = Query(
    "SELECT count(*), coalesce(sum(rows), 0), coalesce(sum(length(data)), 0), coalesce(max(header), x'') FROM chunk "
    "WHERE path = :path",
    Joined,
)
PIECES = Query("SELECT data FROM chunk WHERE path = :path ORDER BY sort", bytes)


class JoinedOutput(Output, ABC):
    """Files that are joined of pieces, one a record, so that a changed record makes one piece anew."""

    @abstractmethod
    def files(self) -> Iterable[ListedFile]:
        """The files, which are there even if no record has a piece of them."""

    def join(self, header: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """A whole file, in parts; `header` is empty if there are no pieces."""
        yield header
        yield from pieces

    def site_keys(self) -> Iterable[str]:
        return [file.path for file in self.files()]

    def of_site(self, key: str) -> Iterator[Piece]:
        joined = self.joined(key)
        yield SiteFile(key, b"".join(self.join(joined.header, self.context.db.scan(PIECES, path=key))))

    def joined(self, path: str) -> Joined:
        """The pieces of a file."""
        (joined,) = self.context.db.ask(JOINED, path=path)
        return joined

    def size(self, joined: Joined) -> int:
        """Of the whole file in bytes: of its pieces, and of what stands around pieces that are empty."""
        return joined.size + sum(map(len, self.join(joined.header, [b""] * joined.pieces)))
