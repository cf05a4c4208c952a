"""Node for the tests: the program is the one that playwright brings along, its packages are those of package-lock.json.

In: nothing. Out: the program's path, and the folder of the packages, made by npm where it is not there yet.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

ROOT = Path(__file__).resolve().parent.parent
NODE = compute_driver_executable()[0]
PACKAGES = ROOT / "node_modules"
NO_PACKAGES = "NO NODE PACKAGES: npm could not fetch them; what JavaScript and workflows are linted with did not run"


def packages() -> Path | None:
    """`node_modules` as package-lock.json names it, fetched once; None where npm is missing or can't fetch it."""
    stamp = PACKAGES / "installed"
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return PACKAGES
    npm = shutil.which("npm")
    if (
        npm is None
        or subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=ROOT, check=False).returncode
    ):
        return None
    stamp.write_text(wanted, encoding="utf-8")
    return PACKAGES
