"""The workflows at work, in a repository made for it: strangers' pull requests, merges, nightly questions.

What GitHub does (checking out, keeping artifacts, publishing) is left out; every shell step is run.
"""

from __future__ import annotations

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
from tests.repository.runner import Runner

SOURCE = "Ngày 6/5/2024, tại xã Lưng Đồi, ông Cầm Văn Thử chủ trì buổi họp bàn Kế hoạch số 77-KH/TU.\n"
ARTICLE = f"""---
title: "Họp $(touch chay-duoc) `touch chay-duoc` *ở* Lưng Đồi"
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

{SOURCE}"""
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
    for name in ("archive", "site-config", "templates"):
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
    assert "| Bài viết | 1 | 0 | 0 |" in ran.summary and "| Người | 1 | 0 | 0 |" in ran.summary
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


def published(fork: Path, tmp_path: Path, files: Mapping[str, str]) -> Runner:
    """The main branch after a merge, and where it may be written: a bare repository beside it."""
    commit(fork, files, "merged")
    (tmp_path / "host" / "kho").mkdir(parents=True)
    git(tmp_path, "clone", "--quiet", "--bare", str(fork), "host/kho/tu-lieu")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{tmp_path}/host/kho/tu-lieu", "checkout")
    environment_of(tmp_path / "checkout")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    facts = {"github.token": "mã-bí-mật", "github.ref_name": "main"}
    host = {"GITHUB_SERVER_URL": f"file://{tmp_path}/host", "GITHUB_REPOSITORY": "kho/tu-lieu"}
    return Runner(tmp_path / "checkout", scratch, facts, host)


def held(tmp_path: Path) -> set[str]:
    """What the main branch holds on the host."""
    return set(git(tmp_path / "host" / "kho" / "tu-lieu", "ls-tree", "-r", "--name-only", "main").splitlines())


def test_a_bundle_is_merged(fork: Path, tmp_path: Path) -> None:
    """The job unpacks it and writes that to the main branch, byte for byte; then there is nothing left to do."""
    runner = published(fork, tmp_path, {INBOX: BUNDLE})
    ran = runner.run("publish", "accept")
    assert not ran.failed and "::warning" not in ran.said, ran.said
    paths = held(tmp_path)
    assert {f"content/{name}" for name in FILES} <= paths and INBOX not in paths
    bare = tmp_path / "host" / "kho" / "tu-lieu"
    assert git(bare, "show", "main:content/sources/lung-doi.txt") == SOURCE
    assert git(bare, "log", "-1", "--format=%an", "main").strip() == "github-actions[bot]"
    changed = git(bare, "show", "--no-renames", "--name-only", "--format=", "main").split()
    assert sorted(changed) == sorted([INBOX, *(f"content/{name}" for name in FILES)])
    assert "mã-bí-mật" not in ran.said
    assert not runner.run("publish", "build").failed
    assert (runner.checkout / "site" / "bai-viet" / "hop-lung-doi" / "index.html").is_file()
    again = runner.run("publish", "accept")
    assert again.steps == ["Có gói nào không"] and not again.failed


def test_a_branch_that_takes_no_pushes(fork: Path, tmp_path: Path) -> None:
    """The job says what the maintainer may do; what was merged is published all the same."""
    runner = published(fork, tmp_path, {INBOX: BUNDLE})
    hook = tmp_path / "host" / "kho" / "tu-lieu" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    ran = runner.run("publish", "accept")
    assert not ran.failed and "::warning title=accept::Nhánh chính" in ran.said
    assert INBOX in held(tmp_path)
    git(runner.checkout, "reset", "--quiet", "--hard", "HEAD^")
    assert not runner.run("publish", "build").failed
    assert (runner.checkout / "site" / "bai-viet" / "hop-lung-doi" / "index.html").is_file()


def test_a_spoilt_bundle_was_merged(fork: Path, tmp_path: Path) -> None:
    """Nothing is written, the job fails where the mistake is named, and the site is built without the bundle."""
    runner = published(fork, tmp_path, {INBOX: SPOILT})
    ran = runner.run("publish", "accept")
    assert ran.failed and "[unknown-level]" in ran.said
    assert ran.steps[-1] == "Mở gói"
    assert INBOX in held(tmp_path)
    assert runner.asks_for("publish", "build")
    built = runner.run("publish", "build")
    assert not built.failed and "::warning title=accept::Có gói lỗi" in built.said
    assert (runner.checkout / "site" / "index.html").is_file()
    assert not (runner.checkout / "site" / "bai-viet" / "hop-lung-doi").exists()
    runner.facts["needs.build.result"] = built.result
    assert runner.asks_for("publish", "deploy")


def test_the_night(fork: Path, tmp_path: Path) -> None:
    """The report of the addresses is the summary; what is no public address is not asked."""
    for file in (fork / "content").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('"https://', '"http://127.0.0.1:9/'), encoding="utf-8")
    runner = published(fork, tmp_path, {})
    ran = runner.run("links", "links")
    assert not ran.failed, ran.said
    assert ran.summary.startswith("## Địa chỉ nguồn\n\nĐã hỏi 16 trong 16 địa chỉ")
