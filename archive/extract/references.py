"""Records to a corpus: references lead somewhere.

In: typed records. Out: one `Corpus`, and a problem for every reference that leads nowhere. A
dangling reference is reported, and the record that holds it is kept: rendering treats it as
"not identified".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from archive.knowledge import Knowledge
from archive.language.spelling import slug
from archive.model.corpus import Corpus
from archive.model.records import Article, Authority, Record
from archive.model.schema import Group, Many, Reference, fields_of
from archive.problems import Report, either
from archive.suggestions import meant_ids


def assemble_corpus(records: Iterable[tuple[str, Record]], knowledge: Knowledge, report: Report) -> Corpus:
    """Joins `(kind, record)` pairs; ids are unique within a kind (read/scan.py sees to it)."""
    by_kind: dict[str, dict[str, Any]] = {kind: {} for kind in knowledge.kinds}
    for kind, record in records:
        by_kind[kind][record.id] = record
    ordered = {kind: dict(sorted(found.items())) for kind, found in by_kind.items()}
    corpus = Corpus(
        articles=ordered["articles"],
        events=ordered["events"],
        officials=ordered["officials"],
        documents=ordered["documents"],
        entities={kind: ordered[kind] for kind in knowledge.added_kinds},
    )
    for kind, found in ordered.items():
        for record in found.values():
            check_references(kind, record, corpus, knowledge, report, knowledge.kinds)
    return corpus


def references(value: Any, at: str = "") -> Iterator[tuple[str, str, str]]:
    """Every reference a record holds, as (dotted place, kind, id)."""
    for name, field in fields_of(type(value)).items():
        held = getattr(value, name)
        dotted = f"{at}.{name}" if at else name
        kind = field.kind
        if held is None:
            continue
        members = enumerate(held) if isinstance(kind, Many) else [(None, held)]
        inner = kind.of if isinstance(kind, Many) else kind
        for index, member in members:
            place = dotted if index is None else f"{dotted}.{index}"
            if isinstance(inner, Reference):
                yield place, inner.kind, member
            elif isinstance(inner, Group):
                yield from references(member, place)


def check_references(
    kind: str, record: Record, corpus: Corpus, knowledge: Knowledge, report: Report, among: Collection[str]
) -> None:
    """What one record points to is there; `among` are the kinds that are looked at."""
    found = (*references(record), *_untyped_references(kind, record, knowledge))
    for place, target, id in (one for one in found if one[1] in among):
        known = corpus.records(target)
        if id not in known and (stone := corpus.removed.get(id)) and stone.kind == target:
            place_of_it = record.origin.at(place)
            report.add("removed-record", record.origin.path, place_of_it, field=place, id=id, stone=stone.origin.path)
        elif id not in known:
            report.add(
                "unknown-record",
                record.origin.path,
                record.origin.at(place),
                field=place,
                id=id,
                folder=knowledge.kinds[target].folder,
                suggestion=either(meant_ids(id, known)),
            )
    for place, (target, written) in record.origin.not_ids.items():
        if target not in among:
            continue
        meant = meant_ids(written, corpus.records(target)) or [slug(written)]
        meant = [id for id in meant if id and id != written]
        report.add(
            "bad-id",
            record.origin.path,
            record.origin.at(place),
            field=place,
            value=written,
            suggestion=either(meant),
        )


def _untyped_references(kind: str, record: Record, knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    """References whose kind depends on the record: same-kind links and added kinds."""
    if isinstance(record, Authority):
        for index, other in enumerate(record.not_same_as):
            yield f"not_same_as.{index}", kind, other
        for index, possibly in enumerate(record.possibly_same_as):
            yield f"possibly_same_as.{index}.record", kind, possibly.record
    if isinstance(record, Article):
        for added in knowledge.added_kinds.values():
            links = record.entities.get(added.article_field or "", ())
            for index, link in enumerate(links):
                if link.record:
                    yield f"{added.article_field}.{index}.record", added.id, link.record
