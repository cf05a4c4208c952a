"""References between records, in their files: where they stand, and how they are led elsewhere or dropped.

In: a draft and a record. Out: the draft with other references. Words of sources are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.model.records import PAGES, REMOVED
from archive.model.schema import FieldSpec, Group, Many, Reference, fields_of
from archive.read.nodes import Value, tree
from archive.records.draft import Draft, Subject

_NOT_SAME, _PERHAPS_SAME, _SPLIT = "not_same_as", "possibly_same_as", "split_into"


@dataclass(frozen=True, slots=True)
class Link:
    """A reference in a file. `item` is the list item that goes with it, as (list, number); None: it becomes null."""

    place: str
    id: str
    item: tuple[str, int] | None


def links(draft: Draft, kind: str, path: str, target: str) -> list[Link]:
    """All references to records of the kind `target` in a file, in order."""
    held = tree(draft.front(path).root)
    if not isinstance(held, dict):
        return []
    found = list(_in_group(held, draft.fields(kind), target, "", None))
    if kind == target or (kind == REMOVED and held.get("kind") == target):
        found += _of_the_same_kind(held)
    if kind == "articles" and (field := _field_of_added(draft, target)):
        found += _of_added(held.get(field), field)
    return found


def _in_group(
    held: Mapping[str, Value], fields: Mapping[str, FieldSpec], target: str, at: str, item: tuple[str, int] | None
) -> Iterator[Link]:
    for name, spec in fields.items():
        kind, value = spec.kind, held.get(name)
        if isinstance(kind, Reference) and kind.kind == target and isinstance(value, str):
            yield Link(f"{at}{name}", value, item if spec.required else None)
        elif isinstance(kind, Group) and isinstance(value, dict):
            yield from _in_group(value, fields_of(kind.of), target, f"{at}{name}.", item)
        elif isinstance(kind, Many) and isinstance(kind.of, Group) and isinstance(value, list):
            for number, member in enumerate(value):
                if isinstance(member, dict):
                    own = (f"{at}{name}", number)
                    yield from _in_group(member, fields_of(kind.of.of), target, f"{at}{name}.{number}.", own)


def _of_the_same_kind(held: Mapping[str, Value]) -> Iterator[Link]:
    for field in (_NOT_SAME, _SPLIT):
        members = held.get(field)
        for number, id in enumerate(members if isinstance(members, list) else ()):
            if isinstance(id, str):
                yield Link(f"{field}.{number}", id, (field, number))
    members = held.get(_PERHAPS_SAME)
    for number, member in enumerate(members if isinstance(members, list) else ()):
        if isinstance(member, dict) and isinstance(id := member.get("record"), str):
            yield Link(f"{_PERHAPS_SAME}.{number}.record", id, (_PERHAPS_SAME, number))


def _field_of_added(draft: Draft, kind: str) -> str | None:
    added = draft.knowledge.added_kinds.get(kind)
    return added.article_field if added else None


def _of_added(members: Value, field: str) -> Iterator[Link]:
    for number, member in enumerate(members if isinstance(members, list) else ()):
        if isinstance(member, dict) and isinstance(id := member.get("record"), str):
            yield Link(f"{field}.{number}.record", id, None)


def files_naming(draft: Draft, subject: Subject) -> Iterator[tuple[str, str, list[Link]]]:
    """Kind and path of every file that points to a record, with the references that do."""
    for kind, path in draft.holding(subject.id):
        if kind == PAGES or path == subject.path:
            continue
        if found := links_to(draft, kind, path, subject):
            yield kind, path, found


def links_to(draft: Draft, kind: str, path: str, subject: Subject) -> list[Link]:
    """The references in a file, of a kind, that lead to a record."""
    return [link for link in links(draft, kind, path, subject.kind.id) if link.id == subject.id]


def lead_to(draft: Draft, old: Subject, new: str) -> None:
    """Every reference to a record, and every address of it in notes, leads to the record `new` of its kind."""
    for _, path, found in list(files_naming(draft, old)):
        for link in found:
            draft.set(path, link.place, new)
        _follow_doubts(draft, path, {link.place for link in found}, old.id, new)
        drop_repeated(draft, path)
    lead_addresses(draft, old, new)


def _follow_doubts(draft: Draft, path: str, places: set[str], old: str, new: str) -> None:
    """A doubt repeats the value that it is about."""
    for number, doubt in enumerate(draft.items(path, "unsure")):
        if isinstance(doubt, dict) and doubt.get("field") in places and doubt.get("value") == old:
            draft.set(path, f"unsure.{number}.value", new)


def drop_repeated(draft: Draft, path: str) -> None:
    """What says one thing twice after a merge says it once, with the evidence of both."""
    for field in (_NOT_SAME, _SPLIT, _PERHAPS_SAME, "relations", "carries_out", "evidence"):
        keys = [key_of(item) for item in draft.items(path, field)]
        repeated = [number for number, key in enumerate(keys) if key in keys[:number]]
        for number in repeated:
            unite_evidence(draft, path, f"{field}.{keys.index(keys[number])}", draft.items(path, field)[number])
        draft.take(path, field, repeated)


def unite_evidence(draft: Draft, path: str, member: str, other: Value) -> None:
    """The member of a list rests on the evidence of another one, too, that says the same."""
    more = other.get("evidence") if isinstance(other, dict) else None
    if isinstance(more, list):
        own = draft.items(path, f"{member}.evidence")
        draft.add(path, f"{member}.evidence", [item for item in more if item not in own])


def key_of(item: Value) -> str:
    """What two members of a list have in common if they say the same thing; evidence and reasons may differ."""
    if not isinstance(item, dict):
        return str(item)
    if "record" in item:
        return str(item["record"])
    return str(sorted((name, str(value)) for name, value in item.items() if name != "evidence"))


def drop_links(draft: Draft, path: str, found: list[Link]) -> None:
    """References become null; what can't be without one goes with it."""
    items: dict[str, list[int]] = {}
    for link in found:
        if link.item is None:
            draft.set(path, link.place, None)
        else:
            items.setdefault(link.item[0], []).append(link.item[1])
    for field, numbers in sorted(items.items(), reverse=True):
        draft.take(path, field, numbers)


def lead_addresses(draft: Draft, old: Subject, new: str) -> None:
    """Links in notes and in pages written by hand; the text of an article is its source's and stays."""
    address = re.compile(rf"(?<![\w-]){re.escape(f'{old.kind.address}/{old.id}')}(?=[/#?)\s\"']|$)", re.MULTILINE)
    for kind, path in list(draft.holding(f"{old.kind.address}/{old.id}")):
        if kind in ("articles", REMOVED):
            continue
        front = draft.front(path)
        body_at = front.start + len(front.text)
        text = draft.text(path)
        body = address.sub(f"{old.kind.address}/{new}", text[body_at:])
        draft.put(path, text[:body_at] + body)
