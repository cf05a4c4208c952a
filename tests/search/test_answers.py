"""What readers type and what the archive's own index answers: the table of answers.yml, asked in Node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from archive.model.search import SearchEntry
from archive.search.syllable import build_syllable_index
from tests.node import NODE
from tests.search.made import KNOWLEDGE, VOCABULARY

HERE = Path(__file__).parent
TABLE = yaml.safe_load((HERE / "answers.yml").read_text(encoding="utf-8"))
QUERIES = [
    {**case, "typing": typing}
    for case in TABLE["queries"]
    for typing in ([False, True] if "alike" in case else [False])
]


def entry(id: str, given: Mapping[str, Any]) -> SearchEntry:
    kind = given.get("kind", "articles")
    blocks = (("doan-1", given["text"]),) if "text" in given else ()
    names, said = tuple(given.get("names", ())), tuple(given.get("said", ()))
    return SearchEntry(f"{kind}/{id}/", kind, given["title"], "", given.get("date", ""), names, blocks, said=said)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Query, and whether it is still being typed → the answer."""
    made: dict[str, Any] = {}
    for name, entries in TABLE["archives"].items():
        site, work = tmp_path_factory.mktemp(name), tmp_path_factory.mktemp(f"{name}-work")
        folder = site / KNOWLEDGE.addresses.pages.search_index
        folder.mkdir(parents=True)
        build_syllable_index([entry(id, given) for id, given in entries.items()], folder, work, VOCABULARY)
        queries = [{"query": case["q"], "typing": case["typing"]} for case in QUERIES if case["in"] == name]
        given = json.dumps({"folder": str(site), "queries": queries})
        command = [NODE, str(HERE / "answers.js")]
        done = subprocess.run(command, input=given, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        made |= {json.dumps(query): answer for query, answer in zip(queries, json.loads(done.stdout), strict=True)}
    return made


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: f"{case['q']}{' (typing)' * case['typing']}")
def test_answer(answers: Mapping[str, Any], case: dict[str, Any]) -> None:
    """Every row of the table."""
    answer = answers[json.dumps({"query": case["q"], "typing": case["typing"]})]
    hits = answer["hits"]
    assert "first" not in case or hits[:1] == case["first"], answer
    assert set(case.get("found", ())) <= set(hits), answer
    assert not set(case.get("not", ())) & set(hits), answer
    assert {name: answer[name] for name in ("total", "instead", "absent") if name in case} == {
        name: case[name] for name in ("total", "instead", "absent") if name in case
    }
