"""No field of a record is forgotten: it is shown on its page, exported, or excused here."""

from __future__ import annotations

import jinja2
import pytest
from jinja2 import nodes

from archive.build.loading import Loaded
from archive.kinds import RenderContext, module_of, subject_of
from archive.model.records import UNSURE, Source
from archive.model.schema import fields_of
from tests.archives import ROOT

_ELSEWHERE = "links to other archives are exported of people"
_LIKENESS = "keeps a note on likeness away"
_BESIDE = "shown with what others say of it, out of the dossier"
EXCUSED = {
    ("articles", UNSURE): "editors alone see it",
    ("documents", "same_as"): _ELSEWHERE,
    ("documents", "not_same_as"): _LIKENESS,
    ("documents", "possibly_same_as"): _BESIDE,
    ("events", "same_as"): _ELSEWHERE,
    ("events", "not_same_as"): _LIKENESS,
    ("events", "possibly_same_as"): _BESIDE,
    ("events", "date_basis"): _BESIDE,
    ("events", "place"): _BESIDE,
}
TEMPLATES = ROOT / "templates" / "pages"


def shown(template: str) -> set[str]:
    """Attributes of `record` and `dossier` that a template or one of its imports asks for, by whatever name."""
    syntax = jinja2.Environment().parse((TEMPLATES / template).read_text(encoding="utf-8"))
    names = {"record", "dossier"}
    for assign in syntax.find_all(nodes.Assign):
        if isinstance(assign.node, nodes.Name) and assign.node.name in names and isinstance(assign.target, nodes.Name):
            names.add(assign.target.name)
    asked = syntax.find_all(nodes.Getattr)
    return {one.attr for one in asked if isinstance(one.node, nodes.Name) and one.node.name in names}


@pytest.mark.parametrize("kind", ["articles", "events", "officials", "documents"])
def test_every_field_is_shown_or_exported(kind: str, toy: Loaded) -> None:
    """A new field of a record has to be shown, to be a column, or to be excused; an excuse that is not needed goes."""
    context = RenderContext(toy.db, toy.knowledge, toy.settings)
    subject = subject_of(context, kind, next(iter(toy.corpus.records(kind))))
    found = shown(f"{subject.kind.template}.md.j2") | module_of(subject.kind).row(subject).keys()
    missing = fields_of(type(subject.record)).keys() - found
    assert missing == {field for of, field in EXCUSED if of == kind}


def test_every_field_of_a_source_is_shown_and_exported(toy: Loaded) -> None:
    """A field of `source` has a label, by which the page shows it, and a column."""
    context = RenderContext(toy.db, toy.knowledge, toy.settings)
    article = subject_of(context, "articles", next(iter(toy.corpus.articles)))
    fields = set(fields_of(Source))
    assert toy.knowledge.labels["source_fields"].keys() == fields
    assert {f"source_{field}" for field in fields} <= module_of(article.kind).row(article).keys()
