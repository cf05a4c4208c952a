"""Settles doubts: takes entries out of the `unsure` of an article's file, and leaves every other byte as it was.

In: the text of the file. Out: what it leaves open, and the text without those entries that were settled.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import yaml

from archive.model.draft import Unsure
from archive.model.records import UNSURE

_OPENING = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"(?:^|(?<=\r))---[ \t]*(?=[\r\n]|\Z)", re.MULTILINE)
_LINE_END = re.compile(r"\r\n|\n|\r|\Z")
NOTHING = ("", "~", "null")  # how a value that is not there is written, without quotes
_NAMES = ("name", "printed", "text")  # by what a person or a document in a list is known

Span = tuple[int, int]


class NotSettled(Exception):
    """The text is none that entries can be taken out of; `line` is where to look, 0 for the whole file."""

    def __init__(self, line: int = 0) -> None:
        super().__init__(f"line {line}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Front:
    """Front matter as YAML nodes; places in it count from `start`, its place in the whole text."""

    text: str
    start: int
    root: yaml.MappingNode

    @property
    def entries(self) -> tuple[yaml.Node, yaml.SequenceNode] | None:
        """The nodes of `unsure`: its key, and the list under it; None if there is none."""
        for key, node in self.root.value:
            if key.value == UNSURE and not _is_nothing(node):
                if not isinstance(node, yaml.SequenceNode) or not all(map(_is_entry, node.value)):
                    raise NotSettled(self.line_of(node))
                return key, node
        return None

    def line_of(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + 2


def open_doubts(text: str) -> list[Unsure]:
    """What a file leaves open, in its order. Raises NotSettled if it is no record, or can't be read."""
    front = _front(text)
    return [_doubt(front.root, node) for node in front.entries[1].value] if front.entries else []


def belongs_to(doubt: Unsure, field: str) -> bool:
    """Whether a doubt is about a field or something inside of it: `speakers.0` holds `speakers.0.roles`."""
    return doubt.field == field or doubt.field.startswith(f"{field}.")


def without(text: str, settled: Collection[int]) -> str:
    """The text without some entries, by their numbers in `open_doubts`.

    Raises NotSettled where the text is written in a way in which they can't be taken out by themselves.
    """
    front = _front(text)
    if not front.entries or not settled:
        return text
    key, node = front.entries
    spans = _in_brackets(node, settled) if node.flow_style else _in_lines(front, node, settled)
    is_empty = len(settled) == len(node.value)
    new = _cut(front.text, spans)
    if is_empty and node.flow_style:
        new = _cut(front.text, [(node.start_mark.index, node.end_mark.index)], "[]")
    elif is_empty:
        colon = front.text.index(":", key.end_mark.index) + 1
        new = f"{new[:colon]} []{new[colon:]}"
    made = text[: front.start] + new + text[front.start + len(front.text) :]
    kept = [doubt for index, doubt in enumerate(open_doubts(text)) if index not in settled]
    if open_doubts(made) != kept or _rest(_front(made).root) != _rest(front.root):
        raise NotSettled(front.line_of(node.value[min(settled)]))
    return made


def _front(text: str) -> Front:
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if not opening or not closing:
        raise NotSettled
    inner = text[opening.end() : closing.start()]
    try:
        root = yaml.compose(inner, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        raise NotSettled(error.problem_mark.line + 2 if error.problem_mark else 0) from error
    except yaml.YAMLError as error:
        raise NotSettled from error
    if not isinstance(root, yaml.MappingNode):
        raise NotSettled
    return Front(inner, opening.end(), root)


def _is_nothing(node: yaml.Node) -> bool:
    return not node.value or (isinstance(node, yaml.ScalarNode) and not node.style and node.value in NOTHING)


def _is_entry(node: yaml.Node) -> bool:
    held = node.value if isinstance(node, yaml.MappingNode) else []
    return any(key.value == "field" and isinstance(value, yaml.ScalarNode) for key, value in held)


def _doubt(root: yaml.MappingNode, node: yaml.Node) -> Unsure:
    held = {key.value: _words(value) for key, value in node.value}
    said = {name: held.get(name, "") for name in ("field", "value", "why", "words", "other")}
    return Unsure(**said, named=_name_of(root, said["field"]))


def _words(node: yaml.Node) -> str:
    return " ".join(node.value.split()) if isinstance(node, yaml.ScalarNode) and not _is_nothing(node) else ""


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


def _in_brackets(node: yaml.Node, settled: Collection[int]) -> Iterator[Span]:
    """An entry goes up to the beginning of the next; those at the end from the end of the last that stays."""
    items = node.value
    last = max((index for index in range(len(items)) if index not in settled), default=-1)
    for index, (one, following) in enumerate(pairwise(items)):
        if index in settled and index < last:
            yield one.start_mark.index, following.start_mark.index
    if last < len(items) - 1:
        yield items[last].end_mark.index, items[-1].end_mark.index


def _in_lines(front: Front, node: yaml.Node, settled: Collection[int]) -> Iterator[Span]:
    """An entry's lines, from its dash to the end of its last value."""
    tokens = yaml.scan(front.text, Loader=yaml.CBaseLoader)
    dashes: Sequence[int] = [token.start_mark.index for token in tokens if isinstance(token, yaml.BlockEntryToken)]
    for index in sorted(settled):
        item = node.value[index]
        dash = max(at for at in dashes if at < item.start_mark.index)
        start = max(front.text.rfind("\n", 0, dash), front.text.rfind("\r", 0, dash)) + 1
        end = max(leaf.end_mark.index for leaf in _leaves(item))
        if front.text[end - 1] not in "\r\n":  # a text in several lines ends behind its last
            found = _LINE_END.search(front.text, end)
            end = found.end() if found else end
        yield start, end


def _leaves(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        for key, value in node.value:
            yield from (key, *_leaves(value))
    elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
        for value in node.value:
            yield from _leaves(value)
    else:
        yield node


def _cut(text: str, spans: Iterator[Span] | Sequence[Span], instead: str = "") -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + instead + text[end:]
    return text


def _rest(root: yaml.MappingNode) -> list[tuple[str, str]]:
    """Everything beside `unsure`, to see that nothing of it has changed."""
    return [(key.value, yaml.serialize(node)) for key, node in root.value if key.value != UNSURE]
