"""The two sides of the query layer, Python for texts and JavaScript for queries, read every text alike."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from archive.model.search import SearchEntry
from archive.search.forms import FORMS, KEYS, WORD, in_figures, prepared
from archive.search.vocabulary import words_json
from archive.search.words import TermMaker
from tests.node import NODE
from tests.search.made import VOCABULARY
from tests.search.made_texts import made_texts

TABLE = [case["text"] for case in yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))]
LONGEST_TERM = 60  # signs: what is longer is no term
TEXTS, SHARE = 20_000, 1_000
MAKER = TermMaker(VOCABULARY)


@dataclass(frozen=True)
class Read:
    """What one side makes of a text: its words, and its numbers and dates with the words each covers."""

    text: str
    forms: list[str]
    keys: list[str]
    codes: list[list[str]]
    covered: list[int]


def in_python(text: str) -> Read:
    ready = prepared(text)
    words = list(WORD.finditer(ready))
    forms = in_figures([FORMS[word[0]] for word in words], VOCABULARY.numbered)
    codes = MAKER.codes(text)
    covered = [
        next((at for at, code in enumerate(codes) if code.start <= word.start() and word.end() <= code.end), -1)
        for word in words
    ]
    return Read(text, forms, [KEYS[form] for form in forms], [list(code.keys) for code in codes], covered)


def in_javascript(texts: list[str]) -> list[dict[str, Any]]:
    given = json.dumps({"vocabulary": json.loads(words_json(VOCABULARY)), "texts": texts})
    command = [NODE, str(Path(__file__).with_name("twins.js"))]
    done = subprocess.run(command, input=given, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    made: list[dict[str, Any]] = json.loads(done.stdout)
    return made


@pytest.fixture(scope="module")
def texts(pytestconfig: pytest.Config) -> list[str]:
    return TABLE + made_texts(TEXTS if pytestconfig.getoption("--long") else SHARE)


@pytest.fixture(scope="module")
def read(texts: list[str]) -> list[dict[str, Any]]:
    return in_javascript(texts)


def test_same_words_and_codes(texts: list[str], read: list[dict[str, Any]]) -> None:
    """Both sides find the same words, numbers and dates at the same places of 1,000 texts (20,000 with --long)."""
    assert len(texts) >= SHARE
    for text, made in zip(texts, read, strict=True):
        assert Read(text, *(made[name] for name in ("forms", "keys", "codes", "covered"))) == in_python(text)


def test_asked_words_are_terms(texts: list[str], read: list[dict[str, Any]]) -> None:
    """What a query asks for stands among the terms of an entry that says the same, abbreviations apart."""
    for text, made in zip(texts, read, strict=True):
        terms = set(MAKER.entry_terms(SearchEntry("bai-viet/a/", "articles", "", blocks=(("", text),)))[0])
        words = [(word["key"], word["form"]) for word in made["asked"] if not word["short"]]
        asked = [key if key == form else f"{key}\t{form}" for key, form in words if len(form) <= LONGEST_TERM]
        assert [term for term in asked if term not in terms] == [], text
