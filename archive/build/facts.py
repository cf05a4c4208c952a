"""The steps from files to facts: what every page rests on.

In: what lies in content/. Out: the database up to date with it. What was done is kept after each step, together with
marks of what changed and has not been acted on, so that a build that is killed goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archive.build import worker
from archive.build.inputs import Inputs
from archive.build.steps import Steps
from archive.build.tasks import COLLECTIONS
from archive.build.worker import Worker
from archive.config import Paths
from archive.database import Database
from archive.knowledge import Knowledge
from archive.model.records import PAGES, REMOVED
from archive.problems import Problem
from archive.read import Scan

_ARTICLES, _EVENTS = "articles", "events"
_WITHDRAWS = "withdraws"  # setting
_RIGHTS = "SELECT rights FROM article WHERE id = ?"


def folders(knowledge: Knowledge) -> dict[str, str]:
    """Kind → the folder of its files below content/."""
    return {kind.id: kind.folder for kind in knowledge.kinds.values()} | {PAGES: PAGES, REMOVED: REMOVED}


def renew_facts(steps: Steps[Worker], paths: Paths, knowledge: Knowledge, found: Scan) -> None:
    """All steps that come before the first page."""
    _read(steps, paths, knowledge, found)
    articles = _ids(steps.db, _ARTICLES)
    records = [f"{kind}/{id}" for kind in knowledge.kinds if kind != _ARTICLES for id in _ids(steps.db, kind)]
    steps.renew("alike", worker.alike, _by_key(articles))
    steps.renew("event", worker.event, _by_key(_ids(steps.db, _EVENTS)))
    steps.renew("authority", worker.authority, _by_key(records))
    steps.renew("collection", worker.collection, _by_key(COLLECTIONS))
    lists = (name for (name,) in steps.db.rows("SELECT DISTINCT list FROM list_entry"))
    steps.renew("list", worker.long_list, _by_key(lists))


def problems_of(db: Database, steps: Iterable[str]) -> Iterator[Problem]:
    """What is wrong today, also where nothing was done again."""
    for step in steps:
        yield from db.problems(step)


def withdraws(db: Database) -> bool:
    """Whether something has been withdrawn from readers that is still published."""
    return bool(db.setting(_WITHDRAWS))


def withdrawn(db: Database) -> None:
    """Nothing of it is published any more."""
    db.set(_WITHDRAWS, b"")


def _read(steps: Steps[Worker], paths: Paths, knowledge: Knowledge, found: Scan) -> None:
    """Reads the files that changed: records, then articles, which ask for records."""
    db, words = steps.db, knowledge.labels["progress"]
    inputs = Inputs(db, found, paths.site_config / "redirects.yml")
    files = {key: (key, shown) for key, shown in inputs.tasks.items() if not _is_article(key)}
    articles = {_id(key): (_id(key), shown) for key, shown in inputs.tasks.items() if _is_article(key)}
    changed = {_id(key) for key in inputs.changed if _is_article(key)}

    of_records = steps.work("record", worker.record, files, inputs.changed)
    for _ in steps.run(of_records, words["read"]):
        pass
    inputs.keep(lambda key: not _is_article(key))
    if not of_records.is_first and (_withheld(db, changed) or any(map(_is_tombstone, inputs.changed))):
        db.set(_WITHDRAWS, b"1")
    db.commit()

    of_articles = steps.work("article", worker.article, articles, changed)
    for _ in steps.run(of_articles, words["mentions"]):
        pass
    inputs.keep(_is_article)
    if not of_articles.is_first and _withheld(db, changed):
        db.set(_WITHDRAWS, b"1")
    db.commit()


def _withheld(db: Database, articles: Iterable[str]) -> bool:
    """Whether the rights of one of the articles withhold something."""
    return any(rights != "full" for id in articles for (rights,) in db.rows(_RIGHTS, (id,)))


def _is_article(key: str) -> bool:
    return key.startswith(f"{_ARTICLES}/")


def _is_tombstone(key: str) -> bool:
    return key.startswith(f"{REMOVED}/")


def _id(key: str) -> str:
    return key.partition("/")[2]


def _ids(db: Database, kind: str) -> list[str]:
    return [id for (id,) in db.rows("SELECT id FROM record WHERE kind = ?", (kind,))]


def _by_key(keys: Iterable[str]) -> Mapping[str, str]:
    return {key: key for key in keys}
