"""`merge`, `split`, `rename`, `remove`, `correct`: what becomes of records, and what is said of what can't be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive.build.site import build
from archive.commands.main import main
from archive.config import Paths
from archive.problems import Report
from tests.archives import QUIET, tree
from tests.test_extension import extend

WHY = ("--reason", "Vì thử.", "--date", "2026-12-01")
REDIRECTS = "site-config/redirects.yml"
Captured = pytest.CaptureFixture[str]


def run(paths: Paths, *arguments: str) -> int:
    return main([*arguments, "--root", str(paths.content.parent)])


def done(paths: Paths, *arguments: str) -> None:
    """Carries a change out; afterwards `check` finds neither errors nor warnings."""
    assert run(paths, *arguments, *WHY, "--do") == 0
    assert run(paths, "check") == 0


def text(paths: Paths, name: str) -> str:
    return (paths.content.parent / name).read_text(encoding="utf-8")


def page(paths: Paths, address: str) -> str:
    return text(paths, f"site/{address}/index.html")


def built(paths: Paths) -> None:
    build(paths, paths.content.parent / "site", Report(), QUIET, search=False)


def test_without_do_nothing_is_written(toy_copy: Paths, capsys: Captured) -> None:
    """A dry run prints a unified diff of every file, and says how to go on."""
    before = tree(toy_copy.content)
    assert run(toy_copy, "rename", "lo-sang", "lo-sang-suoi-may", *WHY) == 0
    said = capsys.readouterr()
    assert '-  - official: "lo-sang"\n+  - official: "lo-sang-suoi-may"\n' in said.out
    assert '+  - {from: "/nguoi/lo-sang/", to: "/nguoi/lo-sang-suoi-may/", reason: "Vì thử."}\n' in said.out
    assert said.err.endswith("Mới chỉ là bản xem trước: 5 tệp sẽ đổi, chưa ghi gì. Đúng ý thì thêm --do.\n")
    assert tree(toy_copy.content) == before


def test_redirects_lead_there_in_one_step(toy_copy: Paths) -> None:
    """Renamed twice, and back: every old address leads to the page that there is, and none to another redirect."""
    done(toy_copy, "rename", "lo-sang", "sang-hai")
    done(toy_copy, "rename", "sang-hai", "sang-ba")
    lines = text(toy_copy, REDIRECTS)
    assert '{from: "/nguoi/lo-sang/", to: "/nguoi/sang-ba/"' in lines
    assert '{from: "/nguoi/sang-hai/", to: "/nguoi/sang-ba/"' in lines
    done(toy_copy, "rename", "sang-ba", "lo-sang")
    lines = text(toy_copy, REDIRECTS)
    assert "from: /nguoi/ten-cu/" in lines  # the comment
    assert lines.count("from: ") == 3 and '{from: "/nguoi/lo-sang/"' not in lines
    assert lines.count('to: "/nguoi/lo-sang/"') == 2


def test_the_first_goes_into_the_second(toy_copy: Paths) -> None:
    """Names, evidence, posts, notes and addresses elsewhere are united; what led to the one that goes leads on."""
    folder = toy_copy.content / "officials"
    (folder / "khoi-hai.md").write_text(
        '---\n# riêng\nname: "Tạ Đình Khởi"\nsame_as: ["https://khac.example/khoi"]\n'
        'not_same_as: ["lo-sang"]\npossibly_same_as: [{record: "ta-dinh-khoi", why: "Tên giống."}]\n'
        'evidence:\n  - {article: "giao-ban-quy-1-suoi-may", words: "Đồng chí Tạ Đình Khói, Ủy viên Ban Thường vụ"}\n'
        '  - {article: "giao-ban-quy-1-suoi-may", words: "Phát biểu kết luận, đồng chí Tạ Đình Khói"}\n'
        "---\n\nGhi chú riêng, xem [Lò Sáng](../lo-sang/).\n",
        encoding="utf-8",
    )
    (toy_copy.content / "pages" / "doc-them.md").write_text(
        '---\ntitle: "Đọc thêm"\n---\n\nXem [Khởi](../nguoi/khoi-hai/), hay [chỗ này](../nguoi/khoi-hai/#dau-trang).\n',
        encoding="utf-8",
    )
    assert run(toy_copy, "check") == 0
    done(toy_copy, "merge", "officials/khoi-hai", "ta-dinh-khoi")
    kept = text(toy_copy, "content/officials/ta-dinh-khoi.md")
    assert not (folder / "khoi-hai.md").exists()
    assert "Tạ Đình Khởi" in kept and "https://khac.example/khoi" in kept and 'not_same_as: ["lo-sang"]' in kept
    assert kept.count("Đồng chí Tạ Đình Khói, Ủy viên Ban Thường vụ") == 1
    assert "Phát biểu kết luận, đồng chí Tạ Đình Khói" in kept and "possibly_same_as" not in kept
    assert kept.endswith("\n\nGhi chú riêng, xem [Lò Sáng](../lo-sang/).\n")
    assert '{date: "2026-12-01", field: "id", before: "khoi-hai", after: "ta-dinh-khoi", reason: "Vì thử."}' in kept
    assert "(../nguoi/ta-dinh-khoi/), hay [chỗ này](../nguoi/ta-dinh-khoi/#" in text(
        toy_copy, "content/pages/doc-them.md"
    )
    built(toy_copy)
    assert "/nguoi/ta-dinh-khoi/" in page(toy_copy, "nguoi/khoi-hai")


def test_who_is_not_the_same_is_not_merged(toy_copy: Paths, capsys: Captured) -> None:
    """A record that says so has to be changed first; two kinds are never one."""
    before = tree(toy_copy.content)
    for one, other in (("dang-hai-trieu", "dang-hai-trieu-ca-mau"), ("dang-hai-trieu-ca-mau", "dang-hai-trieu")):
        assert run(toy_copy, "merge", one, other, *WHY, "--do") == 2
        assert "not_same_as" in capsys.readouterr().err
    assert run(toy_copy, "merge", "lo-sang", "events/tong-ket-dan-van-2023", *WHY, "--do") == 2
    assert tree(toy_copy.content) == before


def test_relations_are_united_and_none_leads_to_itself(toy_copy: Paths) -> None:
    """A document that replaced the one it is merged with replaces nothing; others keep their evidence."""
    done(toy_copy, "merge", "quyet-dinh-950-qd-tw-2022-02-01", "quyet-dinh-949-qd-tw-2012-02-01")
    kept = text(toy_copy, "content/documents/quyet-dinh-949-qd-tw-2012-02-01.md")
    assert "replaces" not in kept
    other = text(toy_copy, "content/documents/quyet-dinh-951-qd-tw-2023-03-03.md")
    assert 'document: "quyet-dinh-949-qd-tw-2012-02-01"' in other


def test_relations_to_both_become_one(toy_copy: Paths) -> None:
    """A third document that amended both amends one, on the evidence of both; the same words stand once."""
    amending = "content/documents/quyet-dinh-951-qd-tw-2023-03-03.md"
    other = (
        '  - type: "amends"\n    document: "quyet-dinh-949-qd-tw-2012-02-01"\n    evidence:\n'
        '      - {article: "tong-ket-dan-van-2023", words: "Quyết định số 949-QĐ/TW, ngày 01/02/2012"}\n'
    )
    file = toy_copy.content.parent / amending
    file.write_text(text(toy_copy, amending).replace("\nevidence:\n", f"\n{other}evidence:\n"), encoding="utf-8")
    done(toy_copy, "merge", "quyet-dinh-949-qd-tw-2012-02-01", "quyet-dinh-950-qd-tw-2022-02-01")
    now = text(toy_copy, amending)
    assert now.count('type: "amends"') == 1
    assert "sửa đổi, bổ sung Quyết định số 950-QĐ/TW" in now and "949-QĐ/TW, ngày 01/02/2012" in now


def test_a_split_keeps_the_old_record_or_offers_both(toy_copy: Paths) -> None:
    """What stays says that the other is another; where nothing stays, the old address offers two pages."""
    articles = ("--articles", "suoi-may-hop-giao-ban")
    done(toy_copy, "split", "ta-dinh-khoi", "khoi-suoi-may", *articles)
    assert 'not_same_as: ["ta-dinh-khoi"]' in text(toy_copy, "content/officials/khoi-suoi-may.md")
    assert 'not_same_as: ["khoi-suoi-may"]' in text(toy_copy, "content/officials/ta-dinh-khoi.md")
    moved = text(toy_copy, "content/articles/2024/suoi-may-hop-giao-ban.md")
    assert 'official: "khoi-suoi-may"' in moved
    assert 'field: "speakers.0.official", before: "ta-dinh-khoi", after: "khoi-suoi-may"' in moved
    built(toy_copy)
    assert "nguoi/khoi-suoi-may/" in page(toy_copy, "nguoi/ta-dinh-khoi")
    done(toy_copy, "rename", "dang-hai-trieu", "trieu")
    done(toy_copy, "split", "trieu", "trieu-mot", "--articles", "articles/tong-ket-dan-van-2023", "--rest", "trieu-hai")
    built(toy_copy)
    old = page(toy_copy, "nguoi/trieu")
    assert "trieu-mot/" in old and "trieu-hai/" in old and "Trang đã tách" in old
    assert "nguoi/trieu/" in page(toy_copy, "nguoi/dang-hai-trieu")
    done(toy_copy, "merge", "trieu-mot", "vu-thi-ngan")  # not for long
    assert 'split_into: ["vu-thi-ngan", "trieu-hai"]' in text(toy_copy, "content/removed/trieu.md")


def test_evidence_goes_with_its_article(toy_copy: Paths, capsys: Captured) -> None:
    """Words of an article that now speaks of the new record leave the old one; other articles are refused."""
    article = "giao-ban-quy-1-suoi-may"
    done(toy_copy, "split", "ta-dinh-khoi", "khoi-hai", "--articles", article)
    assert article not in text(toy_copy, "content/officials/ta-dinh-khoi.md")
    assert f'article: "{article}"' in text(toy_copy, "content/officials/khoi-hai.md")
    capsys.readouterr()
    assert run(toy_copy, "split", "lo-sang", "moi", "--articles", "nhung-nam-chin-muoi", *WHY, "--do") == 2
    assert "không nối với lo-sang" in capsys.readouterr().err


def test_an_id_that_two_kinds_had_leaves_two_tombstones(toy_copy: Paths) -> None:
    """Both addresses answer, though content/removed/ has one file for each id."""
    done(toy_copy, "remove", "articles/tong-ket-dan-van-2023", "--along")
    done(toy_copy, "remove", "events/tong-ket-dan-van-2023", "--by", "Ban biên tập")
    built(toy_copy)
    assert "Vì thử." in page(toy_copy, "bai-viet/tong-ket-dan-van-2023")
    assert "/su-kien/tong-ket-dan-van-2023-2/" in page(toy_copy, "su-kien/tong-ket-dan-van-2023")
    assert "Ban biên tập" in page(toy_copy, "su-kien/tong-ket-dan-van-2023-2")


def test_who_is_named_elsewhere_is_told(toy_copy: Paths, capsys: Captured) -> None:
    """Texts stay as they are printed; references become null; the lines that still name the person are listed."""
    done(toy_copy, "remove", "vu-thi-ngan")
    said = capsys.readouterr().out
    assert "Còn 2 chỗ nhắc tên" in said
    assert '  content/articles/2024/giao-ban-quy-1-suoi-may.md:38: name: "Vũ Thị Ngân"' in said
    assert '  - official: null\n    name: "Vũ Thị Ngân"' in text(
        toy_copy, "content/articles/2024/giao-ban-quy-1-suoi-may.md"
    )


def test_what_only_the_article_named_is_told_or_goes_along(toy_copy: Paths, capsys: Captured) -> None:
    """Without --along such records are listed and stay."""
    assert run(toy_copy, "remove", "articles/tong-ket-dan-van-2023", *WHY) == 0
    said = capsys.readouterr().out
    assert "Chỉ có vì bản ghi này (5); thêm --along" in said and "  content/officials/dang-hai-trieu-ca-mau.md" in said
    assert "number “905-NQ/TW” không còn lời bài nào làm căn cứ" in said


def test_a_value_is_corrected_and_the_correction_noted(toy_copy: Paths) -> None:
    """A field, a list, words of the body, a day with its folder; what was and what is stand in the record."""
    article = "content/articles/2024/giao-ban-quy-1-suoi-may.md"
    done(toy_copy, "correct", article, "topics", "[giao ban, dân chủ]", "published", "null")
    now = text(toy_copy, article)
    assert 'topics: ["giao ban", "dân chủ"]\n' in now and "published: null\n" in now
    assert 'field: "topics", before: "giao ban, dân chủ ở cơ sở", after: "giao ban, dân chủ"' in now
    done(toy_copy, "correct", "ta-dinh-khoi", "body", "nhấn mạnh", "--before", "nhấn")
    assert "*nhấn mạnh*" in text(toy_copy, "content/officials/ta-dinh-khoi.md")
    other_day = ("correct", "lang-gio-phat-dong-thang-ba", "date", "2024-03-01", "date_basis.kind", "inferred")
    assert run(toy_copy, *other_day, *WHY, "--do") == 1  # the article prints 2025
    assert run(toy_copy, *other_day, *WHY, "--do", "--with-warnings") == 0
    assert (toy_copy.content / "articles" / "2024" / "lang-gio-phat-dong-thang-ba.md").is_file()


@pytest.mark.parametrize(
    "arguments",
    [
        ("correct", "lo-sang", "nam", "x"),
        ("correct", "lo-sang", "corrections", "x"),
        ("correct", "lo-sang", "name", "Lò Sáng"),
        ("correct", "lo-sang", "name"),
        ("correct", "lo-sang", "aliases", "[a, "),
        ("correct", "lo-sang", "aliases", "[a, [b]]"),
        ("correct", "giao-ban-quy-1-suoi-may", "place", "x"),
        ("correct", "giao-ban-quy-1-suoi-may", "speakers.9.name", "x"),
        ("correct", "giao-ban-quy-1-suoi-may", "body", "x", "--before", "Xóm"),
        ("correct", "giao-ban-quy-1-suoi-may", "body", "x"),
        ("correct", "khong-co", "name", "x"),
        ("rename", "lo-sang", "Lò Sáng"),
        ("rename", "lo-sang", "con"),
        ("rename", "lo-sang", "ta-dinh-khoi"),
        ("split", "giao-ban-quy-1-suoi-may", "moi", "--articles", "giao-ban-quy-1-suoi-may"),
        ("remove", "tong-ket-dan-van-2023"),
    ],
)
def test_what_can_t_be_is_refused(toy_copy: Paths, capsys: Captured, arguments: tuple[str, ...]) -> None:
    """In one sentence, with the exit status of wrong use, and nothing is written."""
    before = tree(toy_copy.content)
    assert run(toy_copy, *arguments, *WHY, "--do") == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
    assert tree(toy_copy.content) == before


def test_what_would_bring_an_error_is_not_written(toy_copy: Paths, capsys: Captured) -> None:
    """The problems that were not there before are told at their places; warnings can be passed over, errors not."""
    before = tree(toy_copy.content)
    assert run(toy_copy, "correct", "giao-ban-quy-1-suoi-may", "level", "tỉnh", *WHY, "--do", "--with-warnings") == 1
    assert "giao-ban-quy-1-suoi-may.md:11:8: lỗi [unknown-level]" in capsys.readouterr().out
    assert tree(toy_copy.content) == before
    warned = ("correct", "lang-gio-phat-dong-thang-ba", "date", "null", *WHY, "--do")
    assert run(toy_copy, *warned) == 1
    assert "[basis-without-date]" in capsys.readouterr().out
    assert tree(toy_copy.content) == before
    assert run(toy_copy, *warned, "--with-warnings") == 0
    assert tree(toy_copy.content) != before


def test_what_was_wrong_before_hinders_nobody(toy_copy: Paths) -> None:
    """Wherever it stands in its file afterwards, and under the file's new name."""
    file = toy_copy.content / "officials" / "lo-sang.md"
    file.write_text('---\nname: "Lò Sáng"\n---\n\nXem [ai](../khong-co/).\n', encoding="utf-8")
    article = toy_copy.content / "articles" / "2024" / "suoi-may-hop-giao-ban.md"
    article.write_text(
        text(toy_copy, f"content/{article.relative_to(toy_copy.content).as_posix()}").replace(
            "\nrights:", "\nunsure: [{field: date, why: no-year}]\nrights:"
        ),
        encoding="utf-8",
    )
    assert run(toy_copy, "rename", "lo-sang", "sang", *WHY, "--do") == 0
    assert not file.exists()


