"""Everything that `python3 build.py test` runs, in order; the first failure does not hide the rest.

Arguments go to pytest: `python3 build.py test tests/model -k dates` runs just those tests. Without any, files of
tests are shared out among the cores.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable, "-m"]
CHECKS = {
    "ruff check": [*PYTHON, "ruff", "check", "--quiet", "."],
    "ruff format": [*PYTHON, "ruff", "format", "--check", "--quiet", "."],
    "mypy": [*PYTHON, "mypy"],
    "import-linter": [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
}

EVERYTHING = ["-n", "auto", "--dist", "loadfile"]


def main(arguments: list[str]) -> int:
    failed = []
    checks = {} if arguments else CHECKS
    for name, command in {**checks, "pytest": [*PYTHON, "pytest", *(arguments or EVERYTHING)]}.items():
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
    if failed:
        print(f"FAILED: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
