"""Files of strangers that are meant to stop, to slow down or to mislead: each is refused with words, in good time."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.characters import control_characters, visible
from archive.citations import CitationFinder
from archive.config import load_rules, load_yaml
from archive.ingest.draft import Importer
from archive.ingest.rules.importing import read_import_rules
from archive.kinds import Json
from archive.knowledge import Knowledge
from archive.known import Known
from archive.language.sentences import sentence_bounds
from archive.language.spelling import comparable, slug
from archive.model.edtf import parse_date
from archive.model.raw import RawMapping, RawRecord
from archive.normalise.body import parse_body
from archive.normalise.markdown import check_markdown
from archive.outputs.csv_tables import cell
from archive.problems import Position, Report
from archive.render.environment import escape, safe_markdown
from archive.search.rules import SearchRules
from archive.search.vocabulary import make_vocabulary
from archive.search.words import TermMaker
from tests.archives import ADDRESSES, SITE_CONFIG, codes, load_archive, paths_of, said, write_files
from tests.work import grows_faster, lines_of

OFFICIAL = '---\nname: "Tô Sơn"\n---\n'
# Beginnings without an end: what makes a pattern go back and try again.
BAITS = (
    *"A1-–….;([<&*_`#|\\{",
    *("Ấ ", "1.", ", ", "a ", "A B ", "> ", "- ", "](", "<!", "&#", "{:", "a@", "http://", '"', "“", "\t", " ", "\n"),
    *("Nghị quyết số ", "số 1", "12/", "ngày 1 tháng ", "năm 2024, ", "của Ban ", "Ban Chấp hành ", "TW", "NQ-", "/TU"),
    *("Ủy viên ", "Trưởng ", "đồng chí ", "ông ", ". " + 3000 * " ", "." + 3000 * '"', "A" + 3000 * "."),
)
SHORT, LONG = 4_000, 32_000
READERS = ("citations", "sentences", "comparable", "slug", "body", "escape", "terms", "visible", "importer")


@pytest.fixture(scope="module")
def readers(knowledge: Knowledge) -> dict[str, Callable[[str], object]]:
    finder = CitationFinder(knowledge.citations, knowledge.document_types)
    maker = TermMaker(make_vocabulary(knowledge, load_rules(SearchRules, SITE_CONFIG, "search")))
    lists = read_import_rules(lambda name: load_yaml(SITE_CONFIG / f"{name}.yml"))
    importer = Importer(Known(), knowledge, lists)
    return {
        "citations": finder.find,
        "sentences": sentence_bounds,
        "comparable": comparable,
        "slug": slug,
        "body": lambda text: parse_body(text, "x.md", 1, ADDRESSES.anchors, Report()),
        "escape": escape,
        "terms": lambda text: (maker.stream(text), maker.codes(text), maker.alias_phrases(text)),
        "visible": visible,
        "importer": lambda text: importer.extract(
            "x.txt", f"Họp dân vận\n\nNgày 11/4, họp.\n\n{text}\n".encode(), Report()
        ),
    }


@pytest.mark.parametrize("name", READERS)
def test_time_grows_with_the_text(name: str, readers: dict[str, Callable[[str], object]]) -> None:
    """Eight times the bait takes about eight times the time, at most twenty-four: a square would take sixty-four."""
    read = readers[name]
    read("Nghị quyết số 25-NQ/TW")
    for bait in BAITS:
        assert not grows_faster(read, bait * (SHORT // len(bait)), bait * (LONG // len(bait)), 24), (name, bait)


@pytest.mark.parametrize(
    "date",
    [
        "{" + "2020," * 2000 + "2021}",
        "[" + "2020..2021," * 500 + "2022]",
        "2020/" * 3000,
        "X" * 3000,
        "{" * 90,
        "99999999",
        "99999999-01-01",
        "-9999-01-01",
        "Y17E7",
        "2024-13-45",
        "2024-04-11/99999999",
        "٢٠٢٤-٠٤-١١",
        "２０２４",
    ],
)
def test_odd_dates_are_refused_at_once(date: str) -> None:
    """No calendar is asked about years that no report is of, nor a grammar about lists without end."""

    def refuse() -> None:
        with pytest.raises(ValueError, match=r".*"):
            parse_date(date)

    refuse()  # the grammar is loaded once
    assert lines_of(refuse) < 1_000_000


@pytest.mark.parametrize("bait", ["[", "<a ", "![](", "[a](b ", "a\n=\n", "a\n: b\n", "a\n-\n", "<!--"])
def test_markdown_is_refused_or_read_in_bounded_work(bait: str) -> None:
    """What Python-Markdown would need minutes for does not reach it; the most that does is read in bounded work."""
    report = Report()
    check_markdown(_raw(bait * 20_000), report)
    assert codes(report) == ["tangled-markdown"]
    size = 1
    while not list(report := _checked(bait * size * 2)) and size < 1 << 16:
        size *= 2
    assert lines_of(lambda: safe_markdown(bait * size)) < 100_000_000


def _raw(body: str) -> RawRecord:
    return RawRecord("officials", "x", "x.md", RawMapping({}, {}, Position()), body, 5)


def _checked(body: str) -> Report:
    report = Report()
    check_markdown(_raw(body), report)
    return report


def test_pages_of_many_links_are_read() -> None:
    """A long table of links, a long list and a long page are no bait."""
    rows = "| [Bài](../bai-viet/a/) | [Người](../nguoi/b/) |\n" * 60
    text = f"| a | b |\n|---|---|\n{rows}\n" + "- [một](../mot/)\n" * 150 + "\n\n".join(["chữ " * 2000] * 20)
    assert not list(_checked(text))


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x1b",
        "\x7f",
        "\x85",
        "\xad",
        "\u061c",
        "\u200b",
        "\u200d",
        "\u200f",
        "\u2028",
        "\u202e",
        "\u2060",
        "\u2066",
        "\ue000",
        "\ufeff",
        "\ufff9",
        "\ufffe",
        "\U000e0041",
    ],
    ids=ascii,
)
def test_hidden_characters_are_found_and_shown(character: str) -> None:
    """What can't be seen is found wherever it stands, and no message prints it."""
    assert [offset for offset, _ in control_characters(f"a\n{character} b")] == [2]
    assert visible(f"a{character}b").isprintable()


