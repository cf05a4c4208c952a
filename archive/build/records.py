"""What happens to records, on the whole archive: edits are tried on a copy, and carried out all or none.

In: the paths of an archive and a function that edits a draft of it. Out: a `Plan`, and the files as they should be.
Edits are written down before the first file changes; a command that is killed is finished by the next one.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.build.builder import Builder
from archive.build.facts import folders
from archive.build.lock import one_at_a_time
from archive.bundle import ENDING, INBOX
from archive.config import Paths
from archive.knowledge import Knowledge, load_knowledge
from archive.problems import Catalogue, Problem, Report, Severity
from archive.progress import Progress
from archive.read import Scan, scan
from archive.records import REDIRECTS, Draft, Edit, Told

_TRIAL, _JOURNAL = "trial", "edits.json"  # in the work folder
_UNFOUNDED = ("statement-without-evidence", "not-in-reports")
_FOLLOWS = "record-unused"  # what a record that goes leaves behind is told beside the change

Change = Callable[[Draft], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """`edits` in order of paths; `told` for the person at work; `problems`, those that the edits would bring."""

    edits: tuple[Edit, ...]
    told: tuple[Told, ...]
    problems: tuple[Problem, ...]
    hindered: bool  # whether they keep the edits from being written


def carry_out(paths: Paths, change: Change, progress: Progress, *, do: bool, with_warnings: bool = False) -> Plan:
    """Works out what `change` does, tries it, and with `do` writes it if it brings no error and no warning.

    `with_warnings`: warnings keep nothing from being written. Raises Refused where the change itself can't be made,
    Busy if a build runs.
    """
    with one_at_a_time(paths):
        finish_edits(paths)
        report = Report()
        with Builder(paths, paths.content.parent / "site", report, progress, tries=True) as builder:
            draft = draft_of(paths, builder.knowledge)
            change(draft)
            edits = draft.edits()
            builder.update_facts()
            if not builder.has_errors:
                builder.make_pages()
            problems = _brought(builder, paths, edits, list(report))
        catalogue = Catalogue.load(paths.site_config)
        hindered = any(
            _hinders(catalogue.severity(problem), with_warnings) for problem in problems if problem.code != _FOLLOWS
        )
        plan = Plan(tuple(edits), tuple(draft.told), tuple(problems), hindered)
        if do and not hindered:
            write_edits(paths, edits)
    return plan


def unfounded_after(paths: Paths, change: Change) -> list[tuple[str, str]]:
    """Fields of documents and events, as (path, field), that no words state any more once `change` is made."""
    plan = carry_out(paths, change, Progress(quiet=True), do=False)
    found = (problem for problem in plan.problems if problem.code in _UNFOUNDED)
    return [(problem.path, dict(problem.values)["field"]) for problem in found]


def _hinders(severity: Severity, with_warnings: bool) -> bool:
    return severity is Severity.ERROR or (severity is Severity.WARNING and not with_warnings)


def draft_of(paths: Paths, knowledge: Knowledge | None = None) -> Draft:
    """A draft of the files as they are."""
    knowledge = knowledge or load_knowledge(paths.site_config)
    found = scan(paths.content, folders(knowledge), Report())
    root = paths.content.parent
    records = {key: path for key, (path, _) in found.records.items()}
    waiting = [path.relative_to(root).as_posix() for path in sorted((paths.content / INBOX).glob(f"*{ENDING}"))]
    return Draft(knowledge, records, lambda path: (root / path).read_bytes(), waiting)


def _brought(builder: Builder, paths: Paths, edits: Sequence[Edit], known: Iterable[Problem]) -> list[Problem]:
    """What is wrong with the edits and was not without them, wherever in its file it stands."""
    trial, report = paths.work / _TRIAL, Report()
    try:
        _write_aside(trial, edits, paths.site_config)
        found = _after(builder, trial / "content", edits, report)
        site_config = trial / "site-config" if (trial / "site-config").is_dir() else paths.site_config
        after = [*report, *builder.try_content(trial / "content", site_config, found)]
    finally:
        shutil.rmtree(trial, ignore_errors=True)
    gone = {edit.before_path for edit in edits if edit.before_path != edit.path}
    moved = _new_names(edits, builder.knowledge)
    left = Counter(_what(problem, moved) for problem in known)
    brought = []
    for problem in after:
        if left[_what(problem, {})] > 0:
            left[_what(problem, {})] -= 1
        elif not problem.path.startswith(f"content/{INBOX}/") and problem.path not in gone:
            brought.append(problem)
    return sorted(set(brought))


def _new_names(edits: Iterable[Edit], knowledge: Knowledge) -> dict[str, str]:
    """Paths, ids and addresses of what gets others."""
    addresses = {kind.folder: kind.address for kind in knowledge.kinds.values()}
    names: dict[str, str] = {}
    for edit in edits:
        if edit.before_path and edit.path and edit.before_path != edit.path:
            old, new = Path(edit.before_path), Path(edit.path)
            address = addresses[old.parts[1]]
            names |= {edit.before_path: edit.path, old.stem: new.stem}
            names |= {f"/{address}/{old.stem}/": f"/{address}/{new.stem}/"}
    return names


def _what(problem: Problem, names: Mapping[str, str]) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """A problem without its place, under the new names of what has got another."""
    path = names.get(problem.path, problem.path)
    for old, new in names.items():
        if old.startswith("/"):
            path = path.replace(old, new)
    values = tuple((name, names.get(value, value)) for name, value in problem.values if name != "suggestion")
    return path, problem.code, values


def _write_aside(trial: Path, edits: Iterable[Edit], site_config: Path) -> None:
    """The files that change, as they would be, below `trial`; with one of site-config/ all of that folder."""
    shutil.rmtree(trial, ignore_errors=True)
    for edit in edits:
        if edit.path == REDIRECTS:
            shutil.copytree(site_config, trial / "site-config")
    for edit in edits:
        if edit.path:
            file = trial / edit.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(edit.after)


def _after(builder: Builder, changed: Path, edits: Iterable[Edit], report: Report) -> Scan:
    """What would lie in content/."""
    before, gone = builder.found, {edit.before_path for edit in edits}
    new = scan(changed, folders(builder.knowledge), report)
    records = {key: held for key, held in before.records.items() if held[0] not in gone}
    for key, (path, signature) in new.records.items():
        if key in records:
            report.add("duplicate-id", path, id=key.partition("/")[2], first=records[key][0])
        records[key] = (path, signature)
    sources = {name: look for name, look in before.sources.items() if f"content/sources/{name}" not in gone}
    return Scan(records, sources)


def write_edits(paths: Paths, edits: Iterable[Edit]) -> None:
    """All of them: new files are written aside and the list of changes after them, then each takes its place."""
    changes: list[dict[str, str | None]] = []
    root = paths.content.parent
    for number, edit in enumerate(edits):
        aside = None
        if edit.path:
            aside = paths.work / f"edit-{number}"
            with aside.open("wb") as file:
                file.write(edit.after)
                file.flush()
                os.fsync(file.fileno())
        gone = edit.before_path if edit.before_path != edit.path else None
        changes.append({"aside": aside.name if aside else None, "path": edit.path, "gone": gone})
    new = paths.work / f"{_JOURNAL}.new"
    new.write_text(json.dumps(changes), encoding="utf-8")
    new.replace(paths.work / _JOURNAL)
    finish_edits(paths)
    _remove_empty_folders(root, (change["gone"] for change in changes))


def finish_edits(paths: Paths) -> None:
    """Makes the changes that a killed command has written down, and forgets what one left that had not."""
    journal, root = paths.work / _JOURNAL, paths.content.parent
    if journal.is_file():
        for change in json.loads(journal.read_text(encoding="utf-8")):
            aside = paths.work / change["aside"] if change["aside"] else None
            if aside and aside.exists():
                target = root / change["path"]
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(aside, target.with_name(f".{target.name}.new"))
                target.with_name(f".{target.name}.new").replace(target)
            if change["gone"]:
                (root / change["gone"]).unlink(missing_ok=True)
        journal.unlink()
    for left in (*paths.work.glob("edit-*"), paths.work / f"{_JOURNAL}.new"):
        left.unlink(missing_ok=True)
    shutil.rmtree(paths.work / _TRIAL, ignore_errors=True)


def _remove_empty_folders(root: Path, gone: Iterable[str | None]) -> None:
    for path in filter(None, gone):
        folder = (root / path).parent
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
