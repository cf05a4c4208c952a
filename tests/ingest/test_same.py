"""What is one and what is two: made pairs of namesakes, equal numbers and formulaic notices, and real copies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from archive.config import load_yaml
from archive.ingest.draft import Importer
from archive.ingest.rules.importing import read_import_rules
from archive.knowledge import Knowledge
from archive.known import Known
from archive.model.draft import Draft
from archive.problems import Report
from tests.archives import ROOT, SITE_CONFIG
from tests.ingest import pairs

LISTS = read_import_rules(lambda name: load_yaml(SITE_CONFIG / f"{name}.yml"))
MANY, FEW = 200, 40


@pytest.fixture
def count(request: pytest.FixtureRequest) -> int:
    return MANY if request.config.getoption("--long") else FEW


def imported(knowledge: Knowledge, *texts: str, known: Known | None = None) -> list[Draft]:
    importer = Importer(known or Known(), knowledge, LISTS)
    drafts = [importer.draft(f"{at}.txt", text.encode(), Report()) for at, text in enumerate(texts)]
    return [draft for draft in drafts if draft]


def front(draft: Draft) -> dict[str, object]:
    text = draft.files[draft.article or ""]
    read: dict[str, object] = yaml.safe_load(text[4:].partition("\n---\n")[0])
    return read


def people(draft: Draft) -> Iterator[dict[str, str]]:
    for group in ("speakers", "attendees", "mentioned"):
        yield from front(draft)[group]  # type: ignore[misc]


def documents(draft: Draft) -> list[dict[str, str]]:
    return front(draft)["documents"]  # type: ignore[return-value]


def test_namesakes_are_never_merged(knowledge: Knowledge, count: int) -> None:
    """Two people of one name and one post in two units, or of who knows which, are two records, or there is a doubt."""
    merged, asked, unread = [], 0, 0
    for name, one, other in pairs.namesakes(34, count):
        drafts = imported(knowledge, one, other)
        assert not any(draft.duplicate_of for draft in drafts)
        ids = [person["official"] for draft in drafts for person in people(draft) if person["name"] == name]
        unread += len(ids) < 2
        if len(ids) == 2 and ids[0] == ids[1]:
            is_asked = any(doubt.value == ids[1] for doubt in drafts[1].unsure)
            asked += is_asked
            merged += [] if is_asked else [(one, other)]
    assert merged == []
    assert asked < count / 5, "links that are asked about are for units of one name alone"
    assert unread < count / 10, "the pairs are to be read, or they show nothing"


def test_one_person_is_linked(knowledge: Knowledge, count: int) -> None:
    """Name, post and province of two reports agree: the second links to the record of the first."""
    linked = 0
    for name, one, other in pairs.one_person(36, count):
        drafts = imported(knowledge, one, other)
        ids = [person["official"] for draft in drafts for person in people(draft) if person["name"] == name]
        linked += len(ids) == 2 and ids[0] == ids[1]
    assert linked > count * 0.95


def test_equal_numbers_of_two_issuers_are_never_merged(knowledge: Knowledge, count: int) -> None:
    """05-CT/TU of two provinces are two records, or one record and a doubt."""
    merged, unread = [], 0
    for number, one, other in pairs.equal_numbers(35, count):
        cited = [[e for e in documents(draft) if e["number"] == number] for draft in imported(knowledge, one, other)]
        unread += not all(cited)
        ids = [entries[0]["document"] for entries in cited if entries]
        if len(ids) == 2 and ids[0] == ids[1]:
            merged.append((one, other))
    assert merged == []
    assert unread < count / 10


def test_formulaic_notices_are_never_refused(knowledge: Knowledge, count: int) -> None:
    """Two short notices in the same words, of two meetings, are both imported."""
    refused = []
    for one, other in pairs.notices(39, count):
        if any(draft.duplicate_of for draft in imported(knowledge, one, other)):
            refused.append((one, other))
    assert refused == []


def test_copies_with_other_noise_are_found(knowledge: Knowledge, count: int) -> None:
    """The same text from another page, with what that page puts round it, is a double, or much like one."""
    texts = [text for _, text, _ in pairs.namesakes(7, count // 2)]
    texts += [text for text, _ in pairs.notices(8, count // 2)]
    texts += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "content" / "sources").glob("*.txt"))]
    second = [imported(knowledge, text, copy)[1] for text, copy in pairs.copies(9, texts)]
    asked = [draft for draft in second if not draft.duplicate_of]
    assert [draft for draft in asked if "nearly-the-same-text" not in {doubt.why for doubt in draft.unsure}] == []
    assert len(asked) < len(texts) / 20