def test_a_file_that_can_t_be_read_is_told(toy_copy: Paths, capsys: Captured) -> None:
    """A record that names the id in broken YAML stops the change, with its line."""
    file = toy_copy.content / "officials" / "hoang-thuy-hoa.md"
    file.write_text('---\nname: "Lò\nnot_same_as: [lo-sang]\n---\n', encoding="utf-8")
    assert run(toy_copy, "rename", "lo-sang", "sang", *WHY, "--do") == 2
    assert "content/officials/hoang-thuy-hoa.md, dòng " in capsys.readouterr().err


def test_an_added_kind_is_a_kind_like_others(toy_copy: Paths) -> None:
    """Its records are renamed and merged, and articles that name them in their own field follow."""
    extend(toy_copy)
    assert run(toy_copy, "rename", "organisations/hoi-giu-lua", "hoi-lua", *WHY, "--do") == 0
    assert run(toy_copy, "merge", "hoi-giu-nuoc", "hoi-lua", *WHY, "--do") == 0
    kept = text(toy_copy, "content/organisations/hoi-lua.md")
    assert "possibly_same_as: []" in kept and "Hội Giữ Nước" in kept
    (article,) = (path for path in toy_copy.content.rglob("hoi-giu-lua-hop.md"))
    assert 'record: hoi-lua, printed: "Hội Giữ Lửa"' in article.read_text(encoding="utf-8")
    assert text(toy_copy, REDIRECTS).count('to: "/to-chuc/hoi-lua/"') == 2


