"""Records that no article names, and no other record either.

In: a database, and the kinds of records. Out: kind and id of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.database import Database, Query

_RECORDS = Query("SELECT id FROM record WHERE kind = :kind ORDER BY id", str)
_IN_TEXT = Query("SELECT article FROM naming WHERE kind = :kind AND record = :id LIMIT 1", str)
_NO_RECORDS = frozenset({"articles"})


def _ids(table: str, column: str) -> Query[str]:
    return Query(f"SELECT {column} FROM {table} ORDER BY {column}", lambda id: id or "")


_LINKS = {
    "officials": (_ids("participant", "official"),),
    "events": (_ids("article", "event"), _ids("appearance", "event")),
    "documents": (
        _ids("cited_document", "document"),
        _ids("candidate", "document"),
        _ids("relation", "document"),
        _ids("carries_out", "document"),
    ),
}
_ADDED = (_ids("entity_link", "own_record"),)


def find_unnamed(db: Database, kinds: Iterable[str]) -> Iterator[tuple[str, str]]:
    """By kind and id. Texts are asked only for what no field names: nearly everything is named in one."""
    for kind in kinds:
        if kind in _NO_RECORDS:
            continue
        linked = {id for query in _LINKS.get(kind, _ADDED) for id in db.ask(query)}
        for id in db.ask(_RECORDS, kind=kind):
            if id not in linked and db.first(_IN_TEXT, kind=kind, id=id) is None:
                yield kind, id
