"""The files of an archive as they are to be: read once, changed in memory, compared at the end.

In: which records there are, and how a file is read. Out: `Edit`s in order of their paths, and what a person should be
told beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archive.fields import fields_of_kind
from archive.knowledge import Kind, Knowledge
from archive.model.records import PAGES, REMOVED, Article, Removed
from archive.model.schema import FieldSpec, fields_of
from archive.read.nodes import Front, Uneditable, Value, front_of, node_at, tree, with_items, with_value, without_items

REDIRECTS = "site-config/redirects.yml"


@dataclass(frozen=True, slots=True)
class Edit:
    """One file: where and what it was, where and what it is to be; None where there is no file."""

    before_path: str | None
    path: str | None
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of site-config/commands.yml for the person at work, with its values."""

    name: str
    values: Mapping[str, object]


class Refused(Exception):
    """What is wanted can't be done; `told` says why."""

    def __init__(self, name: str, **values: object) -> None:
        super().__init__(name)
        self.told = Told(name, values)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is said of every change: its day (YYYY-MM-DD), why, and who decided, if that is to be shown."""

    date: str
    reason: str
    by: str | None = None

    def correction(self, field: str, before: str | None, after: str | None) -> dict[str, Value]:
        """An entry of `corrections`."""
        return {"date": self.date, "field": field, "before": before, "after": after, "reason": self.reason}


@dataclass
class Draft:
    """`paths`: `kind/id` → the path of its file; `read` gives the bytes of a file by such a path."""

    knowledge: Knowledge
    paths: dict[str, str]
    read: Callable[[str], bytes]
    beside: Sequence[str] = ()  # other files of content/ that may hold words of records: bundles that wait
    told: list[Told] = field(default_factory=list)
    _before: dict[str, bytes] = field(default_factory=dict)
    _now: dict[str, bytes | None] = field(default_factory=dict)
    _came_from: dict[str, str] = field(default_factory=dict)  # path of a moved file → where it lay

    def tell(self, name: str, **values: object) -> None:
        self.told.append(Told(name, values))

    # files

    def data(self, path: str) -> bytes:
        if path not in self._now:
            self._before[path] = self._now[path] = self.read(path)
        held = self._now[path]
        assert held is not None, f"{path} is gone"
        return held

    def text(self, path: str) -> str:
        """Raises Refused for what is no UTF-8."""
        try:
            return self.data(path).decode("utf-8")
        except UnicodeDecodeError as error:
            raise Refused("records-unreadable", path=path, line=1) from error

    def put(self, path: str, text: str) -> None:
        """A text in the place of what stands there, or a new file."""
        self._now[path] = text.encode("utf-8")

    def drop(self, path: str) -> None:
        self.data(path)
        self._now[path] = None

    def move(self, path: str, new: str) -> None:
        """The file gets another path, and keeps what it holds by now."""
        self._now[new] = self.data(path)
        self._now[path] = None
        self._came_from[new] = self._came_from.pop(path, path)

    def edits(self) -> list[Edit]:
        """What differs, in order of paths."""
        moved = set(self._came_from.values())
        found = []
        for path, now in sorted(self._now.items()):
            was = self._came_from.get(path) or (path if path in self._before else None)
            before = self._before.get(was, b"") if was else b""
            if now is None and path not in moved and path in self._before:
                found.append(Edit(path, None, before, b""))
            elif now is not None and (was != path or before != now):
                found.append(Edit(was, path, before, now))
        return found

    # records

    def fields(self, kind: str) -> Mapping[str, FieldSpec]:
        if kind in (PAGES, REMOVED):
            return fields_of(Removed) if kind == REMOVED else {}
        return fields_of_kind(self.knowledge.kinds[kind], self.knowledge)

    def front(self, path: str) -> Front:
        """Raises Refused for a file that can't be edited."""
        text = self.text(path)
        try:
            return front_of(text)
        except Uneditable as error:
            raise Refused("records-unreadable", path=path, line=error.line or 1) from error

    def value(self, path: str, field: str) -> Value:
        """What a field of a file holds; None if it has none."""
        node = node_at(self.front(path).root, field)
        return None if node is None else tree(node)

    def items(self, path: str, field: str) -> list[Value]:
        held = self.value(path, field)
        return held if isinstance(held, list) else []

    def set(self, path: str, field: str, value: Value) -> None:
        self._edit(path, lambda front: with_value(front, field, value))

    def add(self, path: str, field: str, items: Sequence[Value]) -> None:
        self._edit(path, lambda front: with_items(front, field, items))

    def take(self, path: str, field: str, numbers: Sequence[int]) -> None:
        self._edit(path, lambda front: without_items(front, field, numbers))

    def _edit(self, path: str, change: Callable[[Front], str]) -> None:
        try:
            self.put(path, change(self.front(path)))
        except Uneditable as error:
            raise Refused("records-unreadable", path=path, line=error.line or 1) from error

    def holding(self, words: str) -> Iterator[tuple[str, str]]:
        """Kind and path of every record's file that holds some words, wherever."""
        for key, path in sorted(self.paths.items()):
            if words.encode() in self.data(path):
                yield key.partition("/")[0], path


@dataclass(frozen=True, slots=True)
class Subject:
    """A record that something happens to."""

    kind: Kind
    id: str
    path: str

    @property
    def address(self) -> str:
        return f"/{self.kind.address}/{self.id}/"

    @property
    def is_article(self) -> bool:
        return self.kind.model is Article


def subject_of(draft: Draft, named: str, kind: str | None = None) -> Subject:
    """The record (of a kind) that is named by its id, `kind/id`, its file or its address. Raises Refused."""
    found = [
        Subject(draft.knowledge.kinds[of], id, path)
        for (of, _, id), path in ((key.partition("/"), path) for key, path in sorted(draft.paths.items()))
        if of in draft.knowledge.kinds and kind in (None, of)
        if named.replace("\\", "/").removeprefix("./").strip("/") in _names(draft.knowledge.kinds[of], id, path)
    ]
    if not found:
        raise Refused("records-unknown", named=named)
    if len(found) > 1:
        raise Refused("records-several", named=named, known=", ".join(f"{one.kind.id}/{one.id}" for one in found))
    return found[0]


def _names(kind: Kind, id: str, path: str) -> tuple[str, ...]:
    return id, f"{kind.id}/{id}", f"{kind.id.removesuffix('s')}/{id}", path, f"{kind.address}/{id}"
