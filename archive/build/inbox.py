"""Bundles in content/inbox/: each is tried as if its files lay in content/, and then taken back.

In: bundles, and a database whose facts are up to date. Out: what each would add, and all that is wrong
with it, at the bundle's own lines. A bundle is tried upon those before it that have no error.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.build.facts import problems_of, renew_facts
from archive.build.steps import Steps
from archive.build.tasks import STEPS as FACTS
from archive.build.worker import Worker
from archive.bundle import ENDING, INBOX, BadBundle, Member, read_bundle
from archive.check import MOST_FILES, SOURCES, placed, printable
from archive.problems import Catalogue, Position, Problem, Report
from archive.read import Scan, scan

MAX_BYTES = 10_000_000

Follow = Callable[[], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file that holds a bundle; `shown` is its path as problems name it."""

    file: Path
    shown: str


@dataclass(frozen=True, slots=True)
class Tried:
    """`files`: the paths below content/ that the bundle adds; they lie unpacked below `unpacked`.

    `held` are those of its paths that are in content/ already, with the same bytes.
    """

    bundle: Bundle
    good: bool
    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    held: tuple[str, ...]
    unpacked: Path


def bundles_in(content: Path, report: Report) -> list[Bundle]:
    """The bundles that wait, by name; what else lies there is a problem."""
    try:
        entries = sorted(os.scandir(content / INBOX), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    found = []
    for entry in entries:
        shown = f"content/{INBOX}/{printable(entry.name)}"
        if entry.is_symlink():
            report.add("symlink", shown)
        elif entry.name.startswith("."):
            continue
        elif not entry.is_file() or not entry.name.endswith(ENDING):
            report.add("inbox-stray", shown)
        else:
            found.append(Bundle(Path(entry.path), shown))
    return found


def bundle_at(file: Path, content: Path) -> Bundle:
    """A bundle that somebody named."""
    path, root = file.resolve(), content.parent
    return Bundle(path, printable(path.relative_to(root).as_posix() if path.is_relative_to(root) else str(file)))


def put_new(unpacked: Path, content: Path, files: Iterable[str]) -> None:
    """Moves files, all of them or, if one can't be moved, none; each is there whole or not at all.

    Raises FileExistsError rather than putting a file in the place of another.
    """
    put: list[Path] = []
    try:
        for path in files:
            target = content / path
            if os.path.lexists(target):
                raise FileExistsError(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(unpacked / path, target)
            put.append(target)
    except OSError:
        for target in put:
            target.unlink()
        raise


def try_bundles(
    steps: Steps[Worker],
    worker: Worker,
    found: Scan,
    bundles: Iterable[Bundle],
    catalogue: Catalogue,
    known: Iterable[Problem],
    pages: Follow | None = None,
) -> Iterator[Tried]:
    """One after another; what is told of a bundle holds until the next is asked for. Nothing is kept.

    `steps` are done by `worker` alone; `found` is what lies in content/, `known` what is wrong without any bundle;
    `pages` tells what is wrong with the site once facts have changed.
    """
    trial = _Trial(steps, worker, found, catalogue, known, pages)
    try:
        for bundle in bundles:
            yield trial.bundle(bundle)
    finally:
        trial.end()


def tried_inbox(
    steps: Steps[Worker], worker: Worker, found: Scan, known: Iterable[Problem], pages: Follow | None = None
) -> list[Problem]:
    """What is to be said of the bundles that wait."""
    paths, report = worker.setup.paths, Report()
    bundles, catalogue = bundles_in(paths.content, report), Catalogue.load(paths.site_config)
    for tried in try_bundles(steps, worker, found, bundles, catalogue, list(known), pages):
        report.found += tried.problems
        if tried.good:
            report.add("bundle-waiting", tried.bundle.shown)
    return report.found


def problems_with(
    steps: Steps[Worker], worker: Worker, found: Scan, files: Mapping[str, bytes], known: Iterable[Problem]
) -> list[Problem]:
    """What would be wrong if these files, by paths below content/, lay there, and is not wrong without them."""
    trial = _Trial(steps, worker, found, Catalogue.load(worker.setup.paths.site_config), known, None)
    try:
        return trial.files(files)
    finally:
        trial.end()


class _Trial:
    def __init__(
        self,
        steps: Steps[Worker],
        worker: Worker,
        found: Scan,
        catalogue: Catalogue,
        known: Iterable[Problem],
        pages: Follow | None,
    ) -> None:
        self.steps = steps
        self.paths = worker.setup.paths
        self.knowledge = worker.setup.knowledge
        self.contents = worker.tasks.contents
        self.found = found
        self.catalogue = catalogue
        self.pages = pages
        self.folders = {kind.id: kind.folder for kind in self.knowledge.kinds.values()}
        self.addresses = {kind.folder: kind.address for kind in self.knowledge.kinds.values()}
        self.work = self.paths.work / INBOX
        shutil.rmtree(self.work, ignore_errors=True)
        self.known = {_without_guess(problem) for problem in known}
        self.givers: dict[str, str] = {}  # path below content/ → the bundle that was tried with it
        self.savepoints = 0

    def end(self) -> None:
        while self.savepoints:
            self._take_back()
        shutil.rmtree(self.work, ignore_errors=True)

    def bundle(self, bundle: Bundle) -> Tried:
        report = Report()
        unknown_year, folders = self.knowledge.addresses.parts.unknown, self.folders.values()
        there = placed(_members(bundle, report), folders, unknown_year, bundle.shown, report)
        members = {member.path: member for member in there}
        unpacked = self.work / str(len(self.contents)) / "content"
        held = [path for path, member in members.items() if self._is_there(member, bundle.shown, report)]
        refused = {problem.position.line for problem in report}
        new = {p: m for p, m in members.items() if p not in held and m.line - 1 not in refused}
        _unpack({path: member.data for path, member in new.items()}, unpacked)
        merged, found = self._follow(unpacked)
        report.found += (self._at_member(problem, members, bundle.shown) for problem in found)
        good = not self.catalogue.errors(report)
        if good:
            self.known |= {_without_guess(problem) for problem in found}
            self.givers |= dict.fromkeys(new, bundle.shown)
            self.found = merged
        else:
            self._take_back()
        return Tried(bundle, good, tuple(report), tuple(new), tuple(held), unpacked)

    def files(self, files: Mapping[str, bytes]) -> list[Problem]:
        unpacked = self.work / "files" / "content"
        _unpack(files, unpacked)
        return self._follow(unpacked)[1]

    def _is_there(self, member: Member, shown: str, report: Report) -> bool:
        """True if the very file is there; another file, or another bundle's, is a problem."""
        where = Position(member.line - 1, 4)
        content, *tried = self.contents
        file = content / member.path
        if file.parent.resolve() != content.resolve() / Path(member.path).parent:
            report.add("symlink", shown, where)
            return False
        if os.path.lexists(file):
            same = file.is_file() and not file.is_symlink() and file.read_bytes() == member.data
            if not same:
                report.add("bundle-taken", shown, where, member=member.path)
            return same
        if twin := self._twin(member.path):
            report.add("bundle-twin", shown, where, member=member.path, other=twin)
            return False
        for other in (one / member.path for one in tried):
            if other.is_file() and other.read_bytes() != member.data:
                report.add("bundle-both", shown, where, member=member.path, other=self.givers[member.path])
        return False

    def _twin(self, path: str) -> str | None:
        """A source with the same name but for capital letters: one file to Windows and macOS."""
        folder, _, name = path.partition("/")
        if folder != SOURCES:
            return None  # ids have no capitals
        names = (f"{folder}/{other}" for other in self.found.sources if other.lower() == name.lower() and other != name)
        return next(names, None)

    def _follow(self, unpacked: Path) -> tuple[Scan, list[Problem]]:
        """What lies in content/ with these files, and what is wrong with the archive that was not wrong before."""
        self.steps.db.savepoint()
        self.savepoints += 1
        self.contents.append(unpacked)
        report, before = Report(), self.found
        new = scan(unpacked, self.folders, report)
        records = dict(before.records)
        for key, (shown, signature) in new.records.items():
            if key not in before.records:
                records[key] = (shown, signature)
            elif shown != before.records[key][0]:
                report.add("duplicate-id", shown, id=key.partition("/")[2], first=before.records[key][0])
        merged = Scan(records, {**before.sources, **new.sources}, before.ledger)
        renew_facts(self.steps, self.paths, self.knowledge, merged)
        report.found += problems_of(self.steps.db, FACTS)
        if self.pages and not self.catalogue.errors(p for p in report if _without_guess(p) not in self.known):
            report.found += self.pages()
        return merged, [problem for problem in report if _without_guess(problem) not in self.known]

    def _at_member(self, problem: Problem, members: Mapping[str, Member], shown: str) -> Problem:
        """The problem at the bundle's own line, if it is about one of its files."""
        values = dict(problem.values)
        if member := members.get(problem.path.removeprefix("content/")):
            return _in_bundle(problem, values, shown, member)
        address = values.get("address") or f"/{problem.path.removeprefix('site/')}"
        for path, member in members.items():
            folder, stem = path.split("/")[0], Path(path).stem
            if problem.path.startswith(f"content/{folder}/") and stem == values.get("other"):
                return _turned(problem, values, shown, member)
            if folder in self.addresses and address.startswith(f"/{self.addresses[folder]}/{stem}/"):
                return dataclasses.replace(problem, path=shown, position=Position(member.line - 1, 4))
        return problem

    def _take_back(self) -> None:
        self.steps.db.roll_back_to_savepoint()
        self.savepoints -= 1
        shutil.rmtree(self.contents.pop().parent, ignore_errors=True)


def _unpack(files: Mapping[str, bytes], folder: Path) -> None:
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _members(bundle: Bundle, report: Report) -> list[Member]:
    size = bundle.file.stat().st_size
    if size > MAX_BYTES:
        report.add("bundle-too-large", bundle.shown, size=size, limit=MAX_BYTES)
        return []
    data = bundle.file.read_bytes()
    try:
        members = read_bundle(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        report.add("not-utf-8", bundle.shown, Position(line, column), byte=f"0x{data[error.start]:02X}")
        return []
    except BadBundle as error:
        values = {name: printable(value[:80]) for name, value in error.values.items()}
        report.add(error.code, bundle.shown, Position(error.line, 1), **values)
        return []
    if len(members) > MOST_FILES:
        report.add("bundle-too-many", bundle.shown, count=len(members), limit=MOST_FILES)
        return []
    return members


def _in_bundle(problem: Problem, values: dict[str, str], shown: str, member: Member) -> Problem:
    """What is said of a file, said of the lines that hold it."""
    if member.encoded:
        return dataclasses.replace(problem, path=shown, position=Position(member.line - 1, 4))
    first = values.get("first", "")
    if first.isdigit():  # a line, too
        values["first"] = str(member.line - 1 + int(first))
    position = problem.position._replace(line=member.line - 1 + problem.position.line)
    return Problem(shown, position, problem.code, tuple(sorted(values.items())))


def _turned(problem: Problem, values: dict[str, str], shown: str, member: Member) -> Problem:
    """What is said of two records, from the side of the other."""
    values["other"] = Path(problem.path).stem
    if "other_name" in values:
        values["name"], values["other_name"] = values["other_name"], values["name"]
    return Problem(shown, Position(member.line, 1), problem.code, tuple(sorted(values.items())))


def _without_guess(problem: Problem) -> Problem:
    """A did-you-mean may be another once there are more records; the problem is the same."""
    values = tuple((name, value) for name, value in problem.values if name != "suggestion")
    return dataclasses.replace(problem, values=values)
