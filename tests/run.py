"""python3 build.py test: everything that is checked before a change is taken, in order.

  python3 build.py test                       linters, types, all tests, with a share of the made cases
  python3 build.py test --quick               under a minute: linters, types, and the tests that need no browser, no
                                              sequence of builds and no large made set
  python3 build.py test --long                all tests, with all made cases
  python3 build.py test tests/model -k dates  arguments of pytest: those tests alone

The first failure does not hide the rest. Files of tests are shared out among the cores.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
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
QUICK, LONG = "--quick", "--long"
SLOW = (
    # browsers, other engines, tools and servers outside
    "tests/browser",
    "tests/commands/test_serve.py",
    "tests/repository",
    "tests/search/test_pagefind.py",
    "tests/site/test_engines.py",
    "tests/site/test_tool.py",
    "tests/test_reach.py",
    # whole builds, one after the other
    "tests/bench",
    "tests/build",
    "tests/commands/test_accept.py",
    "tests/commands/test_main.py",
    "tests/test_broken_archive.py",
    "tests/test_extension.py",
    "tests/test_killed_build.py",
    "tests/test_review.py",
    "tests/test_unsure_is_not_shown.py",
    "tests/test_untruths.py",
    # large made sets
    "tests/commands/test_import.py",
    "tests/ingest/test_clean_robust.py",
    "tests/ingest/test_gate.py",
    "tests/ingest/test_import.py",
    "tests/ingest/test_pages.py",
    "tests/ingest/test_robust.py",
    "tests/ingest/test_same.py",
    "tests/search/test_syllable.py",
    "tests/search/test_syllable_update.py",
    "tests/search/test_twins.py",
    "tests/test_desk.py",
    "tests/test_filled.py",
    "tests/test_hostile_input.py",
)


def main(arguments: list[str]) -> int:
    if arguments in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    is_all = arguments in ([], [LONG], [QUICK])
    checks = dict(CHECKS) if is_all else {}
    failed = []
    if is_all and packages():
        checks |= JAVASCRIPT_CHECKS
    elif is_all:
        print(NO_PACKAGES, flush=True)
        failed += [NO_PACKAGES] if os.environ.get("CI") else []
    checks["pytest"] = [*PYTHON, "pytest", *_pytest_arguments(arguments, is_all)]
    for number, (name, command) in enumerate(checks.items(), 1):
        print(f"== {number}/{len(checks)} {name}", flush=True)
        started = time.monotonic()
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
        print(f"   {time.monotonic() - started:.0f} s", flush=True)
    if failed:
        print(f"FAILED: {', '.join(failed)}")
    return 1 if failed else 0


def _pytest_arguments(arguments: list[str], is_all: bool) -> list[str]:
    if arguments == [QUICK]:
        return [*EVERYTHING, *(f"--ignore={path}" for path in SLOW)]
    return [*EVERYTHING, *arguments] if is_all else arguments


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
