"""The contribution tool on the site: Pyodide, and the importer with what site-config/ says as one archive.

In: the importer's modules, site-config/, and Pyodide out of its npm package, which is fetched once, checked
and kept. Out: files below assets/contribute/; without Pyodide the page is told so, and a build says why.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from base64 import b64encode
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path

import archive
from archive.config import load_yaml
from archive.problems import Report

ADDRESS = "assets/contribute/"
MANIFEST = f"{ADDRESS}tool.json"
VERSION = "314.0.7"
INTEGRITY = "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
_NAME = f"pyodide-{VERSION}"
_LOCK = "pyodide-lock.json"
_NEEDED = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", _LOCK)
# What archive/desk.py imports, and what that imports: modules that need nothing but the standard library.
_MODULES = (
    "__init__.py",
    "bundle.py",
    "characters.py",
    "config.py",
    "desk.py",
    "knowledge.py",
    "known.py",
    "problems.py",
)
_ROOMS = ("citations", "ingest", "ingest/rules", "language", "model", "rules")
_PACKAGE = Path(archive.__file__).parent
_SECONDS = 180


def kept_pyodide() -> Path:
    """Where the files of Pyodide are kept for every archive that this program builds."""
    return _PACKAGE.parent / ".build" / _NAME


def fetch_pyodide(report: Report) -> None:
    """Gets Pyodide with npm if it is not there; if that fails, a warning says how to mend it."""
    kept = kept_pyodide()
    if kept.is_dir():
        return
    import tempfile

    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{_NAME}-", dir=kept.parent) as folder:
        if reason := _fetch(Path(folder)):
            report.add("import-tool-missing", "site-config/site.yml", package=f"pyodide@{VERSION}", detail=reason)
            return
        made = Path(folder) / "needed"
        made.mkdir()
        for name in _NEEDED:
            shutil.copyfile(Path(folder) / "package" / name, made / name)
        _drop_packages(made / _LOCK)
        if not kept.is_dir():
            made.rename(kept)


def _fetch(folder: Path) -> str:
    """Unpacks the checked package into `folder`; returns what went wrong, empty if nothing did."""
    import subprocess
    import tarfile

    command = ["npm", "pack", f"pyodide@{VERSION}", "--ignore-scripts", "--silent", "--pack-destination", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except FileNotFoundError:
        return "npm?"
    except subprocess.TimeoutExpired:
        return f"npm pack: {_SECONDS} s"
    packed = next(folder.glob("*.tgz"), None)
    if done.returncode or packed is None:
        return next((line for line in done.stderr.splitlines() if "error" in line.lower()), "npm pack")
    data = packed.read_bytes()
    found = "sha512-" + b64encode(hashlib.sha512(data).digest()).decode()
    if found != INTEGRITY:
        return found
    with tarfile.open(fileobj=BytesIO(data)) as tar:
        tar.extractall(folder, [tar.getmember(f"package/{name}") for name in _NEEDED], filter="data")
    return ""


def _drop_packages(lock: Path) -> None:
    """Its list of packages is a hundred kilobytes, and the importer needs none of them."""
    info = json.loads(lock.read_text(encoding="utf-8"))["info"]
    lock.write_text(json.dumps({"info": info, "packages": {}}, sort_keys=True) + "\n", encoding="utf-8")


def tool_files(site_config: Path, files: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """The tool: (path on the site, bytes); `files` of site-config/ (without ending) go with the importer."""
    kept = kept_pyodide()
    if not kept.is_dir():
        yield MANIFEST, b'{"pyodide":null}\n'
        return
    packed = importer_archive(site_config, files)
    name = f"importer-{hashlib.sha256(packed).hexdigest()[:16]}.zip"
    yield ADDRESS + name, packed
    for needed in _NEEDED:
        yield f"{ADDRESS}{_NAME}/{needed}", (kept / needed).read_bytes()
    size = len(packed) + sum((kept / needed).stat().st_size for needed in _NEEDED)
    said = {"pyodide": f"{_NAME}/", "importer": name, "size": size}
    yield MANIFEST, f"{json.dumps(said, separators=(',', ':'))}\n".encode()


def importer_archive(site_config: Path, files: Collection[str]) -> bytes:
    """A zip of the modules, and site-config.json beside them: the same bytes for the same files."""
    import zipfile

    known = {name: load_yaml(site_config / f"{name}.yml") for name in sorted(files)}
    members = {path.relative_to(_PACKAGE.parent).as_posix(): path.read_bytes() for path in _modules()}
    members["site-config.json"] = json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name)  # of 1980
            entry.create_system, entry.compress_type = 3, zipfile.ZIP_DEFLATED
            file.writestr(entry, data)
    return packed.getvalue()


def _modules() -> Iterator[Path]:
    yield from (_PACKAGE / name for name in _MODULES)
    for room in _ROOMS:
        yield from sorted((_PACKAGE / room).glob("*.py"))
