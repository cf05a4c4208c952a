"""Bundles: what `check` and `site` say of them, what `accept` makes of them, and that nothing else is touched."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from archive.build import site
from archive.build.inbox import put_new
from archive.bundle import write_bundle
from archive.commands.main import main
from archive.config import Paths
from tests.archives import ROOT, copy_of_toy, tree

Captured = pytest.CaptureFixture[str]
SOURCE = ("Tổ dân vận xóm Gió họp\r\n\r\nChiều thu, bà Tạ Thị Gió chủ trì buổi họp của tổ dân vận xóm Gió.\r\n").encode(
    "utf-16"
)
ARTICLE = f"""---
title: "Tổ dân vận xóm Gió họp"
level: xa
publisher: "Báo Mây"
source: {{file: "Xom_Gio.txt", sha256: "{hashlib.sha256(SOURCE).hexdigest()}", url: "https://bao-may.example/gio"}}
rights: full
speakers:
  - {{official: ta-thi-gio, name: "Tạ Thị Gió", capacity: [chu-tri]}}
---

Chiều thu, bà Tạ Thị Gió chủ trì buổi họp của tổ dân vận xóm Gió.
"""
FILES = {
    "articles/khong-ro/xom-gio-hop.md": ARTICLE.encode(),
    "officials/ta-thi-gio.md": '---\nname: "Tạ Thị Gió"\n---\n'.encode(),
    "sources/Xom_Gio.txt": SOURCE,
}
BAD = {**FILES, "articles/khong-ro/xom-gio-hop.md": ARTICLE.replace("level: xa", "level: xã").encode()}
NAME = "inbox/xom-gio.txtar"


def run(paths: Paths, *arguments: str) -> int:
    return main([*arguments, "--root", str(paths.content.parent)])


def put(paths: Paths, files: dict[str, bytes], name: str = NAME) -> Path:
    path = paths.content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_bundle(files, "Gói bài").encode())
    return path


def test_accept(toy_copy: Paths, capsys: Captured) -> None:
    """Files come out as they went in, byte for byte; the bundle is gone; all else is as it was; `check` is content."""
    before = tree(toy_copy.content)
    put(toy_copy, FILES)
    assert run(toy_copy, "accept") == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [f"✓ content/{NAME}", *(f"  + content/{path}" for path in FILES)]
    assert "Đã nhận 1 gói" in said.err
    assert tree(toy_copy.content) == {**before, **FILES}
    assert not (toy_copy.content.parent / ".build" / "inbox").exists()
    assert not (toy_copy.content.parent / "site").exists()
    assert run(toy_copy, "check") == 0
    assert capsys.readouterr().out == ""


def test_a_bundle_with_an_error_stays(toy_copy: Paths, capsys: Captured) -> None:
    """`accept` says what `check` says, takes the good one beside it, and leaves the other and its files alone."""
    put(toy_copy, BAD)
    assert run(toy_copy, "check") == 1
    checked = capsys.readouterr().out
    assert checked.startswith(f"content/{NAME}:5:8: lỗi [unknown-level] “xã” không phải là một cấp\n")
    put(
        toy_copy, {"officials/ly-a-sinh.md": '---\nname: "Lý A Sính"\n---\n\nChưa có bài.\n'.encode()}, "inbox/zz.txtar"
    )
    before = tree(toy_copy.content)
    assert run(toy_copy, "accept") == 1
    said = capsys.readouterr()
    assert said.out.endswith(checked)
    assert f"✗ content/{NAME}" in said.out and "✓ content/inbox/zz.txtar" in said.out
    after = tree(toy_copy.content)
    assert before.keys() - after.keys() == {"inbox/zz.txtar"}
    assert after.keys() - before.keys() == {"officials/ly-a-sinh.md"}


def test_nothing_is_overwritten(toy_copy: Paths, capsys: Captured) -> None:
    """One file of a bundle is there with other bytes: none of its files is written."""
    taken = toy_copy.content / "sources" / "Xom_Gio.txt"
    taken.write_bytes(b"cu")
    put(toy_copy, FILES)
    before = tree(toy_copy.content)
    assert run(toy_copy, "accept") == 1
    assert "[bundle-taken] sources/Xom_Gio.txt" in capsys.readouterr().out
    assert tree(toy_copy.content) == before


def test_a_file_from_elsewhere(toy_copy: Paths, tmp_path: Path, capsys: Captured) -> None:
    """A bundle that came by mail is accepted where it lies, and left there; a second time nothing is to be done."""
    mailed = tmp_path / "thư của bạn.txtar"
    mailed.write_bytes(write_bundle(FILES).replace("\n", "\r\n").encode("utf-8-sig"))
    put(toy_copy, BAD)
    assert run(toy_copy, "accept", str(mailed)) == 0
    assert mailed.is_file() and (toy_copy.content / NAME).is_file()
    after = tree(toy_copy.content)
    assert {path: after[path] for path in FILES} == FILES
    capsys.readouterr()
    assert run(toy_copy, "accept", str(mailed)) == 0
    assert capsys.readouterr().out.count(" (đã có, cùng nội dung)") == len(FILES)
    assert tree(toy_copy.content) == after


def test_wrong_use(toy_copy: Paths, capsys: Captured) -> None:
    """A bundle that is not there is 2; an inbox without bundles is 0."""
    assert run(toy_copy, "accept", "khong-co.txtar") == 2
    assert "khong-co.txtar" in capsys.readouterr().err
    assert run(toy_copy, "accept") == 0


def test_a_bundle_may_rest_on_the_one_before_it(toy_copy: Paths) -> None:
    """Bundles are taken in the order of their names, each upon the good ones before it."""
    rest = dict(FILES)
    person = {"officials/ta-thi-gio.md": rest.pop("officials/ta-thi-gio.md")}
    put(toy_copy, rest, "inbox/1.txtar")
    put(toy_copy, person, "inbox/2.txtar")
    before = tree(toy_copy.content)
    assert run(toy_copy, "check") == 1
    (toy_copy.content / "inbox" / "2.txtar").rename(toy_copy.content / "inbox" / "0.txtar")
    assert run(toy_copy, "check") == 0
    assert run(toy_copy, "accept") == 0
    kept = {name: data for name, data in before.items() if not name.startswith("inbox/")}
    assert tree(toy_copy.content) == {**kept, **FILES}


def test_the_site_leaves_bundles_out(toy_copy: Paths, capsys: Captured) -> None:
    """With bundles, good, bad and hostile, the site is the same to the byte, and each is said to wait, also if nothing
    else changed."""
    build = ("site", "--quiet", "--no-search")
    assert run(toy_copy, *build) == 0
    site = toy_copy.content.parent / "site"
    before = tree(site)
    assert "bundle-waiting" not in capsys.readouterr().err
    put(toy_copy, FILES)
    put(toy_copy, BAD, "inbox/b.txtar")
    (toy_copy.content / "inbox" / "c.txtar").write_bytes(b"\xff\0")
    for _ in range(2):
        assert run(toy_copy, *build) == 0
        assert capsys.readouterr().err.count("[bundle-waiting]") == 3
        assert tree(site) == before
    shutil.rmtree(toy_copy.content / "inbox")
    assert run(toy_copy, *build) == 0
    assert "bundle-waiting" not in capsys.readouterr().err


def test_a_folder_that_leads_elsewhere(toy_copy: Paths, tmp_path: Path, capsys: Captured) -> None:
    """A link among the folders of content/ leads no file of a bundle out of it."""
    away = tmp_path / "away"
    away.mkdir()
    (toy_copy.content / "articles" / "khong-ro").rename(tmp_path / "kept")
    (toy_copy.content / "articles" / "khong-ro").symlink_to(away)
    put(toy_copy, FILES)
    assert run(toy_copy, "accept") == 1
    assert f"content/{NAME}:2:4: lỗi [symlink]" in capsys.readouterr().out
    assert tree(away) == {}


def test_what_shows_on_pages_only(toy_copy: Paths, capsys: Captured) -> None:
    """A dead link in a note, and an address that has moved, are told at the bundle's lines."""
    note = FILES["officials/ta-thi-gio.md"] + "\nXem [trang này](/nguoi/khong-co-ai/).\n".encode()
    put(toy_copy, {**FILES, "officials/ta-thi-gio.md": note}, "inbox/a.txtar")
    put(toy_copy, {"officials/da-go.md": '---\nname: "Lý A Sính"\n---\n\nChưa có bài.\n'.encode()}, "inbox/b.txtar")
    redirects = toy_copy.site_config / "redirects.yml"
    redirects.write_text("redirects: [{from: /nguoi/da-go/, to: /nguoi/}]\n", "utf-8")
    for command in ("check", "site", "check", "accept"):
        status = run(toy_copy, command)
        said = capsys.readouterr().out
        if command != "site":
            assert status == 1
            assert "content/inbox/a.txtar:14:4: lỗi [dead-link] liên kết tới /nguoi/khong-co-ai/" in said
            assert "content/inbox/b.txtar:2:4: lỗi [address-taken] địa chỉ /nguoi/da-go/" in said
            assert said.count("lỗi [") == 2
    assert len(tree(toy_copy.content / "inbox")) == 2


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_full_disk(toy_copy: Paths, monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """If one file can't be written none is, and the bundle stays."""
    put(toy_copy, FILES)
    before = tree(toy_copy.content)
    at_call(monkeypatch, shutil, "move", call, OSError("no space left"))
    with pytest.raises(OSError, match="no space left"):
        run(toy_copy, "accept")
    assert tree(toy_copy.content) == before


@pytest.mark.parametrize("call", [1, 3, 4])
def test_killed(toy_copy: Paths, call: int) -> None:
    """Killed between two files, or before the bundle is removed: run again it ends as it would have."""
    before = tree(toy_copy.content)
    put(toy_copy, FILES)
    child = os.fork()
    if child == 0:
        with pytest.MonkeyPatch.context() as monkeypatch:
            at_call(monkeypatch, shutil, "move", call, None)
            monkeypatch.setattr(site, "put_new", put_and_more)
            run(toy_copy, "accept")
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1]), "it ended before it could be killed"
    between = tree(toy_copy.content)
    assert len([path for path in FILES if path in between]) == call - 1
    assert run(toy_copy, "accept") == 0
    assert tree(toy_copy.content) == {**before, **FILES}


