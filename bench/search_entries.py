"""Search entries of an invented archive, through the archive's own steps, kept between runs.

In: how many articles, a seed. Out: the archive and its `SearchEntry` values, read from .build/bench/
if content, code and settings that they come from are unchanged: loading 10,000 articles takes minutes.
"""

from __future__ import annotations

import hashlib
import pickle
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from archive.build.loading import load
from archive.config import Paths
from archive.model.search import SearchEntry
from archive.problems import Catalogue, Report
from archive.progress import Progress
from bench.corpus import ROOT, Archive, write_archive

WORK = ROOT / ".build" / "bench"
_SAMPLE = 40  # articles, enough to tell one generator from another
_MAKES_ENTRIES = ("archive/outputs/search.py", "archive/model/search.py", "archive/kinds")


def archive_of(n: int, seed: int, length: float = 1) -> Archive:
    """The archive of n articles, made unless the same generator has made it before."""
    folder = WORK / (f"archive-{n}-{seed}" if length == 1 else f"archive-{n}-{seed}-x{length:g}")
    stamp = _generator(seed)
    if not (folder / "stamp").is_file() or (folder / "stamp").read_text() != stamp:
        shutil.rmtree(folder, ignore_errors=True)
        write_archive(folder, n, seed, length=length)
        (folder / "stamp").write_text(stamp)
    return Archive(folder, n, seed)


def entries_of(archive: Archive) -> list[SearchEntry]:
    """The archive's entries; raises ValueError if the generator made a mistake that `check` finds."""
    return list(read_entries(entries_file(archive)))


def entries_file(archive: Archive) -> Path:
    """Entries one after another in one file, so that who reads them need not hold them all."""
    kept = archive.folder / "entries.pkl"
    stamp = (archive.folder / "stamp").read_text() + digest_of(_code())
    if not kept.is_file() or _stamp_of(kept) != stamp:
        with (aside := kept.with_suffix(".new")).open("wb") as file:
            pickle.dump(stamp, file)
            for entry in _load(archive):
                pickle.dump(entry, file)
        aside.replace(kept)
    return kept


def _code() -> list[Path]:
    """Modules that decide what an entry says."""
    found = (ROOT / path for path in _MAKES_ENTRIES)
    return [file for path in found for file in (sorted(path.glob("*.py")) if path.is_dir() else [path])]


def _generator(seed: int) -> str:
    """What the generator makes, as a digest of a small archive: it outlives a change of code that changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        write_archive(Path(folder), _SAMPLE, seed)
        return digest_of(sorted(path for path in Path(folder).rglob("*") if path.is_file()))


def read_entries(kept: Path) -> Iterator[SearchEntry]:
    with kept.open("rb") as file:
        pickle.load(file)
        while file.peek(1):
            yield pickle.load(file)


def _stamp_of(kept: Path) -> str:
    with kept.open("rb") as file:
        return str(pickle.load(file))


def _load(archive: Archive) -> Iterator[SearchEntry]:
    own = Paths.below(ROOT)
    paths = Paths(archive.content, own.site_config, own.templates, own.mkdocs, archive.folder / "work")
    report = Report()
    loaded = load(paths, report, Progress(quiet=True))
    if errors := Catalogue.load(paths.site_config).errors(report):
        raise ValueError(f"the invented archive has errors: {errors[:5]}")
    return loaded.entries()


def digest_of(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
