"""Markdown to HTML with MkDocs and Material, and nobody else knows them.

In: the work folder and mkdocs.yml. Out: HTML in a folder. MkDocs is called as a library; what it
warns of is returned, because `mkdocs build` itself passes over it.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archive.config import Settings
from archive.knowledge import Labels
from archive.site.assets import publish

# MkDocs stamps compressed files with this second instead of the clock: same input, same bytes.
STAMP = 315532800
_UNUSED = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")


def build_with_mkdocs(config_file: Path, docs: Path, out: Path, settings: Settings, labels: Labels) -> list[str]:
    """Builds the site; returns MkDocs's warnings."""
    with mkdocs_warnings() as heard:
        config = mkdocs_config(config_file, docs, out, settings, labels)
        from mkdocs.commands.build import build

        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    _drop_unused(out)
    if config.theme.custom_dir:
        _publish_assets(Path(config.theme.custom_dir), out)
    return heard


def mkdocs_config(config_file: Path, docs: Path, out: Path, settings: Settings, labels: Labels) -> Any:
    """mkdocs.yml with everything in place that is set by the build."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    os.environ["SOURCE_DATE_EPOCH"] = str(STAMP)
    from mkdocs.config import load_config

    return load_config(
        config_file=str(config_file),
        docs_dir=str(docs),
        site_dir=str(out),
        site_name=settings.name,
        site_description=settings.description,
        site_url=settings.url,
        extra=theme_values(settings, labels),
    )


def theme_values(settings: Settings, labels: Labels) -> dict[str, object]:
    """What the theme's templates find as `config.extra`: plain values, which any engine can hand on."""
    security = {"policy": settings.security.policy, "pages": dict(settings.security.pages)}
    return {"labels": dict(labels), "language": settings.language, "security": security}


def is_used(name: str) -> bool:
    """False for Material's own scripts, style sheets and pictures: 2.7 MB that no page asks for."""
    return not name.startswith(_UNUSED)


def _drop_unused(out: Path) -> None:
    for path in (out / "assets").rglob("*"):
        if path.is_file() and not is_used(path.relative_to(out).as_posix()):
            path.unlink()
    for name in _UNUSED:
        shutil.rmtree(out / name, ignore_errors=True)


def _publish_assets(theme: Path, out: Path) -> None:
    for source in sorted((theme / "assets").rglob("*.js")):
        path = source.relative_to(theme)
        (out / path).write_bytes(publish(path.as_posix(), source.read_bytes()))


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@contextmanager
def mkdocs_warnings() -> Iterator[list[str]]:
    """What MkDocs logs as a warning while the block runs."""
    collector = _Collector()
    logger = logging.getLogger("mkdocs")
    before = logger.propagate, logger.level
    logger.addHandler(collector)
    logger.propagate, logger.level = False, logging.WARNING
    try:
        yield collector.heard
    finally:
        logger.removeHandler(collector)
        logger.propagate, logger.level = before
