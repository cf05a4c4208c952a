"""Everything that `python3 build.py test` runs, in order; the first failure does not hide the rest.

Arguments go to pytest: `python3 build.py test tests/model -k dates` runs just those tests. Without any, files of
tests are shared out among the cores. `--long` alone runs everything, with all made cases instead of a share of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.node import NO_PACKAGES, NODE, packages

ROOT = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable, "-m"]
CHECKS = {
    "ruff check": [*PYTHON, "ruff", "check", "--quiet", "."],
    "ruff format": [*PYTHON, "ruff", "format", "--check", "--quiet", "."],
    "mypy": [*PYTHON, "mypy"],
    "import-linter": [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
    "node --test": [NODE, "--test", "--test-reporter=dot", "tests/**/*.test.js"],
}
JAVASCRIPT_CHECKS = {
    "biome": [NODE, "node_modules/@biomejs/biome/bin/biome", "ci"],
    "tsc": [NODE, "node_modules/typescript/bin/tsc"],
    "tsc of the tests": [NODE, "node_modules/typescript/bin/tsc", "-p", "tests"],
}

EVERYTHING = ["-n", "auto", "--dist", "loadfile"]
LONG = "--long"


def main(arguments: list[str]) -> int:
    failed = []
    is_all = not arguments or arguments == [LONG]
    chosen = [*EVERYTHING, *arguments] if is_all else arguments
    checks = CHECKS if is_all else {}
    if is_all and packages():
        checks = {**checks, **JAVASCRIPT_CHECKS}
    elif is_all:
        print(NO_PACKAGES, flush=True)
        failed += [NO_PACKAGES] if os.environ.get("CI") else []
    for name, command in {**checks, "pytest": [*PYTHON, "pytest", *chosen]}.items():
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
    if failed:
        print(f"FAILED: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
