"""The docs say what the code says: the map, the front-matter reference, the commands."""

from __future__ import annotations

import ast
import dataclasses
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.config import Paths
from archive.knowledge import load_knowledge
from archive.reference import front_matter_reference
from tests.archives import load_archive, write_files
from tests.docs.problem_pages import problem_pages
from tests.run import SLOW

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "read",
    "normalise",
    "extract",
    "database",
    "resolve",
    "kinds",
    "outputs",
    "render",
    "render/charts",
    "site",
    "search",
    "search/syllable",
    "check",
    "ingest",
    "ingest/rules",
    "build",
    "citations",
    "rules",
    "language",
    "model",
    "commands",
)


def opening(path: Path) -> str:
    """The first paragraph of a module's docstring, on one line."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.split("\n\n", maxsplit=1)[0].split())


def module_map() -> str:
    lines = ["## The rooms", ""]
    lone = sorted(path for path in (ROOT / "archive").glob("*.py") if not path.name.startswith("__"))
    lines += [f"- `{path.name}`: {opening(path)}" for path in lone]
    for room in ROOMS:
        folder = ROOT / "archive" / room
        lines += ["", f"### `{room}/`", "", opening(folder / "__init__.py"), ""]
        modules = sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")
        lines += [f"- `{path.name}`: {opening(path)}" for path in modules]
    return "\n".join(lines) + "\n"


SECTIONS: dict[tuple[str, str], Callable[[], str]] = {
    ("architecture.md", "map"): module_map,
    ("front-matter.md", "reference"): lambda: front_matter_reference(load_knowledge(ROOT / "site-config")),
}


@pytest.mark.parametrize(("name", "mark"), SECTIONS)
def test_generated_sections_are_current(name: str, mark: str) -> None:
    """A generated part of the docs equals what the code says today."""
    path = ROOT / "docs" / name
    text = path.read_text(encoding="utf-8")
    pattern = re.compile(rf"(<!-- {mark}: [^\n]*-->\n)(.*)(<!-- /{mark} -->)", re.DOTALL)
    current = SECTIONS[name, mark]()
    found = pattern.search(text)
    assert found
    if os.environ.get("UPDATE_DOCS"):
        path.write_text(pattern.sub(lambda m: m[1] + current + m[3], text), encoding="utf-8", newline="\n")
        return
    assert found[2] == current


def test_pages_of_problems_are_current() -> None:
    """docs/loi/ has a page for every code, made of its words and of its case, and no other."""
    folder, current = ROOT / "docs" / "loi", problem_pages()
    if os.environ.get("UPDATE_DOCS"):
        shutil.rmtree(folder, ignore_errors=True)
        write_files(folder, current)
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == current


def test_every_module_says_what_goes_in_and_out() -> None:
    """Each module opens with what it is for."""
    silent = [path for path in (ROOT / "archive").rglob("*.py") if not opening(path)]
    assert silent == []


def test_readme_names_every_command() -> None:
    """A command nobody is told of might as well not be there."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [
        p.stem
        for p in (ROOT / "archive" / "commands").glob("*.py")
        if p.stem not in ("__init__", "arguments", "changes", "main", "refusals", "words")
    ]
    missing = [name for name in commands if name != "site" and f"build.py {name.rstrip('_')}" not in readme]
    assert missing == []


def test_links_between_docs_lead_somewhere() -> None:
    """A relative link in README or docs/ points to a file that is there."""
    dead = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
            if not (path.parent / target).exists():
                dead.append(f"{path.name}: {target}")
    assert dead == []


def test_pictures_are_those_that_are_taken() -> None:
    """Every picture in docs/ can be taken anew, is shown somewhere, says in words what it shows, and is small."""
    from tests.browser import design
    from tests.browser.pictures import FOLDER, PICTURES

    shown = {
        (path.name, words, target)
        for path in (ROOT / "docs").glob("*.md")
        for words, target in re.findall(r"!\[(.*?)\]\((\S+?)\)", path.read_text(encoding="utf-8"))
    }
    files = {str(path.relative_to(FOLDER)): path.stat().st_size for path in FOLDER.rglob("*.webp")}
    assert {target for _, _, target in shown} == {f"pictures/{name}" for name in files}
    of_pages = {f"design/{name}-{look}.webp" for name in design.PAGES for look in design.SHOWN}
    assert set(files) == {f"{name}.webp" for name in PICTURES} | of_pages
    assert all(words for _, words, _ in shown)
    assert max(files.values()) < 100_000


def test_questions_to_the_database_have_answers(tmp_path: Path) -> None:
    """Each SQL of docs/database.md finds rows in the archive's own database."""
    loaded, _ = load_archive(dataclasses.replace(Paths.below(ROOT), work=tmp_path))
    asked = re.findall(r"```sql\n(.*?);\n```", (ROOT / "docs" / "database.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(asked) == 5
    assert [sql for sql in asked if not list(loaded.db.rows(sql))] == []


def test_the_map_names_modules_that_are_there() -> None:
    """A module that docs/architecture.md names by its path is in the package."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:archive/)?([a-z_]+/[a-z_/]+\.(?:py|sql))`", text))
    assert len(named) > 20
    assert [
        path for path in sorted(named) if not any((root / path).is_file() for root in (ROOT, ROOT / "archive"))
    ] == []


def test_what_a_quick_run_leaves_out_is_there() -> None:
    """A file of tests that is renamed does not come back into `test --quick` unseen."""
    assert [path for path in SLOW if not (ROOT / path).exists()] == []
