"""The query layer in the browser passes the table that the Python side passes (tests/search/words.yml)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from archive.search.vocabulary import words_json
from tests.browser.modules import make_site, run, served
from tests.search.made import VOCABULARY

pytestmark = pytest.mark.browser

TABLE = Path(__file__).parents[1] / "search" / "words.yml"
CASES: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))

READ = """
const { tokens, prepared, parse, codes, readyFor } = await load("words");
await readyFor("1");
const data = JSON.parse(words);
"""


@pytest.fixture(scope="module")
def modules(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    site = make_site(tmp_path_factory.mktemp("words"), [], "syllable")
    with served(site) as address:
        page = browser.new_page()
        page.goto(address)
        yield page
        page.close()


@pytest.fixture(scope="module")
def read(modules: Page) -> list[dict[str, Any]]:
    """What the browser makes of every text of the table."""
    script = """
    return texts.map((given) => {
      const text = prepared(given);
      const words = tokens(text);
      const found = codes(text, data);
      const rest = words.filter((word) => !found.some(({ start, end }) => start <= word.start && word.end <= end));
      return {
        tokens: words.map(({ form }) => form), keys: words.map(({ key }) => key),
        codes: found.flatMap(({ keys }) => keys), left: rest.map(({ form }) => form) };
    });"""
    made: list[dict[str, Any]] = run(
        modules, READ + script, words=words_json(VOCABULARY), texts=[case["text"] for case in CASES]
    )
    return made


@pytest.mark.parametrize("place", range(len(CASES)), ids=lambda place: str(CASES[place]["text"]))
def test_table(read: list[dict[str, Any]], place: int) -> None:
    """Every row gives the same words, numbers and dates as in Python."""
    case, found = CASES[place], read[place]
    if "terms" in case:
        syllables = {
            key if key == form else f"{key}|{form}" for key, form in zip(found["keys"], found["tokens"], strict=True)
        }
        assert {*syllables, *found["codes"]} <= set(case["terms"])
        return
    assert found["tokens"] == case["tokens"].replace("/", " ").split()
    assert found["codes"] == case.get("codes", [])
    if found["codes"]:
        assert " ".join(found["left"]) == case["left"]


QUERIES = {
    "hội nghị CTDV": "hội nghị công tác dân vận",
    "hdnd tinh": "hội đồng nhân dân tinh",
    "tu": "tu",
    "TƯ Đảng": "trung ương đảng",
    "Hoà K’Ré": "hòa kré",
    "05": "5",
    "": "",
    "?!": "",
}


def parsed(page: Page, query: str, typing: bool = False) -> dict[str, Any]:
    made: dict[str, Any] = run(
        page, READ + "return parse(query, data, typing);", words=words_json(VOCABULARY), query=query, typing=typing
    )
    return made


@pytest.mark.parametrize(("query", "words"), QUERIES.items())
def test_query_words(modules: Page, query: str, words: str) -> None:
    """A query becomes the words that are looked for: abbreviations in full, one spelling."""
    assert " ".join(token["form"] for token in parsed(modules, query)["tokens"]) == words


def test_marks_word_by_word(modules: Page) -> None:
    """A word with marks means them, its neighbour without marks doesn't."""
    assert [token["marked"] for token in parsed(modules, "dân van đỏ ba")["tokens"]] == [True, False, True, False]


def test_phrases(modules: Page) -> None:
    """Words in quotes belong together, in any kind of quotes; an open quote is none."""
    assert [token["quote"] for token in parsed(modules, '“dân vận” ở "Sơn La" "x')["tokens"]] == [1, 1, 0, 2, 2, 0]


def test_codes_cover_words(modules: Page) -> None:
    """A number knows the words that it stands for, spelt out or not."""
    found = parsed(modules, "hội nghị nghị quyết 43-NQ/TW ở Huế")
    [code] = found["codes"]
    covered = [token["form"] for token in found["tokens"][code["from"] : code["to"]]]
    assert covered == ["nghị", "quyết", "43", "nghị", "quyết", "trung", "ương"]


def test_question_words(modules: Page) -> None:
    """Words of a question may be left out, those of a short query or a phrase not."""
    light = [
        token["form"] for token in parsed(modules, "hội nghị diễn ra khi nào ở Sơn La")["tokens"] if token["light"]
    ]
    assert light == ["diễn", "ra", "khi", "nào", "ở"]
    assert not any(token["light"] for token in parsed(modules, "ở đâu")["tokens"])
    assert not any(token["light"] for token in parsed(modules, '"diễn ra khi nào ở đâu"')["tokens"])


def test_prefix_only_while_typing(modules: Page) -> None:
    """The last word may go on while the reader types, and as long as no blank follows it."""
    assert parsed(modules, "dân v", typing=True)["prefix"]
    assert not parsed(modules, "dân v ", typing=True)["prefix"]
    assert not parsed(modules, "dân v")["prefix"]
