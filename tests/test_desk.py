"""The contribution desk in plain Python: the form of a text, and what becomes of it."""

from __future__ import annotations

import base64
import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from archive.build.loading import Loaded
from archive.bundle import read_bundle
from archive.config import Paths, load_yaml
from archive.desk import FILES, Desk
from archive.extract.references import assemble_corpus
from archive.holdings import records
from archive.ingest.draft import Importer
from archive.ingest.form_doubts import spot_of
from archive.ingest.rules.importing import read_import_rules
from archive.knowledge import Knowledge, load_knowledge
from archive.known import LONGEST_SKETCH, Known, Sketch, known_of, read_known
from archive.model.draft import Unsure
from archive.model.edtf import parse_date
from archive.problems import Report
from archive.settle import open_doubts
from archive.site.tool import importer_archive
from tests.archives import ROOT, SITE_CONFIG, corpus_of, load_archive, paths_of

SEEDS = sorted((ROOT / "content" / "sources").iterdir())
LABELLED = sorted((ROOT / "tests" / "eval").glob("*/*.txt"))
_SHARE = 20  # one in so many is tried, all of them with --long
CONFIG = {name: load_yaml(SITE_CONFIG / f"{name}.yml") for name in FILES}
TEXT = """\
Hội nghị giao ban công tác dân vận quý I, triển khai nhiệm vụ quý II/2024

Ngày 11/4/2024, tại huyện Thử Nghiệm, Ban Dân vận Tỉnh ủy tổ chức hội nghị giao ban công tác dân vận quý I. Đồng chí \
Trần Văn Nháp, Trưởng Ban Dân vận Tỉnh ủy chủ trì hội nghị; bà Lò Thị Thử, Phó Chủ tịch Hội Nông dân tỉnh phát biểu.

Hội nghị đánh giá việc thực hiện Nghị quyết số 977-NQ/TW, ngày 03/6/2013 của Ban Chấp hành Trung ương và Kế hoạch \
số 978-KH/TU ngày 02/3/2024 của Tỉnh ủy về công tác dân vận trong tỉnh.
"""


