"""Why front matter is no YAML, told from its lines: what a parser calls it helps nobody who writes a record.

In: the YAML between the `---` lines, and where the parser gave up. Out: a code of
site-config/problems.yml, the place of the slip, and the values of its message. One slip no parser
minds: a value that is cut at a `#`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import yaml

_FIELD = re.compile(r"(?P<before>[ ]*(?:- )?(?P<name>[^\s:#'\"{\[]+):)(?P<gap>[ ]*)(?P<value>.*)")
_ODD_SPACE = re.compile(r"[ ]*([\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000])")
_CURLY = "“”„«»"
_CANT_BEGIN = "@`%,]}>|"
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'")
_PAIRS = {"[": "]", "{": "}"}
_COMMENT = re.compile(r"[ \t]#")
_CUT = re.compile(r"\s+(#[^\s#].*?)\s*$")


class Fault(NamedTuple):
    """`line` and `column` count from 1, within the YAML."""

    code: str
    line: int
    column: int
    values: Mapping[str, object]


def find_fault(text: str, stopped: int) -> Fault | None:
    """The likeliest slip; `stopped` is the line (from 1) at which the parser gave up. None if none is seen."""
    lines = text.splitlines()
    for look in (_tab, _odd_space, _open_quote, _no_space, _item, _colon, _cant_begin, _open_bracket, _indent):
        # A slip stands where the parser stopped or above; the nearest counts, but an open quote runs far.
        found = [fault for fault in look(lines) if fault.line <= stopped]
        if found:
            return found[0] if look in (_tab, _odd_space, _open_quote) else found[-1]
    return None


def _tab(lines: list[str]) -> Iterator[Fault]:
    for number, line in enumerate(lines, 1):
        if (column := line.find("\t")) >= 0 and not line[:column].strip():
            yield Fault("yaml-tab", number, column + 1, {})


def _odd_space(lines: list[str]) -> Iterator[Fault]:
    for number, line in enumerate(lines, 1):
        if match := _ODD_SPACE.match(line):
            yield Fault("yaml-odd-space", number, match.start(1) + 1, {"character": f"U+{ord(match[1]):04X}"})


def _open_quote(lines: list[str]) -> Iterator[Fault]:
    """A quotation mark that opens and does not close on its line, or closes before the value ends."""
    for number, line in enumerate(lines, 1):
        match = _FIELD.match(line)
        value, offset = (
            (match["value"], match.start("value")) if match else (line.strip(), len(line) - len(line.lstrip()))
        )
        if value.startswith("- "):
            value, offset = value[2:], offset + 2
        sign = value[:1]
        if sign in _PAIRS:
            bare = _QUOTED.sub(lambda match: "_" * len(match[0]), value)
            if (column := bare.find('"')) >= 0:
                yield Fault("yaml-open-quote", number, offset + column + 1, {"quote": '"'})
            continue
        if sign not in ('"', "'"):
            continue
        plain = re.sub(r"\\.", "__", value) if sign == '"' else value.replace("''", "__")
        end = plain.find(sign, 1)
        if end < 0:
            yield Fault("yaml-open-quote", number, offset + 1, {"quote": sign})
        elif plain[end + 1 :].strip() and not re.match(r"\s*(#|[,:\]}])", plain[end + 1 :]):
            yield Fault(
                "yaml-quote-inside",
                number,
                offset + end + 1,
                {"quote": sign, "escaped": '\\"' if sign == '"' else "''"},
            )


def _no_space(lines: list[str]) -> Iterator[Fault]:
    for number, line in enumerate(lines, 1):
        match = _FIELD.match(line)
        if match and match["value"] and not match["gap"] and re.fullmatch(r"[a-z_]+", match["name"]):
            yield Fault("yaml-no-space", number, len(match["before"]) + 1, {"field": match["name"]})


def _item(lines: list[str]) -> Iterator[Fault]:
    """A bullet where a list wants a dash, or a dash without its space."""
    for number, line in enumerate(lines, 1):
        if match := re.match(r"[ ]*([•·●▪*+–—]|-(?=[^\s-]))", line):
            yield Fault("yaml-item", number, match.start(1) + 1, {"written": match[1]})


def _colon(lines: list[str]) -> Iterator[Fault]:
    for number, line in enumerate(lines, 1):
        match = _FIELD.match(line)
        value = match["value"].strip() if match else ""
        if match and value and value[0] not in "\"'[{#|>" and (found := re.search(r":(?:\s|$)", value)):
            inner = value.strip(_CURLY) if value[0] in _CURLY and value[-1] in _CURLY else value
            values = {"field": match["name"], "suggestion": f"{match['name']}: {quoted(inner)}"}
            yield Fault("yaml-colon", number, match.start("value") + found.start() + 1, values)


def _cant_begin(lines: list[str]) -> Iterator[Fault]:
    for number, line in enumerate(lines, 1):
        match = _FIELD.match(line)
        value = match["value"].strip() if match else ""
        if match and len(value) > 1 and value[0] in _CANT_BEGIN:
            values = {"sign": value[0], "suggestion": f"{match['name']}: {quoted(value)}"}
            yield Fault("yaml-cant-begin", number, match.start("value") + 1, values)


def _open_bracket(lines: list[str]) -> Iterator[Fault]:
    """A bracket that does not close before the next field at the left edge."""
    open_at: list[tuple[str, int, int]] = []
    for number, line in enumerate(lines, 1):
        if open_at and re.match(r"[a-z_]+:", line):
            sign, row, column = open_at[-1]
            yield Fault("yaml-open-bracket", row, column, {"opening": sign, "closing": _PAIRS[sign]})
            open_at.clear()
        bare = _QUOTED.sub(lambda match: "_" * len(match[0]), line)
        match = _FIELD.match(bare)
        is_flow = open_at or (match and match["value"][:1] in _PAIRS) or bare.strip()[:3].lstrip("- ")[:1] in _PAIRS
        for column, sign in enumerate(bare if is_flow else "", 1):
            if sign in _PAIRS:
                open_at.append((sign, number, column))
            elif sign in _PAIRS.values() and open_at:
                open_at.pop()
    if open_at:
        sign, row, column = open_at[-1]
        yield Fault("yaml-open-bracket", row, column, {"opening": sign, "closing": _PAIRS[sign]})


def _indent(lines: list[str]) -> Iterator[Fault]:
    """A line that is indented like none of those around it that it could belong to."""
    steps: list[int] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        depth = len(line) - len(line.lstrip(" "))
        is_item = line.lstrip().startswith("- ")
        fits = [step for step in steps if step <= depth]
        is_new = not steps or depth > steps[-1]
        above = lines[number - 2].rstrip() if number > 1 else ""
        may_open = number == 1 or above.endswith((":", "-", "[", "{", ",")) or is_item
        if (is_new and not may_open) or (not is_new and (not fits or fits[-1] != depth)):
            yield Fault("yaml-indent", number, depth + 1, {})
        steps = [*fits, depth] if depth not in fits else fits
        if is_item:
            steps.append(depth + 2)


def cut_values(text: str) -> Iterator[Fault]:
    """Values that YAML ends at a `#`, without a word, where no comment seems to be meant: `Tháng #1`.

    `text` is YAML that the parser takes; a comment has a space behind its sign, or stands alone.
    """
    if not _COMMENT.search(text):
        return
    lines = [*text.splitlines(), ""]
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if not isinstance(event, yaml.ScalarEvent) or event.style:
            continue
        end: Any = event.end_mark
        if match := _CUT.match(lines[end.line], end.column):
            values = {"cut": match[1], "suggestion": quoted(f"{event.value}{match[0]}".strip())}
            yield Fault("yaml-cut-value", end.line + 1, match.start(1) + 1, values)


def quoted(text: str) -> str:
    """A value in straight quotes, as YAML wants it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
