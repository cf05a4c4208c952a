"""Archives made for tests: the toy archive, copies of it, and small ones written from text.

Everything but `content/` is the project's own (site-config without the contribution tool, templates,
mkdocs.yml), unless a test puts something else in its place.
"""

from __future__ import annotations

import atexit
import dataclasses
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from archive.build.loading import Loaded, load
from archive.config import Paths, load_rules
from archive.extract.references import assemble_corpus
from archive.holdings import records
from archive.knowledge import load_knowledge
from archive.model.corpus import Corpus
from archive.problems import Catalogue, Report, format_text
from archive.progress import Progress
from archive.rules.addresses import AddressRules

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
TOY = TESTS / "toy_archive" / "content"
QUIET = Progress(quiet=True)
RENEW = os.environ.get("UPDATE_GOLDEN") == "1"


def copy_site_config(folder: Path) -> Path:
    """The project's own, without the contribution tool: 13 MB that every build would copy and every test compare."""
    shutil.copytree(ROOT / "site-config", folder)
    site = folder / "site.yml"
    text = site.read_text(encoding="utf-8")
    assert "contribution_tool: true" in text
    site.write_text(text.replace("contribution_tool: true", "contribution_tool: false"), encoding="utf-8", newline="\n")
    return folder


_aside = tempfile.mkdtemp(prefix="archive-tests-")
atexit.register(shutil.rmtree, _aside, ignore_errors=True)
SITE_CONFIG = copy_site_config(Path(_aside) / "site-config")

ADDRESSES = load_rules(AddressRules, SITE_CONFIG, "addresses")


def paths_of(content: Path, work: Path) -> Paths:
    """The project's rooms with another content folder; `work` must not be the project's own."""
    return dataclasses.replace(Paths.below(ROOT), content=content, site_config=SITE_CONFIG, work=work)


def copy_of_toy(root: Path) -> Paths:
    """A whole archive below `root` that a test may change: toy content, own site-config and templates."""
    shutil.copytree(TOY, root / "content")
    shutil.copytree(SITE_CONFIG, root / "site-config")
    shutil.copytree(ROOT / "templates", root / "templates")
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    return Paths.below(root)


def corpus_of(paths: Paths) -> Corpus:
    """The records as their files have them, with the text of articles."""
    knowledge = load_knowledge(paths.site_config)
    return assemble_corpus(records(paths, knowledge, Report()), knowledge, Report())


def load_archive(paths: Paths) -> tuple[Loaded, Report]:
    report = Report()
    return load(paths, report, QUIET), report


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    """Writes texts below `folder` by relative path; returns the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return folder


def said(report: Report, language: str = "vi") -> str:
    return format_text(report, Catalogue.load(SITE_CONFIG, language))


def codes(report: Iterable[object]) -> list[str]:
    return [str(getattr(problem, "code")) for problem in report]  # noqa: B009


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, by relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def expect_text(path: Path, actual: str) -> None:
    """Compares with a file of expected text, or renews it (UPDATE_GOLDEN=1)."""
    if RENEW:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(actual, encoding="utf-8", newline="\n")
    assert actual == path.read_text(encoding="utf-8"), f"{path.name} differs; UPDATE_GOLDEN=1 renews it"
