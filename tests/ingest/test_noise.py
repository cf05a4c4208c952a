"""site-config/noise.yml: every pattern matches its examples and none of its counter-examples."""

from __future__ import annotations

import re
from typing import Any

import pytest

from archive.config import load_yaml
from archive.ingest.noise import Noise
from archive.ingest.rules.noise import NoiseRules
from archive.rules.reader import ConfigError, read_rules
from tests.archives import SITE_CONFIG

ENTRIES = load_yaml(SITE_CONFIG / "noise.yml")
PATTERNS = [
    pytest.param(name, entry, id=f"{name}-{number}")
    for name, group in ENTRIES["groups"].items()
    for number, entry in enumerate(group["patterns"], 1)
]


def only(name: str, entry: dict[str, Any]) -> Noise:
    """A `Noise` that knows this one pattern of the group."""
    group = {**ENTRIES["groups"][name], "patterns": [entry]}
    return Noise(read_rules(NoiseRules, {**ENTRIES, "groups": {name: group}}, "noise"))


@pytest.mark.parametrize(("name", "entry"), PATTERNS)
def test_examples(name: str, entry: dict[str, Any]) -> None:
    """A pattern matches each of its examples and nothing that stands under `not`."""
    noise = only(name, entry)
    assert entry["examples"] and entry["not"], name
    assert [text for text in entry["examples"] if not noise.has(name, text)] == []
    assert [text for text in entry["not"] if noise.has(name, text)] == []


@pytest.mark.parametrize(("name", "entry"), PATTERNS)
def test_bounded(name: str, entry: dict[str, Any]) -> None:
    """No pattern repeats without a bound, so none can take long."""
    bare = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "", entry["pattern"])
    assert not re.search(r"[*+]|\{\d*,\}", bare), entry["pattern"]


def test_parts_are_bounded() -> None:
    """Neither does a part of a pattern."""
    for name, part in ENTRIES["parts"].items():
        assert not re.search(r"[*+]|\{\d*,\}", re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "", part)), name


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"where": "somewhere", "patterns": []}, "where: somewhere"),
        ({"where": "line", "patterns": [{"pattern": "("}]}, "x:"),
        ({"where": "line", "patterns": [{"pattern": "<<nobody>>"}]}, "nobody"),
        ({"where": "line", "patterns": [{"pattern": "<<self>>"}]}, "self"),
    ],
)
def test_bad_groups(entry: dict[str, Any], said: str) -> None:
    """A group that can't be used is refused by name."""
    parts = {**ENTRIES["parts"], "self": "<<self>>"}
    with pytest.raises(ConfigError, match=said):
        Noise(read_rules(NoiseRules, {**ENTRIES, "parts": parts, "groups": {"x": entry}}, "noise"))
