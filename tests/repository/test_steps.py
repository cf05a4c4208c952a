"""The workflows at work, in a repository made for it: strangers' pull requests, merges, nightly questions.

What GitHub does (checking out, keeping artifacts, publishing) is left out; every shell step is run.
"""

from __future__ import annotations

import copy
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from archive.bundle import write_bundle
from tests.archives import ROOT, TOY, write_files
from tests.repository.runner import Ran, Runner

PRINTED = "Họp $(touch chay-duoc) `touch chay-duoc` *ở* Lưng Đồi"
BODY = "Ngày 6/5/2024, tại xã Lưng Đồi, ông Cầm Văn Thử chủ trì buổi họp bàn Kế hoạch số 77-KH/TU.\n"
SOURCE = f"{PRINTED}\n\n{BODY}"
ARTICLE = f"""---
title: "{PRINTED}"
date: "2024-05-06"
date_basis: {{kind: stated, words: "Ngày 6/5/2024"}}
level: xa
rights: full
source: {{file: lung-doi.txt, sha256: {hashlib.sha256(SOURCE.encode()).hexdigest()}}}
speakers:
  - {{official: cam-van-thu, name: "Cầm Văn Thử", capacity: [chu-tri]}}
documents:
  - {{document: null, printed: "Kế hoạch số 77-KH/TU"}}
---

{BODY}"""
FILES = {
    "articles/2024/hop-lung-doi.md": ARTICLE,
    "sources/lung-doi.txt": SOURCE,
    "officials/cam-van-thu.md": '---\nname: "Cầm Văn Thử"\n---\n',
}
NOTES = "chưa chắc: ngày\nlời nhắn: $(touch chay-duoc) <b>*"
BUNDLE = write_bundle({name: text.encode() for name, text in FILES.items()}, NOTES)
INBOX = "content/inbox/hop-lung-doi.txtar"
SPOILT = BUNDLE.replace("level: xa", "level: xã")
LOCKS = ("requirements.lock", "requirements-test.lock")
TITLE = "Họp &#36;(touch chay-duoc) &#96;touch chay-duoc&#96; &#42;ở&#42; Lưng Đồi"
WORKED = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@a.example"}
WORKED |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@a.example"}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="GitHub's own machines run these with bash")


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "init.defaultBranch=main", *arguments]
    environment = {**os.environ, **WORKED, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def commit(folder: Path, files: Mapping[str, str], message: str) -> None:
    write_files(folder, files)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


@pytest.fixture(scope="module")
def upstream(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive's repository: this generator with the toy archive's content."""
    folder = tmp_path_factory.mktemp("upstream") / "work"
    folder.mkdir()
    for name in (".github", "archive", "site-config", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (
        "build.py",
        "mkdocs.yml",
        "requirements.lock",
        "requirements-test.lock",
        ".gitignore",
        ".gitattributes",
    ):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(TOY, folder / "content")
    settings = (folder / "site-config" / "site.yml").read_text(encoding="utf-8")
    without_tool = re.sub(r"(?m)^contribution_tool: .*$", "contribution_tool: false", settings)
    write_files(folder, {"site-config/site.yml": without_tool})  # it would be fetched for each checkout
    write_files(folder, {"tests/run.py": "print('== every test')\n"})
    git(folder, "init", "--quiet")
    commit(folder, {}, "the archive")
    return folder


@pytest.fixture
def fork(upstream: Path, tmp_path: Path) -> Path:
    git(tmp_path, "clone", "--quiet", str(upstream), "fork")
    return tmp_path / "fork"


def environment_of(checkout: Path) -> None:
    """A .venv that build.py finds complete: the one that runs this test, linked, never written."""
    made = checkout / ".venv"
    made.mkdir()
    for part in Path(sys.prefix).iterdir():
        if part.name != "installed":
            (made / part.name).symlink_to(part)
    locks = [(checkout / name).read_bytes() for name in LOCKS]
    (made / "installed").write_text("\n".join(hashlib.sha256(lock).hexdigest() for lock in locks), encoding="utf-8")


def proposed(fork: Path, tmp_path: Path, files: Mapping[str, str]) -> Runner:
    """What GitHub checks out for a pull request: the merge of the change, and one commit before it."""
    git(fork, "switch", "--quiet", "--create", "change")
    commit(fork, files, "change")
    git(fork, "switch", "--quiet", "main")
    git(fork, "merge", "--quiet", "--no-ff", "--message", "merge", "change")
    checkout = tmp_path / "checkout"
    git(tmp_path, "clone", "--quiet", "--depth", "2", f"file://{fork}", "checkout")
    environment_of(checkout)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return Runner(checkout, scratch)


def test_a_bundle_is_proposed(fork: Path, tmp_path: Path) -> None:
    """One file in the inbox: checked, unpacked, built, and told; nothing of its words was run by the shell."""
    runner = proposed(fork, tmp_path, {INBOX: BUNDLE})
    ran = runner.run("pull-request", "content")
    assert not ran.failed, ran.said
    assert ran.outputs["steps.changed.outputs.only-content"] == "true"
    assert (runner.checkout / "site" / "bai-viet" / "hop-lung-doi" / "index.html").is_file()
    assert not (runner.scratch / "before" / "site" / "bai-viet" / "hop-lung-doi").exists()
    assert (
        "### Bài viết: thêm\n\n- Họp &#36;(touch chay-duoc) &#96;touch chay-duoc&#96; &#42;ở&#42; Lưng Đồi"
        in ran.summary
    )
    assert "| Bài viết | 1 | 0 | 0 |" in ran.summary and "| Nhân vật | 1 | 0 | 0 |" in ran.summary
    assert "- Kế hoạch số 77-KH/TU (`hop-lung-doi`): chưa xác định" in ran.summary
    assert "không có địa chỉ nguồn" in ran.summary
    assert "Nói rõ vì sao chưa dựng được" not in ran.steps
    assert not list(tmp_path.rglob("chay-duoc"))
    runner.facts["needs.content.outputs.only-content"] = "true"
    assert not runner.asks_for("pull-request", "test")


def test_a_spoilt_bundle_is_proposed(fork: Path, tmp_path: Path) -> None:
    """A mistake is an annotation on its line and stands in the summary as plain text; nothing is built."""
    runner = proposed(fork, tmp_path, {INBOX: SPOILT})
    ran = runner.run("pull-request", "content")
    assert ran.failed
    assert f"::error file={INBOX},line=8,col=8,title=unknown-level::" in ran.said
    assert ran.steps[-2:] == ["Soát", "Nói rõ vì sao chưa dựng được"]
    body = ran.summary.split("\n\n", 2)[2]
    assert f"    {INBOX}:8:8: lỗi [unknown-level]" in body
    assert all(line.startswith("    ") for line in body.splitlines())
    assert not (runner.checkout / "site").exists()


def test_code_is_proposed(fork: Path, tmp_path: Path) -> None:
    """A changed setting shows what it does to every record, and calls for all tests."""
    labels = (fork / "site-config" / "labels.yml").read_text(encoding="utf-8")
    runner = proposed(fork, tmp_path, {"site-config/labels.yml": f"{labels}# x\n"})
    ran = runner.run("pull-request", "content")
    assert not ran.failed, ran.said
    assert "| Bài viết | 0 | 0 | 0 |" in ran.summary
    runner.facts["needs.content.outputs.only-content"] = ran.outputs["steps.changed.outputs.only-content"]
    assert runner.asks_for("pull-request", "test")
    tested = runner.run("pull-request", "test")
    assert not tested.failed and "== every test" in tested.said


HOST = Path("host", "kho", "tu-lieu")
DAY = "2024-05-07"
PROTECTED = """#!/bin/sh
while read -r old new ref; do [ "$ref" != refs/heads/main ] || exit 1; done
"""
GH = """#!/bin/sh
echo "$@" >> "$HOME/asked-of-gh"
[ "$2" != list ] || cat "$HOME/open" 2>/dev/null || true
"""


class Published:
    """The main branch after a merge, and where it may be written: a bare repository beside it."""

    def __init__(self, fork: Path, folder: Path, files: Mapping[str, str]) -> None:
        commit(fork, files, "merged")
        self.folder, self.scratch = folder, folder / "scratch"
        self.bare = folder / HOST
        self.bare.parent.mkdir(parents=True)
        git(folder, "clone", "--quiet", "--bare", str(fork), str(HOST))
        tools = self.scratch / "tools"
        tools.mkdir(parents=True)
        write_files(tools, {"gh": GH, "date": f"#!/bin/sh\necho {DAY}\n"})
        for tool in tools.iterdir():
            tool.chmod(0o755)
        self.facts = {"github.token": "mã-bí-mật", "github.ref_name": "main", "needs.deploy.result": "success"}
        self.jobs = 0

    def copied(self, folder: Path) -> Published:
        """The same as it is now, somewhere else, for a test of its own."""
        other = copy.copy(self)
        for name in (HOST.parts[0], "scratch"):
            shutil.copytree(self.folder / name, folder / name)
        other.folder, other.scratch, other.bare, other.facts = (
            folder,
            folder / "scratch",
            folder / HOST,
            dict(self.facts),
        )
        return other

    def run(self, job: str, *, with_archive: bool) -> tuple[Path, Ran]:
        """A job on a machine of its own, in a checkout of the main branch as it is now; artifacts are kept."""
        self.jobs += 1
        name = f"checkout-{self.jobs}"
        git(self.folder, "clone", "--quiet", "--depth", "1", f"file://{self.bare}", name)
        checkout = self.folder / name
        if with_archive:
            environment_of(checkout)
        host = {"GITHUB_SERVER_URL": f"file://{self.folder}/host", "GITHUB_REPOSITORY": "kho/tu-lieu"}
        facts = {**self.facts, "runner.temp": str(self.scratch)}
        return checkout, Runner(checkout, self.scratch, facts, host).run("publish", job)

    def build(self) -> tuple[Path, Ran]:
        checkout, ran = self.run("build", with_archive=True)
        for name in ("spoilt", "commit"):
            self.facts[f"needs.build.outputs.{name}"] = ran.outputs[f"steps.accept.outputs.{name}"]
        self.facts["needs.build.result"] = ran.result
        return checkout, ran

    def record(self) -> Ran:
        """Nothing of the archive can run there: its environment is not."""
        return self.run("record", with_archive=False)[1]

    def asks_for(self, job: str) -> bool:
        return Runner(self.folder, self.scratch, self.facts).asks_for("publish", job)

    def held(self, branch: str = "main") -> set[str]:
        """What a branch holds on the host."""
        return set(git(self.bare, "ls-tree", "-r", "--name-only", branch).splitlines())

    def log(self, branch: str = "main") -> list[str]:
        return git(self.bare, "log", "--format=%an: %s", branch).splitlines()


@pytest.fixture(scope="module")
def built(upstream: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Published, Path, Ran]:
    """A bundle was merged, and the job without rights has done its work: with its checkout and what it said."""
    folder = tmp_path_factory.mktemp("built")
    git(folder, "clone", "--quiet", str(upstream), "fork")
    host = Published(folder / "fork", folder, {INBOX: BUNDLE})
    return host, *host.build()


Built = tuple[Published, Path, Ran]
UNPACKED = "github-actions[bot]: Mở các gói đã nhận trong content/inbox"
WRITTEN = "github-actions[bot]: Sổ địa chỉ: những gì đã đăng"


def test_a_bundle_is_merged(built: Built, tmp_path: Path) -> None:
    """It is unpacked, built, and written to the main branch byte for byte, with the ledger; a rerun finds nothing."""
    host, checkout, ran_before = built[0].copied(tmp_path), *built[1:]
    assert not ran_before.failed, ran_before.said
    assert (checkout / "site" / "bai-viet" / "hop-lung-doi" / "index.html").is_file()
    assert INBOX in host.held()
    ran = host.record()
    assert not ran.failed and "::" not in ran.said, ran.said
    assert {f"content/{name}" for name in FILES} <= host.held() and INBOX not in host.held()
    assert git(host.bare, "show", "main:content/sources/lung-doi.txt") == SOURCE
    assert host.log()[:2] == [WRITTEN, UNPACKED]
    changed = git(host.bare, "show", "--no-renames", "--name-only", "--format=", "main^").split()
    assert sorted(changed) == sorted([INBOX, *(f"content/{name}" for name in FILES)])
    lines = git(host.bare, "show", "--no-renames", "--name-only", "--format=", "main").split()
    assert lines and all(path.startswith("content/ledger/") for path in lines)
    assert DAY in git(host.bare, "show", "main")
    assert "mã-bí-mật" not in ran_before.said + ran.said
    before = host.log()
    again = host.record()
    assert not again.failed and "::notice title=record::" in again.said and host.log() == before
    write_files(tmp_path / "scratch" / "tools", {"date": "#!/bin/sh\necho 2031-01-01\n"})
    assert not host.build()[1].failed and not host.record().failed
    assert host.log() == before
    assert not host.asks_for("spoilt")


def test_what_was_not_published_is_not_written_down(built: Built, tmp_path: Path) -> None:
    """Where publishing failed, bundles are unpacked all the same, and the ledger stays as it was."""
    host = built[0].copied(tmp_path)
    host.facts["needs.deploy.result"] = "failure"
    assert host.asks_for("record")
    assert not host.record().failed
    assert host.log()[0] == UNPACKED and INBOX not in host.held()


def test_a_branch_that_takes_no_pushes(built: Built, tmp_path: Path) -> None:
    """A pull request is opened, once, and kept up to date; what was merged is published meanwhile."""
    host = built[0].copied(tmp_path)
    hook = host.bare / "hooks" / "pre-receive"
    hook.write_text(PROTECTED, encoding="utf-8")
    hook.chmod(0o755)
    ran = host.record()
    assert not ran.failed and "đã mở một pull request" in ran.said, ran.said
    assert INBOX in host.held() and INBOX not in host.held("may-ghi")
    assert host.log("may-ghi")[:3] == [WRITTEN, UNPACKED, host.log()[0]]
    (host.scratch / "open").write_text("7\n", encoding="utf-8")
    assert "đã được cập nhật" in host.record().said
    asked = (host.scratch / "asked-of-gh").read_text(encoding="utf-8").splitlines()
    assert [line.split()[:2] for line in asked] == [["pr", "list"], ["pr", "create"], ["pr", "list"]]


def test_the_main_branch_went_on(built: Built, tmp_path: Path) -> None:
    """Patches of an older commit are left to the run of the newer one."""
    host = built[0].copied(tmp_path)
    git(tmp_path, "clone", "--quiet", str(host.bare), "elsewhere")
    commit(tmp_path / "elsewhere", {"README.md": "mới"}, "meanwhile")
    git(tmp_path / "elsewhere", "push", "--quiet", str(host.bare), "main")
    ran = host.record()
    assert not ran.failed and "::notice title=record::" in ran.said
    assert INBOX in host.held() and host.log()[0] == "a: meanwhile"


def test_a_build_that_was_taken_over(built: Built, tmp_path: Path) -> None:
    """Whatever the code of the archive hands over: what is more than records never reaches the repository."""
    host = built[0].copied(tmp_path)
    git(tmp_path, "clone", "--quiet", str(host.bare), "work")
    write_files(tmp_path / "work", {"build.py": "print('thay')\n", "content/officials/ai.md": "Ai\n"})
    git(tmp_path / "work", "add", "--all")
    patch = git(tmp_path / "work", "diff", "--cached", "--binary", "HEAD")
    (host.scratch / "patches" / "accept.patch").write_text(patch, encoding="utf-8")
    before = host.log()
    ran = host.record()
    assert ran.failed and "::error title=take_patch::'build.py'" in ran.said
    assert host.log() == before and "Ghi vào nhánh chính" not in ran.steps


def test_a_spoilt_bundle_was_merged(fork: Path, tmp_path: Path) -> None:
    """The mistake is named and makes the run red, the bundle stays, and the site is published without it."""
    host = Published(fork, tmp_path, {INBOX: SPOILT})
    checkout, built = host.build()
    assert not built.failed and "[unknown-level]" in built.said
    assert (checkout / "site" / "index.html").is_file()
    assert not (checkout / "site" / "bai-viet" / "hop-lung-doi").exists()
    assert host.asks_for("spoilt") and host.run("spoilt", with_archive=False)[1].failed
    assert not host.record().failed
    assert INBOX in host.held() and UNPACKED not in host.log()


def test_the_night(fork: Path, tmp_path: Path) -> None:
    """The report of the addresses is the summary; what is no public address is not asked."""
    for file in (fork / "content").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('"https://', '"http://127.0.0.1:9/'), encoding="utf-8")
    commit(fork, {}, "addresses")
    environment_of(fork)
    (tmp_path / "scratch").mkdir()
    ran = Runner(fork, tmp_path / "scratch").run("links", "links")
    assert not ran.failed, ran.said
    assert ran.summary.startswith(
        "## Địa chỉ nguồn\n\n- **Không phải địa chỉ công khai, không hỏi**: <http://127.0.0.1"
    )
    assert "\nĐã hỏi 16 trong 16 địa chỉ" in ran.summary