@pytest.fixture(scope="module")
def holdings(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load_archive(paths_of(ROOT / "content", tmp_path_factory.mktemp("work")))[0]


def without(known: Known, source: str) -> Known:
    """As if the article of a source file had not come yet."""
    articles = {id: article for id, article in known.articles.items() if article.file != source}
    return dataclasses.replace(known, articles=articles)


def opened(known: Known) -> Desk:
    return Desk(CONFIG, known)


def drafted(desk: Desk, text: str = TEXT, name: str = "bai.txt") -> dict[str, Any]:
    draft: dict[str, Any] = json.loads(desk.draft(name, text.encode()))
    assert draft["state"] == "draft"
    return draft


def finished(desk: Desk, form: dict[str, Any]) -> dict[str, str]:
    made = json.loads(desk.finish(json.dumps(form)))
    assert made["problems"] == []
    return {member.path: member.data.decode() for member in read_bundle(made["bundle"])}


def problems(desk: Desk, form: dict[str, Any]) -> list[str]:
    return [problem["at"] for problem in json.loads(desk.finish(json.dumps(form)))["problems"]]


def article_of(files: dict[str, str]) -> str:
    return next(text for path, text in files.items() if path.startswith("articles/"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The seeds, and a share of the labelled reports or all of them."""
    if "source" in metafunc.fixturenames:
        share = LABELLED if metafunc.config.getoption("--long") else LABELLED[::_SHARE]
        metafunc.parametrize("source", [*SEEDS, *share], ids=lambda path: path.name[:12])


def test_an_untouched_form_gives_what_the_importer_writes(source: Path, holdings: Loaded) -> None:
    """Byte for byte, the source with it, in an archive that holds all the rest."""
    known = without(known_of(corpus_of(paths_of(ROOT / "content", Path()))), source.name)
    rules = read_import_rules(CONFIG.__getitem__)
    expected = Importer(known, holdings.knowledge, rules).draft(source.name, source.read_bytes(), Report())
    assert expected and expected.files
    desk = opened(known)
    draft = json.loads(desk.draft(source.name, source.read_bytes()))
    made = json.loads(desk.finish(json.dumps(draft["form"])))
    assert made["path"] == f"content/inbox/{expected.id}.txtar"
    found = {member.path: member.data for member in read_bundle(made["bundle"])}
    assert found == {path: text.encode() for path, text in expected.files.items()} | {
        expected.source_path: expected.source
    }


def test_a_contribution_has_the_rights_of_an_import() -> None:
    """The archive's setting for drafts (`import_rights`) is that of contributed ones, too."""
    for rights in ("full", "excerpt"):
        desk = Desk({**CONFIG, "site": {**CONFIG["site"], "import_rights": rights}}, Known())
        assert f'\nrights: "{rights}"\n' in article_of(finished(desk, drafted(desk)["form"]))


def test_the_published_rows_say_what_the_files_say(site: Path, toy_paths: Paths, knowledge: Knowledge) -> None:
    """du-lieu/known.json leads an importer to the same records; of texts it has less, and of hidden ones nothing."""
    published = read_known(json.loads((site / "du-lieu" / "known.json").read_text(encoding="utf-8")))
    corpus = assemble_corpus(records(toy_paths, knowledge, Report()), knowledge, Report())
    own = known_of(corpus)
    assert (published.events, published.officials) == (own.events, own.officials)
    assert published.documents.keys() == own.documents.keys()
    for id, document in own.documents.items():
        for name in ("name", "aliases", "type", "number", "issuer", "date", "term", "title"):
            assert getattr(published.documents[id], name) == getattr(document, name), (id, name)
    assert published.articles.keys() == own.articles.keys()
    for id, article in own.articles.items():
        rights, hashes = corpus.articles[id].rights, article.sketch.hashes
        sketch = published.articles[id].sketch
        assert dataclasses.replace(article, sketch=sketch) == published.articles[id]
        if rights == "full":
            assert sketch == Sketch(hashes[:LONGEST_SKETCH], len(hashes) <= LONGEST_SKETCH)
        elif rights == "metadata":
            assert sketch == Sketch()
        else:
            assert set(sketch.hashes) < set(hashes)
    assert {article.rights for article in corpus.articles.values()} == {"full", "excerpt", "metadata"}


def test_the_archive_of_modules_needs_nothing_else(tmp_path: Path) -> None:
    """In a Python with nothing but its standard library and the zip, a text becomes a bundle."""
    packed = importer_archive(SITE_CONFIG, FILES)
    assert packed == importer_archive(SITE_CONFIG, FILES)
    (tmp_path / "importer.zip").write_bytes(packed)
    program = """
import json, sys, zipfile
sys.path[:] = [path for path in sys.path if "site-packages" not in path]
sys.path.insert(0, sys.argv[1])
from archive.desk import Desk
files = zipfile.ZipFile(sys.argv[1]).read("site-config.json").decode()
desk = Desk.open(files, "[]")
draft = json.loads(desk.draft("", sys.stdin.buffer.read()))
print(json.dumps(json.loads(desk.finish(json.dumps(draft["form"])))["files"]))
"""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, str(tmp_path / "importer.zip")],
        input=TEXT.encode(),
        capture_output=True,
        check=True,
    )
    files = json.loads(done.stdout)
    assert files[0].startswith("articles/2024/hoi-nghi-giao-ban")
    assert any(path.startswith("officials/") for path in files)


def test_a_double_is_named_and_made_only_when_asked(holdings: Loaded) -> None:
    """By its bytes, and by its words where the bytes differ, with no more than a sketch of it."""
    known = known_of(corpus_of(paths_of(ROOT / "content", Path())))
    cut = {
        id: dataclasses.replace(article, sketch=Sketch(article.sketch.hashes[:LONGEST_SKETCH], False))
        for id, article in known.articles.items()
    }
    desk = opened(dataclasses.replace(known, articles=cut))
    for source in SEEDS:
        data = source.read_bytes()
        for given in (data, data + "\nXem nhiều nhất\n".encode()):
            found = json.loads(desk.draft("bai.txt", given))
            assert found["state"] == "double"
            assert known.articles[found["id"]].file == source.name
            assert json.loads(desk.draft("bai.txt", given, True))["state"] == "draft"


def test_edits_show_in_the_files() -> None:
    """Title, date, level, a role and a document as the person has them; stubs and ids follow."""
    desk = opened(Known())
    form = drafted(desk)["form"]
    form |= {"title": "Giao ban quý I ở Thử Nghiệm", "date": "2024-04", "level": "huyen", "publisher": "Báo Thử"}
    form |= {"date_words": "Ngày 11/4/2024", "date_basis": "inferred", "url": "https://vi-du.example/bai"}
    form["people"][0]["roles"] = ["Trưởng Ban Dân vận Tỉnh ủy", "Bí thư"]
    form["documents"] = [entry for entry in form["documents"] if entry["number"] != "978-KH/TU"]
    files = finished(desk, form)
    article = article_of(files)
    assert "articles/2024/giao-ban-quy-i-o-thu-nghiem.md" in files
    assert "events/giao-ban-quy-i-o-thu-nghiem.md" in files
    assert 'title: "Giao ban quý I ở Thử Nghiệm"\ntitle_by: "editor"\n' in article
    assert 'date: "2024-04"' in article and 'kind: "inferred"' in article and 'level: "huyen"' in article
    assert '"Bí thư"' in article and 'publisher: "Báo Thử"' in article and "https://vi-du.example/bai" in article
    assert "978-KH/TU" not in article.partition("\n---\n")[0]
    assert not any("978" in path for path in files)


def test_a_record_that_is_there_can_be_chosen(holdings: Loaded) -> None:
    """An official, an event and a document that a person names get no new record."""
    desk = opened(known_of(corpus_of(paths_of(ROOT / "content", Path()))))
    form = drafted(desk)["form"]
    assert (form["event"], form["people"][0]["official"]) == ("+", "+")
    form["event"] = next(iter(holdings.corpus.events))
    form["people"][0]["official"] = "bui-tien-luc"
    form["documents"][0]["document"] = "nghi-quyet-25-nq-tw-2013-06-03"
    form["documents"][1]["document"] = ""
    files = finished(desk, form)
    assert 'official: "bui-tien-luc"' in article_of(files)
    assert "document: null" in article_of(files)
    assert not any(path.startswith(("events/", "documents/", "officials/tran-van-nhap")) for path in files)


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"title": " "}, "title"),
        ({"date": "11/4/2024"}, "date"),
        ({"date": "2024-02-30"}, "date"),
        ({"date_words": ""}, "date_words"),
        ({"date_words": "Ngày 12/4/2024"}, "date_words"),
        ({"level": "tinh uy"}, "level"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"event": "khong-co"}, "event"),
        ({"place": "huyện Khác"}, "place"),
        ({"publisher": "Báo\u202eThử"}, "publisher"),
    ],
    ids=str,
)
def test_what_can_not_be_used_is_named(change: dict[str, str], at: str) -> None:
    """At its place in the form; no bundle is made."""
    desk = opened(Known())
    form = drafted(desk)["form"] | change
    assert problems(desk, form) == [at]


