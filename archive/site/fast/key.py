"""Whether a kept plan is still the plan: one value of everything that a plan is made of.

In: mkdocs.yml, settings, labels. Out: a hash. Nothing of MkDocs is imported. Files below `assets/`
count by their names alone: a plan knows where they lie, and whoever copies them reads them anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from archive.config import Settings

_PACKAGES = ("mkdocs", "mkdocs-material", "jinja2", "markdown", "comrak")


def plan_key(config_file: Path, settings: Settings, labels: Mapping[str, Any]) -> str:
    """Changes whenever the plan may."""
    parts = [sys.version, str(config_file.resolve()), repr(settings), json.dumps(labels, sort_keys=True, default=str)]
    parts += _versions(_PACKAGES)
    hashed = hashlib.sha256(json.dumps(parts).encode())
    own = Path(__file__).parent
    theme = config_file.parent / _theme_folder(config_file)
    files = [config_file, *sorted(own.glob("*.py")), *sorted(path for path in theme.rglob("*") if path.is_file())]
    for path in files:
        is_asset = path.is_relative_to(theme / "assets")
        data = b"" if is_asset else path.read_bytes()
        name = path.relative_to(theme).as_posix() if path.is_relative_to(theme) else path.name
        hashed.update(f"{name}\0{len(data)}\0".encode() + data)
    return hashed.hexdigest()


def _theme_folder(config_file: Path) -> str:
    # Every value a string, whatever its tag: `!ENV` and `!!python/name` are MkDocs's to understand.
    config = yaml.load(config_file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    theme = config.get("theme") if isinstance(config, dict) else None
    return str(theme.get("custom_dir", "")) or "templates/theme" if isinstance(theme, dict) else "templates/theme"


def _versions(packages: Iterable[str]) -> list[str]:
    """Names and versions as the folders of installed packages have them; importlib.metadata takes 20 ms to load."""
    wanted = tuple(f"{package.replace('-', '_')}-" for package in packages)
    folders = (folder for folder in map(Path, sys.path) if folder.name in ("site-packages", "dist-packages"))
    found = (entry.name for folder in folders if folder.is_dir() for entry in os.scandir(folder))
    return sorted(name for name in found if name.endswith(".dist-info") and name.lower().startswith(wanted))
