"""Makes builds of the toy archive quick: what does not depend on the content is made once.

The plan of a site takes MkDocs a second, and compiling the templates half of one. `quick` keeps both,
by everything that they are made of; a test that changes looks doesn't ask for it.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from archive.config import Settings
from archive.model.pages import SitePage
from archive.render import environment
from archive.site.fast import make
from archive.site.fast.key import plan_key
from archive.site.fast.plan import Plan
from tests.archives import tree
from tests.steps.changing import Changing, differing

_plans: dict[tuple[str, bytes], bytes] = {}


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
    """The plan is made once for each look of the site, and not proved on pages."""
    make_plan = make.plan

    def remembering(config: Path, settings: Settings, labels: Mapping[str, Any]) -> tuple[Plan, list[str]]:
        key = (str(config), pickle.dumps((plan_key(config, settings, labels), settings)))
        if key not in _plans:
            _plans[key] = pickle.dumps(make_plan(config, settings, labels))
        plan: tuple[Plan, list[str]] = pickle.loads(_plans[key])
        return plan

    def unproved(plan: Plan, pages: Iterable[SitePage]) -> tuple[Plan, list[str]]:
        for _ in pages:
            break
        return plan, []

    monkeypatch.setattr("archive.site.fast.make.plan", remembering)
    monkeypatch.setattr("archive.site.fast.make.prove", unproved)


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
