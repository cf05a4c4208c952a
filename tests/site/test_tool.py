"""The contribution tool on the site: fetched once, checked, and missed without harm."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import sys
import tarfile
from pathlib import Path

import pytest

from archive.commands.main import main
from archive.config import Paths
from archive.desk import FILES
from archive.problems import Report
from archive.site import tool
from tests.archives import SITE_CONFIG, codes, copy_of_toy, tree

NPM = """#!{python}
import pathlib, shutil, sys
calls = pathlib.Path({calls!r})
calls.write_text(calls.read_text() + "x" if calls.exists() else "x")
folder = sys.argv[sys.argv.index("--pack-destination") + 1]
shutil.copy({packed!r}, folder)
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pyodide is kept here, and is not there yet."""
    folder = tmp_path / "kept" / "pyodide"
    for module in ("archive.site.tool", "archive.build.builder"):
        monkeypatch.setattr(f"{module}.kept_pyodide", lambda: folder)
    return folder


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package as npm packs it, with the files that are needed and one that is not, and an `npm` that gives it."""
    file = tmp_path / "pyodide-0.tgz"
    lock = json.dumps({"info": {"abi_version": "x"}, "packages": {"numpy": {}}})
    texts = {name: f"the bytes of {name}" for name in tool._NEEDED} | {tool._LOCK: lock, "console.html": "<p>"}
    with tarfile.open(file, "w:gz") as tar:
        for name, text in texts.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(text.encode())
            tar.addfile(entry, io.BytesIO(text.encode()))
    digest = base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()
    monkeypatch.setattr("archive.site.tool.INTEGRITY", f"sha512-{digest}")
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(NPM.format(python=sys.executable, calls=str(tmp_path / "calls"), packed=str(file)))
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", str(npm.parent))
    return file


@pytest.fixture
def archive_with_tool(tmp_path: Path) -> Paths:
    paths = copy_of_toy(tmp_path / "archive")
    site = paths.site_config / "site.yml"
    text = site.read_text(encoding="utf-8")
    site.write_text(text.replace("contribution_tool: false", "contribution_tool: true"), encoding="utf-8")
    return paths


def build(paths: Paths) -> int:
    return main(["site", "--quiet", "--no-search", "--root", str(paths.content.parent)])


def test_what_is_needed_is_fetched_once_and_kept(kept: Path, packed: Path, tmp_path: Path) -> None:
    """Only the needed files, without the list of packages; a second build asks nobody."""
    for _ in range(2):
        report = Report()
        tool.fetch_pyodide(report)
        assert report.found == []
    assert sorted(path.name for path in kept.iterdir()) == sorted(tool._NEEDED)
    assert json.loads((kept / tool._LOCK).read_text()) == {"info": {"abi_version": "x"}, "packages": {}}
    assert (tmp_path / "calls").read_text() == "x"
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_another_package_is_refused(kept: Path, packed: Path) -> None:
    """One byte more than what was checked, and nothing of it is kept."""
    packed.write_bytes(packed.read_bytes() + b"\0")
    report = Report()
    tool.fetch_pyodide(report)
    assert codes(report) == ["import-tool-missing"]
    assert not kept.exists()


def test_without_npm_the_site_is_built_and_says_so(
    kept: Path, archive_with_tool: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A warning each time, with what to do; the page offers no tool. Once npm is there the next build has it."""
    path = os.environ["PATH"]
    monkeypatch.setenv("PATH", "/nowhere")
    site = archive_with_tool.content.parent / "site"
    for _ in range(2):
        assert build(archive_with_tool) == 0
        assert "import-tool-missing" in capsys.readouterr().err
        assert json.loads((site / tool.MANIFEST).read_text()) == {"pyodide": None}
    monkeypatch.setenv("PATH", path)
    kept.mkdir(parents=True)
    for name in tool._NEEDED:
        (kept / name).write_text(name)
    assert build(archive_with_tool) == 0
    assert capsys.readouterr().err == ""
    said = json.loads((site / tool.MANIFEST).read_text())
    folder = site / tool.ADDRESS
    assert (folder / said["importer"]).is_file()
    assert {name: (folder / said["pyodide"] / name).read_text() for name in tool._NEEDED} == {
        name: name for name in tool._NEEDED
    }
    assert said["size"] == sum(map(len, tool._NEEDED)) + (folder / said["importer"]).stat().st_size


def test_the_tool_of_an_older_build_goes(
    kept: Path, packed: Path, archive_with_tool: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After site-config changed the site has one importer, the new one, and is what a clean build makes."""
    site = archive_with_tool.content.parent / "site"
    assert build(archive_with_tool) == 0
    (before,) = (site / tool.ADDRESS).glob("importer-*.zip")
    people = archive_with_tool.site_config / "people.yml"
    people.write_text(people.read_text(encoding="utf-8") + "# lời bàn\n", encoding="utf-8")
    places = archive_with_tool.site_config / "places.yml"
    places.write_text(places.read_text(encoding="utf-8").replace("An Giang", "An-Giang", 1), encoding="utf-8")
    assert build(archive_with_tool) == 0
    (after,) = (site / tool.ADDRESS).glob("importer-*.zip")
    assert after.name != before.name
    made = tree(site)
    assert main(["site", "--clean", "--quiet", "--no-search", "--root", str(archive_with_tool.content.parent)]) == 0
    assert tree(site) == made


def test_no_tool_where_the_settings_say_no(kept: Path, tmp_path: Path) -> None:
    """No file, no mention, nobody asked."""
    paths = copy_of_toy(tmp_path / "archive")
    assert build(paths) == 0
    site = paths.content.parent / "site"
    assert not (site / tool.MANIFEST).exists()
    assert "data-contribute" not in (site / "dong-gop" / "index.html").read_text(encoding="utf-8")
    assert not kept.parent.exists()


def test_modules_do_not_change_with_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same files give the same archive, whatever the clock says."""
    first = tool.importer_archive(SITE_CONFIG, FILES)
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert tool.importer_archive(SITE_CONFIG, FILES) == first
