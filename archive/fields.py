"""The fields of a kind of records, and what is said of them.

In: a kind, and what the archive knows. Out: the fields of its front matter, and what each is for in
Vietnamese (site-config/fields.yml). Empty records, the reference in docs/ and the JSON Schemas are
made of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archive.knowledge import Kind, Knowledge
from archive.model.records import Article, EntityLink
from archive.model.schema import FieldSpec, Group, Many, Text, fields_of


def fields_of_kind(kind: Kind, knowledge: Knowledge) -> dict[str, FieldSpec]:
    """The fields of a kind's front matter, those of site-config/kinds.yml included."""
    fields = dict(fields_of(kind.model))
    if kind.model is Article:
        for added in knowledge.added_kinds.values():
            if added.article_field:
                fields[added.article_field] = FieldSpec(Many(Group(EntityLink)))
    fields.update((name, FieldSpec(Text())) for name in kind.fields)
    return fields


def explanation(name: str, kind: str, knowledge: Knowledge) -> str:
    """What a field is for; a kind's own words come before the general ones."""
    own = knowledge.kinds[kind].fields if kind in knowledge.kinds else {}
    return own.get(name) or knowledge.fields.get(f"{kind}.{name}") or knowledge.fields.get(name) or ""


def explanation_inside(group: type, name: str, knowledge: Knowledge) -> str:
    """What a field inside a group is for: `Participant.roles`."""
    return knowledge.fields.get(f"{group.__name__}.{name}") or ""


def dotted_names(fields: Mapping[str, FieldSpec], at: str = "") -> Iterator[str]:
    """Every field, and with a dot those inside of it: `place`, `place.unit`, `speakers.roles`."""
    for name, field in fields.items():
        yield at + name
        inner = field.kind.of if isinstance(field.kind, Many) else field.kind
        if isinstance(inner, Group):
            yield from dotted_names(fields_of(inner.of), f"{at}{name}.")
