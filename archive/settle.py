"""Settles doubts: takes entries out of the `unsure` of an article's file, and leaves every other byte as it was.

In: the text of the file. Out: what it leaves open, and the text without those entries that were settled.
"""

from __future__ import annotations

from collections.abc import Collection

import yaml

from archive.model.draft import Unsure
from archive.model.records import UNSURE
from archive.read.nodes import Front, Uneditable, front_of, is_nothing, without_items

_NAMES = ("name", "printed", "text")  # by what a person or a document in a list is known


def open_doubts(text: str) -> list[Unsure]:
    """What a file leaves open, in its order. Raises Uneditable if it is no record, or can't be read."""
    front = front_of(text)
    entries = _entries(front)
    return [_doubt(front.root, node) for node in entries.value] if entries else []


def belongs_to(doubt: Unsure, field: str) -> bool:
    """Whether a doubt is about a field or something inside of it: `speakers.0` holds `speakers.0.roles`."""
    return doubt.field == field or doubt.field.startswith(f"{field}.")


def without(text: str, settled: Collection[int]) -> str:
    """The text without some entries, by their numbers in `open_doubts`.

    Raises Uneditable where the text is written in a way in which they can't be taken out by themselves.
    """
    front = front_of(text)
    return without_items(front, UNSURE, settled) if _entries(front) else text


def _entries(front: Front) -> yaml.SequenceNode | None:
    """The list under `unsure`; None if there is none."""
    for key, node in front.root.value:
        if key.value == UNSURE and not is_nothing(node):
            if not isinstance(node, yaml.SequenceNode) or not all(map(_is_entry, node.value)):
                raise Uneditable(front.line_of(node))
            return node
    return None


def _is_entry(node: yaml.Node) -> bool:
    held = node.value if isinstance(node, yaml.MappingNode) else []
    return any(key.value == "field" and isinstance(value, yaml.ScalarNode) for key, value in held)


def _doubt(root: yaml.MappingNode, node: yaml.Node) -> Unsure:
    held = {key.value: _words(value) for key, value in node.value}
    said = {name: held.get(name, "") for name in ("field", "value", "why", "words", "other")}
    return Unsure(**said, named=_name_of(root, said["field"]))


def _words(node: yaml.Node) -> str:
    return " ".join(node.value.split()) if isinstance(node, yaml.ScalarNode) and not is_nothing(node) else ""


def _name_of(root: yaml.MappingNode, field: str) -> str:
    """Whom or what the place belongs to, if it lies in a list."""
    group, _, rest = field.partition(".")
    number = rest.partition(".")[0]
    members = next((node.value for key, node in root.value if key.value == group), ())
    if not number.isdigit() or int(number) >= len(members):
        return ""
    held = members[int(number)]
    known = {key.value: _words(value) for key, value in held.value} if isinstance(held, yaml.MappingNode) else {}
    return next((known[name] for name in _NAMES if known.get(name)), "")
