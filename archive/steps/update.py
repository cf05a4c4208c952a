"""Brings the facts of a store up to date with content/: the levels from files to dossiers.

In: a store, a crew, and what lies in content/. Out: the names of everything that changed. After
each level what was done is kept together with the names that changed and that nobody has acted on
yet, so that a build that is killed goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from archive.check import check_removed, check_same_key, check_similar_names, check_unused_sources
from archive.disk import Disk
from archive.memo import Levels, Made, Store
from archive.memo.levels import Compute
from archive.model.records import PAGES, REMOVED
from archive.problems import Problem, Report
from archive.progress import Progress
from archive.read import Scan, scan
from archive.steps.crew import Crew
from archive.steps.facts import Facts
from archive.steps.stored import decode_problems, decoder, encode

LEVELS = ("record", "article", "alike", "event", "dossier", "longer", "check")


@dataclass(frozen=True, slots=True)
class Update:
    """`changed` is None where everything is new. `problems` are those of the folders."""

    changed: frozenset[str] | None
    problems: tuple[Problem, ...]


def update_facts(facts: Facts, store: Store, crew: Crew, progress: Progress, disk: Disk | None = None) -> Update:
    """All levels; commits after each."""
    report = Report()
    folders = {kind.id: kind.folder for kind in facts.knowledge.kinds.values()} | {PAGES: PAGES, REMOVED: REMOVED}
    found = scan(facts.paths.content, folders, report, disk)
    kept = store.fact("scan")
    if kept is None:
        _fill(facts, store, crew, found, progress)
        changed: frozenset[str] | None = None
    else:
        before: Scan = decoder(Scan)(kept)
        renewed = renew_facts(facts, store, crew, before, found)
        changed = None if store.fact("anew") else renewed
    return Update(changed, tuple(report))


def _fill(facts: Facts, store: Store, crew: Crew, found: Scan, progress: Progress) -> None:
    words = facts.knowledge.labels["progress"]

    def compute(keys: list[str]) -> Iterator[Made]:
        return crew.map("record", [(key, found.records[key][0]) for key in keys])

    _fill_level(store, "record", found.records, compute, progress, words["read"])
    fill_from_records(facts, store, crew, progress)
    for made in Levels(store).fill("check", lambda keys: _checks(facts, store, found, keys), _CHECKS):
        del made
    store.keep("scan", encode(found))
    store.keep("anew", b"1")
    store.keep("changed", encode(set[str]()))
    store.commit()


def fill_from_records(facts: Facts, store: Store, crew: Crew, progress: Progress) -> None:
    """What follows from the records of a store that holds nothing else."""
    mentions = facts.knowledge.labels["progress"]["mentions"]
    for level, keys, words in (
        ("article", _ids(store, "articles"), mentions),
        ("alike", _ids(store, "articles"), ""),
        ("event", _ids(store, "events"), ""),
        ("dossier", _authorities(facts, store), ""),
    ):
        _fill_level(store, level, keys, partial(crew.map, level), progress, words)
    lists = [name for name in store.lists("") if not name.startswith("in/")]
    _fill_level(store, "longer", lists, lambda keys: _longer(facts, store, keys), progress)


def _fill_level(
    store: Store, level: str, keys: Iterable[str], compute: Compute, progress: Progress, words: str = ""
) -> None:
    ordered = sorted(keys)
    made = Levels(store).fill(level, compute, ordered)
    for _ in progress.over(made, words, len(ordered)) if words else made:
        pass
    store.commit()


def renew_facts(facts: Facts, store: Store, crew: Crew, before: Scan, found: Scan) -> frozenset[str]:
    """From one state of content/ to another; the names that changed and that nobody has acted on yet."""
    kept = store.fact("changed")
    pending: set[str] = decoder(set[str])(kept) if kept else set()
    levels = Levels(store, pending)
    differing = {key for key, held in found.records.items() if before.records.get(key) != held}
    levels.changed |= {
        f"source/{name}"
        for name in before.sources.keys() | found.sources.keys()
        if before.sources.get(name) != found.sources.get(name)
    }
    if before.sources.keys() != found.sources.keys():
        levels.changed.add("source/*")
    gone = before.records.keys() - found.records.keys()
    if not (differing or gone or levels.changed):
        return frozenset()

    def run(level: str, made: Iterator[Made]) -> None:
        for _ in made:
            pass
        facts.archive.forget()
        store.keep("changed", encode(levels.changed))
        if level == "record":
            store.keep("scan", encode(found))
        store.commit()

    tasks = found.records
    run(
        "record",
        levels.run(
            "record", lambda keys: crew.map("record", [(k, tasks[k][0]) for k in keys]), added=differing, removed=gone
        ),
    )
    for level, prefix in (
        ("article", "records/articles/"),
        ("alike", "records/articles/"),
        ("event", "records/events/"),
    ):
        new, lost = _came_and_went(levels.changed, store, [prefix], strip=len(prefix))
        run(level, levels.run(level, partial(crew.map, level), added=new, removed=lost))
    kinds = [f"records/{kind}/" for kind in facts.knowledge.kinds if kind not in ("articles", "events")]
    new, lost = _came_and_went(levels.changed, store, kinds, strip=len("records/"))
    run("dossier", levels.run("dossier", partial(crew.map, "dossier"), added=new, removed=lost))
    lists = {name[:-2] for name in levels.changed if name.endswith("=*") and not name.startswith("in/")}
    run("longer", levels.run("longer", lambda keys: _longer(facts, store, keys), added=lists))
    run("check", levels.run("check", lambda keys: _checks(facts, store, found, keys)))
    return frozenset(levels.changed)


def _came_and_went(names: Iterable[str], store: Store, prefixes: list[str], strip: int) -> tuple[set[str], set[str]]:
    """Of changed records those that are there, and those that are not, without the first letters of their names."""
    own = {name for name in names if any(name.startswith(prefix) for prefix in prefixes) and not name.endswith("*")}
    there = {name for name in own if store.has(name)}
    return {name[strip:] for name in there}, {name[strip:] for name in own - there}


def _ids(store: Store, kind: str) -> list[str]:
    prefix = f"records/{kind}/"
    return [name.removeprefix(prefix) for name in store.names(prefix)]


def _authorities(facts: Facts, store: Store) -> list[str]:
    kinds = [kind for kind in facts.knowledge.kinds if kind not in ("articles", "events")]
    return [f"{kind}/{id}" for kind in kinds for id in _ids(store, kind)]


def _longer(facts: Facts, store: Store, lists: Iterable[str]) -> Iterator[Made]:
    """Whether lists are too long for one page: a value of its own, because it hardly ever changes."""
    for name in lists:
        count = sum(many for _, many in store.parts(name))
        yield Made(name, {f"longer/{name}": encode(count > facts.settings.list_size)})


_CHECKS = ("document-keys", "names", "removed", "sources")


def _checks(facts: Facts, store: Store, found: Scan, keys: Iterable[str]) -> Iterator[Made]:
    """What can only be said of all records of a kind together."""
    archive = facts.archive
    for key in keys:
        report = Report()
        with archive.tracker.watching() as reads:
            if key == "document-keys":
                for part, count in archive.index.parts("in/document-keys"):
                    ids = archive.index.ids("in/document-keys", part) if count > 1 else ()
                    check_same_key([archive.corpus.documents[id] for id in ids], report)
            elif key == "names":
                check_similar_names(_named(facts), archive.corpus.officials, report)
            elif key == "removed":
                check_removed(archive.corpus, report)
            elif key == "sources":
                archive.tracker.read("source/*")
                archive.tracker.read(f"records/{REMOVED}/*")
                used = {part for part, _ in archive.index.parts("in/sources")}
                for content in facts.contents:
                    check_unused_sources(used, content, report)
        yield Made(key, problems=encode(list(report)) if report.found else b"", reads=frozenset(reads))


def _named(facts: Facts) -> Iterator[tuple[str, str]]:
    """(name, id) of every official."""
    index = facts.archive.index
    for name, _ in index.parts("in/official-names"):
        for id in index.ids("in/official-names", name):
            yield name, id


def problems_of(store: Store, levels: Iterable[str]) -> Iterator[Problem]:
    """What is wrong today, also where nothing was computed again."""
    for level in levels:
        for blob in store.problems(level):
            yield from decode_problems(blob)


def settle(store: Store) -> None:
    """What changed has been acted on; kept with the next commit."""
    store.keep("anew", b"")
    store.keep("changed", encode(set[str]()))