def put_and_more(unpacked: Path, content: Path, files: Iterable[str]) -> None:
    put_new(unpacked, content, files)
    shutil.move("", "")


def at_call(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, number: int, error: OSError | None) -> None:
    """The n-th call ends in an error, or with the process."""
    real, calls = getattr(owner, name), [0]

    def called(*given: Any, **named: Any) -> Any:
        calls[0] += 1
        if calls[0] == number:
            if error:
                raise error
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)

    monkeypatch.setattr(owner, name, called)


def imported(root: Path, *arguments: str) -> dict[str, bytes]:
    """An archive that holds nothing but what was imported."""
    root.mkdir()
    for name in ("site-config", "templates", "mkdocs.yml"):
        (root / name).symlink_to(ROOT / name)
    assert main(["import", *arguments, "--root", str(root)]) == 0
    return tree(root / "content")


EVAL = sorted((ROOT / "tests" / "eval" / "tuned").glob("*.txt"))[:6]
SEEDS = sorted((ROOT / "content" / "sources").iterdir())


def odd_inputs(folder: Path) -> list[Path]:
    """A text in the encodings and line ends of other machines."""
    text = EVAL[0].read_text(encoding="utf-8")
    folder.mkdir()
    windows, bom, utf16 = folder / "windows.txt", folder / "bom.txt", folder / "Bản gốc.txt"
    windows.write_bytes(text.replace("\n", "\r\n").encode())
    bom.write_bytes(text.encode("utf-8-sig"))
    utf16.write_bytes(text.encode("utf-16"))
    return [windows, bom, utf16]


