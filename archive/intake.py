"""The side door: raw texts and saved pages → draft records on disk.

In: files. Out: what became of each, and its drafts in the output folder, where nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.assemble import assemble_corpus
from archive.config import Paths, load_yaml
from archive.holdings import records
from archive.ingest import Importer
from archive.knowledge import load_knowledge
from archive.model.draft import Draft
from archive.problems import Report
from archive.progress import Progress

IMPORT_LISTS = ("noise", "event-dates", "level-cues", "people")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one input: the draft, and the files written, relative to the output folder.

    `draft` is None if the input could not be read or written.
    """

    input: str
    draft: Draft | None = None
    article: str | None = None
    created: tuple[str, ...] = ()


def import_files(
    paths: Paths, inputs: Iterable[Path], out: Path, report: Report, progress: Progress, *, again: bool = False
) -> Iterator[Imported]:
    """Drafts of the inputs, written below `out` as they are made; nothing there is overwritten.

    One input that can't be read is a problem in `report` and stops no other.
    """
    knowledge = load_knowledge(paths.site_config)
    lists = {name: load_yaml(paths.site_config / f"{name}.yml") for name in IMPORT_LISTS}
    corpus = assemble_corpus(records(paths, knowledge, Report()), knowledge, Report())
    importer = Importer(corpus, knowledge, lists)
    inputs = list(inputs)
    for path in progress.over(inputs, knowledge.labels["progress"]["import"], len(inputs)):
        yield _import_one(path, importer, out, report, again)


def _import_one(path: Path, importer: Importer, out: Path, report: Report, again: bool) -> Imported:
    try:
        data = path.read_bytes()
    except OSError as error:
        report.add("import-unreadable", path.name, detail=error.strerror or "")
        return Imported(str(path))
    draft = importer.draft(path.name, data, report, again=again)
    if draft is None or draft.duplicate_of:
        return Imported(str(path), draft)
    files: dict[str, bytes] = {name: text.encode() for name, text in draft.files.items()}
    if draft.source_path:
        files[draft.source_path] = draft.source
    try:
        _write_new(out, files)
    except FileExistsError as error:
        report.add("import-taken", path.name, taken=Path(error.filename).relative_to(out).as_posix())
        return Imported(str(path))
    return Imported(
        str(path), draft, draft.article, tuple(sorted(files, key=lambda name: (name != draft.article, name)))
    )


def _write_new(out: Path, files: Mapping[str, bytes]) -> None:
    """All of the files or none; raises FileExistsError naming the first that is there already."""
    written: list[Path] = []
    try:
        for name, content in files.items():
            path = out / name
            with _new_file(path) as file:
                written.append(path)
                file.write(content)
    except OSError:
        for path in written:
            path.unlink()
        raise


def _new_file(path: Path) -> BinaryIO:
    try:
        return path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")
