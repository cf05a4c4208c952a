"""The front-matter reference, made of what the record classes and site-config/ say.

In: what the archive knows. Out: Markdown for docs/front-matter.md; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.fields import explanation, explanation_inside, fields_of_kind
from archive.knowledge import Kind, Knowledge
from archive.model.schema import (
    Checksum,
    Choice,
    Edtf,
    FieldKind,
    FieldSpec,
    FileName,
    Group,
    Many,
    Reference,
    Text,
    WebAddress,
    Whole,
    fields_of,
)

LONGEST_LIST = 30
_PLAIN = {
    Text: "text",
    Edtf: "edtf",
    Whole: "whole",
    Checksum: "checksum",
    WebAddress: "address",
    FileName: "file",
    Group: "group",
}


def front_matter_reference(knowledge: Knowledge) -> str:
    """One section a kind, one row a field, and the vocabularies at the end."""
    return "\n".join(_Reference(knowledge).lines()) + "\n"


class _Reference:
    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def word(self, name: str) -> str:
        return self.knowledge.fields[f"reference.{name}"]

    def lines(self) -> Iterator[str]:
        for kind in self.knowledge.kinds.values():
            yield from self.section(kind)
        yield from (f"## {self.word('vocabularies')}", "")
        for name, terms in sorted(self.knowledge.vocabularies.items()):
            if len(terms) <= LONGEST_LIST:
                yield f"- **{name}**: " + ", ".join(f"`{code}` ({term.name})" for code, term in terms.items())
            else:
                yield f"- **{name}**: {self.word('see')} `site-config/{name.replace('_', '-')}.yml`"

    def section(self, kind: Kind) -> Iterator[str]:
        yield from (f"## {kind.plural} (`content/{kind.folder}/`)", "")
        yield f"| {self.word('field')} | {self.word('value')} | {self.word('purpose')} |"
        yield "|---|---|---|"
        for name, field in fields_of_kind(kind, self.knowledge).items():
            yield self.row(name, field, explanation(name, kind.id, self.knowledge))
            inner = field.kind.of if isinstance(field.kind, Many) else field.kind
            if isinstance(inner, Group):
                for part, spec in fields_of(inner.of).items():
                    yield self.row(f"{name}.{part}", spec, explanation_inside(inner.of, part, self.knowledge))
        yield ""

    def row(self, name: str, field: FieldSpec, words: str) -> str:
        needed = f" **({self.word('required')})**" if field.required else ""
        return f"| `{name}`{needed} | {self.value(field.kind)} | {words} |"

    def value(self, kind: FieldKind) -> str:
        match kind:
            case Many(of):
                return f"{self.word('list')}: {self.value(of)}"
            case Choice(vocabulary):
                return f"{self.word('one-of')} `{vocabulary}`"
            case Reference(target):
                return f"{self.word('id-in')} content/{target}/"
            case _:
                return self.word(_PLAIN[type(kind)])
