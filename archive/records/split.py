"""One record was two: articles that speak of another person, document or event get a record of their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archive.read.nodes import Value, front_of, with_value
from archive.records.draft import Draft, Refused, Stamp, Subject
from archive.records.moved import check_free
from archive.records.references import links_to
from archive.records.remove import put_stone
from archive.records.rename import CORRECTIONS, check_id, give_id

_NOT_SAME = "not_same_as"


def split(
    draft: Draft, subject: Subject, id: str, articles: Sequence[Subject], stamp: Stamp, rest: str | None = None
) -> None:
    """The articles point to the new record `id`. With `rest` all others point to a second one, and the old goes.

    Its address then offers both. Raises Refused for an id that is taken, and for an article that does not name it.
    """
    if subject.is_article:
        raise Refused("split-article", id=subject.id)
    for one in filter(None, (id, rest)):
        check_id(one)
        check_free(draft, subject.kind.id, one, f"/{subject.kind.address}/{one}/")
    if id == rest:
        raise Refused("records-taken", id=id, path=subject.path)
    path = f"{subject.path.rpartition('/')[0]}/{id}.md"
    _begin(draft, subject, path)
    for article in articles:
        _lead_article(draft, article, subject, id, stamp)
    _move_evidence(draft, subject.path, path, {article.id for article in articles})
    draft.add(path, _NOT_SAME, [rest or subject.id])
    draft.add(path, CORRECTIONS, [stamp.correction("id", subject.id, id)])
    draft.paths[f"{subject.kind.id}/{id}"] = path
    if rest:
        draft.add(subject.path, _NOT_SAME, [id])
        give_id(draft, subject, rest, stamp)
        put_stone(draft, subject, stamp, [id, rest])
    else:
        draft.add(subject.path, _NOT_SAME, [id])
        draft.add(subject.path, CORRECTIONS, [stamp.correction(_NOT_SAME, None, id)])


def _begin(draft: Draft, subject: Subject, path: str) -> None:
    """A record with the name of the old one; what it knows beside is known of the old one only."""
    text = "---\nname: null\n---\n"
    for name, spec in draft.fields(subject.kind.id).items():
        if spec.required:
            text = with_value(front_of(text), name, draft.value(subject.path, name))
    draft.put(path, text)


def _lead_article(draft: Draft, article: Subject, old: Subject, id: str, stamp: Stamp) -> None:
    found = links_to(draft, article.kind.id, article.path, old)
    if not found:
        raise Refused("split-not-named", path=article.path, id=old.id)
    for link in found:
        draft.set(article.path, link.place, id)
    draft.add(article.path, CORRECTIONS, [stamp.correction(link.place, old.id, id) for link in found])


def _move_evidence(draft: Draft, path: str, new: str, articles: Collection[str]) -> None:
    """Evidence from the articles goes along, with what rests on nothing else, and an event's day."""
    _move_items(draft, path, new, "evidence", [_is_of(item, articles) for item in draft.items(path, "evidence")])
    for field in ("relations", "carries_out"):
        whole = [_rests_on(item, articles) for item in draft.items(path, field)]
        _move_items(draft, path, new, field, whole)
    if draft.value(path, "date_basis.article") in articles:
        for name in ("date", "date_basis"):
            draft.set(new, name, draft.value(path, name))
            draft.set(path, name, None)


def _move_items(draft: Draft, path: str, new: str, field: str, which: Sequence[bool]) -> None:
    items = draft.items(path, field)
    draft.add(new, field, [item for item, moves in zip(items, which, strict=True) if moves])
    draft.take(path, field, [number for number, moves in enumerate(which) if moves])


def _is_of(evidence: Value, articles: Collection[str]) -> bool:
    return isinstance(evidence, dict) and evidence.get("article") in articles


def _rests_on(item: Value, articles: Collection[str]) -> bool:
    evidence = item.get("evidence") if isinstance(item, dict) else None
    return isinstance(evidence, list) and bool(evidence) and all(_is_of(one, articles) for one in evidence)
