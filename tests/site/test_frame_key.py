"""The key of a frame: other looks, another key."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from archive.config import Settings
from archive.knowledge import Knowledge
from archive.site.frame import Frame
from tests.archives import ROOT


@pytest.fixture
def config(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "templates/theme", tmp_path / "templates/theme")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    return tmp_path / "mkdocs.yml"


@pytest.mark.parametrize(
    "changed",
    ["mkdocs.yml", "templates/theme/main.html", "templates/theme/assets/archive.css", "templates/theme/assets/new.css"],
)
def test_another_file(changed: str, config: Path, settings: Settings, knowledge: Knowledge) -> None:
    """A changed option, template or asset is another key; the same files are the same key."""
    before = Frame(config, settings, knowledge.labels).key
    assert Frame(config, settings, knowledge.labels).key == before
    with (config.parent / changed).open("a", encoding="utf-8") as file:
        file.write("\n# khác\n")
    assert Frame(config, settings, knowledge.labels).key != before


def test_other_words(config: Path, settings: Settings, knowledge: Knowledge) -> None:
    """Changed settings and changed labels are another key."""
    keys = {
        Frame(config, settings, knowledge.labels).key,
        Frame(config, dataclasses.replace(settings, name="Khác"), knowledge.labels).key,
        Frame(config, settings, {**knowledge.labels, "site": {"footer": "Khác"}}).key,
    }
    assert len(keys) == 3
