"""The importer from end to end: files in, records out that the archive takes as they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from archive.build.site import check
from archive.commands.main import main
from archive.config import Paths, load_yaml
from archive.problems import Report
from tests.archives import QUIET, ROOT, SITE_CONFIG, codes, copy_of_toy, load_archive, tree

TEXT = """\
Thứ Tư, 25/12/2024
Hội nghị giao ban công tác dân vận quý I, triển khai nhiệm vụ quý II/2024

Ngày 11/4, tại huyện Thử Nghiệm, Ban Dân vận Tỉnh ủy Nghệ An tổ chức hội nghị giao ban công tác dân vận quý I, triển \
khai nhiệm vụ quý II/2024. Đồng chí Trần Văn Nháp, Ủy viên Ban Thường vụ, Trưởng Ban Dân vận Tỉnh ủy chủ trì hội nghị.

Hội nghị đánh giá việc thực hiện Nghị quyết số 977-NQ/TW, ngày 03/6/2013 của Ban Chấp hành Trung ương và Kế hoạch \
số 978-KH/TU ngày 02/3/2024 của Tỉnh ủy về công tác dân vận của hệ thống chính trị trong tỉnh.

Kết luận hội nghị, đồng chí Trần Văn Nháp yêu cầu các huyện khẩn trương triển khai nhiệm vụ quý II.

Gửi cho bạn bè
"""
TOLD_ANYWAY = {"similar-names", "unsure-value", "no-provenance"}  # of drafts that are as they should be


@pytest.fixture
def archive_root(tmp_path: Path) -> Paths:
    return copy_of_toy(tmp_path / "archive")


def run_import(root: Path, *arguments: str) -> int:
    return main(["import", *arguments, "--root", str(root)])


def imported(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> list[dict[str, object]]:
    run_import(root, "--json", *arguments)
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def names(item: dict[str, Any], said: str) -> list[str]:
    return list(item[said])


def offered(item: dict[str, Any], field: str) -> list[str]:
    """The records that a field may mean besides what was chosen."""
    return [str(doubt.get("other")) for doubt in item["unsure"] if doubt["field"] == field]


def test_what_is_imported_needs_no_mending(
    archive_root: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The archive with the new records has no error, and the page says what the text says; doubts are warnings."""
    source = tmp_path / "bài của tôi.txt"
    source.write_text(TEXT, encoding="utf-8")
    root = archive_root.content.parent
    item = imported(capsys, root, str(source))[0]
    report = Report()
    check(archive_root, report, QUIET)
    assert set(codes(report)) <= TOLD_ANYWAY
    loaded, _ = load_archive(archive_root)
    article = loaded.corpus.articles[Path(str(item["article"])).stem]
    assert article.date is not None
    assert article.date.edtf == "2024-04-11"
    assert article.level == "tinh"
    assert article.speakers[0].name == "Trần Văn Nháp"
    assert set(article.speakers[0].capacity) == {"chu-tri", "ket-luan"}
    assert [entry.number for entry in article.documents] == ["977-NQ/TW", "978-KH/TU"]
    assert (
        archive_root.content / "sources" / str(article.source.file if article.source else "")
    ).read_bytes() == source.read_bytes()


