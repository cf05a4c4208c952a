"""Makes builds of the toy archive quick: what does not depend on the content is made once.

Loading the theme takes MkDocs a fifth of a second, and compiling the templates half of one. `quick` keeps the theme,
by everything that it is made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from archive.config import Settings
from archive.render import environment
from archive.site import frame
from archive.site.theme import Theme
from tests.archives import tree
from tests.build.changing import Changing, differing

_themes: dict[str, Theme] = {}


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture(autouse=True)
def remembered_templates(monkeypatch: pytest.MonkeyPatch, compiled: Path) -> None:
    """Every template is compiled once for all tests."""
    make = environment.make_environment
    monkeypatch.setattr("archive.render.pages.make_environment", lambda at, tools, _: make(at, tools, compiled))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The theme is loaded once for each look of the site."""

    def remembered(config: Path, settings: Settings, labels: Mapping[str, Any], kept: Path | None) -> Theme:
        files = [config, *sorted(file for file in (config.parent / "templates" / "theme").rglob("*") if file.is_file())]
        key = repr((config, settings, labels, [(file, file.read_bytes()) for file in files]))
        if key not in _themes:
            _themes[key] = Theme(config, settings, labels, kept)
        return _themes[key]

    monkeypatch.setattr(frame, "Theme", remembered)


@pytest.fixture(scope="session")
def one_archive(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Changing]:
    """The archive that one test after another changes and puts back; empty after a test that failed."""
    return {}


@pytest.fixture
def changing(
    one_archive: dict[str, Changing], tmp_path_factory: pytest.TempPathFactory, quick: None
) -> Iterator[Changing]:
    """A copy of the toy archive, built. What a test changes is undone, and that has to give the first site again."""
    archive = one_archive.pop("", None)
    if archive is None:
        archive = Changing(tmp_path_factory.mktemp("changing"))
        assert archive.build() == ""
        archive.first = tree(archive.out)
    yield archive
    archive.undo()
    archive.search = False
    assert archive.build() == ""
    assert differing(tree(archive.out), archive.first) == []
    one_archive[""] = archive
