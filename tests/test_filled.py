"""Drafts that were filled outside: what is untrue is told at its field, what is malformed refused at its place."""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from archive.commands.import_ import MOST_SHOWN
from archive.commands.main import main
from archive.config import Paths
from archive.filled import draft_filled
from archive.holdings import record_of
from archive.ingest.disagreements import compare
from archive.ingest.draft import Importer
from archive.ingest.filled import compose_filled
from archive.intake import importer_of
from archive.knowledge import load_knowledge
from archive.model.records import Article
from archive.model.told import Told
from archive.problems import Report
from tests.archives import ROOT, SITE_CONFIG, TESTS, copy_of_toy, tree, write_files

DRAFT = TESTS / "untruths" / "draft"
TEXT = DRAFT / "report.txt"
ERRORS = yaml.safe_load((DRAFT / "planted.yml").read_text(encoding="utf-8"))
OWN = ["speakers.0.capacity"]  # what the importer doubts in its own reading of the report
LINKS = (".official", ".document", "event")  # of people, documents and the event to records: asked of each text anew
MUTATIONS = 60
Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """One that no test changes: drafts are written elsewhere."""
    return copy_of_toy(tmp_path_factory.mktemp("toy"))


def right() -> dict[str, Any]:
    draft: dict[str, Any] = json.loads((DRAFT / "right.json").read_text(encoding="utf-8"))
    return draft


def take(paths: Paths, draft: Path, out: Path, *more: str) -> int:
    root = str(paths.content.parent)
    return main(["import", "--draft", str(draft), str(TEXT), "--out", str(out), "--root", root, "--lang", "en", *more])


def article_in(out: Path) -> Article:
    (file,) = out.glob("articles/*/*.md")
    record = record_of(out.parent, str(file.relative_to(out.parent)), "articles", load_knowledge(SITE_CONFIG), Report())
    assert isinstance(record, Article)
    return record


def written(folder: Path, draft: object) -> Path:
    path = folder / "draft.json"
    path.write_text(json.dumps(draft, ensure_ascii=False), encoding="utf-8", newline="\n")
    return path


def alarms(said: str) -> list[str]:
    return [line for line in said.split("\n") if ": error [" in line or ": warning [" in line]


def lines_of(article: Article, place: str) -> range:
    """The lines of the written file where a field stands, or for `body` the text."""
    if place == "body":
        return range(article.origin.body.line, 10_000)
    line = article.origin.at(place).line
    return range(line, line + 1)


def test_each_planted_error_is_told_at_its_field(archive: Paths, tmp_path: Path, capsys: Captured) -> None:
    """Ten planted errors are taken with a doubt, an error or a warning at each one's field, and at no other."""
    out = tmp_path / "out"
    assert take(archive, DRAFT / "planted.json", out) == 1
    article, said = article_in(out), alarms(capsys.readouterr().err)
    told = {int(line.split(":")[1]) for line in said}
    doubted = [doubt.field for doubt in article.unsure]
    missed = [
        error["at"]
        for error in ERRORS
        if not any(error["at"] == field or error["at"].startswith(f"{field}.") for field in doubted)
        and not told.intersection(lines_of(article, error["at"]))
    ]
    assert len(ERRORS) == 10
    assert missed == []
    fields = [error["at"] for error in ERRORS]
    assert [f for f in doubted if f not in OWN and not any(at == f or at.startswith(f"{f}.") for at in fields)] == []
    assert [n for n in told if not any(n in lines_of(article, at) for at in fields)] == []


def test_what_is_right_raises_nothing(archive: Paths, tmp_path: Path, capsys: Captured) -> None:
    """A draft without an error is taken with the doubts of the importer's own reading alone, and as it was filled."""
    out = tmp_path / "out"
    assert take(archive, DRAFT / "right.json", out) == 0
    assert alarms(capsys.readouterr().err) == []
    article, draft = article_in(out), right()
    assert [doubt.field for doubt in article.unsure] == OWN
    assert [one.name for one in article.people] == [one["name"] for one in draft["speakers"]]
    assert [one.text for one in article.body] == [b.removeprefix("## ") for b in draft["body"].split("\n\n")]
    assert article.source and article.source.file
    assert (out / "sources" / article.source.file).read_bytes() == TEXT.read_bytes()


def test_records_are_made_of_what_both_read_alike(archive: Paths, tmp_path: Path) -> None:
    """A name or a number that the importer reads otherwise makes no record; the others do."""
    out = tmp_path / "out"
    take(archive, DRAFT / "planted.json", out)
    article = article_in(out)
    assert [bool(person.official) for person in article.speakers] == [True, True, True, False, True]
    assert [cited.document for cited in article.documents] == [None, None]
    (event,) = out.glob("events/*.md")
    assert "2024-08-24" not in event.read_text(encoding="utf-8")


