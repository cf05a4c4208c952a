"""The recipe of digests: other values are another recipe, and the same values the same digest."""

from __future__ import annotations

from archive.build.loading import Loaded
from archive.kinds import RenderContext, module_of, subject_of
from archive.kinds.published import digest_of_record
from archive.ledger import RECIPE

COLUMNS = {
    "articles": "id url title title_by date date_basis date_words period event level sector place publisher published "
    "byline rights speakers attendees mentioned documents topics source_file source_sha256 source_url source_captured "
    "source_archived corrections",
    "mentions": "article paragraph start end printed kind records",
    "events": "id url name date dates_differ period level organiser organiser_unit places articles people documents "
    "corrections",
    "officials": "id url name aliases posts appearances possibly_same_as not_same_as same_as corrections",
    "roles": "official article date role event paragraph",
    "documents": "id url name type number issuer date term title aliases citations relations corrections",
}


def test_the_columns_of_the_recipe(toy: Loaded) -> None:
    """Who adds a column to the data raises RECIPE: else every record would seem to have changed on one day."""
    context = RenderContext(toy.db, toy.knowledge, toy.settings)
    found: dict[str, str] = {}
    for kind in toy.knowledge.kinds:
        for id in toy.corpus.records(kind):
            subject = subject_of(context, kind, id)
            module = module_of(subject.kind)
            found |= {table: " ".join(rows[0]) for table, rows in module.rows(subject)}
            assert digest_of_record(module, subject) == digest_of_record(module, subject_of(context, kind, id))
    assert (RECIPE, found) == (1, COLUMNS)
