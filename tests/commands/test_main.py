"""The command line, in-process, on a copy of the toy archive: what is said, and what the status means."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from archive.build.site import verify_sources
from archive.commands.main import main, make_parser
from archive.commands.words import Words
from archive.config import Paths, load_yaml
from archive.knowledge import Knowledge
from archive.normalise import normalise_record
from archive.problems import Report
from archive.read import read_record
from tests.archives import SITE_CONFIG, TOY, codes, tree

ARTICLE = "articles/2024/suoi-may-hop-giao-ban.md"
NOT_COMPARED = ": lưu ý [text-not-compared] "  # texts of which the archive may not show all
SOURCES = len(list((TOY / "sources").iterdir()))
Captured = pytest.CaptureFixture[str]


def run(paths: Paths, *arguments: str) -> int:
    return main([*arguments, "--root", str(paths.content.parent)])


def spoil(paths: Paths, level: str = "tinh-uy") -> None:
    """One article with a level that there isn't."""
    file = paths.content / ARTICLE
    file.write_text(file.read_text(encoding="utf-8").replace('level: "tinh"', f"level: {level}"), encoding="utf-8")


def test_check_of_a_sound_archive(toy_copy: Paths, capsys: Captured) -> None:
    """An archive without an error is 0, and the counts say so."""
    assert run(toy_copy, "check") == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[-1] == "0 lỗi, 0 cảnh báo, 0 lưu ý."
    assert not (toy_copy.content.parent / "site").exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_check_of_a_spoilt_archive(language: str, toy_copy: Paths, capsys: Captured) -> None:
    """An error is 1, said with its place in the chosen language."""
    spoil(toy_copy)
    assert run(toy_copy, "--lang", language, "check") == 1
    first = capsys.readouterr().out.splitlines()[0]
    words = {
        "vi": "lỗi [unknown-level] “tinh-uy” không phải là một cấp",
        "en": 'error [unknown-level] "tinh-uy" is not a level',
    }
    assert first == f"content/{ARTICLE}:8:8: {words[language]}"


def test_check_for_github(toy_copy: Paths, capsys: Captured) -> None:
    """The GitHub format is one annotation a problem, on the line it is about."""
    spoil(toy_copy)
    assert run(toy_copy, "check", "--format", "github") == 1
    said = capsys.readouterr()
    assert re.fullmatch(rf"::error file=content/{ARTICLE},line=8,col=8,title=unknown-level::[^\n]+\n", said.out)
    assert said.err == "1 lỗi, 0 cảnh báo, 0 lưu ý.\n"


def test_what_github_shows_first_matters_most(toy_copy: Paths, capsys: Captured) -> None:
    """Errors stand before warnings, whatever their files are called, and who looks is told where the rest stands."""
    spoil(toy_copy)
    for number in range(11):
        (toy_copy.content / "articles" / f"{number}.txt").write_text("thừa", encoding="utf-8")
    assert run(toy_copy, "check", "--format", "github") == 1
    said = capsys.readouterr()
    assert [line.split(" ")[0] for line in said.out.splitlines()] == ["::error"] + 11 * ["::warning"]
    assert said.err.splitlines() == [
        "1 lỗi, 11 cảnh báo, 0 lưu ý.",
        "GitHub chỉ hiện 10 chú thích đầu tiên của mỗi mức; tất cả ở nhật ký này.",
    ]


def test_annotations_are_escaped(toy_copy: Paths, capsys: Captured) -> None:
    """What a stranger writes can't end an annotation, nor begin another workflow command."""
    spoil(toy_copy, '"100%::error::x\\n::add-mask::y"')
    assert run(toy_copy, "check", "--format", "github") == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("::error file=") and "100%25::error::x" in line


