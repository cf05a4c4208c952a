#!/usr/bin/env python3
"""python3 build.py [command]: makes its own environment when needed, then hands over.

Needs Python 3.11 or newer with pip (or uv), and nothing else. The environment lies in .venv and
is made from a lock file with hashes; it is made once, and again only when the lock changes.
Commands: site (default), serve, import, check, accept, new, verify, test, bench. `--help` lists them,
`test --help` the ways to test: `test --quick` takes under a minute.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"site": ROOT / "requirements.lock", "test": ROOT / "requirements-test.lock"}
STAMP = VENV / "installed"
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    if sys.version_info < OLDEST:
        print(f"Cần Python {OLDEST[0]}.{OLDEST[1]} trở lên. / Python {OLDEST[0]}.{OLDEST[1]} or newer is needed.")
        return 2
    is_test = "test" in arguments[:1]
    needs_tests = {"test", "bench"} & set(arguments[:1]) or "zensical" in arguments
    status = prepare("test" if needs_tests else "site")
    if status:
        return status
    os.environ["PYTHONUTF8"] = "1"
    if is_test:
        return hand_over([str(ROOT / "tests" / "run.py"), *arguments[1:]])
    if "bench" in arguments[:1]:
        return hand_over(["-m", "bench", *arguments[1:]])
    return hand_over(["-m", "archive", *arguments, "--root", str(ROOT)])


def hand_over(command: list[str]) -> int:
    """Runs in the environment; on POSIX this process becomes that one."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # without compiled modules every command takes a third longer
    if os.name == "nt":
        import subprocess

        return subprocess.run([str(PYTHON), *command], env=environment, check=False).returncode
    return os.execve(PYTHON, [str(PYTHON), *command], environment)


def prepare(which: str) -> int:
    """Makes the environment unless it is there already; returns an exit status."""
    wanted = {name: hashlib.sha256(lock.read_bytes()).hexdigest() for name, lock in LOCKS.items()}
    installed = STAMP.read_text(encoding="utf-8").split() if STAMP.is_file() else []
    if PYTHON.exists() and (wanted[which] in installed or wanted["test"] in installed):
        return 0
    print("Chuẩn bị môi trường, chỉ một lần… / Setting up, this once…", file=sys.stderr, flush=True)
    status = install(LOCKS[which])
    if status:
        print(
            "Không cài được các gói. Kiểm tra mạng rồi chạy lại. / "
            "The packages could not be installed. Check the network and run this again.",
            file=sys.stderr,
        )
        return 2
    STAMP.write_text(wanted[which] + "\n", encoding="utf-8")
    return 0


def install(lock: Path) -> int:
    """Installs exactly what the lock names, through uv if it is there, else through pip."""
    import shutil
    import subprocess
    import venv

    if uv := shutil.which("uv"):
        made = subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)], check=False)
        if made.returncode == 0:
            command = [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON), str(lock)]
            return subprocess.run(command, check=False).returncode
    venv.create(VENV, clear=True, with_pip=False)
    pip = ["--disable-pip-version-check", "install", "--quiet", "--require-hashes", "--no-deps", "-r", str(lock)]
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0:
        return subprocess.run([sys.executable, "-m", "pip", "--python", str(PYTHON), *pip], check=False).returncode
    venv.create(VENV, clear=True, with_pip=True)
    return subprocess.run([str(PYTHON), "-m", "pip", *pip], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
