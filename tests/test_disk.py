"""What the file system says is asked once, and again where something is said to have changed."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

from archive.disk import Disk
from archive.problems import Report
from archive.read import scan
from tests.archives import write_files


def names(disk: Disk, folder: Path) -> list[str]:
    return [name for name, *_ in disk.entries(folder)]


def test_entries(tmp_path: Path) -> None:
    """In order of their names, with what they are; nothing of what is no folder."""
    write_files(tmp_path, {"b.md": "12345", "a/c.md": ""})
    (tmp_path / "l").symlink_to(tmp_path / "b.md")
    status = (tmp_path / "b.md").stat()
    folder, file, link = Disk().entries(tmp_path)
    assert folder == ("a", False, True, (0, 0, 0, 0))
    assert file == ("b.md", False, False, (status.st_mtime_ns, status.st_ctime_ns, 5, status.st_ino))
    assert link[:3] == ("l", True, False)
    assert Disk().entries(tmp_path / "b.md") == Disk().entries(tmp_path / "none") == ()


def test_a_folder_is_asked_once(tmp_path: Path) -> None:
    """A second scan of the same disk asks the system nothing, and a new folder is seen once it is spoken of."""
    write_files(tmp_path, {f"events/{number}.md": "" for number in range(5)})
    disk, folders = Disk(), {"events": "events"}
    first = scan(tmp_path, folders, Report(), disk)
    with patch("archive.disk._entry", side_effect=AssertionError):
        assert scan(tmp_path, folders, Report(), disk) == first
    write_files(tmp_path, {"events/2024/6.md": ""})
    assert scan(tmp_path, folders, Report(), disk) == first
    disk.forget(str(tmp_path / "events/2024/6.md"))
    disk.forget(str(tmp_path / "events/2024"))
    assert len(scan(tmp_path, folders, Report(), disk).records) == 6


def test_forgetting(tmp_path: Path) -> None:
    """The folder of a changed path is looked at again, with what lies below the path, and no other."""
    write_files(tmp_path, {"a/x/1.md": "", "a/y/2.md": "", "ab/3.md": ""})
    disk, folders = Disk(), [tmp_path / name for name in ("a", "a/x", "a/y", "ab")]
    for folder in folders:
        disk.entries(folder)
    for name in ("a/x/new", "a/y/new", "ab/new"):
        write_files(tmp_path, {name: ""})
    disk.forget(str(tmp_path / "a"))
    assert [len(disk.entries(folder)) for folder in folders] == [2, 2, 2, 1]
    disk.forget_all()
    assert len(disk.entries(tmp_path / "ab")) == 2


def test_what_goes_while_we_look(tmp_path: Path) -> None:
    """A file that an editor writes aside and takes away again doesn't hide the others of its folder."""
    write_files(tmp_path, {"a.md": "", "b.md~": "", "c.md": ""})
    real = os.scandir

    class Going:
        def __init__(self, path: str) -> None:
            self.found = real(path)

        def __enter__(self) -> list[os.DirEntry[str]]:
            entries = list(self.found)
            (tmp_path / "b.md~").unlink()
            return entries

        def __exit__(self, *_: object) -> None:
            self.found.close()

    with patch("os.scandir", Going):
        assert names(Disk(), tmp_path) == ["a.md", "c.md"]
