"""JSON that somebody else wrote: values with their places, as front matter is read.

In: bytes. Out: a `RawMapping`, or a problem that says at which line and column, what, and how it is mended. JSON is
read strictly, and what no record has is refused: true and false, NaN, a name twice, lists in lists without end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from json import JSONDecodeError, JSONDecoder

from archive.model.raw import RawList, RawMapping, RawNode, RawScalar
from archive.problems import Position, Report
from archive.read.files import decoded

MOST_BYTES = 2_000_000
_MOST_VALUES = 20_000  # the longest reports have two thousand
_LONGEST_NAME = 100
_LONGEST_NUMBER = 20
_MAX_DEPTH = 12
_STRINGS = JSONDecoder()
_SPACES = re.compile(r"[ \t\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.+-])")
_WORD = re.compile(r"[-+\w.]+|.", re.DOTALL)
_SHOWN = 40


def read_json(data: bytes, shown: str, report: Report) -> RawMapping | None:
    """`shown`: the file's path as problems name it. None if it is no JSON object, or one that no record can be."""
    if len(data) > MOST_BYTES:
        report.add("import-draft", shown, why="draft-too-large", written=f"{len(data)} > {MOST_BYTES}")
        return None
    text = decoded(data, shown, report)
    if text is None:
        return None
    tree = _Tree(text)
    try:
        return tree.whole()
    except _Refused as refused:
        written = refused.written or text[refused.at : refused.at + _SHOWN].partition("\n")[0]
        report.add("import-draft", shown, tree.position(refused.at), why=refused.why, written=written)
        return None


class _Refused(Exception):
    """`at`: the offset; `why`: a code with words in site-config/commands.yml."""

    def __init__(self, why: str, at: int, written: str = "") -> None:
        super().__init__(why)
        self.why, self.at, self.written = why, at, written


class _Tree:
    def __init__(self, text: str) -> None:
        self.text = text
        self.left = _MOST_VALUES
        self.starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))

    def position(self, at: int) -> Position:
        line = bisect_right(self.starts, at)
        return Position(line, at - self.starts[line - 1] + 1)

    def whole(self) -> RawMapping:
        node, at = self.value(self._skip(0), 0)
        if not isinstance(node, RawMapping):
            raise _Refused("draft-no-object", self._skip(0))
        if self._skip(at) < len(self.text):
            raise _Refused("draft-more", self._skip(at))
        return node

    def value(self, at: int, depth: int) -> tuple[RawNode, int]:
        """The value that begins at an offset, and where it ends."""
        if depth > _MAX_DEPTH:
            raise _Refused("draft-too-deep", at)
        self.left -= 1
        if self.left < 0:
            raise _Refused("draft-too-many", at, str(_MOST_VALUES))
        sign, position = self.text[at : at + 1], self.position(at)
        if sign == "{":
            return self.mapping(at, depth)
        if sign == "[":
            return self.list(at, depth)
        if sign == '"':
            words, end = self.string(at)
            return RawScalar(words, position), end
        number = _NUMBER.match(self.text, at)
        if number and len(number[0]) <= _LONGEST_NUMBER:
            return RawScalar(number[0], position), number.end()
        word = _WORD.match(self.text, at)
        if word and word[0] == "null":
            return RawScalar(None, position), word.end()
        if word and word[0] in ("true", "false", "NaN", "Infinity", "-Infinity"):
            raise _Refused("draft-no-such-value", at, word[0])
        raise _Refused("draft-no-value" if word else "draft-cut", at)

    def mapping(self, start: int, depth: int) -> tuple[RawMapping, int]:
        items: dict[str, RawNode] = {}
        keys: dict[str, Position] = {}
        at = self._skip(start + 1)
        while self.text[at : at + 1] != "}" or items:
            if self.text[at : at + 1] != '"':
                raise _Refused("draft-no-name" if at < len(self.text) else "draft-cut", at)
            name, end = self.string(at)
            if len(name) > _LONGEST_NAME:
                raise _Refused("draft-no-name", at)
            if name in items:
                raise _Refused("draft-twice", at, name[:_SHOWN])
            keys[name] = self.position(at)
            items[name], end = self.value(self._skip(self._expect(":", self._skip(end))), depth + 1)
            at = self._skip(end)
            if self.text[at : at + 1] == "}":
                break
            at = self._skip(self._expect(",", at))
        return RawMapping(items, keys, self.position(start)), at + 1

    def list(self, start: int, depth: int) -> tuple[RawList, int]:
        items: list[RawNode] = []
        at = self._skip(start + 1)
        while self.text[at : at + 1] != "]" or items:
            item, end = self.value(at, depth + 1)
            items.append(item)
            at = self._skip(end)
            if self.text[at : at + 1] == "]":
                break
            at = self._skip(self._expect(",", at))
        return RawList(tuple(items), self.position(start)), at + 1

    def string(self, at: int) -> tuple[str, int]:
        try:
            words, end = _STRINGS.raw_decode(self.text, at)
        except JSONDecodeError as error:
            raise _Refused("draft-string", min(error.pos, len(self.text) - 1)) from error
        return str(words), end

    def _expect(self, sign: str, at: int) -> int:
        if self.text[at : at + 1] != sign:
            raise _Refused(f"draft-{'colon' if sign == ':' else 'comma'}" if at < len(self.text) else "draft-cut", at)
        return at + 1

    def _skip(self, at: int) -> int:
        found = _SPACES.match(self.text, at)
        return found.end() if found else at
