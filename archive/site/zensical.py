"""Markdown to HTML with Zensical, the successor of Material for MkDocs.

In: the work folder and mkdocs.yml, which Zensical reads too. Out: HTML in a folder. What differs
from MkDocs is listed in docs/engines.md.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import yaml

from archive.config import Settings
from archive.knowledge import Labels
from archive.rules.reader import ConfigError
from archive.site.mkdocs import theme_values


def build_with_zensical(config_file: Path, docs: Path, out: Path, settings: Settings, labels: Labels) -> list[str]:
    """Builds the site in a process of its own; returns its warnings. Raises ConfigError if it fails.

    Zensical takes folders beside its configuration only, so `docs` and `out` are neighbours and the
    theme is copied beside them, without the sitemap: Zensical hands its templates another list of
    pages, and its own sitemap bears no dates.
    """
    if find_spec("zensical") is None:
        raise ConfigError("zensical is not installed: python3 build.py test installs it")
    config = yaml.safe_load(config_file.read_text(encoding="utf-8"))
    config |= {
        "site_name": settings.name,
        "site_description": settings.description,
        "site_url": settings.url,
        "docs_dir": docs.name,
        "site_dir": out.name,
        "extra": theme_values(settings, labels),
    }
    theme = config_file.parent / config["theme"]["custom_dir"]
    shutil.copytree(theme, docs.parent / "theme", ignore=shutil.ignore_patterns("sitemap.xml"))
    config["theme"] |= {"custom_dir": "theme", "variant": "classic"}
    own = docs.parent / "mkdocs.yml"
    own.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--config-file", str(own)],
        cwd=docs.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise ConfigError(f"zensical: {done.stdout}{done.stderr}")
    return [line for line in done.stderr.splitlines() if "warning" in line.lower()]
