"""The side door: raw texts and saved pages → draft records on disk.

In: files. Out: what became of each, and its drafts in the output folder, as records or as one bundle an input;
nothing there is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.bundle import ENDING, write_bundle
from archive.config import Paths, load_settings, load_yaml
from archive.extract.references import assemble_corpus
from archive.holdings import records
from archive.ingest.draft import Importer
from archive.ingest.rules.importing import read_import_rules
from archive.knowledge import Knowledge, load_knowledge
from archive.known import known_of
from archive.model.draft import Draft
from archive.model.told import NOTHING, Told
from archive.problems import Report
from archive.progress import Progress


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one input: the draft, and the files written, relative to the output folder.

    `draft` is None if the input could not be read or written. With a `bundle` the files are those in it.
    """

    input: str
    draft: Draft | None = None
    article: str | None = None
    created: tuple[str, ...] = ()
    bundle: str | None = None


def import_files(
    paths: Paths,
    inputs: Iterable[Path],
    out: Path,
    report: Report,
    progress: Progress,
    *,
    again: bool = False,
    comment: str | None = None,
    told: Mapping[Path, Told] | None = None,
) -> Iterator[Imported]:
    """Drafts of the inputs, written below `out` as they are made; nothing there is overwritten.

    `told`: what a person says of an input, which goes before what the input says.

    With a `comment` each is written as a bundle that begins with it. Of several bundles each may need those
    before it, so their names begin with numbers.

    One input that can't be read is a problem in `report` and stops no other.
    """
    knowledge = load_knowledge(paths.site_config)
    importer = importer_of(paths, knowledge)
    inputs = list(inputs)
    many = len(str(len(inputs)))
    for number, path in enumerate(progress.over(inputs, knowledge.labels["progress"]["import"], len(inputs)), 1):
        prefix = f"{number:0{many}}-" if len(inputs) > 1 else ""
        said = (told or {}).get(path, NOTHING)
        yield _import_one(path, importer, out, report, again, said, comment, prefix)


def importer_of(paths: Paths, knowledge: Knowledge) -> Importer:
    """One that knows all records of the archive."""
    rules = read_import_rules(lambda name: load_yaml(paths.site_config / f"{name}.yml"))
    corpus = assemble_corpus(records(paths, knowledge, Report()), knowledge, Report())
    return Importer(known_of(corpus), knowledge, rules, rights=load_settings(paths.site_config).import_rights)


def _import_one(
    path: Path,
    importer: Importer,
    out: Path,
    report: Report,
    again: bool,
    told: Told,
    comment: str | None,
    prefix: str,
) -> Imported:
    try:
        data = path.read_bytes()
    except OSError as error:
        report.add("import-unreadable", path.name, detail=error.strerror or "")
        return Imported(str(path))
    draft = importer.draft(path.name, data, report, again=again, told=told)
    if draft is None or draft.duplicate_of:
        return Imported(str(path), draft)
    return write_draft(draft, path, out, report, comment, prefix)


def files_of(draft: Draft) -> dict[str, bytes]:
    """All files of a draft by path below content/, the article first."""
    files: dict[str, bytes] = {name: text.encode() for name, text in draft.files.items()}
    if draft.source_path:
        files[draft.source_path] = draft.source
    return dict(sorted(files.items(), key=lambda file: (file[0] != draft.article, file[0])))


def write_draft(
    draft: Draft, path: Path, out: Path, report: Report, comment: str | None = None, prefix: str = ""
) -> Imported:
    """The draft of the input at `path`, written below `out`, with a `comment` as a bundle; nothing is overwritten."""
    files = files_of(draft)
    bundle = None if comment is None else f"{prefix}{Path(draft.article or '').stem}{ENDING}"
    try:
        _write_new(out, files if bundle is None else {bundle: write_bundle(files, comment or "").encode()})
    except FileExistsError as error:
        report.add("import-taken", path.name, taken=Path(error.filename).relative_to(out).as_posix())
        return Imported(str(path))
    return Imported(str(path), draft, draft.article, tuple(files), bundle)


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
