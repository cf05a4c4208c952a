"""What GitHub shows to who comes: issue forms, the template of a pull request, owners."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from archive.config import Settings
from archive.knowledge import Knowledge
from tests.archives import ROOT

FOLDER = ROOT / ".github" / "ISSUE_TEMPLATE"
FORMS = ("them-bai", "sua-loi", "gop-tach-nguoi", "go-bai", "gop-y")
ABOUT_A_PAGE = ("sua-loi", "gop-tach-nguoi", "go-bai", "gop-y")
TOP = {"name": str, "description": str, "title": str, "labels": list, "body": list}
ATTRIBUTES = {  # of each element: what must be there, and what may
    "markdown": ({"value"}, set[str]()),
    "textarea": ({"label"}, {"description", "placeholder", "value", "render"}),
    "input": ({"label"}, {"description", "placeholder", "value"}),
    "dropdown": ({"label", "options"}, {"description", "multiple", "default"}),
    "checkboxes": ({"label", "options"}, {"description"}),
}

Form = dict[str, Any]


def load(path: Path) -> Form:
    loaded: Form = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def faults(form: Form) -> Iterator[str]:
    """What GitHub would refuse: by its documentation of issue forms."""
    yield from (f"no {name}" for name in ("name", "description", "body") if not form.get(name))
    yield from (f"{name}: {value!r}" for name, value in form.items() if type(value) is not TOP.get(name))
    elements = form.get("body") or []
    if all(element.get("type") == "markdown" for element in elements):
        yield "nothing to fill in"
    for name in ("id", "label"):
        said = [e.get("id") if name == "id" else e.get("attributes", {}).get("label") for e in elements]
        used = [each for each in said if each]
        yield from (f"{name} twice: {each}" for each in sorted({each for each in used if used.count(each) > 1}))
    for element in elements:
        yield from _element_faults(element)


def _element_faults(element: Form) -> Iterator[str]:
    kind = element.get("type")
    if kind not in ATTRIBUTES:
        yield f"type {kind}"
        return
    must, may = ATTRIBUTES[kind]
    attributes = element.get("attributes", {})
    yield from (f"{kind}: {name}" for name in set(element) - {"type", "id", "attributes", "validations"})
    yield from (f"{kind} without {name}" for name in must - set(attributes))
    yield from (f"{kind}: {name}" for name in set(attributes) - must - may)
    if kind != "markdown" and not re.fullmatch(r"[A-Za-z0-9_-]+", element.get("id", "")):
        yield f"id {element.get('id')}"
    if kind in ("markdown", "checkboxes") and "validations" in element:
        yield f"{kind}: validations"
    if element.get("validations", {}).keys() - {"required"}:
        yield f"{kind}: {element['validations']}"
    options = attributes.get("options", [])
    labels = [option["label"] if isinstance(option, dict) else option for option in options]
    if kind in ("dropdown", "checkboxes") and (not labels or len(set(labels)) < len(labels)):
        yield f"options {labels}"
    wanted = dict if kind == "checkboxes" else str
    yield from (f"option {option!r}" for option in options if type(option) is not wanted)


@pytest.mark.parametrize("name", FORMS)
def test_form(name: str) -> None:
    """A form is one that GitHub shows."""
    assert list(faults(load(FOLDER / f"{name}.yml"))) == []


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("no description", {"description": ""}),
        ("assignee: 'x'", {"assignee": "x"}),
        ("labels: 'x'", {"labels": "x"}),
        ("nothing to fill in", {"body": [{"type": "markdown", "attributes": {"value": "x"}}]}),
        ("id twice: a", {"body": [{"type": "input", "id": "a", "attributes": {"label": n}} for n in "bc"]}),
        ("label twice: b", {"body": [{"type": "input", "id": n, "attributes": {"label": "b"}} for n in "ac"]}),
        ("id a b", {"body": [{"type": "input", "id": "a b", "attributes": {"label": "b"}}]}),
        ("type text", {"body": [{"type": "text"}]}),
        ("input: option", {"body": [{"type": "input", "id": "a", "attributes": {"label": "b", "option": "c"}}]}),
        ("options ['x', 'x']", {"body": [{"type": "dropdown", "id": "a", "attributes": {"options": ["x", "x"]}}]}),
        ("option True", {"body": [{"type": "dropdown", "id": "a", "attributes": {"options": [True]}}]}),
        (
            "checkboxes: validations",
            {
                "body": [
                    {"type": "checkboxes", "id": "a", "validations": {}, "attributes": {"options": [{"label": "x"}]}}
                ]
            },
        ),
    ],
)
def test_what_github_refuses_is_noticed(fault: str, change: Form) -> None:
    """The check above is one."""
    assert fault in list(faults({**load(FOLDER / "gop-y.yml"), **change}))


@pytest.mark.parametrize("name", ABOUT_A_PAGE)
def test_forms_about_a_page_take_what_the_site_fills_in(name: str) -> None:
    """The links below every page fill in `trang` and `ban-ghi`; only a plain field can be filled in by an address."""
    fields = {element.get("id"): element["type"] for element in load(FOLDER / f"{name}.yml")["body"]}
    assert (fields["trang"], fields["ban-ghi"]) == ("input", "input")


def test_chooser(settings: Settings) -> None:
    """All forms are known by name here; the chooser leads to the archive's own page and to no empty form."""
    assert {path.stem for path in FOLDER.glob("*.yml")} == {*FORMS, "config"}
    chooser = load(FOLDER / "config.yml")
    assert chooser["blank_issues_enabled"] is False
    assert [link["url"] for link in chooser["contact_links"]] == [f"{settings.url}dong-gop/"]
    assert all(link["name"] and link["about"] for link in chooser["contact_links"])


def test_examples_of_records_are_kinds(knowledge: Knowledge) -> None:
    """`kind/id` in a placeholder begins with a kind that there is."""
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yml"))
    named = re.findall(r"placeholder: (\w+)/ma-", text)
    assert named and set(named) <= set(knowledge.kinds)


def test_pull_request_template() -> None:
    """Who opens a pull request ticks at most eight boxes."""
    text = (ROOT / ".github" / "pull_request_template.md").read_text(encoding="utf-8")
    assert 1 <= text.count("- [ ]") <= 8


def test_owners() -> None:
    """Every path that has an owner is there."""
    lines = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    owned = [line.split() for line in lines if line and not line.startswith("#")]
    assert owned[0][0] == "*"
    for path, *owners in owned:
        assert path == "*" or (ROOT / path.lstrip("/")).exists(), path
        assert owners and all(re.fullmatch(r"@[\w-]+(/[\w-]+)?", owner) for owner in owners)
