"""Runs the shell steps of a workflow on this machine, as GitHub would: same shell, same files, same conditions.

Steps that use an action are not run: the test has made the checkout itself.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.archives import ROOT
from tests.repository.rules import Workflow, read_workflow


@dataclass
class Ran:
    """What became of a job."""

    failed: bool = False
    steps: list[str] = field(default_factory=list)  # names of the steps that ran
    said: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)  # `steps.<id>.outputs.<name>`

    @property
    def result(self) -> str:
        return "failure" if self.failed else "success"


@dataclass
class Runner:
    """A machine with a checkout; `facts` are the values that expressions may ask for."""

    checkout: Path
    scratch: Path
    facts: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, workflow: str, job: str) -> Ran:
        loaded = read_workflow((ROOT / ".github" / "workflows" / f"{workflow}.yml").read_text(encoding="utf-8"))
        ran = Ran()
        files = {name: self.scratch / name for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
        for file in files.values():
            file.write_text("", encoding="utf-8")
        for step in loaded["jobs"][job]["steps"]:
            if self._is_to_run(step.get("if", "success()"), ran) and "run" in step:
                files["GITHUB_OUTPUT"].write_text("", encoding="utf-8")
                self._step(step, files, ran)
        ran.summary = files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        return ran

    def asks_for(self, workflow: str, job: str) -> bool:
        """Whether the job's own condition holds."""
        loaded = read_workflow((ROOT / ".github" / "workflows" / f"{workflow}.yml").read_text(encoding="utf-8"))
        return self._is_to_run(loaded["jobs"][job]["if"], Ran())

    def _step(self, step: Workflow, files: dict[str, Path], ran: Ran) -> None:
        script = self.scratch / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.checkout,
            env=self._environment(step, files),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=300,
        )
        ran.steps.append(step["name"])
        ran.said += done.stdout
        ran.failed = ran.failed or done.returncode != 0
        for line in files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            ran.outputs[f"steps.{step['id']}.outputs.{name}"] = value

    def _environment(self, step: Workflow, files: dict[str, Path]) -> dict[str, str]:
        own = {name: self._filled(value) for name, value in step.get("env", {}).items()}
        tools = self.scratch / "tools"
        tools.mkdir(exist_ok=True)
        python = tools / "python3"
        if not python.exists():
            python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
            python.chmod(0o755)
        return {
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.scratch),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GIT_CONFIG_NOSYSTEM": "1",
            "RUNNER_TEMP": str(self.scratch),
            **{name: str(path) for name, path in files.items()},
            **self.environment,
            **own,
        }

    def _filled(self, text: str) -> str:
        return re.sub(r"\$\{\{ (\S+) \}\}", lambda match: self.facts[match[1]], text)

    def _is_to_run(self, condition: str, ran: Ran) -> bool:
        """Whether a condition holds: terms joined by `&&`; without a status function a failure ends the job."""
        bare = condition.removeprefix("${{").removesuffix("}}")
        terms = [term.strip() for term in bare.split("&&")]
        known = {**self.facts, **ran.outputs}
        if not {"failure()", "!cancelled()", "success()"} & set(terms):
            terms.append("success()")
        return all(self._holds(term, known, failed=ran.failed) for term in terms)

    def _holds(self, term: str, known: dict[str, str], *, failed: bool) -> bool:
        match term:
            case "success()":
                return not failed
            case "failure()":
                return failed
            case "!cancelled()":
                return True
        left, _, right = term.partition(" == ")
        return known.get(left, "") == right.strip("'")