def test_a_change_that_is_cut_short_is_finished(toy_copy: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once it is written down, the next build or command makes what is left of it."""
    real, calls = shutil.copyfile, 0

    def dies(source: Path, target: Path, **how: bool) -> Path:
        nonlocal calls
        calls += str(target).endswith(".new")
        if calls == 3:
            raise KeyboardInterrupt
        return Path(real(source, target, **how))

    monkeypatch.setattr("shutil.copyfile", dies)
    assert run(toy_copy, "rename", "lo-sang", "sang", *WHY, "--do") == 130
    monkeypatch.undo()
    assert '"/nguoi/lo-sang/"' not in text(toy_copy, REDIRECTS)
    built(toy_copy)
    assert run(toy_copy, "check") == 0
    assert '"/nguoi/lo-sang/"' in text(toy_copy, REDIRECTS)
    assert not [path for path in toy_copy.work.iterdir() if path.name.startswith("edit")]


def test_bundles_that_wait_are_told_of(toy_copy: Paths, capsys: Captured) -> None:
    """A bundle that holds the words of what goes hinders nobody, and its line is told."""
    inbox = toy_copy.content / "inbox"
    inbox.mkdir()
    (inbox / "goi.txtar").write_text(
        "-- articles/2024/khac.md --\n---\ntitle: Khác\nrights: full\n---\n\n"
        "Đồng chí Tạ Đình Khói, Ủy viên Ban Thường vụ, Trưởng Ban Dân vận Tỉnh ủy chủ trì hội nghị.\n",
        encoding="utf-8",
    )
    assert run(toy_copy, "remove", "giao-ban-quy-1-suoi-may", *WHY, "--do") == 0
    assert "  content/inbox/goi.txtar:7: Đồng chí Tạ Đình Khói" in capsys.readouterr().out
