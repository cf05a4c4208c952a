"""Front matter: YAML between two lines of `---`, every value a string with its line and column.

In: the text of a file. Out: a `RawMapping` and the body. Splitting is python-frontmatter's,
with a loader that takes YAML as strings only (`no` is "no", `07` is "07"), and that refuses what
plain YAML swallows: repeated keys, anchors, tags, several documents.
"""

from __future__ import annotations

import re
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from archive.model.raw import RawList, RawMapping, RawNode, RawScalar
from archive.problems import Position, Report
from archive.read.plain_yaml import plain_tree
from archive.read.yaml_faults import cut_values, find_fault

_MAX_DEPTH = 12
_ABYSS = 1000  # opening signs, far fewer than the C stack bears
_PLAIN_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map", "?", "!", None)
_OPENING = re.compile(r"---[ \t]*\n")
_DASHES = re.compile(r"\s*[-–—]{1,2}-*[-–—]*\s*")
_CLOSING = re.compile(r"^---[ \t]*$", re.MULTILINE)


class _Refused(Exception):
    """Front matter that can't be used at all; the problem is already in the report."""


class _Handler(YAMLHandler):
    """python-frontmatter's YAML handler, with places kept and nothing guessed."""

    def __init__(self, path: str, report: Report) -> None:
        super().__init__()
        self.path = path
        self.report = report

    def split(self, text: str) -> tuple[str, str]:
        """Front matter and body, cut at the first closing line so that line numbers hold."""
        opening, closing = _OPENING.match(text), _CLOSING.search(text, 3)
        assert opening and closing, "read_front_matter has looked"
        return text[opening.end() : closing.start()], text[closing.end() :]

    def load(self, fm: str, **_: object) -> Any:
        if plain := plain_tree(fm, _MAX_DEPTH):
            return {"": plain}
        try:
            self._refuse_abyss(fm)
            node = yaml.compose(fm, Loader=yaml.CBaseLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            fault = find_fault(fm, mark.line + 1 if mark else fm.count("\n") + 1)
            if fault:
                self.report.add(fault.code, self.path, Position(fault.line + 1, fault.column), **fault.values)
            else:
                position = Position(mark.line + 2, mark.column + 1) if mark else Position()
                self.report.add("yaml-syntax", self.path, position, detail=error.problem or "")
            raise _Refused from error
        except yaml.YAMLError as error:
            self.report.add("yaml-syntax", self.path, detail=str(error).splitlines()[0])
            raise _Refused from error
        if node is None:
            return {"": RawMapping({}, {}, Position(1, 1))}
        raw = _Tree(self.path, self.report).raw(node, 0)
        if not isinstance(raw, RawMapping):
            self.report.add("not-a-mapping", self.path, raw.position)
            raise _Refused
        return {"": raw}

    def _refuse_abyss(self, fm: str) -> None:
        """Composing recurses in C, where tens of thousands of brackets end the whole process."""
        if sum(map(fm.count, "[{-?")) < _ABYSS:
            return
        depth = 0
        for event in yaml.parse(fm, Loader=yaml.CBaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _MAX_DEPTH:
                mark = event.start_mark
                position = Position(mark.line + 2, mark.column + 1) if mark else Position()
                self.report.add("yaml-too-deep", self.path, position)
                raise _Refused


class _Tree:
    """Turns YAML nodes into raw values, each node once: an anchor used twice is refused."""

    def __init__(self, path: str, report: Report) -> None:
        self.path = path
        self.report = report
        self.seen: set[int] = set()

    def raw(self, node: yaml.Node, depth: int) -> RawNode:
        position = _position(node)
        if id(node) in self.seen or depth > _MAX_DEPTH:
            code = "yaml-too-deep" if depth > _MAX_DEPTH else "yaml-anchor"
            self.report.add(code, self.path, position)
            raise _Refused
        self.seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            self.report.add("yaml-tag", self.path, position, tag=node.tag)
            raise _Refused
        if isinstance(node, yaml.ScalarNode):
            empty = not node.style and node.value in ("", "~", "null")
            return RawScalar(None if empty else node.value, position)
        if isinstance(node, yaml.SequenceNode):
            return RawList(tuple(self.raw(item, depth + 1) for item in node.value), position)
        return self._mapping(node, depth)

    def _mapping(self, node: yaml.Node, depth: int) -> RawMapping:
        items: dict[str, RawNode] = {}
        keys: dict[str, Position] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            raw = self.raw(value, depth + 1)
            if name in items:
                self.report.add("duplicate-key", self.path, _position(key), key=name, first=keys[name].line)
                continue
            items[name], keys[name] = raw, _position(key)
        return RawMapping(items, keys, _position(node))


def _position(node: yaml.Node) -> Position:
    """Lines count from the opening `---`, which is line 1 of the file."""
    return Position(node.start_mark.line + 2, node.start_mark.column + 1)


def read_front_matter(text: str, path: str, report: Report) -> tuple[RawMapping, str, int] | None:
    """Front matter, body and the body's first line; None (and a problem) if there is none to use."""
    opening = _OPENING.match(text)
    if opening is None:
        _report_no_opening(text, path, report)
        return None
    closing = _CLOSING.search(text, 3)
    if closing is None:
        report.add("unclosed-front-matter", path, _where_it_should_close(text))
        return None
    metadata: Any
    try:
        metadata, _ = frontmatter.parse(text, handler=_Handler(path, report))
    except _Refused:
        return None
    for fault in cut_values(text[opening.end() : closing.start()]):
        report.add(fault.code, path, Position(fault.line + 1, fault.column), **fault.values)
    body_line = text.count("\n", 0, closing.end()) + 2
    fields: RawMapping = metadata[""]
    return fields, text[closing.end() + 1 :], body_line


def _report_no_opening(text: str, path: str, report: Report) -> None:
    late = _CLOSING.search(text)
    first = text.lstrip().partition("\n")[0].strip()
    if late and (not text[: late.start()].strip() or re.match(r"[a-z_]+:(?:\s|$)", text[late.end() :].lstrip())):
        report.add("text-before-front-matter", path, Position(text.count("\n", 0, late.start()) + 1, 1))
    elif first and not first.strip("-–—_*="):
        report.add("no-front-matter-dashes", path, written=first[:20])
    else:
        report.add("no-front-matter", path)


def _where_it_should_close(text: str) -> Position:
    """The line that looks most like one of dashes, else the first empty line, else the end."""
    lines = text.split("\n")
    for is_it in (_DASHES.fullmatch, lambda line: not line.strip()):
        for number, line in enumerate(lines[1:], 2):
            if is_it(line):
                return Position(number, 1)
    return Position(len(lines), 1)
