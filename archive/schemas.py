"""JSON Schemas of the records: what an editor's program can know of front matter before `check` reads it.

In: what the archive knows. Out: one schema (2020-12) a kind of records, made of the record classes,
site-config/fields.yml and the vocabularies. A schema sees one file: whether an id leads to a
record, and whether words stand in a text, only `build.py check` knows.
"""

from __future__ import annotations

from collections.abc import Mapping

from archive.fields import explanation, explanation_inside, fields_of_kind
from archive.knowledge import Knowledge
from archive.model.records import PAGES, Page
from archive.model.schema import (
    CHECKSUM,
    FILE_NAME,
    ID,
    MARKUP,
    WEB_ADDRESS,
    WHOLE,
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

_MONTH = "(?:0[1-9]|1[0-2]|2[1-4]|3[3-9]|4[01]|[01X]X|X[0-9])"
_DAY = "(?:0[1-9]|[12][0-9]|3[01]|[0-3X]X|X[0-9])"
_POINT = f"[?~%]?[0-9X]{{4}}[?~%]?(?:-[?~%]?{_MONTH}[?~%]?(?:-[?~%]?{_DAY}[?~%]?)?)?"
_END = rf"(?:{_POINT}|\.\.)?"
_MEMBER = rf"(?:\.\.)?{_POINT}(?:\.\.(?:{_POINT})?)?"
_SET = rf"{_MEMBER}(?:, ?{_MEMBER})*"
_EDTF = rf"(?:{_POINT}|{_END}/{_END}|\[{_SET}\]|\{{{_SET}\}})"

# YAML without quotes makes a number of 57 and of 2024; the archive reads both as they are written.
_STRINGS: Mapping[type, tuple[tuple[str, ...], str]] = {
    Text: (("string", "number"), f"(?![\\s\\S]*{MARKUP})"),
    Edtf: (("string", "integer"), f"{_EDTF}$"),
    Whole: (("string", "integer"), f"{WHOLE}$"),
    Checksum: (("string",), f"{CHECKSUM}$"),
    WebAddress: (("string",), f"{WEB_ADDRESS}$"),
    FileName: (("string",), f"{FILE_NAME}$"),
    Reference: (("string",), f"{ID}$"),
}
_NULL = {"type": "null"}
# Programs for YAML take the text below the front matter for a second document, and hold it against the same schema.
_LET_BY = {"type": ["object", "string", "null"]}


def schema_paths(knowledge: Knowledge) -> dict[str, str]:
    """Where the schema of each kind is published, below the site's address."""
    return {kind: f"{knowledge.addresses.pages.schemas}{kind}.json" for kind in (*knowledge.kinds, PAGES)}


def record_schema(kind: str, knowledge: Knowledge) -> dict[str, object]:
    """The schema of the front matter of one kind, as JSON values."""
    return _Schema(knowledge).record(kind)


class _Schema:
    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def word(self, name: str) -> str:
        return self.knowledge.fields[f"schema.{name}"]

    def record(self, kind: str) -> dict[str, object]:
        known = self.knowledge.kinds.get(kind)
        fields = fields_of_kind(known, self.knowledge) if known else fields_of(Page)
        title = f"{known.plural} (content/{known.folder}/)" if known else f"content/{PAGES}/"
        words = {name: explanation(name, kind, self.knowledge) for name in fields}
        return {"title": title, **_LET_BY, **self.members(fields, words), "required": _required(fields)}

    def members(self, fields: Mapping[str, FieldSpec], words: Mapping[str, str]) -> dict[str, object]:
        described = {}
        for name, field in fields.items():
            about = {"description": words[name]} if words[name] else {}
            described[name] = {**about, **self.value(field.kind, nullable=not field.required)}
        return {"properties": described, "additionalProperties": False}

    def value(self, kind: FieldKind, *, nullable: bool) -> dict[str, object]:
        match kind:
            case Many(of):
                return {"type": ["array", "null"], "items": self.value(of, nullable=False)}
            case Group(of):
                return self.group(of, nullable=nullable)
            case Choice(vocabulary):
                return self.choice(vocabulary, nullable=nullable)
        types, pattern = _STRINGS[type(kind)]
        limits = {"minimum": 0} if isinstance(kind, Whole | Edtf) else {}
        shape = {"pattern": f"^{pattern}", "patternErrorMessage": self.word(type(kind).__name__)}
        return {"type": [*types, "null"] if nullable else list(types), **shape, **limits}

    def group(self, group: type, *, nullable: bool) -> dict[str, object]:
        """A member of a list must be whole; elsewhere a group in which nothing is filled in is an empty form."""
        fields = fields_of(group)
        words = {name: explanation_inside(group, name, self.knowledge) for name in fields}
        required = _required(fields)
        if not nullable:
            return {"type": "object", **self.members(fields, words), "required": required}
        shape = self.members({name: FieldSpec(field.kind) for name, field in fields.items()}, words)
        whole: dict[str, object] = {"required": required, "properties": {name: {"not": _NULL} for name in required}}
        condition = {"if": {"not": {"additionalProperties": _NULL}}, "then": whole} if required else {}
        return {"type": ["object", "null"], **shape, **condition}

    def choice(self, vocabulary: str, *, nullable: bool) -> dict[str, object]:
        terms = self.knowledge.vocabularies[vocabulary]
        codes: list[str | None] = list(terms)
        names = [term.name for term in terms.values()]
        if nullable:
            codes, names = [*codes, None], [*names, self.word("unknown")]
        return {"enum": codes, "enumDescriptions": names}


def _required(fields: Mapping[str, FieldSpec]) -> list[str]:
    return [name for name, field in fields.items() if field.required]
