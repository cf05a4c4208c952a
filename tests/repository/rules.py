"""The rules that every workflow keeps, and what breaks them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.archives import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TRIGGERS = {"pull_request", "push", "schedule", "workflow_dispatch"}
MAY_WRITE = {
    ("publish", "record"): {"contents": "write", "pull-requests": "write"},
    ("publish", "deploy"): {"pages": "write", "id-token": "write"},
}
EXPRESSIONS = (
    r"github\.event\.pull_request\.number",
    r"github\.(ref_name|token)",
    r"steps\.[\w-]+\.outputs\.[\w-]+( == '[\w-]+')?",
    r"needs\.[\w-]+\.(result|outputs\.[\w-]+) == '[\w-]+'",
    r"needs\.build\.outputs\.commit",  # compared with a commit, and no more
    r"runner\.temp",
    r"failure\(\)",
    r"!cancelled\(\)",
)
"""All that may stand in `${{ }}`: nothing whose words a stranger chooses."""

Workflow = dict[str, Any]


def read_workflow(text: str) -> Workflow:
    """All scalars as strings, so that `on` is no truth value."""
    loaded: Workflow = yaml.load(text, Loader=yaml.CBaseLoader)
    return loaded


def faults(name: str, text: str) -> Iterator[str]:
    """What a workflow of this name does that it must not."""
    workflow = read_workflow(text)
    triggers = workflow["on"] if isinstance(workflow["on"], dict) else {workflow["on"]: None}
    yield from (f"trigger {trigger}" for trigger in triggers if trigger not in TRIGGERS)
    if workflow.get("permissions") != {}:
        yield "rights for all jobs"
    if "group" not in workflow.get("concurrency", {}):
        yield "no concurrency group"
    if workflow.get("defaults") != {"run": {"shell": "bash"}}:
        yield "a shell that goes on after an error in a pipe"
    if "secrets" in text:
        yield "a secret"
    for id, job in workflow["jobs"].items():
        yield from _job_faults((name, id), job, by_strangers="pull_request" in triggers)
    for expression in re.findall(r"\$\{\{(.*?)\}\}", text):
        for term in expression.split("&&"):
            if not any(re.fullmatch(known, term.strip()) for known in EXPRESSIONS):
                yield f"expression {term.strip()}"
    for action, version in re.findall(r"uses: (\S+)(.*)", text):
        if not (re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", action) and re.fullmatch(r" # v\d+\.\d+\.\d+", version)):
            yield f"not pinned with its version: {action}"


def _job_faults(where: tuple[str, str], job: Workflow, *, by_strangers: bool) -> Iterator[str]:
    rights = job.get("permissions")
    if not isinstance(rights, dict):
        yield f"{where[1]}: rights not named"
    elif {name: value for name, value in rights.items() if value != "read"} != MAY_WRITE.get(where, {}):
        yield f"{where[1]}: rights {rights}"
    if runs_the_package(job) and isinstance(rights, dict) and set(rights.values()) - {"read"}:
        yield f"{where[1]}: the archive's code runs where something may be written"
    if not str(job.get("timeout-minutes", "")).isdigit():
        yield f"{where[1]}: no time limit"
    for number, step in enumerate(job["steps"]):
        if "${{" in step.get("run", ""):
            yield f"{where[1]}: an expression inside a shell"
        if "actions/checkout@" in step.get("uses", "") and step.get("with", {}).get("persist-credentials") != "false":
            yield f"{where[1]}: the token is kept"
        if "github.token" in str(step) and (by_strangers or number + 1 < len(job["steps"])):
            yield f"{where[1]}: the token is handed to step {number + 1}"


def runs_the_package(job: Workflow) -> bool:
    """Whether a job runs code of the archive, or what that code needs."""
    return any(re.search(r"build\.py|archive|\bpip\b", step.get("run", "")) for step in job["steps"])


def pins(paths: list[Path]) -> set[tuple[str, str, str]]:
    """Action, commit and version of every `uses`."""
    found = (re.findall(r"uses: (\S+)@(\S+) # (\S+)", path.read_text(encoding="utf-8")) for path in paths)
    return {pin for pins_of_one in found for pin in pins_of_one}
