"""Front matter as YAML nodes with their places in the text, for commands that edit a file and keep all else of it.

In: the text of a file. Out: a `Front`, and the text with some values set, added or taken out. Comments, quotes, the
order of fields and line ends stay; what can't be changed without changing something else is refused.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import yaml

from archive.read.plain_yaml import NOTHING

_OPENING = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"(?:^|(?<=\r))---[ \t]*(?=[\r\n]|\Z)", re.MULTILINE)
_LINE_END = re.compile(r"\r\n|\n|\r|\Z")
_PLAIN = re.compile(r"[A-Za-z0-9/](?:[A-Za-z0-9._/-]*[A-Za-z0-9_/-])?")
_WORDS_OF_YAML = re.compile(r"(?i)null|true|false|yes|no|on|off|[0-9.]+")

Span = tuple[int, int]
Value = str | None | list["Value"] | dict[str, "Value"]
"""What front matter holds: strings, null, lists and mappings."""


class Uneditable(Exception):
    """The text can't be edited in place; `line` is where to look, 0 for the whole file."""

    def __init__(self, line: int = 0) -> None:
        super().__init__(f"line {line}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Front:
    """The YAML of a file as nodes; places in it count from `start`, its place in `whole`, the text of the file."""

    text: str
    start: int
    root: yaml.MappingNode
    whole: str

    def line_of(self, node: yaml.Node) -> int:
        return self.whole.count("\n", 0, self.start) + int(node.start_mark.line) + 1

    def with_inner(self, text: str) -> str:
        """The text of the file with other YAML."""
        return self.whole[: self.start] + text + self.whole[self.start + len(self.text) :]

    @property
    def line_end(self) -> str:
        found = re.search(r"\r\n|\n|\r", self.whole)
        return found[0] if found else "\n"


def front_of(text: str) -> Front:
    """The front matter of a record's file. Raises Uneditable if there is none that can be read."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if not opening or not closing:
        raise Uneditable
    return _composed(text[opening.end() : closing.start()], opening.end(), text, 1)


def yaml_of(text: str) -> Front:
    """A file that is YAML as a whole. Raises Uneditable if it can't be read."""
    return _composed(text, 0, text, 0)


def _composed(inner: str, start: int, whole: str, above: int) -> Front:
    try:
        root = yaml.compose(inner, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        raise Uneditable(error.problem_mark.line + above + 1 if error.problem_mark else 0) from error
    except yaml.YAMLError as error:
        raise Uneditable from error
    if not isinstance(root, yaml.MappingNode):
        raise Uneditable
    return Front(inner, start, root, whole)


def is_nothing(node: yaml.Node) -> bool:
    return not node.value or (isinstance(node, yaml.ScalarNode) and not node.style and node.value in NOTHING)


def tree(node: yaml.Node) -> Value:
    """The values below a node."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): tree(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [tree(item) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)
    return None if is_nothing(node) else str(node.value)


def node_at(root: yaml.Node, path: str) -> yaml.Node | None:
    """The node at a dotted place such as `speakers.0.official`; None if there is none."""
    node: yaml.Node | None = root
    for part in path.split("."):
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == part), None)
        elif isinstance(node, yaml.SequenceNode) and part.isdigit() and int(part) < len(node.value):
            node = node.value[int(part)]
        else:
            return None
    return node


# Edits: front matter, and what is to be there → the text of the file. Each raises Uneditable where something else
# would change, too.


def with_value(front: Front, path: str, value: Value) -> str:
    """The text with the value at `path` set, whether something stands there or not."""
    wanted = _set(tree(front.root), path.split("."), value)
    node = node_at(front.root, path)
    if node is None:
        spans = [_added_field(front, path, value)]
    else:
        key = _key_of(front, path)
        in_lines = _has_groups(value) and is_nothing(node) and not _is_in_brackets(front, path)
        begins = key is None or (_begins_at(node, key) and not in_lines)
        begin = node.start_mark.index if begins or key is None else key.end_mark.index
        spans = [_replaced(front, node, begin, value)]
    return _checked(front, cut(front.text, spans), wanted)


def with_items(front: Front, path: str, items: Sequence[Value]) -> str:
    """The text with items added at the end of the list at `path`, a field of its own if need be."""
    if not items:
        return front.whole
    node = node_at(front.root, path)
    there = tree(node) if node is not None else None
    wanted = _set(tree(front.root), path.split("."), [*(there if isinstance(there, list) else []), *items])
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        return with_value(front, path, list(items))
    if node.flow_style:
        end = node.value[-1].end_mark.index
        span = (end, end, "".join(f", {_flow(item)}" for item in items))
    else:
        dash = _dashes(front)[_dash_before(front, node.value[-1])]
        indent = front.text[_line_start(front.text, dash) : dash]
        end = _end_of_lines(front, node.value[-1])
        lines = "".join(f"{indent}- {_flow(item)}{front.line_end}" for item in items)
        span = (end, end, lines if _is_at_line_start(front.text, end) else f"{front.line_end}{lines}")
    return _checked(front, cut(front.text, [span]), wanted)


def without_items(front: Front, path: str, numbers: Collection[int]) -> str:
    """The text without some items of the list at `path`; without any it stays as `[]`."""
    node = node_at(front.root, path)
    if not numbers or not isinstance(node, yaml.SequenceNode):
        return front.whole
    kept = [tree(item) for index, item in enumerate(node.value) if index not in numbers]
    wanted = _set(tree(front.root), path.split("."), [*kept])
    if not kept and node.flow_style:
        spans = [(node.start_mark.index, node.end_mark.index, "[]")]
    elif node.flow_style:
        spans = [(start, end, "") for start, end in _in_brackets(node, numbers)]
    else:
        spans = [(start, end, "") for start, end in _in_lines(front, node, numbers)]
        if not kept:
            key = _key_of(front, path)
            colon = front.text.index(":", key.end_mark.index if key is not None else node.start_mark.index) + 1
            spans.append((colon, colon, " []"))
    return _checked(front, cut(front.text, spans), wanted)


def _checked(front: Front, new: str, wanted: Value) -> str:
    whole = front.with_inner(new)
    made = yaml_of(whole) if front.start == 0 else front_of(whole)
    if tree(made.root) != wanted:
        raise Uneditable(front.line_of(front.root))
    return whole


def _set(held: Value, parts: Sequence[str], value: Value) -> Value:
    """A copy of `held` with a value at a place, groups on the way made if need be."""
    made = copy.copy(held) if held else {}
    name, *rest = parts
    if isinstance(made, list):
        made[int(name)] = _set(made[int(name)], rest, value) if rest else value
    elif isinstance(made, dict):
        made[name] = _set(made.get(name), rest, value) if rest else value
    return made


def _key_of(front: Front, path: str) -> yaml.Node | None:
    """The key under which a value stands; None for an item of a list."""
    above, _, name = path.rpartition(".")
    mapping = node_at(front.root, above) if above else front.root
    pairs = mapping.value if isinstance(mapping, yaml.MappingNode) else ()
    return next((key for key, _ in pairs if key.value == name), None)


def _begins_at(node: yaml.Node, key: yaml.Node) -> bool:
    """Whether a value stands on its key's line and is a plain span of text there."""
    return (
        isinstance(node, yaml.ScalarNode)
        and bool(node.value or node.style)
        and (node.start_mark.line == key.end_mark.line and node.style not in ("|", ">"))
    ) or (isinstance(node, yaml.CollectionNode) and bool(node.flow_style))


def _replaced(front: Front, node: yaml.Node, begin: int, value: Value) -> tuple[int, int, str]:
    """A node's text as another value; from behind its key where it may fill lines of its own."""
    if begin == node.start_mark.index:
        style = node.style if isinstance(node, yaml.ScalarNode) else '"'
        return begin, node.end_mark.index, _flow(value, style)
    colon = front.text.index(":", begin) + 1
    end = max([colon, *(int(leaf.end_mark.index) for leaf in leaves(node))])
    if node.start_mark.index == node.end_mark.index:  # nothing stands there; a comment may follow
        end = colon
    end = colon + len(front.text[colon:end].rstrip("\r\n \t"))
    if _has_groups(value) and isinstance(value, list):
        indent = " " * (_column(front, begin) + 2)
        return colon, end, "".join(f"{front.line_end}{indent}- {_flow(item)}" for item in value)
    return colon, end, f" {_flow(value)}"


def _has_groups(value: Value) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _is_in_brackets(front: Front, path: str) -> bool:
    """Whether something around the value is written in brackets, where no lines of their own can begin."""
    parts = path.split(".")[:-1]
    around = (node_at(front.root, ".".join(parts[:end])) for end in range(1, len(parts) + 1))
    return bool(front.root.flow_style) or any(getattr(node, "flow_style", False) for node in around)


def _column(front: Front, place: int) -> int:
    start = _line_start(front.text, place)
    return len(front.text[start:place]) - len(front.text[start:place].lstrip(" "))


def _added_field(front: Front, path: str, value: Value) -> tuple[int, int, str]:
    """A field at the end of the innermost group that is there."""
    parts = path.split(".")
    depth = len(parts) - 1
    while depth and not isinstance(node_at(front.root, ".".join(parts[:depth])), yaml.MappingNode):
        depth -= 1
    group = node_at(front.root, ".".join(parts[:depth])) if depth else front.root
    assert isinstance(group, yaml.MappingNode)
    for name in reversed(parts[depth + 1 :]):
        value = {name: value}
    own = ".".join(parts[: depth + 1])
    node, key = node_at(front.root, own), _key_of(front, own)
    if node is not None and key is not None:  # null, or an empty value
        begin = node.start_mark.index if _begins_at(node, key) else key.end_mark.index
        return _replaced(front, node, begin, value)
    return _field_in(front, group, parts[depth], value)


def _field_in(front: Front, group: yaml.MappingNode, name: str, value: Value) -> tuple[int, int, str]:
    if group.flow_style:
        end = group.value[-1][1].end_mark.index if group.value else group.start_mark.index + 1
        return end, end, f"{', ' if group.value else ''}{name}: {_flow(value)}"
    indent = " " * int(group.start_mark.column)
    if _has_groups(value) and isinstance(value, list):
        said = f"{name}:" + "".join(f"{front.line_end}{indent}  - {_flow(item)}" for item in value)
    else:
        said = f"{name}: {_flow(value)}"
    end = _end_of_lines(front, group)
    before = "" if _is_at_line_start(front.text, end) else front.line_end
    return end, end, f"{before}{indent}{said}{front.line_end}"


def _flow(value: Value, style: str | None = '"') -> str:
    """A value as YAML in one line; `style` is how a string that stood there was quoted."""
    if value is None:
        return "null"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flow(held)}" for name, held in value.items()) + "}"
    if not style and _PLAIN.fullmatch(value) and not _WORDS_OF_YAML.fullmatch(value):
        return value
    if style == "'" and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\x7f")


