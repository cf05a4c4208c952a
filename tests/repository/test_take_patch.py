"""Patches of a job that may have been taken over, judged in real repositories by .github/take_patch.py."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archives import ROOT, write_files
from tests.repository.test_steps import commit, git

SCRIPT = ROOT / ".github" / "take_patch.py"
HELD = {
    "archive/code.py": "print('mã của kho')\n" * 9,
    "content/articles/2024/cu.md": "---\ntitle: Cũ\n---\n\nBài đã có từ trước, dài một chút để git nhận ra.\n" * 3,
    "content/inbox/goi.txtar": "-- articles/2024/moi.md --\nBài mới\n",
    "content/ledger/2024.csv": "address,first\n/,2024-01-01\n",
    "content/sources/cu.txt": "Cũ\n",
}
pytestmark = pytest.mark.skipif(os.name == "nt", reason="GitHub's own machines run this with Linux")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    folder.mkdir()
    git(folder, "init", "--quiet")
    commit(folder, HELD, "the archive")
    return folder


def patch_of(repository: Path, change: Callable[[Path], object], *options: str) -> Path:
    """What a job hands over after a change, by whatever options of `git diff`."""
    work = repository.parent / "work"
    git(repository.parent, "clone", "--quiet", str(repository), str(work))
    change(work)
    git(work, "add", "--all")
    patch = repository.parent / "x.patch"
    diff = ["git", "diff", "--cached", "--binary", *options, "HEAD"]
    patch.write_bytes(subprocess.run(diff, cwd=work, capture_output=True, check=True).stdout)
    assert patch.stat().st_size
    return patch


def judged(repository: Path, purpose: str, patch: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), purpose, str(patch)]
    return subprocess.run(command, cwd=repository, capture_output=True, text=True, encoding="utf-8", check=False)


def put(**files: str) -> Callable[[Path], object]:
    return lambda work: write_files(work, {path.replace("__", "/"): text for path, text in files.items()})


def accepted(work: Path) -> None:
    (work / "content/inbox/goi.txtar").unlink()
    write_files(work, {"content/articles/2024/moi.md": "Bài mới\n", "content/officials/ai.md": "Ai\n"})
    (work / "content/sources/Moi.txt").write_bytes("Chữ\r\n\0".encode("utf-16"))


def written_down(work: Path) -> None:
    write_files(work, {"content/ledger/2024.csv": HELD["content/ledger/2024.csv"] + "/a/,2024-02-02\n"})
    write_files(work, {"content/ledger/2025.csv": "address,first\n/b/,2025-01-01\n"})


@pytest.mark.parametrize(("purpose", "change"), [("accept", accepted), ("ledger", written_down)])
def test_taken(purpose: str, change: Callable[[Path], object], repository: Path) -> None:
    """What a job is there for is taken as it is, files and index."""
    patch = patch_of(repository, change, "--no-renames")
    done = judged(repository, purpose, patch)
    assert done.returncode == 0, done.stdout + done.stderr
    work = repository.parent / "work"
    assert git(repository, "write-tree") == git(work, "write-tree")
    assert git(repository, "status", "--porcelain") == git(work, "status", "--porcelain") != ""


@pytest.mark.parametrize("text", [None, ""])
def test_nothing_to_take(text: str | None, repository: Path) -> None:
    """A job that changed nothing hands over an empty patch, or none."""
    patch = repository.parent / "x.patch"
    if text is not None:
        patch.write_text(text, encoding="utf-8")
    assert judged(repository, "accept", patch).returncode == 0
    assert git(repository, "status", "--porcelain") == ""


def moved(old: str, new: str) -> Callable[[Path], object]:
    def change(work: Path) -> None:
        (work / new).parent.mkdir(parents=True, exist_ok=True)
        (work / old).rename(work / new)

    return change


def linked(path: str, to: str) -> Callable[[Path], object]:
    def change(work: Path) -> None:
        (work / path).parent.mkdir(parents=True, exist_ok=True)
        (work / path).unlink(missing_ok=True)
        (work / path).symlink_to(to)

    return change


def executable(path: str) -> Callable[[Path], object]:
    def change(work: Path) -> None:
        write_files(work, {path: HELD.get(path, "x\n")})
        (work / path).chmod(0o755)

    return change


def submodule(path: str) -> Callable[[Path], object]:
    def change(work: Path) -> None:
        (work / path).mkdir(parents=True)
        git(work / path, "init", "--quiet")
        commit(work / path, {"a": "a"}, "a")

    return change


def binary(path: str) -> Callable[[Path], object]:
    def change(work: Path) -> None:
        (work / path).parent.mkdir(parents=True, exist_ok=True)
        (work / path).write_bytes(b"\0\1" * 99)

    return change


def both(*changes: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda work: [change(work) for change in changes]


BEYOND = {
    "code": ("accept", put(**{"archive__code.py": "x"})),
    "code beside records": ("accept", both(accepted, put(build="x"))),
    "a workflow": ("accept", put(**{".github__workflows__x.yml": "on: push\n"})),
    "a record that is there": ("accept", put(**{"content__articles__2024__cu.md": "Khác\n"})),
    "a record that goes": ("accept", lambda work: (work / "content/articles/2024/cu.md").unlink()),
    "a page": ("accept", put(**{"content__pages__x.md": "x\n"})),
    "a bundle that comes": ("accept", put(**{"content__inbox__x.txtar": "x\n"})),
    "the ledger with records": ("accept", both(accepted, written_down)),
    "records with the ledger": ("ledger", both(accepted, written_down)),
    "a ledger that goes": ("ledger", lambda work: (work / "content/ledger/2024.csv").unlink()),
    "a folder in the ledger": ("ledger", put(**{"content__ledger__x__y.csv": "x\n"})),
    "a binary ledger": ("ledger", binary("content/ledger/2025.csv")),
    "a binary record": ("accept", binary("content/articles/2024/x.md")),
    "code renamed into content": ("accept", moved("archive/code.py", "content/articles/2024/x.md")),
    "content renamed into code": ("accept", moved("content/inbox/goi.txtar", "archive/goi.py")),
    "a record renamed": ("accept", moved("content/articles/2024/cu.md", "content/articles/2023/cu.md")),
    "a symlink": ("accept", linked("content/sources/x.txt", "/etc/passwd")),
    "a symlink for a folder": ("accept", linked("content/officials", "../archive")),
    "a file turned into a symlink": ("accept", linked("content/sources/cu.txt", "../../archive/code.py")),
    "a ledger turned into a symlink": ("ledger", linked("content/ledger/2024.csv", "../../archive/code.py")),
    "an executable": ("accept", executable("content/sources/x.txt")),
    "a mode alone": ("ledger", executable("content/ledger/2024.csv")),
    "a submodule": ("accept", submodule("content/sources/x")),
    "a hidden file": ("accept", put(**{"content__sources__.gitattributes": "* filter=x\n"})),
    "a hidden ledger": ("ledger", put(**{"content__ledger__.gitattributes": "* filter=x\n"})),
    "a name with a line end": ("accept", put(**{"content__sources__a\n::error::.txt": "x\n"})),
}


@pytest.mark.parametrize(
    "options", [("--no-renames",), ("--find-renames=1%", "--find-copies-harder")], ids=["plain", "renames"]
)
@pytest.mark.parametrize("name", BEYOND)
def test_refused(name: str, options: tuple[str, ...], repository: Path) -> None:
    """A patch that does more than it is for is refused whole, and the checkout is as it was."""
    purpose, change = BEYOND[name]
    done = judged(repository, purpose, patch_of(repository, change, *options))
    assert done.returncode == 1
    assert done.stdout.startswith("::error title=take_patch::") and "Traceback" not in done.stderr
    assert git(repository, "status", "--porcelain", "--ignored") == ""


NEW = "--- /dev/null\n+++ {0}\n@@ -0,0 +1 @@\n+x\n"
BY_HAND = {
    "a step up": NEW.format("b/content/sources/../../../ngoai.txt"),
    "a step up within": NEW.format("b/content/sources/../../archive/ngoai.py"),
    "an absolute path": NEW.format("/tmp/ngoai.txt"),
    "git's own folder": NEW.format("b/.git/hooks/pre-push"),
    "git's own folder within": NEW.format("b/content/sources/.git/config"),
    "no patch": "xin chào\n",
    "half a patch": "--- a/content/sources/cu.txt\n+++ b/content/sources/cu.txt\n@@ -1,9 +1,9 @@\n Cũ\n",
    "another base": "--- a/content/ledger/2024.csv\n+++ b/content/ledger/2024.csv\n@@ -1 +1 @@\n-khác\n+x\n",
    "through a symlink": (
        "diff --git a/content/x b/content/x\nnew file mode 120000\n--- /dev/null\n+++ b/content/x\n@@ -0,0 +1 @@\n+..\n"
        "\\ No newline at end of file\n"
        "diff --git a/content/x/a.md b/content/x/a.md\nnew file mode 100644\n" + NEW.format("b/content/x/a.md")
    ),
}


@pytest.mark.parametrize("purpose", ["accept", "ledger"])
@pytest.mark.parametrize("name", BY_HAND)
def test_refused_by_hand(name: str, purpose: str, repository: Path) -> None:
    """A patch that git would not have written is refused, too, and nothing is written anywhere."""
    patch = repository.parent / "x.patch"
    patch.write_text(BY_HAND[name], encoding="utf-8")
    done = judged(repository, purpose, patch)
    assert done.returncode == 1
    assert done.stdout.startswith("::error title=take_patch::") and "Traceback" not in done.stderr
    assert git(repository, "status", "--porcelain", "--ignored") == ""
    assert not list(repository.parent.rglob("ngoai*")) and not (repository / ".git/hooks/pre-push").exists()


def test_a_file_that_is_there_stays(repository: Path) -> None:
    """A checkout in which something was changed takes no patch."""
    patch = patch_of(repository, accepted, "--no-renames")
    write_files(repository, {"archive/code.py": "khác\n"})
    assert judged(repository, "accept", patch).returncode == 1
    assert (repository / "archive/code.py").read_text(encoding="utf-8") == "khác\n"
