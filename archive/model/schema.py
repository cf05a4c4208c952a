"""What a front-matter field may hold: the vocabulary in which the record classes describe themselves.

In: nothing. Out: field kinds (`Text`, `Edtf`, `Choice`, …) and `spec`, which hangs a kind on a
dataclass field. The reader of front matter, the reference in docs/ and the empty records of
`build.py new` are all driven by these descriptions, so a field is declared once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Forms of values, as regular expressions that Python and JSON Schema read alike; each is for a whole value.
# Names of devices: no file may have one on Windows, with or without an ending.
_DEVICES = "(?!(?:[Cc][Oo][Nn]|[Pp][Rr][Nn]|[Aa][Uu][Xx]|[Nn][Uu][Ll]|(?:[Cc][Oo][Mm]|[Ll][Pp][Tt])[0-9])(?:\\.|$))"
ID = f"{_DEVICES}[a-z0-9]+(?:-[a-z0-9]+)*"
FILE_NAME = f"{_DEVICES}[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?"
WEB_ADDRESS = "https?://[^\\s<>\"'/?#\\[\\]]+(?:[/?#][^\\s<>\"']*)?"
CHECKSUM = "[0-9a-f]{64}"
WHOLE = "[0-9]{1,8}"
MARKUP = "<[a-zA-Z/!?]"  # somewhere in a text: the beginning of HTML


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text, kept as written apart from NFC."""


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date in the Extended Date/Time Format (ISO 8601-2), e.g. `2024-04-11`, `XXXX-04-11`."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number, zero or more."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """A SHA-256 in 64 lower-case hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An http or https address."""


@dataclass(frozen=True, slots=True)
class FileName:
    """The name of a file in content/sources: no folder, no leading dot."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value out of a vocabulary kept in site-config (`levels`, `sectors`, `places`, …)."""

    vocabulary: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The id of another record; `kind` names its folder below content/."""

    kind: str


@dataclass(frozen=True, slots=True)
class Many:
    """A list of values of one kind."""

    of: FieldKind


@dataclass(frozen=True, slots=True)
class Group:
    """A mapping whose keys are the fields of another described class."""

    of: type


FieldKind = Text | Edtf | Whole | Checksum | WebAddress | FileName | Choice | Reference | Many | Group


@dataclass(frozen=True, slots=True)
class FieldSpec:
    kind: FieldKind
    required: bool = False


def spec(kind: FieldKind, *, required: bool = False) -> Any:
    """A dataclass field that front matter may fill; lists default to `()`, all else to None."""
    default: Any = () if isinstance(kind, Many) else None
    return dataclasses.field(default=default, metadata={"spec": FieldSpec(kind, required)})


_described: dict[type, Mapping[str, FieldSpec]] = {}


def fields_of(described: type) -> Mapping[str, FieldSpec]:
    """The front-matter fields of a class, in the order in which a record writes them."""
    if described not in _described:
        fields = dataclasses.fields(described)
        _described[described] = {field.name: field.metadata["spec"] for field in fields if "spec" in field.metadata}
    return _described[described]