def cut(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """The text with other words in the place of some spans."""
    for start, end, instead in sorted(spans, reverse=True):
        text = text[:start] + instead + text[end:]
    return text


def leaves(node: yaml.Node) -> Iterator[yaml.Node]:
    """The nodes whose ends are those of their text: the marks of a block end where the next thing begins."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        for key, value in node.value:
            yield from (key, *leaves(value))
    elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
        for value in node.value:
            yield from leaves(value)
    else:
        yield node


def _in_brackets(node: yaml.Node, numbers: Collection[int]) -> Iterator[Span]:
    """An item goes up to the beginning of the next; those at the end from the end of the last that stays."""
    items = node.value
    last = max((index for index in range(len(items)) if index not in numbers), default=-1)
    for index, (one, following) in enumerate(pairwise(items)):
        if index in numbers and index < last:
            yield one.start_mark.index, following.start_mark.index
    if last < len(items) - 1:
        yield items[last].end_mark.index, items[-1].end_mark.index


def _in_lines(front: Front, node: yaml.Node, numbers: Collection[int]) -> Iterator[Span]:
    """An item's lines, from its dash to the end of its last value."""
    dashes = _dashes(front)
    for index in sorted(numbers):
        dash = dashes[_dash_before(front, node.value[index])]
        yield _line_start(front.text, dash), _end_of_lines(front, node.value[index])


def _dashes(front: Front) -> Sequence[int]:
    tokens = yaml.scan(front.text, Loader=yaml.CBaseLoader)
    return [token.start_mark.index for token in tokens if isinstance(token, yaml.BlockEntryToken)]


def _dash_before(front: Front, item: yaml.Node) -> int:
    return max(number for number, at in enumerate(_dashes(front)) if at < item.start_mark.index)


def _line_start(text: str, place: int) -> int:
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def _is_at_line_start(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] in "\r\n"


def _end_of_lines(front: Front, node: yaml.Node) -> int:
    """Where the line of a node's last value ends, its line end included."""
    end = max(int(leaf.end_mark.index) for leaf in leaves(node))
    if front.text[end - 1 : end] not in ("\r", "\n"):  # a text in several lines ends behind its last
        found = _LINE_END.search(front.text, end)
        end = found.end() if found else end
    return end