def test_check_for_machines(toy_copy: Paths, capsys: Captured) -> None:
    """The JSON format is a list with every fact of each problem."""
    spoil(toy_copy)
    assert run(toy_copy, "check", "--format=json", "--lang=en") == 1
    (problem,) = json.loads(capsys.readouterr().out)
    assert problem["code"] == "unknown-level" and problem["severity"] == "error"
    assert (problem["path"], problem["line"], problem["column"]) == (f"content/{ARTICLE}", 8, 8)
    assert problem["hint"].startswith('Did you mean "tinh"?')


def test_warnings_are_no_failure(toy_copy: Paths, capsys: Captured) -> None:
    """A warning is said and the status stays 0."""
    (toy_copy.content / "sources" / "thua.txt").write_text("thừa", encoding="utf-8")
    assert run(toy_copy, "check") == 0
    assert "[source-unused]" in capsys.readouterr().out


def test_a_spoilt_archive_is_not_built(toy_copy: Paths, capsys: Captured) -> None:
    """`site` on an archive with an error is 1 and makes nothing."""
    spoil(toy_copy)
    assert run(toy_copy, "site", "--quiet", "--no-search") == 1
    said = capsys.readouterr()
    assert "[unknown-level]" in said.out and "1 lỗi" in said.err
    assert not (toy_copy.content.parent / "site").exists()


def test_other_peoples_folder(toy_copy: Paths, capsys: Captured) -> None:
    """`site` into a folder of somebody else's files is wrong use, and the folder is as it was."""
    mine = toy_copy.content.parent / "luan-van"
    mine.mkdir()
    (mine / "chuong-1.txt").write_text("quý", encoding="utf-8")
    assert run(toy_copy, "site", "--out", str(mine)) == 2
    assert str(mine) in capsys.readouterr().err
    assert tree(mine) == {"chuong-1.txt": "quý".encode()}


@pytest.mark.parametrize(
    "arguments",
    [
        ["khong-co"],
        ["check", "--format", "xml"],
        ["site", "--jobs"],
        ["site", "--jobs", "0"],
        ["new"],
        ["--lang", "fr", "check"],
    ],
)
def test_wrong_use(arguments: list[str], toy_copy: Paths, capsys: Captured) -> None:
    """What the command line does not know is 2 and shows the usage."""
    with pytest.raises(SystemExit) as stopped:
        run(toy_copy, *arguments)
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_broken_site_config(toy_copy: Paths, capsys: Captured) -> None:
    """A site-config that can't be used is 2 and names its file."""
    (toy_copy.site_config / "levels.yml").write_text("tinh: {ten: sai}\n", encoding="utf-8")
    assert run(toy_copy, "check") == 2
    assert "levels.yml:1: tinh: ten: unknown" in capsys.readouterr().err


def test_broken_template(toy_copy: Paths, capsys: Captured) -> None:
    """A template that fails is 2 and names its file and line."""
    template = toy_copy.templates / "pages" / "year.md.j2"
    template.write_text("một\n{{ khong.co }}\n", encoding="utf-8")
    assert run(toy_copy, "site", "--quiet") == 2
    assert f"{template}:2" in capsys.readouterr().err


KINDS = ["article", "event", "official", "document"]


@pytest.mark.parametrize("kind", KINDS)
def test_new_record(kind: str, toy_copy: Paths, capsys: Captured, knowledge: Knowledge) -> None:
    """A new record explains every field, reads without a problem once filled, and is never overwritten."""
    assert run(toy_copy, "new", kind, "ban-ghi-moi") == 0
    made = Path(re.search(r"\S+ban-ghi-moi\.md", capsys.readouterr().out)[0])  # type: ignore[index]
    text = made.read_text(encoding="utf-8")
    assert not re.search(r"(?<!\n)\n[a-z_]+:", re.sub(r"(#[^\n]*\n)+[a-z_]+:", "", text))
    fill = {"title": "Bài mới", "name": "Bản ghi mới", "rights": "full", "type": "ket-luan"}
    for field, value in fill.items():
        text = re.sub(rf"^{field}: null$", f'{field}: "{value}"', text, flags=re.MULTILINE)
    made.write_text(text, encoding="utf-8")
    report = Report()
    raw = read_record(made, "content/x/y.md", f"{kind}s", report)
    assert raw is not None
    assert normalise_record(raw, knowledge.kinds[f"{kind}s"], knowledge, report) is not None
    assert codes(report) == []
    assert run(toy_copy, "new", kind, "ban-ghi-moi") == 2
    assert made.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["new", "con-meo", "a"], "con-meo"),
        (["new", "event", "../../a"], "../../a"),
        (["new", "event", "Sự kiện"], "Sự kiện"),
        (["new", "article", "con"], "con"),
    ],
)
def test_what_is_no_kind_or_id_is_refused(arguments: list[str], words: str, toy_copy: Paths, capsys: Captured) -> None:
    """An unknown kind, an id that is no file name: 2, and nothing is written."""
    before = tree(toy_copy.content)
    assert run(toy_copy, *arguments) == 2
    assert words in capsys.readouterr().err
    assert tree(toy_copy.content) == before


