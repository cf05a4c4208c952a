"""What many tests share: the toy archive in memory, its built site, the project's knowledge."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from archive.build.loading import Loaded
from archive.build.site import build
from archive.config import Paths, Settings, load_settings
from archive.knowledge import Knowledge, load_knowledge
from archive.problems import Report
from tests.archives import QUIET, SITE_CONFIG, TOY, copy_of_toy, load_archive, paths_of, said

hypothesis_settings.register_profile("archive", deadline=None, derandomize=True, max_examples=150, database=None)
hypothesis_settings.load_profile("archive")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run all made cases, not a share of them")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(SITE_CONFIG)


@pytest.fixture(scope="session")
def settings() -> Settings:
    return load_settings(SITE_CONFIG)


@pytest.fixture(scope="session")
def toy_paths(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """The toy archive in place: read it, never change it."""
    return paths_of(TOY, tmp_path_factory.mktemp("work"))


@pytest.fixture(scope="session")
def toy_and_report(toy_paths: Paths) -> tuple[Loaded, Report]:
    return load_archive(toy_paths)


@pytest.fixture(scope="session")
def toy(toy_and_report: tuple[Loaded, Report]) -> Loaded:
    return toy_and_report[0]


@pytest.fixture(scope="session")
def site(toy_paths: Paths, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy archive's site, built once, with search."""
    out = tmp_path_factory.mktemp("built") / "site"
    report = Report()
    build(toy_paths, out, report, QUIET)
    assert said(report) == ""
    return out


@pytest.fixture
def toy_copy(tmp_path: Path) -> Paths:
    """A copy of the toy archive that the test may change."""
    return copy_of_toy(tmp_path)
