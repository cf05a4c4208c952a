"""Front matter without anything unusual, read in one go: nearly all there is.

In: YAML. Out: a `RawMapping`, or None if there is anything that an editor should be told of, or
that takes a second look (anchors, tags, repeated keys); `front_matter.py` then does that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

from archive.model.raw import RawList, RawMapping, RawNode, RawScalar
from archive.problems import Position

NOTHING = ("", "~", "null")  # how a value that is not there is written, without quotes

_Next = Callable[[], yaml.Event | None]


class _Unusual(Exception):
    """Something that a plain record doesn't hold."""


def plain_tree(text: str, depth: int) -> RawMapping | None:
    """The mapping that the text holds, with nothing below `depth`; lines count from the `---` above it."""
    try:
        following: _Next = yaml.CBaseLoader(text).get_event
        following(), following()  # the stream and the document begin
        tree = _node(following(), following, depth)
        following()  # the document ends
        is_all = type(following()) is yaml.StreamEndEvent
    except (yaml.YAMLError, _Unusual):
        return None
    return tree if is_all and isinstance(tree, RawMapping) else None


def _node(event: yaml.Event | None, following: _Next, depth: int) -> RawNode:
    """The value that an event begins; `depth` is how much deeper it may go."""
    if depth < 0:
        raise _Unusual
    if type(event) is yaml.ScalarEvent:
        value = _words(event)
        return RawScalar(None if value in NOTHING and not event.style else value, _position(event))
    if type(event) is yaml.SequenceStartEvent:
        return _list(event, following, depth - 1)
    if type(event) is yaml.MappingStartEvent:
        return _mapping(event, following, depth - 1)
    raise _Unusual


def _list(start: yaml.SequenceStartEvent, following: _Next, depth: int) -> RawList:
    _check(start)
    items = []
    while type(event := following()) is not yaml.SequenceEndEvent:
        items.append(_node(event, following, depth))
    return RawList(tuple(items), _position(start))


def _mapping(start: yaml.MappingStartEvent, following: _Next, depth: int) -> RawMapping:
    _check(start)
    items: dict[str, RawNode] = {}
    keys: dict[str, Position] = {}
    while type(event := following()) is yaml.ScalarEvent:
        name = _words(event)
        if name in items:
            raise _Unusual
        keys[name] = _position(event)
        items[name] = _node(following(), following, depth)
    if type(event) is not yaml.MappingEndEvent:
        raise _Unusual
    return RawMapping(items, keys, _position(start))


def _words(event: yaml.ScalarEvent) -> str:
    _check(event)
    value: str = event.value
    return value


def _check(event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
    if event.anchor is not None or event.tag is not None:
        raise _Unusual


def _position(event: yaml.Event) -> Position:
    mark: Any = event.start_mark
    return Position(mark.line + 2, mark.column + 1)
