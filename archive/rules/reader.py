"""Values of a file of site-config/ → the frozen class that says what belongs there.

In: strings, lists and mappings as YAML or JSON give them. Out: an instance of the class; ConfigError for what does
not belong there. Standard library alone.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import types
import typing
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import cache
from typing import Annotated, Literal, TypeVar

T = TypeVar("T")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
Keys = tuple[str | int, ...]
"""The way to an entry of a file: `("patterns", 3, "regex")`; numbers count from 0."""


class ConfigError(Exception):
    """site-config/ can't be used as it stands.

    `file` is the name of the file without its ending, `keys` lead to the entry at fault; both are empty where `said`
    names the place itself.
    """

    def __init__(self, said: str, file: str = "", keys: Keys = ()) -> None:
        super().__init__(said, file, keys)
        self.said, self.file, self.keys = said, file, keys

    def __str__(self) -> str:
        return f"site-config/{self.file}.yml: {self.entry}" if self.file else self.said

    @property
    def entry(self) -> str:
        """The entry and what is wrong with it, without the file."""
        return ": ".join([*(f"#{key + 1}" if isinstance(key, int) else key for key in self.keys), self.said])


KEY = object()
"""A field `Annotated[str, KEY]` is the key under which its entry stands."""


class Every:
    """The names that a mapping must have, and no others: `Annotated[Mapping[str, float], Every("a b")]`."""

    def __init__(self, names: str) -> None:
        self.names = frozenset(names.split())


def read_rules(kind: type[T], value: object, file: str, keys: Keys = ()) -> T:
    """`value` as a frozen dataclass, or a `dict[str, …]` of them; `file` is its name without ending, for messages.

    Fields are text, numbers, `bool`, `date`, `Literal`s, other dataclasses, or tuples, frozensets and mappings of
    these. A field `a_b` is the entry `a_b` or `a-b`, a field `not_` the entry `not`. An entry that no field names,
    that lacks though its field has no default, or that is of another shape raises ConfigError.
    """
    return typing.cast(T, _Reader(file).value(kind, value, keys))


@dataclasses.dataclass(frozen=True, slots=True)
class _Reader:
    file: str

    def value(self, kind: object, value: object, keys: Keys) -> object:
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            return self.group(kind, value, keys)
        if isinstance(kind, type):
            return self.scalar(kind, value, keys)
        origin, of = typing.get_origin(kind), typing.get_args(kind)
        if origin is Annotated:
            self.names(of[1], value, keys)
            return self.value(of[0], value, keys)
        if origin in (types.UnionType, typing.Union):  # X | None
            return None if value is None else self.value(of[0], value, keys)
        if origin is Literal:
            return value if value in of else self.refuse(f"{value} ({', '.join(of)})", keys)
        if origin in (tuple, frozenset):
            if not isinstance(value, list):
                self.refuse("a list ([…, …]) belongs here", keys)
            return origin(self.value(of[0], item, (*keys, at)) for at, item in enumerate(value))
        items = self.mapping(value, keys)
        return {self.scalar(of[0], key, keys): self.value(of[1], item, (*keys, key)) for key, item in items.items()}

    def names(self, every: Every, value: object, keys: Keys) -> None:
        given = self.mapping(value, keys).keys()
        for name in sorted(given - every.names):
            self.refuse(f"unknown{_meant(name, every.names)}", (*keys, name))
        for name in sorted(every.names - given):
            self.refuse(f"`{name}` is missing", keys)

    def mapping(self, value: object, keys: Keys) -> dict[str, object]:
        return value if isinstance(value, dict) else self.refuse("entries (key: value) belong here", keys)

    def group(self, kind: type, value: object, keys: Keys) -> object:
        fields, given = _fields(kind), self.mapping(value, keys)
        read: dict[str, object] = {}
        for key, item in given.items():
            name = key.replace("-", "_")
            name = name if name in fields else f"{name}_"
            if name not in fields or typing.get_args(fields[name][0])[1:] == (KEY,):
                self.refuse(f"unknown{_meant(key, fields)}", (*keys, key))
            read[name] = self.value(fields[name][0], item, (*keys, key))
        for name, (wanted, is_needed) in fields.items():
            if typing.get_args(wanted)[1:] == (KEY,):
                read[name] = keys[-1]
            elif is_needed and name not in read:
                self.refuse(f"`{name.rstrip('_')}` is missing", keys)
        try:
            return kind(**read)
        except ValueError as error:  # of its __post_init__
            return self.refuse(str(error), keys)

    def scalar(self, kind: type, value: object, keys: Keys) -> object:
        if not isinstance(value, str):
            return self.refuse("words belong here", keys)
        read, wanted = _SCALARS[kind]
        try:
            return read(value)
        except (KeyError, ValueError):
            return self.refuse(f"{value} ({wanted})", keys)

    def refuse(self, said: str, keys: Keys) -> typing.NoReturn:
        raise ConfigError(said, self.file, keys)


def _whole(value: str) -> int:
    if "." in value or not _NUMBER.fullmatch(value):  # `int` would take 1_000 and other alphabets' figures
        raise ValueError(value)
    return int(value)


def _number(value: str) -> float:
    if not _NUMBER.fullmatch(value):
        raise ValueError(value)
    return float(value)


_SCALARS: Mapping[type, tuple[Callable[[str], object], str]] = {
    str: (str, ""),
    int: (_whole, "a whole number, such as 200"),
    float: (_number, "a number, such as 1.5"),
    bool: ({"true": True, "false": False}.__getitem__, "true, false"),
    date: (date.fromisoformat, "a day, such as 2025-06-30"),
}


@cache
def _fields(kind: type) -> Mapping[str, tuple[object, bool]]:
    """Name → type, and whether it must be there."""
    hints = typing.get_type_hints(kind, include_extras=True)
    missing = dataclasses.MISSING
    return {
        field.name: (hints[field.name], field.default is missing and field.default_factory is missing)
        for field in dataclasses.fields(kind)
    }


def _meant(key: str, fields: Collection[str]) -> str:
    found = difflib.get_close_matches(key, [name.rstrip("_") for name in fields], 1)
    return f"; did you mean `{found[0]}`?" if found else ""
