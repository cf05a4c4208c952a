"""JSON Schemas say of a file what the archive's own reader says of it, as far as one file alone can tell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from archive.build.loading import Loaded
from archive.config import Settings
from archive.fields import fields_of_kind
from archive.knowledge import Knowledge, load_knowledge
from archive.model.raw import RawList, RawMapping, RawNode, RawScalar
from archive.model.records import PAGES
from archive.model.schema import fields_of
from archive.problems import Report
from archive.read.front_matter import read_front_matter
from archive.schemas import record_schema, schema_paths
from tests.archives import ROOT, SITE_CONFIG, TOY
from tests.cases import all_cases
from tests.made_site import make_site
from tests.model.test_dates import FEW, TABLE, parsed
from tests.strategies import dates, without_year

# What a schema does not see: days that are none, bundles, and the text below the front matter.
_BEYOND = {"bad-address.in-notes", "bad-date.nothing-known", "bad-id.beside-missing-field", "unknown-level.bundle"}
_OF_SHAPE = {
    "unknown-field",
    "missing-field",
    "list-for-value",
    "mapping-for-value",
    "list-expected",
    "mapping-expected",
    "bad-date",
    "bad-number",
    "bad-id",
    "bad-checksum",
    "bad-address",
    "bad-source-name",
    "unknown-level",
    "unknown-value",
    "did-you-mean",
}
SHAPELESS = [case for case in all_cases() if case.code in _OF_SHAPE and case.name not in _BEYOND]
_DATES = Draft202012Validator(record_schema("officials", load_knowledge(SITE_CONFIG)))
RECORDS = [
    pytest.param(path, id=f"{content.parent.name}/{path.relative_to(content)}")
    for content in (ROOT / "content", TOY)
    for path in sorted(content.rglob("*.md"))
]


class _Plain(yaml.CSafeLoader):
    """Values as programs for YAML 1.2 take them: numbers are numbers, dates are text."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if not tag.endswith(("timestamp", ":bool", ":merge"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def plain(node: RawNode) -> Any:
    if isinstance(node, RawScalar):
        return node.value
    if isinstance(node, RawList):
        return [plain(item) for item in node.items]
    return {name: plain(item) for name, item in node.items.items()}


def front_matter(text: str) -> RawMapping:
    split = read_front_matter(text, "x.md", Report())
    assert split
    return split[0]


def refusals(kind: str, value: Any, knowledge: Knowledge) -> list[str]:
    validator = Draft202012Validator(record_schema(kind, knowledge))
    return [error.message for error in validator.iter_errors(value)]


@pytest.mark.parametrize("path", RECORDS)
def test_records_fit(path: Path, knowledge: Knowledge) -> None:
    """Every record fits its schema, as the archive reads it and as a program for YAML does."""
    text = path.read_text(encoding="utf-8")
    kind = next(part for part in path.parts[path.parts.index("content") + 1 :])
    assert refusals(kind, plain(front_matter(text)), knowledge) == []
    assert refusals(kind, yaml.load(text.split("\n---")[0], Loader=_Plain), knowledge) == []


@pytest.mark.parametrize("case", SHAPELESS, ids=lambda case: case.name)
def test_what_has_the_wrong_shape_is_refused(case: Any, knowledge: Knowledge) -> None:
    """A defect that one file shows by itself is refused before `check` sees it."""
    records = [
        (name.split("/")[1], plain(front_matter(file.text)))
        for name, file in case.files.items()
        if name.startswith("content/") and name.endswith(".md")
    ]
    assert any(refusals(kind, value, knowledge) for kind, value in records)


