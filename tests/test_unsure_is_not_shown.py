"""What editors are not sure of is for editors: no byte of a site depends on it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from archive.build.site import build
from archive.config import Paths
from archive.problems import Report
from tests.archives import QUIET, codes, copy_of_toy, tree
from tests.build.changing import DONG_MAY, Changing

SECRET = ("Xưa nay hiếm hoi lắm", "xua-nay-hiem-hoi-lam", "hiemhoilam")
UNSURE = f"""\
unsure:
  - {{field: title, value: "{SECRET[0]}", why: "{SECRET[1]}", words: "{SECRET[0]} {SECRET[2]}", other: "{SECRET[2]}"}}
  - {{field: level, value: xa, why: level-by-place, words: "{SECRET[2]}"}}
"""


def built(paths: Paths, out: Path) -> dict[str, bytes]:
    report = Report()
    build(paths, out, report, QUIET)
    assert "unsure-of-no-field" not in codes(report)
    return tree(out)


def with_doubts(paths: Paths) -> int:
    """Doubts in every article, whatever its rights."""
    count = 0
    for file in (paths.content / "articles").rglob("*.md"):
        text = file.read_bytes().decode()
        changed = text.replace("\nrights:", f"\n{UNSURE}rights:", 1)
        assert changed != text
        file.write_bytes(changed.encode())
        count += 1
    return count


def plain(data: bytes) -> bytes:
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


@pytest.mark.parametrize("when", ["from the beginning", "in a site that is there"])
def test_no_byte_of_the_site_knows(when: str, site: Path, tmp_path: Path) -> None:
    """Pages, data, known.json, search, sitemap, packed or not, are those of an archive without doubts; it is built."""
    paths = copy_of_toy(tmp_path / "archive")
    if when != "from the beginning":
        built(paths, tmp_path / "site")
    assert with_doubts(paths) > 10
    made = built(paths, tmp_path / "site")
    files = {name: plain(data) for name, data in made.items()}
    assert "du-lieu/known.json" in files and any(name.endswith("index.html") for name in files)
    told = [name for name, data in files.items() if any(word.encode() in data for word in SECRET)]
    assert told == []
    assert made == tree(site)


def test_the_search_would_find_it_if_it_were_there(tmp_path: Path) -> None:
    """The words that the test above looks for do reach pages and the search when they stand in the text."""
    archive = Changing(tmp_path)
    archive.replace(DONG_MAY, "sinh viên tình nguyện.", f"sinh viên tình nguyện. {SECRET[0]} {SECRET[2]}.")
    files = {name: plain(data) for name, data in built(archive.paths, tmp_path / "site").items()}
    told = [name for name, data in files.items() if any(word.encode() in data for word in SECRET)]
    assert any(name.endswith("index.html") for name in told) and len(told) > 1
