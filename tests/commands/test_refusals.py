"""What the system refuses: one sentence says which file and why, nothing is half done, no traceback is seen."""

from __future__ import annotations

import builtins
import errno
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.build.site import build
from archive.commands.main import main
from archive.commands.refusals import refusal
from archive.commands.words import Words
from archive.config import Paths
from archive.database import Database, DatabaseError
from archive.problems import Report
from tests.archives import QUIET, ROOT, SITE_CONFIG, tree

Captured = pytest.CaptureFixture[str]
RAW = "Hội nghị giao ban ở xã Mây\n\nNgày 11/4/2024, xã Mây họp giao ban công tác dân vận.\n"


@pytest.fixture
def read_only(toy_copy: Paths, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on nothing can be written below the archive, as on a disk that is mounted so."""
    root = str(toy_copy.content.parent)

    def begin() -> None:
        def refusing(real: Callable[..., Any], writes: Callable[..., bool]) -> Callable[..., Any]:
            def called(path: Any, *rest: Any, **named: Any) -> Any:
                if str(path).startswith(root) and writes(*rest, **named):
                    raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
                return real(path, *rest, **named)

            return called

        always: Callable[..., bool] = lambda *_, **__: True  # noqa: E731
        in_mode: Callable[..., bool] = lambda mode="r", *_, **__: mode[0] in "wax"  # noqa: E731
        for name in ("mkdir", "unlink", "rmdir", "rename", "replace", "link"):
            monkeypatch.setattr(os, name, refusing(getattr(os, name), always))
        opening = refusing(io.open, in_mode)
        monkeypatch.setattr(io, "open", opening)
        monkeypatch.setattr(builtins, "open", opening)

    return begin


@pytest.mark.parametrize(
    "arguments",
    [
        ["site", "--no-search", "--quiet"],
        ["check"],
        ["new", "article", "bai-moi"],
        ["import", "bai.txt"],
        ["serve"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_read_only_folder(
    arguments: list[str], toy_copy: Paths, read_only: Callable[[], None], capsys: Captured
) -> None:
    """A command that has to write says where it can't, and the site and the archive stay as they were."""
    root = toy_copy.content.parent
    build(toy_copy, root / "site", Report(), QUIET, search=False)
    (root / "bai.txt").write_text(RAW, encoding="utf-8")
    page = toy_copy.content / "pages" / "gioi-thieu.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMột câu thêm vào.\n", encoding="utf-8")
    before = tree(root / "site"), tree(toy_copy.content)
    files = [str(root / name) if name.endswith(".txt") else name for name in arguments]
    read_only()
    assert main(["--lang", "en", *files, "--root", str(root)]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith(f"{root}{os.sep}") and "can't be read or written: it can only be read there" in said
    assert (tree(root / "site"), tree(toy_copy.content)) == before


@pytest.mark.parametrize("number", [errno.EACCES, errno.EDQUOT, errno.EMFILE, errno.ENOTDIR, errno.EIO])
def test_a_file(number: int) -> None:
    """Each way of failing is said with the file, in both languages."""
    for language in ("vi", "en"):
        words = Words.load(SITE_CONFIG, language)
        said = refusal(OSError(number, os.strerror(number), "content/a.md"), words)
        assert said is not None and said.count("\n") == 0
        assert "content/a.md" in said and os.strerror(number) not in said


def test_a_fault_of_ours_is_none_of_the_disk() -> None:
    """What is no news of a file keeps its traceback."""
    words = Words.load(SITE_CONFIG, "en")
    assert refusal(ValueError("x"), words) is None
    assert refusal(OSError("x"), words) is None
    assert refusal(DatabaseError("no such table: x"), words) is None


def test_a_database_that_cannot_be_opened(tmp_path: Path) -> None:
    """A folder where the database should be is told as a file that can't be written."""
    (tmp_path / "archive.db").mkdir()
    with pytest.raises(DatabaseError) as caught:
        Database(tmp_path / "archive.db")
    assert "can't be read or written" in (refusal(caught.value, Words.load(SITE_CONFIG, "en")) or "")


def told(paths: Paths, out: int) -> subprocess.CompletedProcess[str]:
    """`check` on an archive with much to tell."""
    for number in range(3000):
        (paths.content / "articles" / f"{number}.txt").write_text("thừa", encoding="utf-8")
    command = [sys.executable, "-m", "archive", "check", "--root", str(paths.content.parent)]
    return subprocess.run(command, cwd=ROOT, stdout=out, stderr=subprocess.PIPE, text=True, check=False)


def test_a_closed_pipe(toy_copy: Paths) -> None:
    """Whoever has read enough closes the pipe: the command ends quietly, as others do."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = told(toy_copy, writing)
    finally:
        os.close(writing)
    assert done.returncode == 141
    assert "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_output_that_is_full(toy_copy: Paths) -> None:
    """A report for which there is no room is said to be lost."""
    with Path("/dev/full").open("wb") as full:
        done = told(toy_copy, full.fileno())
    assert done.returncode == 2
    assert "Đĩa đã đầy" in done.stderr.splitlines()[-1] and "Traceback" not in done.stderr