def test_kinds_and_fields_are_all_there(toy: Loaded, knowledge: Knowledge, settings: Settings) -> None:
    """Each kind has a schema at its own address, with every field, and no other field is let in."""
    files = {path: json.loads(data) for path, data in make_site(toy).files.items() if "/schema/" in path}
    assert list(files) == list(schema_paths(knowledge).values())
    assert f"du-lieu/schema/{PAGES}.json" in files
    for kind in knowledge.kinds.values():
        schema = files[f"du-lieu/schema/{kind.id}.json"]
        Draft202012Validator.check_schema(schema)
        assert schema["$id"] == f"{settings.url}du-lieu/schema/{kind.id}.json"
        assert list(schema["properties"]) == list(fields_of_kind(kind, knowledge))
        assert refusals(kind.id, {"khong_co": "x"}, knowledge)


def _undescribed(schema: dict[str, Any], at: str) -> Iterator[str]:
    for name, inside in schema.get("properties", {}).items():
        if not inside.get("description"):
            yield f"{at}.{name}"
        yield from _undescribed(inside.get("items", inside), f"{at}.{name}")


def test_every_field_is_explained(knowledge: Knowledge) -> None:
    """An editor's program has something to show at every field, inside groups too."""
    assert [at for kind in schema_paths(knowledge) for at in _undescribed(record_schema(kind, knowledge), kind)] == []


def test_values_of_a_vocabulary_have_their_names(knowledge: Knowledge) -> None:
    """A level is completed from its code, with the words that readers see."""
    level = json.loads(json.dumps(record_schema("articles", knowledge)))["properties"]["level"]
    names = dict(zip(level["enum"], level["enumDescriptions"], strict=True))
    assert names.pop(None) == "chưa rõ"
    assert names == {code: term.name for code, term in knowledge.vocabularies["levels"].items()}


def _post_since(text: str) -> dict[str, Any]:
    return {"name": "A", "posts": [{"role": "B", "source": "C", "start": text}]}


@pytest.mark.parametrize("text", [row[0] for row in TABLE if row[0] != "-"])
def test_dates_that_are_read_fit(text: str, knowledge: Knowledge) -> None:
    """No date that the archive reads is refused."""
    assert refusals("officials", _post_since(text), knowledge) == []


@FEW
@given(st.text("0123456789X-/.~?%[]{},", max_size=24) | dates.map(str) | without_year.map(str))
def test_any_date_that_is_read_fits(text: str) -> None:
    """Whatever EDTF allows and the archive reads, the schema lets through."""
    if parsed(text):
        assert _DATES.is_valid(_post_since(text))


@pytest.mark.parametrize("text", ["15/04/2024", "2024-4-15", "15-4-2024", "tháng 4/2024", "2024-15-04", "quý I/2024"])
def test_dates_in_other_dress_are_refused(text: str, knowledge: Knowledge) -> None:
    """Dates as people write them are marked while they are typed."""
    assert refusals("officials", _post_since(text), knowledge)


@pytest.mark.parametrize(
    ("basis", "fits"),
    [
        (None, True),
        ({}, True),
        ({"kind": None, "words": None}, True),
        ({"kind": "stated"}, False),
        ({"kind": "stated", "words": None}, False),
        ({"kind": "stated", "words": "Ngày 1"}, True),
        ({"kind": None, "words": None, "word": None}, False),
    ],
)
def test_an_empty_group_is_no_group(basis: Any, fits: bool, knowledge: Knowledge) -> None:
    """A group may be left empty as `new` writes it; once something is filled in, it must be whole."""
    value = {"title": "A", "rights": "full", "date_basis": basis}
    assert (refusals("articles", value, knowledge) == []) is fits


def test_member_fields_belong_to_a_class(knowledge: Knowledge) -> None:
    """site-config/fields.yml explains no field inside a group that is not there."""
    from archive.model import records

    explained = [name.split(".") for name in knowledge.fields if name[0].isupper()]
    assert [f"{of}.{name}" for of, name in explained if name not in fields_of(getattr(records, of))] == []


def test_vs_code_finds_every_schema(knowledge: Knowledge) -> None:
    """The settings in the repository join each kind of files with its schema in the built site."""
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert set(settings["yaml.schemas"]) == {f"./site/{path}" for path in schema_paths(knowledge).values()}
