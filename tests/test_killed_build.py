"""A build that is killed leaves the old site whole."""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.archives import copy_site_config

ROOT = Path(__file__).resolve().parents[1]


def tree_of(folder: Path) -> dict[str, str]:
    """Every file below a folder by its path, with the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def archive_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's own archive, so that its lock and output are not touched."""
    root = tmp_path_factory.mktemp("killed") / "archive"
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, root / name)
    copy_site_config(root / "site-config")
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def start(root: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "archive", "site", "--quiet", "--root", str(root)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_build_killed_at_any_moment_leaves_the_old_site_whole(
    archive_root: Path, pytestconfig: pytest.Config
) -> None:
    """After each kill (five, twenty with --long) the site is the old one or, if the build had just ended, the new one.

    Only while its changes are being made, which are written down before, may it be on its way.
    """
    assert start(archive_root).wait(timeout=120) == 0
    site = archive_root / "site"
    old = tree_of(site)
    page = next((archive_root / "content" / "pages").glob("*.md"))
    page.write_text(page.read_text(encoding="utf-8") + "\nMột câu thêm vào.\n", encoding="utf-8")
    moments = random.Random(7)
    for _ in range(20 if pytestconfig.getoption("--long") else 5):
        build = start(archive_root)
        try:
            build.wait(timeout=moments.uniform(0.1, 3.0))
        except subprocess.TimeoutExpired:
            build.kill()
            build.wait()
        now = tree_of(site)
        was_begun = bool(list(archive_root.glob(".site-stage-*/journal.json")))
        if now != old or was_begun:
            break
    assert start(archive_root).wait(timeout=120) == 0
    new = tree_of(site)
    assert new != old
    assert was_begun or now in (old, new)
    assert not list(archive_root.glob(".site-stage-*"))
