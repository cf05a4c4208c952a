"""A record is taken down: its file and its source go, references to it too, and a tombstone stays at its address."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from archive.model.records import PAGES, REMOVED
from archive.read.nodes import Value, front_of, with_value
from archive.records.draft import Draft, Stamp, Subject
from archive.records.moved import add_redirect
from archive.records.references import Link, drop_links, files_naming, links

_RESTING = ("relations", "carries_out")  # lists whose members rest on evidence of their own
_WEAK = ("not_same_as", "possibly_same_as", "split_into")  # who is only told apart from a record does not name it


def remove(draft: Draft, subject: Subject, stamp: Stamp) -> None:
    """One record. Words of it that stand elsewhere stay, but for evidence that names it."""
    if subject.is_article:
        drop_source(draft, subject)
    draft.drop(subject.path)
    del draft.paths[f"{subject.kind.id}/{subject.id}"]
    for kind, path, found in list(files_naming(draft, subject)):
        _forget(draft, kind, path, found)
    put_stone(draft, subject, stamp, [])


def put_stone(draft: Draft, subject: Subject, stamp: Stamp, split_into: list[str]) -> None:
    """The page that stays at the address of a record; an id that another kind has used up gets a number."""
    id, number = subject.id, 1
    while f"{REMOVED}/{id}" in draft.paths:
        number += 1
        id = f"{subject.id}-{number}"
    fields: dict[str, Value] = {"kind": subject.kind.id, "date": stamp.date, "reason": stamp.reason}
    if stamp.by:
        fields["by"] = stamp.by
    if split_into:
        fields["split_into"] = [*split_into]
    text = "---\nkind: articles\n---\n"
    for name, value in fields.items():
        text = with_value(front_of(text), name, value)
    path = f"content/{REMOVED}/{id}.md"
    draft.put(path, text)
    draft.paths[f"{REMOVED}/{id}"] = path
    if id != subject.id:
        add_redirect(draft, subject.address, f"/{subject.kind.address}/{id}/", stamp.reason)


def drop_source(draft: Draft, article: Subject) -> None:
    """The file of content/sources/, unless another article has it as well."""
    name = draft.value(article.path, "source.file")
    if not isinstance(name, str):
        return
    others = (path for kind, path in draft.holding(name) if kind == "articles" and path != article.path)
    if not any(draft.value(path, "source.file") == name for path in others):
        try:
            draft.drop(f"content/sources/{name}")
        except OSError:
            draft.tell("remove-no-source", path=f"content/sources/{name}")


def _forget(draft: Draft, kind: str, path: str, found: list[Link]) -> None:
    """References go; an event's day goes with the article that it rests on, and so does what has no evidence left."""
    if kind == "events" and any(link.place == "date_basis.article" for link in found):
        found = [link for link in found if link.place != "date_basis.article"]
        draft.set(path, "date_basis", None)
        draft.set(path, "date", None)
        draft.tell("remove-date", path=path)
    bare = {name: set(_bare(draft, path, name)) for name in _RESTING}
    drop_links(draft, path, found)
    for name in _RESTING:
        left = [number for number in _bare(draft, path, name) if number not in bare[name]]
        draft.take(path, name, left)


def _bare(draft: Draft, path: str, name: str) -> Iterator[int]:
    for number, member in enumerate(draft.items(path, name)):
        if isinstance(member, dict) and not member.get("evidence"):
            yield number


def only_named_by(draft: Draft, gone: Collection[Subject]) -> list[Subject]:
    """Records that nothing but `gone` names, and those that these alone name; in order."""
    found: list[Subject] = []
    left = list(gone)
    while left:
        one = left.pop()
        for other in _named(draft, one):
            if other not in (*gone, *found) and not _is_named(draft, other, [*gone, *found]):
                found.append(other)
                left.append(other)
    return sorted(found, key=lambda subject: subject.path)


def _named(draft: Draft, subject: Subject) -> Iterator[Subject]:
    """Whom a record names, and what rests on its words."""
    for kind in draft.knowledge.kinds.values():
        if kind.id == "articles":
            continue
        for link in links(draft, subject.kind.id, subject.path, kind.id):
            path = draft.paths.get(f"{kind.id}/{link.id}")
            if path and link.place.partition(".")[0] not in _WEAK:
                yield Subject(kind, link.id, path)
    if subject.is_article:
        for kind_id, path, _ in files_naming(draft, subject):
            if kind_id in draft.knowledge.kinds and kind_id != "articles":
                id = path.rpartition("/")[2].removesuffix(".md")
                yield Subject(draft.knowledge.kinds[kind_id], id, path)


def _is_named(draft: Draft, subject: Subject, beside: Collection[Subject]) -> bool:
    """Whether another record names it, it rests on the words of another article, or another text prints its number."""
    own = {subject.path, *(one.path for one in beside)}
    for kind, path, found in files_naming(draft, subject):
        strong = any(link.place.partition(".")[0] not in _WEAK for link in found)
        if path not in own and kind not in (REMOVED, PAGES) and strong:
            return True
    articles = {f"articles/{one.id}" for one in beside if one.is_article}
    for link in links(draft, subject.kind.id, subject.path, "articles"):
        if f"articles/{link.id}" in draft.paths and f"articles/{link.id}" not in articles:
            return True
    number = draft.value(subject.path, "number") if subject.kind.id == "documents" else None
    texts = draft.holding(number) if isinstance(number, str) else ()
    return any(kind == "articles" and path not in own for kind, path in texts)
