"""The tops of pages, as tests/ingest/heads.yml has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from archive.config import load_rules
from archive.ingest.clean import clean
from archive.ingest.noise import Noise
from archive.ingest.rules.noise import NoiseRules
from archive.model.draft import Received
from tests.archives import ADDRESSES, SITE_CONFIG

NOISE = Noise(load_rules(NoiseRules, SITE_CONFIG, "noise"))
HEADS = yaml.safe_load((Path(__file__).parent / "heads.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["what"]) for case in HEADS])
def test_head(case: dict[str, Any]) -> None:
    """Headline, day of publication, authors and captions are told apart, and the lede begins the body."""
    found = clean(Received("bai.txt", b"", case["text"]), NOISE, ADDRESSES.anchors)
    assert found.title == case.get("title")
    assert found.stamp == case.get("stamp")
    assert list(found.byline) == case.get("byline", [])
    assert [caption.text for caption in found.captions] == case.get("captions", [])
    assert found.blocks[0].text.startswith(case["lede"])
    assert [doubt.field for doubt in found.unsure] == case.get("unsure", [])
