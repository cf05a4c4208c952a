"""`build.py ledger` and `build.py number`, as a maintainer uses them."""

from __future__ import annotations

from hashlib import sha256

import pytest

from archive.commands.main import main
from archive.config import Paths
from tests.archives import tree

ARTICLE = "articles/2024/giao-ban-quy-1-suoi-may.md"
NEW = "Một đoạn chen vào, nhắc Kết luận số 943-KL/TW."
Captured = pytest.CaptureFixture[str]


def run(paths: Paths, *arguments: str) -> int:
    return main([*arguments, "--root", str(paths.content.parent)])


def found_in_source(paths: Paths, head: str) -> str:
    """Puts the new paragraph into the article's source; returns the article's head with the new checksum."""
    source = paths.content / "sources" / "giao-ban-quy-1.txt"
    before = source.read_bytes()
    after = before.replace("\n\nĐồng chí Tạ".encode(), f"\n\n{NEW}\n\nĐồng chí Tạ".encode(), 1)
    assert after != before
    source.write_bytes(after)
    return head.replace(sha256(before).hexdigest(), sha256(after).hexdigest())


def test_a_paragraph_put_in_between(toy_copy: Paths, capsys: Captured) -> None:
    """`check` and `ledger` refuse the article, `number` shows the line, writes it with `--do`, and all is well."""
    assert run(toy_copy, "ledger", "--day", "2026-12-01") == 0
    file = toy_copy.content / ARTICLE
    head, body = file.read_text(encoding="utf-8").rsplit("---\n\n", 1)
    first, rest = body.split("\n\n", 1)
    head = found_in_source(toy_copy, head)
    file.write_text(f"{head}---\n\n{first}\n\n{NEW}\n\n{rest}", encoding="utf-8")
    before = file.read_bytes()
    capsys.readouterr()
    assert run(toy_copy, "ledger", "--day", "2026-12-02") == 1
    assert "[paragraph-moved] đoạn đã công bố là doan-2 nay thành doan-3" in capsys.readouterr().out
    assert run(toy_copy, "number") == 0
    assert f"-{NEW}\n+{NEW} {{#doan-1a}}\n" in capsys.readouterr().out
    assert file.read_bytes() == before
    assert run(toy_copy, "number", "--do", file.stem) == 0
    assert file.read_bytes() == before.replace(NEW.encode(), f"{NEW} {{#doan-1a}}".encode())
    capsys.readouterr()
    assert run(toy_copy, "ledger", "--day", "2026-12-02") == 0
    assert "1 địa chỉ mới" in capsys.readouterr().out
    assert run(toy_copy, "number") == 0
    assert run(toy_copy, "check") == 0
    assert run(toy_copy, "site", "--no-search") == 0
    site = toy_copy.content.parent / "site"
    page = (site / f"bai-viet/{file.stem}/index.html").read_text(encoding="utf-8")
    assert 'id="doan-1a"' in page and "{#" not in page
    assert f"{file.stem},doan-1a," in (site / "du-lieu/mentions.csv").read_text(encoding="utf-8")
    assert f"/bai-viet/{file.stem}/#doan-1a,articles/{file.stem},2026-12-02" in (
        (site / "du-lieu/addresses.csv").read_text(encoding="utf-8")
    )
    documents = (file.read_text(encoding="utf-8") for file in site.glob("van-ban/*/index.html"))
    assert any(f'bai-viet/{file.stem}/#doan-1a"' in text for text in documents)


@pytest.mark.parametrize(
    "arguments",
    [
        ["ledger", "--day", "1/12/2026"],
        ["ledger", "--day", "2026-02-30"],
        ["number", "khong-co-bai-nay"],
        ["check", "--published", "khong-co-thu-muc"],
        ["check", "--published", "http://[", "--format", "json"],
    ],
)
def test_wrong_use(toy_copy: Paths, capsys: Captured, arguments: list[str]) -> None:
    """A day that is none, an article or a copy that isn't there: one sentence, status 2, nothing written."""
    before = tree(toy_copy.content)
    assert run(toy_copy, *arguments) == 2
    said = capsys.readouterr().err
    assert said.strip() and "Traceback" not in said
    assert tree(toy_copy.content) == before
