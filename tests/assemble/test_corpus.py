"""The corpus: references lead somewhere, order does not depend on the disk."""

from __future__ import annotations

from archive.build.loading import Loaded
from archive.extract.references import assemble_corpus, references
from archive.knowledge import Knowledge
from archive.model.records import CitedDocument, Evidence, Official, Origin, Participant, Relation
from archive.problems import Report
from tests.archives import codes
from tests.made import article, document, official


def test_references_are_found_at_their_places() -> None:
    """Every reference a record holds is named by its dotted place, kind and id."""
    made = article(
        event="e",
        speakers=(Participant(official="a", name="A"), Participant(name="B")),
        documents=(CitedDocument(document="d", printed="D"),),
    )
    assert list(references(made)) == [
        ("event", "events", "e"),
        ("speakers.0.official", "officials", "a"),
        ("documents.0.document", "documents", "d"),
    ]
    plan = document(
        relations=(Relation(type="implements", document="x", evidence=(Evidence(article="y", words="z"),)),)
    )
    assert list(references(plan)) == [
        ("relations.0.document", "documents", "x"),
        ("relations.0.evidence.0.article", "articles", "y"),
    ]


def test_a_dangling_reference_is_reported_and_its_record_kept(knowledge: Knowledge) -> None:
    """A reference that leads nowhere is a problem; the article stays."""
    report = Report()
    corpus = assemble_corpus([("articles", article(event="khong-co"))], knowledge, report)
    assert codes(report) == ["unknown-record"]
    assert corpus.articles["bai"].event == "khong-co"


def test_one_id_in_two_kinds_is_two_records(knowledge: Knowledge) -> None:
    """Ids are unique within a kind only: `/nguoi/a/` is not `/van-ban/a/`."""
    report = Report()
    assemble_corpus([("officials", official(id="a")), ("documents", document(id="a"))], knowledge, report)
    assert codes(report) == []


def test_order_is_by_id(toy: Loaded, knowledge: Knowledge) -> None:
    """Records given in any order make the same corpus."""
    people = [("officials", Official(id=id, origin=Origin("x"), name=id)) for id in ("c", "a", "b")]
    corpora = [assemble_corpus(order, knowledge, Report()) for order in (people, people[::-1])]
    assert list(corpora[0].officials) == list(corpora[1].officials) == ["a", "b", "c"]
    assert all(list(toy.corpus.records(kind)) == sorted(toy.corpus.records(kind)) for kind in knowledge.kinds)