@pytest.mark.parametrize(
    ("date", "is_good"),
    [("2024-04", True), ("[2024-04-11,2024-04-12]", True), ("2024-04-11/..", True), ("2024-04-XX", True)]
    + [(bad, False) for bad in ("11/4/2024", "2024-13", "2024-02-30", "4-2024", "hôm qua", "2024-04-11 sáng")],
)
@pytest.mark.parametrize("has_library", [True, False])
def test_dates_are_read_where_edtf_is_not(
    date: str, is_good: bool, has_library: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser has no edtf: what is written as none of its forms is refused all the same."""
    desk = opened(Known())
    form = drafted(desk)["form"] | {"date": date}
    parse_date.cache_clear()
    if not has_library:
        monkeypatch.setitem(sys.modules, "edtf", None)
    assert problems(desk, form) == ([] if is_good else ["date"])
    parse_date.cache_clear()


def test_people_and_documents_must_stand_in_the_text() -> None:
    """A name that the text does not have, no name, no type for a new record, a person nobody knows."""
    desk = opened(Known())
    form = drafted(desk)["form"]
    form["people"][0]["name"] = "Người Khác"
    form["people"][1] |= {"name": "", "official": "khong-co"}
    form["documents"][0] |= {"document": "+", "type": ""}
    assert problems(desk, form) == ["people.0", "people.1", "people.1", "documents.0"]


UNSURE = """\
Sáng 11/4/2024, Ban Dân vận Tỉnh ủy tổ chức hội nghị giao ban công tác dân vận quý I. Chiều 12/5/2024, Ban Dân vận \
Tỉnh ủy tổ chức hội nghị giao ban công tác dân vận.

Đồng chí Trần Văn Nháp, Trưởng Ban Dân vận Tỉnh ủy nghiêng mình trước bà con, trao đổi thảo luận. Bà Lò Thị Thử, \
Phó Chủ tịch Hội Nông dân nghiêng mình nói rằng kết quả khá tốt. Hội nghị bàn về Nghị quyết số 25-NQ/TW ngày \
03/6/2013, Nghị quyết số 25-NQ/TW ngày 12/3/2003 và Nghị quyết số 25 của Ban Chấp hành Trung ương.
"""


def test_doubts_come_with_their_sentence() -> None:
    """What is unsure leads to its field and shows the sentence that it rests on, its reason in words."""
    draft = drafted(opened(Known()), UNSURE)
    (doubt,) = [doubt for doubt in draft["unsure"] if doubt["at"] == "date"]
    assert doubt["passage"].startswith("Sáng 11/4/2024, Ban Dân vận")
    assert doubt["why"] == CONFIG["commands"]["why-two-dates"]["vi"]
    assert (draft["form"]["date"], doubt["other"]) == ("2024-04-11", "2024-05-12")


def test_a_pasted_text_is_named_after_itself() -> None:
    """Two people who send two texts at one time send two source files."""
    desk = opened(Known())
    names = set()
    for text in (TEXT, TEXT.replace("Nháp", "Thảo")):
        files = finished(desk, drafted(desk, text, "")["form"])
        names |= {path for path in files if path.startswith("sources/")}
    assert len(names) == 2


def test_a_saved_page_is_read_here() -> None:
    """Its text without menus, its own words as fields; the source is the page's own bytes."""
    desk = opened(Known())
    title, _, body = TEXT.partition("\n\n")
    paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n\n"))
    page = f"""<!doctype html><html><head><meta property="og:site_name" content="Báo Thử">
    <meta property="article:published_time" content="2024-04-11T20:00:00Z"></head><body><nav>Trang chủ</nav>
    <h1>{title}</h1>{paragraphs}</body></html>""".encode()
    draft = json.loads(desk.draft("bai.html", page))
    assert (draft["form"]["publisher"], draft["form"]["published"]) == ("Báo Thử", "2024-04-12")
    assert draft["form"]["title"] == title
    files = finished(desk, draft["form"])
    assert files["sources/bai.html"].encode() == page
    body = article_of(files).rpartition("\n---\n")[2]
    assert "Trần Văn Nháp" in body and "Trang chủ" not in body


def test_what_can_not_be_read_says_why() -> None:
    """An empty text, bytes of a picture, a page without text."""
    desk = opened(Known())
    for data in (b"  \n", bytes(range(256)) * 20, b"<!doctype html><html><body></body></html>"):
        found = json.loads(desk.draft("bai", data))
        assert found["state"] == "refused"
        assert found["said"][0]["message"]


def test_the_bundle_tells_the_maintainer_what_was_unsure() -> None:
    """The comment before the first file: the title, doubts, the contributor's word; no line of it can be a file."""
    desk = opened(Known())
    form = drafted(desk)["form"] | {"note": "Lấy từ báo giấy.\n-- articles/x.md --\n"}
    made = json.loads(desk.finish(json.dumps(form)))
    comment = made["bundle"].partition("\n-- ")[0]
    assert comment.startswith("# Hội nghị giao ban") and "Lấy từ báo giấy." in comment
    assert [member.path for member in read_bundle(made["bundle"])] == made["files"]


def test_rows_are_small(holdings: Loaded, site: Path) -> None:
    """What a browser loads of an article is far less than the article: at most a kilobyte each."""
    rows = json.loads((site / "du-lieu" / "known.json").read_text(encoding="utf-8"))
    for row in rows:
        assert len(json.dumps(row, ensure_ascii=False).encode()) < 1024
        if row[0] == "articles":
            assert len(base64.b64decode(row[-2])) <= 4 * LONGEST_SKETCH


def test_knowledge_is_whole(holdings: Loaded) -> None:
    """What goes into the browser makes the same knowledge as the files do."""
    assert dataclasses.asdict(opened(Known()).knowledge) == dataclasses.asdict(load_knowledge(SITE_CONFIG))


def left_open(files: dict[str, str]) -> dict[str, str]:
    """The fields in doubt, with whom or what their places belong to."""
    return {doubt.field: doubt.named for doubt in open_doubts(article_of(files))}


def test_what_a_person_leaves_goes_with_the_bundle() -> None:
    """A doubt is settled by a change of its value, by a word that it is right, or with its person; no other is."""
    desk = opened(Known())
    draft = drafted(desk, UNSURE)
    form = draft["form"]
    people = [entry["name"] for entry in form["people"]]
    assert people == ["Trần Văn Nháp", "Lò Thị Thử"]
    untouched = left_open(finished(desk, form))
    assert {"title", "date", "speakers.0.roles", "speakers.1.roles", "documents.2"} <= untouched.keys()
    assert untouched["speakers.1.roles"] == "Lò Thị Thử"

    right = next(doubt["key"] for doubt in draft["unsure"] if doubt["at"] == "title")
    form["confirmed"] = [right]
    form |= {"date": "2024-05-12", "date_words": "Chiều 12/5/2024", "date_basis": "stated"}
    assert untouched.keys() - left_open(finished(desk, form)).keys() == {"title", "date"}

    del form["people"][0]
    after = left_open(finished(desk, form))
    assert after["speakers.0.roles"] == "Lò Thị Thử" and "speakers.1.roles" not in after
    form["people"][0]["roles"] = ["Phó Chủ tịch"]
    assert "speakers.0.roles" not in left_open(finished(desk, form))


def test_a_doubt_follows_its_person_and_document() -> None:
    """Into another list, and behind what is put before it."""
    desk = opened(Known())
    form = drafted(desk, UNSURE)["form"]
    form["people"][0]["group"] = "attendees"
    fresh = {**form["documents"][1], "at": len(form["documents"]), "printed": "Nghị quyết số 25", "number": ""}
    form["documents"].insert(0, fresh)
    after = left_open(finished(desk, form))
    assert after["attendees.0.roles"] == "Trần Văn Nháp"
    assert after["speakers.0.roles"] == "Lò Thị Thử"
    assert "documents.3" in after and "documents.2" not in after


def test_every_doubt_has_a_place_in_the_form() -> None:
    """A field of the form or of one of its entries, and a key of its own; the other reading is told."""
    draft = drafted(opened(Known()), UNSURE)
    form = draft["form"]
    for doubt in draft["unsure"]:
        name, _, number = doubt["at"].partition(".")
        holder = next(entry for entry in form[name] if entry["at"] == int(number)) if number else form
        assert not doubt["field"] or doubt["field"] in holder  # without one it is about the whole entry
        assert {"why", "words", "passage", "other", "value", "named"} <= doubt.keys()
    assert ("people.1", "roles") in [(doubt["at"], doubt["field"]) for doubt in draft["unsure"]]
    assert len({doubt["key"] for doubt in draft["unsure"]}) == len(draft["unsure"])


def test_a_form_kept_from_before_confirming_is_taken() -> None:
    """A draft in a browser's memory that knows of no confirming leaves all doubts open."""
    desk = opened(Known())
    form = drafted(desk, UNSURE)["form"]
    before = left_open(finished(desk, form))
    del form["confirmed"]
    assert left_open(finished(desk, form)) == before


@pytest.mark.parametrize(
    ("field", "at", "fields"),
    [
        ("title", "title", ("title",)),
        ("date", "date", ("date", "date_basis", "date_words")),
        ("place.unit", "unit", ("unit",)),
        ("source.url", "url", ("url",)),
        ("attendees.0.official", "people.2", ("official",)),
        ("speakers.1.capacity", "people.1", ("capacity", "group")),
        ("documents.0", "documents.0", ("document", "number")),
        ("captions.0.credit", "captions.0", ("credit",)),
        ("speakers", "people", ()),
        ("speakers.9.roles", "people", ()),
        ("topics", "", ()),
    ],
)
def test_where_a_form_shows_a_doubt(field: str, at: str, fields: tuple[str, ...]) -> None:
    """Places count in the record's lists, a form has one list of people; what it does not show has no place."""
    keys = {"official": "", "roles": [], "capacity": []}
    groups = ("speakers", "speakers", "attendees")
    form = {
        **dict.fromkeys(("title", "date", "place", "unit", "url"), ""),
        "people": [{"at": index, "group": group, **keys} for index, group in enumerate(groups)],
        "documents": [{"at": 0, "document": "", "number": ""}],
        "captions": [{"at": 0, "text": "", "credit": ""}],
    }
    spot = spot_of(Unsure(field, "", ""), form)
    assert (spot.at, spot.fields) == (at, fields)
