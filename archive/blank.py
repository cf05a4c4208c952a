"""An empty record of a kind, every field there and explained.

In: a kind. Out: the text of a new file. Explanations stand in site-config/fields.yml; the
reference in docs/front-matter.md is made of the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from archive.fields import explanation, fields_of_kind
from archive.knowledge import Kind, Knowledge
from archive.model.records import Article
from archive.model.schema import ID, FieldSpec, Group, Many, fields_of


def record_path(kind: Kind, id: str, year: str, content: Path) -> Path | None:
    """Where a new record belongs; None if the id or the year can't be a file's name, as `check` has it."""
    if not re.fullmatch(ID, id) or not re.fullmatch(ID, year):
        return None
    folder = content / kind.folder
    return folder / year / f"{id}.md" if kind.model is Article else folder / f"{id}.md"


def blank_record(kind: Kind, knowledge: Knowledge) -> str:
    lines = ["---"]
    for name, field in fields_of_kind(kind, knowledge).items():
        explained = explanation(name, kind.id, knowledge)
        lines += [f"# {line}" for line in explained.splitlines()]
        lines.append(f"{name}: {_empty(field)}")
        lines += _inside(field)
    return "\n".join([*lines, "---", "", ""])


def _empty(field: FieldSpec) -> str:
    return "[]" if isinstance(field.kind, Many) else ("" if isinstance(field.kind, Group) else "null")


def _inside(field: FieldSpec) -> Iterator[str]:
    """The shape of a group or of a list of groups: as fields, or as a commented example."""
    if isinstance(field.kind, Group):
        for name, inner in fields_of(field.kind.of).items():
            yield f"  {name}: {_empty(inner)}"
    elif isinstance(field.kind, Many) and isinstance(field.kind.of, Group):
        shape = ", ".join(f"{name}: {_empty(inner) or '{}'}" for name, inner in fields_of(field.kind.of.of).items())
        yield f"#  - {{{shape}}}"
