"""The key of a kept plan: another plan, another key."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from archive.config import Settings
from archive.knowledge import Knowledge
from archive.site.fast.key import plan_key
from tests.archives import ROOT


@pytest.fixture
def config(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "templates/theme", tmp_path / "templates/theme")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    return tmp_path / "mkdocs.yml"


@pytest.mark.parametrize(
    "changed",
    ["mkdocs.yml", "templates/theme/main.html", "templates/theme/partials/toc.html", "templates/theme/assets/new.css"],
)
def test_another_file(changed: str, config: Path, settings: Settings, knowledge: Knowledge) -> None:
    """A changed option, template or list of assets is another plan."""
    before = plan_key(config, settings, knowledge.labels)
    assert plan_key(config, settings, knowledge.labels) == before
    with (config.parent / changed).open("a", encoding="utf-8") as file:
        file.write("\n# khác\n")
    assert plan_key(config, settings, knowledge.labels) != before


def test_other_words(config: Path, settings: Settings, knowledge: Knowledge) -> None:
    """Changed settings and changed labels are another plan."""
    keys = {
        plan_key(config, settings, knowledge.labels),
        plan_key(config, dataclasses.replace(settings, name="Khác"), knowledge.labels),
        plan_key(config, settings, {**knowledge.labels, "site": {"footer": "Khác"}}),
    }
    assert len(keys) == 3


def test_looks_of_an_asset(config: Path, settings: Settings, knowledge: Knowledge) -> None:
    """What stands in a style sheet is no part of a plan."""
    before = plan_key(config, settings, knowledge.labels)
    (config.parent / "templates/theme/assets/archive.css").write_text("", encoding="utf-8")
    assert plan_key(config, settings, knowledge.labels) == before