def test_the_same_text_twice_writes_nothing(
    archive_root: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second copy, and a copy with other noise, are named as what is there already."""
    root = archive_root.content.parent
    first = tmp_path / "a.txt"
    first.write_text(TEXT, encoding="utf-8")
    other = tmp_path / "b.txt"
    other.write_text(TEXT.replace("Thứ Tư, 25/12/2024", "Thứ Sáu, 3/1/2025") + "\nXem nhiều nhất\n", encoding="utf-8")
    made = imported(capsys, root, str(first))[0]
    before = tree(archive_root.content)
    for again in imported(capsys, root, str(first), str(other)):
        assert again["duplicate_of"] == Path(str(made["article"])).stem
        assert again["created"] == []
    assert tree(archive_root.content) == before


def test_again_makes_a_second_draft_and_overwrites_nothing(
    archive_root: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Told to, the importer makes another draft beside the first."""
    root = archive_root.content.parent
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    imported(capsys, root, str(source))
    before = tree(archive_root.content)
    second = imported(capsys, root, "--again", str(source))[0]
    after = tree(archive_root.content)
    assert {name: after[name] for name in before} == before
    assert f"{second['article']}" in after


def test_one_bad_file_stops_no_other(archive_root: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Empty, binary and missing inputs are named; the good one is imported; the exit status is 1."""
    good, empty, binary = tmp_path / "good.txt", tmp_path / "empty.txt", tmp_path / "binary.txt"
    good.write_text(TEXT, encoding="utf-8")
    empty.write_bytes(b"")
    binary.write_bytes(bytes(range(256)) * 20)
    root = archive_root.content.parent
    inputs = [str(path) for path in (empty, binary, tmp_path / "missing.txt", good)]
    assert run_import(root, "--json", *inputs) == 1
    out, err = capsys.readouterr()
    assert [bool(item["article"]) for item in json.loads(out)] == [False, False, False, True]
    assert all(name in err for name in ("empty.txt", "binary.txt", "missing.txt"))


def test_out_leaves_the_archive_alone(archive_root: Paths, tmp_path: Path) -> None:
    """`--out` writes elsewhere, and only there."""
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    before = tree(archive_root.content)
    assert run_import(archive_root.content.parent, str(source), "--out", str(tmp_path / "drafts")) == 0
    assert tree(archive_root.content) == before
    assert any(name.startswith("articles/2024/") for name in tree(tmp_path / "drafts"))


def test_a_name_alone_links_nobody(archive_root: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same name with another post gives a new record and a question; the same post in one province links."""
    root = archive_root.content.parent
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    imported(capsys, root, str(source))
    same = (
        TEXT.replace("11/4", "12/4").replace("quý I,", "quý III,").replace("Hội nghị đánh giá", "Các đại biểu bàn về")
    )
    for name, text, links in (
        ("same.txt", same, True),
        (
            "other.txt",
            same.replace("Ủy viên Ban Thường vụ, Trưởng Ban Dân vận Tỉnh ủy", "Giám đốc Sở Thử nghiệm"),
            False,
        ),
    ):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        item = imported(capsys, root, "--again", str(path))[0]
        linked = "officials/tran-van-nhap" in item["linked"]  # type: ignore[operator]
        doubts = cast(list[dict[str, str]], item["unsure"])
        own = [doubt for doubt in doubts if doubt.get("named") == "Trần Văn Nháp"]
        asked = [doubt for doubt in own if "tran-van-nhap" in doubt.get("other", "")]
        assert linked is links
        assert bool(asked) is not links


SECOND = """\
Huyện ủy Thử Nghiệm tổng kết các nghị quyết về công tác dân vận

Ngày 20/5/2024, Huyện ủy Thử Nghiệm, tỉnh Nghệ An tổ chức hội nghị tổng kết. Đồng chí Trần Văn Nháp, Trưởng Ban Dân \
vận Tỉnh ủy dự hội nghị. Đồng chí Lê Văn Nháp, Phó Chủ tịch UBND xã Nháp trình bày tham luận.

Hội nghị nghe kết quả thực hiện Nghị quyết số 977-NQ/TW, ngày 03/6/2013 của Ban Chấp hành Trung ương, Kế hoạch số \
978-KH/TU về công tác dân vận, các Quyết định 985, 986-QĐ/TW ngày 12/12/2013 của Bộ Chính trị.
"""
THIRD = """\
Nghệ An: Giao ban công tác dân vận quý I

Sáng 11/4/2024, Ban Dân vận Tỉnh ủy Nghệ An họp giao ban công tác dân vận quý I, triển khai nhiệm vụ quý II/2024, do \
đồng chí Lê Thị Thử, Phó Trưởng Ban Dân vận Tỉnh ủy chủ trì. Hội nghị nói về Quyết định 985-QĐ/TW ngày 12/12/2013 của \
Bộ Chính trị.
"""


@pytest.mark.parametrize("at_once", [True, False])
def test_what_one_text_makes_the_next_is_linked_to(
    archive_root: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str], at_once: bool
) -> None:
    """In one call as in several: name and post, number and date link; what does not agree is asked."""
    files = []
    for number, text in enumerate((TEXT, SECOND, THIRD)):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(text, encoding="utf-8")
    root = archive_root.content.parent
    calls = [files] if at_once else [[file] for file in files]
    first, second, third = (item for call in calls for item in imported(capsys, root, *map(str, call)))

    assert "officials/tran-van-nhap.md" in names(first, "created")
    assert names(second, "linked") == ["officials/tran-van-nhap", "documents/nghi-quyet-977-nq-tw-2013-06-03"]
    assert [path for path in names(second, "created") if path.startswith("officials/")] == ["officials/le-van-nhap.md"]
    assert offered(second, "documents.1.document") == ["ke-hoach-978-kh-tu-2024-03-02"]
    assert names(third, "linked") == ["documents/quyet-dinh-985-qd-tw-2013-12-12"]
    event = next(path for path in names(first, "created") if path.startswith("events/"))
    assert offered(third, "event") == [Path(event).stem]
    report = Report()
    check(archive_root, report, QUIET)
    assert set(codes(report)) <= TOLD_ANYWAY


def test_every_doubt_has_words() -> None:
    """A reason for doubt that nobody has put into words helps nobody."""
    from bench.import_eval import make_importer

    importer = make_importer()
    words = load_yaml(SITE_CONFIG / "commands.yml")
    silent = set()
    for path in sorted((ROOT / "tests" / "eval").glob("*/*.txt")):
        draft = importer.draft(path.name, path.read_bytes(), Report())
        silent |= {doubt.why for doubt in (draft.unsure if draft else ()) if f"why-{doubt.why}" not in words}
    assert silent == set()


@pytest.mark.parametrize("seed", sorted((ROOT / "content" / "sources").iterdir()), ids=lambda path: path.name[:3])
def test_seeds_give_the_hand_made_records(seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Imported fresh, a seed gives the archive's own date, period or less, level, byline and text."""
    root = tmp_path / "archive"
    for name in ("site-config", "templates"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(ROOT / name)
    item = imported(capsys, root, str(seed))[0]
    fresh, fresh_body = _record(root / "content" / str(item["article"]))
    own = next(
        r for r in map(_record, (ROOT / "content" / "articles").rglob("*.md")) if r[0]["source"]["file"] == seed.name
    )
    for name in ("date", "level", "byline", "published"):
        assert fresh[name] == own[0][name], name
    assert fresh["source"] == {"archived": None, **own[0]["source"]}
    assert fresh_body == own[1]
    if own[0]["title_by"] == "text":
        assert fresh["title"] == own[0]["title"]


def _record(path: Path) -> tuple[dict[str, Any], str]:
    front, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
    return yaml.safe_load(front[4:]), body.strip()