def test_plain_text_holds_nothing_hidden() -> None:
    """Vietnamese in either form, typographic signs, no-break spaces and pictures are none of them."""
    assert list(control_characters("Đồng chí “Bùi Tiến Lực” – 5\xa0km\u2009… Điê\u0323n ☎ 😀\tx\n")) == []


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+84", "'+84"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1+1", "'＝1+1"),
        ("-12", "-12"),
        ("-1,5", "-1,5"),
        ("- mục", "'- mục"),
        (["=1", "b"], "'=1 | b"),
    ],
)
def test_no_cell_is_a_formula(value: Json, shown: str) -> None:
    """A spreadsheet reads what begins like a formula as text; numbers stay numbers."""
    assert cell(value) == shown
    out = io.StringIO()
    csv.writer(out).writerow([cell(value)])
    assert next(csv.reader(io.StringIO(out.getvalue()))) == [shown]


def loaded(root: Path) -> Report:
    return load_archive(paths_of(root / "content", root / "work"))[1]


def test_folders_without_end(tmp_path: Path) -> None:
    """Folders in folders are not followed for ever."""
    kept = f"{OFFICIAL}\nGiữ lại để đối chiếu.\n"
    write_files(tmp_path, {"content/officials/to-son.md": kept, f"content/officials/{'a/' * 300}x.md": kept})
    report = loaded(tmp_path)
    assert codes(report) == ["stray-file"] and len(said(report)) < 300


@pytest.mark.parametrize("folder", ["officials", "sources", "articles/2024"])
def test_folders_that_lead_elsewhere(folder: str, tmp_path: Path) -> None:
    """A folder that is a link is told of, and nothing behind it is read."""
    write_files(tmp_path, {"outside/nguoi-la.md": OFFICIAL, "content/documents/.keep": ""})
    path = tmp_path / "content" / folder
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(tmp_path / "outside")
    assert codes(loaded(tmp_path)) == ["symlink"]


@pytest.mark.skipif(os.name != "posix", reason="file names of bytes")
@pytest.mark.parametrize("folder", [b"officials", b"sources"])
@pytest.mark.parametrize("name", [b"a\xff.md", b"a\x1b[2J.md", b"a\n::error::b.md"])
def test_file_names_that_cannot_be_written(folder: bytes, name: bytes, tmp_path: Path) -> None:
    """Names that are no text, or that would write on a terminal or into a log of their own, are told in plain signs."""
    where = os.fsencode(tmp_path) + b"/content/" + folder
    os.makedirs(where)  # noqa: PTH103
    with open(where + b"/" + name, "wb") as file:  # noqa: PTH123
        file.write(OFFICIAL.encode())
    report = loaded(tmp_path)
    assert "stray-file" in codes(report)
    assert "\\n::error" not in said(report) and all(line.isprintable() for line in said(report).split("\n"))


def test_a_source_of_fifty_megabytes(tmp_path: Path) -> None:
    """Sources are what was received of one report: an error says how large one may be."""
    source = write_files(tmp_path, {"content/sources/x.txt": "x"}) / "content" / "sources" / "x.txt"
    with source.open("wb") as file:
        file.truncate(50_000_000)
    assert "file-too-large" in codes(loaded(tmp_path))


def test_one_line_of_two_megabytes(tmp_path: Path) -> None:
    """The longest line that a file may hold is read."""
    write_files(tmp_path, {"content/officials/to-son.md": OFFICIAL + "\n" + "dân vận " * 150_000})
    assert codes(loaded(tmp_path)) == []