def test_verify(toy_copy: Paths, capsys: Captured) -> None:
    """Sources that are as recorded are 0 and counted; a changed one is 1 and named."""
    assert run(toy_copy, "verify") == 0
    *told, counted = capsys.readouterr().out.splitlines()
    assert counted == f"Đã đối chiếu {SOURCES} tệp nguồn, 0 lỗi."
    assert [line for line in told if line.startswith("content/")] == [line for line in told if NOT_COMPARED in line]
    source = toy_copy.content / "sources" / "dong-may.txt"
    source.write_bytes(source.read_bytes().replace(b"\r\n", b"\n"))
    assert run(toy_copy, "verify") == 1
    assert "[checksum-differs]" in capsys.readouterr().out
    report = Report()
    assert verify_sources(toy_copy, report) == SOURCES
    assert set(codes(report)) == {"checksum-differs", "text-not-compared"}


def test_help_in_both_languages(capsys: Captured) -> None:
    """Help names every command, in the language asked for."""
    for language in ("vi", "en"):
        with pytest.raises(SystemExit) as stopped:
            make_parser(Words.load(SITE_CONFIG, language)).parse_args(["--help"])
        assert stopped.value.code == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("site", "serve", "check", "new", "verify"))
    assert "dựng toàn bộ trang" in shown and "build the whole site" in shown


def test_words_in_both_languages() -> None:
    """Every sentence of the command line is there in both languages with the same places to fill."""
    for name, languages in load_yaml(SITE_CONFIG / "commands.yml").items():
        places = {language: set(re.findall(r"\{\w+\}", languages[language])) for language in ("vi", "en")}
        assert places["vi"] == places["en"], name


@pytest.mark.parametrize(
    "arguments",
    [
        ["new", "article", "con"],
        ["new", "article", "x", "--year", "99999"],
        ["new", "article", "x", "--year", "1066"],
        ["new", "article", "x", "--year", "２０２４"],
        ["new", "article", "x", "--year", "../x"],
        ["links", "--timeout", "-1"],
        ["links", "--timeout", "nan"],
        ["links", "--minutes", "0"],
        ["links", "--minutes", "nan"],
        ["serve", "--port", "70000"],
        ["site", "--jobs", "0"],
    ],
)
def test_no_command_takes_what_another_refuses(arguments: list[str], toy_copy: Paths, capsys: Captured) -> None:
    """An id, a year or a number that can't be right is wrong use, told in one sentence, and nothing is made."""
    before = tree(toy_copy.content)
    try:
        status = run(toy_copy, *arguments)
    except SystemExit as refused:
        status = int(refused.code or 0)
    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    assert arguments[-1] in said.err.splitlines()[-1]
    assert tree(toy_copy.content) == before


def test_new_makes_no_second_record(toy_copy: Paths, capsys: Captured) -> None:
    """An id that an article of another year has is refused, with its file."""
    assert run(toy_copy, "new", "article", Path(ARTICLE).stem, "--year", "1999") == 2
    assert ARTICLE in capsys.readouterr().err