@pytest.mark.parametrize("group", ["seeds", "eval", "windows.txt", "bom.txt", "Bản gốc.txt"])
def test_import_into_bundles(group: str, tmp_path: Path, capsys: Captured) -> None:
    """`import --bundle` and `accept` make exactly what `import` makes."""
    odd = {path.name: [path] for path in odd_inputs(tmp_path / "odd")}
    inputs = [str(path) for path in {"seeds": SEEDS, "eval": EVAL, **odd}[group]]
    plain = imported(tmp_path / "plain", *inputs)
    bundled = imported(tmp_path / "bundled", "--bundle", *inputs)
    assert len(bundled) == len(inputs) and all(name.startswith("inbox/") for name in bundled)
    accepted = main(["accept", "--root", str(tmp_path / "bundled")])
    assert accepted == 0, capsys.readouterr().out
    assert tree(tmp_path / "bundled" / "content") == plain


def test_import_of_a_bundle_that_is_there(tmp_path: Path, capsys: Captured) -> None:
    """A bundle is not overwritten either, and what is printed names it."""
    paths = copy_of_toy(tmp_path / "archive")
    assert run(paths, "import", "--bundle", str(EVAL[0])) == 0
    (bundle,) = (paths.content / "inbox").iterdir()
    assert f"{EVAL[0]} → {bundle.name}" in capsys.readouterr().out
    before = tree(paths.content)
    assert run(paths, "import", "--bundle", str(EVAL[0])) == 1
    assert f"{bundle.name} đã có" in capsys.readouterr().err
    assert tree(paths.content) == before
    assert run(paths, "import", "--bundle", "--out", str(tmp_path / "gui"), str(EVAL[0])) == 0
    assert tree(tmp_path / "gui") == {bundle.name: bundle.read_bytes()}