CHANGES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a person left out": (lambda draft: draft["speakers"].pop(2), "speakers"),
    "a document left out": (lambda draft: draft["documents"].pop(0), "documents"),
    "a person made an attendee": (lambda d: d["attendees"].append(d["speakers"].pop(1)), "attendees.0"),
    "somebody put in": (lambda d: d["mentioned"].append({"name": "xã Phú Lâm"}), "mentioned.0"),
    "another headline": (lambda draft: draft.update(title="Ba việc còn vướng"), "title"),
    "an editor's headline": (lambda d: d.update(title="Họp xóm", title_by="editor"), "title"),
    "no date": (lambda draft: draft.update(date=None, date_basis=None), "date"),
    "another author": (lambda draft: draft.update(byline=["Đinh Công Thuật"]), "byline"),
    "a capacity more": (lambda d: d["speakers"][1]["capacity"].append("chu-tri"), "speakers.1.capacity"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_another_reading_is_a_doubt(change: str, archive: Paths, tmp_path: Path) -> None:
    """Where the importer reads something else, there is a doubt at the field and nothing else is doubted."""
    draft = right()
    make, field = CHANGES[change]
    make(draft)
    take(archive, written(tmp_path, draft), tmp_path / "out")
    assert [d.field for d in article_in(tmp_path / "out").unsure if d.field not in OWN] == [field]


def test_a_draft_keeps_its_own_doubts_and_what_is_never_read(archive: Paths, tmp_path: Path) -> None:
    """Doubts, topics and sectors that were filled in stay; without text and changes the importer's are taken."""
    draft = right()
    del draft["body"], draft["changes"]
    draft["topics"] = ["họp xóm"]
    draft["source"] = {
        "archived": "https://luu-tru.example/1",
        "url": "https://bao.example/1",
        "captured": "2025-11-22",
    }
    draft["unsure"] = [{"field": "place.printed", "why": "hai nơi"}]
    assert take(archive, written(tmp_path, draft), tmp_path / "out", "--publisher", "Báo Mây") == 0
    article = article_in(tmp_path / "out")
    assert article.topics == ("họp xóm",)
    assert next((doubt.field, doubt.why) for doubt in article.unsure) == ("place.printed", "hai nơi")
    assert article.source and article.source.archived == "https://luu-tru.example/1"
    assert article.publisher == "Báo Mây"
    assert [block.text for block in article.body] == [b.removeprefix("## ") for b in right()["body"].split("\n\n")]


NESTED = "[" * 100_000
MALFORMED = {
    "nothing": ("", "1:1"),
    "no JSON": ("Ngày 14/8/2024", "1:1"),
    "a list": ("[]", "1:1"),
    "a number": ("7", "1:1"),
    "deep": (NESTED, "1:14"),
    "deep objects": ('{"a":' * 50_000, "1:"),
    "cut": ('{"title": "A",\n "rights": ', "2:12"),
    "an open string": ('{"title": "A', "1:"),
    "NaN": ('{"title": "A",\n "rights": NaN}', "2:12"),
    "Infinity": ('{"title": -Infinity}', "1:11"),
    "true": ('{"title": true}', "1:11"),
    "a bare line break": ('{"title": "A\nB"}', "1:13"),
    "a control character": ('{"title": "A\x07"}', "1:13"),
    "an escaped control character": ('{"title": "A\\u0007", "rights": "full"}', "1:11"),
    "half a pair": ('{"title": "A\\ud800", "rights": "full"}', "1:11"),
    "half a pair in the text": ('{"title": "A", "rights": "full", "body": "\\udfff"}', "1:42"),
    "a control character in a name": ('{"a\\u001b[2J": 1}', "1:2"),
    "a name twice": ('{"title": "A",\n"title": "B"}', "2:1"),
    "something behind": ('{"title": "A", "rights": "full"} {}', "1:34"),
    "a comma too many": ('{"title": "A",}', "1:15"),
    "no comma": ('{"title": "A" "rights": "full"}', "1:15"),
    "no colon": ('{"title" "A"}', "1:10"),
    "a number like no number": ('{"title": 0x7}', "1:11"),
    "an unknown field": ('{"title": "A", "rights": "full",\n"speeches": []}', "2:1"),
    "a text for a list": ('{"title": "A", "rights": "full", "speakers": "Lê A"}', "1:46"),
    "a list for a text": ('{"title": ["A"], "rights": "full"}', "1:11"),
    "a list for the body": ('{"title": "A", "rights": "full", "body": []}', "1:42"),
    "no title": ('{"rights": "full"}', "1:1"),
    "a bad date": ('{"title": "A", "rights": "full", "date": "14/8/2024"}', "1:42"),
    "a long number": (
        '{"title": "A", "rights": "full", "captions": [{"text": "B", "after": ' + "9" * 5000 + "}]}",
        "1:",
    ),
    "a long date": ('{"title": "A", "rights": "full", "date": "' + "2024-" * 200_000 + '"}', "1:42"),
    "a long name": ('{"' + "a" * 1_000_000 + '": 1}', "1:2"),
    "a long choice": ('{"title": "A", "rights": "' + "full" * 200_000 + '"}', "1:26"),
    "a long title": ('{"title": "' + "A " * 500_000 + '", "rights": "full"}', "1:11"),
    "many values": ('{"title": "A", "speakers": [' + "1," * 500_000 + "1]}", "1:"),
    "huge": ('{"title": "' + "A" * 3_000_000 + '"}', "1:1"),
    "no id": ('{"title": "A", "rights": "full", "event": "../../etc"}', "1:43"),
    "another text": ('{"title": "A", "rights": "full", "source": {"sha256": "' + "0" * 64 + '"}}', "1:55"),
    "HTML": ('{"title": "<script>", "rights": "full"}', "1:11"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_malformed_is_refused(name: str, archive: Paths, tmp_path: Path, capsys: Captured) -> None:
    """It ends in problems at the draft's line and column, each with what to do, and nothing is written."""
    text, place = MALFORMED[name]
    path = tmp_path / "draft.json"
    path.write_bytes(text.encode("utf-8"))
    assert take(archive, path, tmp_path / "out") == 1
    said = capsys.readouterr().err
    assert f"draft.json:{place}" in said
    assert said.count("→") == len([line for line in said.split("\n") if "draft.json:" in line])
    assert len(said) < 5_000
    assert not (tmp_path / "out").exists()


def test_many_problems_are_cut_short(archive: Paths, tmp_path: Path, capsys: Captured) -> None:
    """Of thousands of wrong values the first are told, and how many more there are."""
    assert take(archive, written(tmp_path, right() | {"speakers": [1] * 19_000}), tmp_path / "out") == 1
    said = capsys.readouterr().err
    assert said.count("→") == MOST_SHOWN
    assert f"… and {19_000 - MOST_SHOWN} more" in said


@pytest.mark.parametrize("data", [b"\xff\xfe{\x00}\x00", b'{"title": "\xff"}', b"\x00" * 100])
def test_bytes_that_are_no_text_are_refused(data: bytes, archive: Paths, tmp_path: Path, capsys: Captured) -> None:
    """Another encoding than UTF-8, or no text at all, ends in a problem."""
    path = tmp_path / "draft.json"
    path.write_bytes(data)
    assert take(archive, path, tmp_path / "out") == 1
    assert "draft.json:1:" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_draft_belongs_to_one_text(archive: Paths, tmp_path: Path, capsys: Captured) -> None:
    """With no text, or two, the command says what is wanted."""
    root = str(archive.content.parent)
    for texts in ([], [str(TEXT), str(TEXT)]):
        assert main(["import", "--draft", str(DRAFT / "right.json"), *texts, "--root", root]) == 2
        assert "--draft" in capsys.readouterr().err
    assert take(archive, tmp_path / "none.json", tmp_path / "out") == 1
    assert "none.json" in capsys.readouterr().err


def test_nothing_is_overwritten(archive: Paths, tmp_path: Path, capsys: Captured) -> None:
    """Where a file is in the way nothing is written, and it stays as it was."""
    out = tmp_path / "out"
    assert take(archive, DRAFT / "right.json", out) == 0
    before = tree(out)
    assert take(archive, DRAFT / "planted.json", out) == 1
    assert "exists" in capsys.readouterr().err
    assert tree(out) == before


def test_the_archive_is_as_before(archive: Paths, tmp_path: Path) -> None:
    """A draft is tried in memory: content/ gets only what is written at last."""
    before = tree(archive.content)
    take(archive, DRAFT / "planted.json", tmp_path / "out")
    assert tree(archive.content) == before


def test_a_bundle_of_a_draft_is_taken(tmp_path: Path, capsys: Captured) -> None:
    """A draft written as a bundle is accepted like any other."""
    paths = copy_of_toy(tmp_path / "toy")
    root = str(paths.content.parent)
    assert main(["import", "--bundle", "--draft", str(DRAFT / "right.json"), str(TEXT), "--root", root]) == 0
    assert main(["accept", "--root", root]) == 0, capsys.readouterr().err
    assert [*paths.content.glob("articles/2024/phu-lam-thuong-*.md")]


PAGE = """<html lang="vi"><head><title>Xóm Bãi bàn việc giữ nước sạch</title>
<link rel="canonical" href="https://bao-gio.example/xom-bai">
<meta property="og:site_name" content="Báo Gió">
<meta property="article:published_time" content="2024-02-05T08:00:00+07:00">
</head><body><article><h1>Xóm Bãi bàn việc giữ nước sạch</h1>
<p>Ngày 3/2, tại xóm Bãi, ông Mạc Văn Thử, Trưởng xóm, chủ trì buổi họp bàn việc giữ nguồn nước trong xóm.</p>
<p>Bà con góp nhiều ý kiến về việc trông coi con suối, chia phiên và phần việc của mỗi nhà trong những tháng khô.</p>
</article></body></html>
"""


@pytest.mark.parametrize(("publisher", "field"), [(None, None), ("Báo Mây", "publisher")])
def test_what_a_page_says_of_itself_is_taken(
    publisher: str | None, field: str | None, archive: Paths, tmp_path: Path
) -> None:
    """Where the draft doesn't say who published a page, the page does; what both say differently is a doubt."""
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8", newline="\n")
    draft = {"title": "Xóm Bãi bàn việc giữ nước sạch", "rights": "full", "publisher": publisher}
    made = draft_filled(archive, written(tmp_path, draft), page, Report(), told=Told())
    assert made
    assert made.article
    text = made.files[made.article]
    assert f'publisher: "{publisher or "Báo Gió"}"' in text
    assert 'url: "https://bao-gio.example/xom-bai"' in text
    assert 'published: "2024-02-05"' in text
    assert (field in [doubt.field for doubt in made.unsure]) is bool(field)


REPORTS = sorted((TESTS / "eval" / "tuned").glob("*.txt"))[::12]


@pytest.fixture(scope="module")
def importer(archive: Paths) -> Importer:
    return importer_of(archive, load_knowledge(SITE_CONFIG))


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
def test_the_importers_own_reading_is_disputed_nowhere(report: Path, importer: Importer, tmp_path: Path) -> None:
    """A draft that says what the importer reads raises no doubt beyond the importer's own."""
    data = report.read_bytes()
    own = importer.extract(report.name, data, Report())
    assert own
    plain = importer.compose(own, importer.decide(own))
    assert plain.article
    file = write_files(tmp_path / "content", {plain.article: plain.files[plain.article]}) / plain.article
    shown = file.relative_to(tmp_path).as_posix()
    article = record_of(tmp_path, shown, "articles", load_knowledge(SITE_CONFIG), Report())
    assert isinstance(article, Article)
    assert compare(article, own).doubts == ()
    filled = compose_filled(dataclasses.replace(article, unsure=()), own, importer)
    assert {(d.field, d.why) for d in filled.unsure if not d.field.endswith(LINKS)} <= {
        (d.field, d.why) for d in plain.unsure
    }


def _places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place inside a value, outermost first."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*at, key)
        yield from _places(inner, (*at, key))


STRANGE: list[Any] = [
    None,
    7,
    -1,
    "",
    " ",
    "x",
    [],
    {},
    [[]],
    [None],
    {"a": {}},
    "2024-99-99",
    "\u0301",
    "---",
    "- a\n---\n# b",
    "null",
]


def test_mutated_drafts_never_end_in_a_traceback(archive: Paths, tmp_path: Path) -> None:
    """A strange value in any field gives a draft or a problem."""
    draft = right()
    rng = random.Random(14)
    places = list(_places(draft))
    refused = taken = 0
    for _ in range(MUTATIONS):
        changed = json.loads(json.dumps(draft))
        for place in rng.sample(places, rng.choice((1, 1, 3))):
            held = changed
            try:
                for key in place[:-1]:
                    held = held[key]
                held[place[-1]] = rng.choice(STRANGE)
            except (KeyError, IndexError, TypeError):
                continue  # an earlier change took this place away
        report = Report()
        made = draft_filled(archive, written(tmp_path, changed), TEXT, report, told=Told())
        taken, refused = taken + bool(made), refused + (made is None)
        assert made or list(report)
    assert taken
    assert refused


def test_the_example_of_the_docs_is_a_draft(archive: Paths, tmp_path: Path, capsys: Captured) -> None:
    """The draft that docs/ban-nhap-tu-ngoai.md shows is taken with the text beside it, without an alarm or a doubt."""
    page = (ROOT / "docs" / "ban-nhap-tu-ngoai.md").read_text(encoding="utf-8")
    text, draft = (page.partition(f"```{kind}\n")[2].partition("```")[0] for kind in ("text", "json"))
    for name, words in (("bai.txt", text), ("draft.json", draft)):
        (tmp_path / name).write_text(words, encoding="utf-8", newline="\n")
    root, out = str(archive.content.parent), tmp_path / "out"
    options = ["--draft", str(tmp_path / "draft.json"), "--root", root, "--lang", "en", "--out", str(out)]
    assert main(["import", str(tmp_path / "bai.txt"), *options]) == 0
    assert alarms(capsys.readouterr().err) == []
    assert [doubt.field for doubt in article_in(out).unsure] == []
