"""What a source does not state is told where it stands, and what it does state raises no alarm."""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from archive.build.site import check
from archive.knowledge import load_knowledge
from archive.problems import Catalogue, Problem, Report, Severity
from archive.schemas import record_schema
from tests.archives import QUIET, ROOT, SITE_CONFIG, TESTS, TOY, paths_of

FOLDER = TESTS / "untruths"
ARCHIVES = {"seeds": ROOT / "content", "toy": TOY}
LEVELS = {"error": {Severity.ERROR}, "warning": {Severity.ERROR, Severity.WARNING}}
DRAFT = FOLDER / "draft"
SCHEMA = record_schema("articles", load_knowledge(SITE_CONFIG))
CATALOGUE = Catalogue.load(SITE_CONFIG, "en")


@dataclass(frozen=True)
class Case:
    name: str
    entry: Mapping[str, Any]

    @property
    def archive(self) -> Path:
        return ARCHIVES[self.entry["archive"]]

    @property
    def is_true(self) -> bool:
        return "sound" in self.entry

    def file(self, part: Mapping[str, Any]) -> str:
        """The file of an edit or a place, below content/."""
        return str(part.get("file", self.entry["file"]))

    def apply(self, content: Path) -> None:
        shutil.copytree(self.archive, content)
        for edit in self.entry["edits"]:
            _apply(edit, content / self.file(edit))

    def places(self, content: Path) -> Iterator[tuple[str, range | None]]:
        """Files with the lines where the untruth may be told; None: any line."""
        for place in self.entry["told"]["at"]:
            file = self.file(place)
            yield f"content/{file}", _lines(content / file, place["value"]) if "value" in place else None


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _as_in(text: str, words: str) -> str:
    """The words in the form of letters, composed or decomposed, that the text has."""
    return unicodedata.normalize("NFC" if unicodedata.is_normalized("NFC", text) else "NFD", words)


def _apply(edit: Mapping[str, str], path: Path) -> None:
    if "find" in edit:
        text = _read(path)
        find, replace = (_as_in(text, edit[key]) for key in ("find", "replace"))
        assert text.count(find) == 1, f"{path.name}: {find!r} stands there {text.count(find)} times"
        _write(path, text.replace(find, replace))
    elif "normalise" in edit:
        text = _read(path)
        _write(path, unicodedata.normalize("NFD", text))
        assert _read(path) != text
    else:
        assert not path.exists(), f"{path.name} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, edit["text"] if "text" in edit else _read(FOLDER / edit["from"]))


def _lines(path: Path, value: str) -> range:
    text = _read(path)
    assert text.count(value) == 1, f"{path.name}: {value!r} stands there {text.count(value)} times"
    first = text.count("\n", 0, text.index(value)) + 1
    return range(first, first + value.count("\n") + 1)


def _cases() -> list[Case]:
    return [
        Case(f"{file.parent.name}/{file.stem}/{name}", entry)
        for file in sorted(FOLDER.glob("*/*.yml"))
        if file.parent.name != "draft"
        for name, entry in yaml.safe_load(file.read_text(encoding="utf-8")).items()
    ]


CASES = _cases()
UNTRUTHS = [case for case in CASES if not case.is_true]
TRUTHS = [case for case in CASES if case.is_true]


def _alarms(content: Path, work: Path) -> list[Problem]:
    """The errors and warnings of `check`, as the command gives them."""
    report = Report()
    check(paths_of(content, work), report, QUIET)
    return [problem for problem in report if CATALOGUE.severity(problem) in LEVELS["warning"]]


def _said(problem: Problem) -> tuple[str, str, str]:
    """Without its line, which an edit above may move."""
    return problem.path, problem.code, CATALOGUE.message(problem)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What `check` says of an archive as it is."""

    @cache
    def said(archive: Path) -> Counter[tuple[str, str, str]]:
        folder = tmp_path_factory.mktemp("before")
        shutil.copytree(archive, folder / "content")
        return Counter(map(_said, _alarms(folder / "content", folder / "work")))

    return said


def _new(case: Case, folder: Path, before: Any) -> list[Problem]:
    case.apply(folder / "content")
    known = Counter(before(case.archive))
    new = []
    for problem in _alarms(folder / "content", folder / "work"):
        if known[_said(problem)]:
            known[_said(problem)] -= 1
        else:
            new.append(problem)
    return new


def _shown(problems: list[Problem]) -> str:
    lines = [f"{p.path}:{p.position.line}: {CATALOGUE.severity(p)} [{p.code}] {CATALOGUE.message(p)}" for p in problems]
    return "\n".join(lines) or "nothing new"


# What nothing in an archive contradicts: a note that says why, a post that is another's in part, an order of paragraphs
# that `changes` may explain, a correction that an editor declares.
NOT_TOLD = {
    "kept/people/role-that-is-the-end-of-another",
    "kept/dates/words-that-give-no-date",
    "kept/dates/event-after-its-report",
    "kept/text/quotation-moved",
    "kept/text/correction-away-from-the-source",
    "shown/dates/event-outside-its-reports",
}
ASKED = [
    pytest.param(case, id=case.name, marks=pytest.mark.xfail(strict=True) if case.name in NOT_TOLD else ())
    for case in UNTRUTHS
]


@pytest.mark.parametrize("case", ASKED)
def test_untruth_is_told(case: Case, tmp_path: Path, before: Any) -> None:
    """An untruth that is sent alone is told at its line, as an error or a warning."""
    new = _new(case, tmp_path, before)
    # What is read by patterns warns, so that a wrong reading keeps nothing from being published.
    least = "error" if case.name.split("/")[1] == "text" else "warning"
    loud = [p for p in new if CATALOGUE.severity(p) in LEVELS[least]]
    places = list(case.places(tmp_path / "content"))
    told = any(p.path == path and (lines is None or p.position.line in lines) for p in loud for path, lines in places)
    assert told, f"{case.entry['untrue']}\nexpected at {places}\ntold:\n{_shown(new)}"


@pytest.mark.parametrize("case", TRUTHS, ids=lambda case: case.name)
def test_truth_is_taken(case: Case, tmp_path: Path, before: Any) -> None:
    """What is unusual but true raises no error and no warning."""
    new = _new(case, tmp_path, before)
    assert not new, f"{case.entry['sound']}\ntold:\n{_shown(new)}"


def _values(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a draft by its place, `speakers.1.name`."""
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _values(inner, f"{at}.{key}" if at else str(key))
    else:
        yield at, value


def _draft(name: str) -> dict[str, Any]:
    draft: dict[str, Any] = json.loads((DRAFT / name).read_text(encoding="utf-8"))
    return draft


@pytest.mark.parametrize("name", ["right.json", "planted.json"])
def test_draft_has_the_fields_of_an_article(name: str) -> None:
    """Both drafts are an article's fields, of the published schema, and its text."""
    draft = _draft(name)
    assert draft.pop("body")
    assert not [error.message for error in Draft202012Validator(SCHEMA).iter_errors(draft)]


def test_planted_draft_errs_where_the_list_says() -> None:
    """The draft with planted errors differs from the right one in the ten values that are listed."""
    right, planted = (dict(_values(_draft(name))) for name in ("right.json", "planted.json"))
    errors = {error["at"]: error for error in yaml.safe_load((DRAFT / "planted.yml").read_text(encoding="utf-8"))}
    assert len(errors) == 10
    assert {at for at in right if right[at] != planted[at]} == set(errors)
    for at, error in errors.items():
        assert planted[at] == right[at].replace(error["right"], error["planted"])


def test_words_of_the_right_draft_stand_in_the_report() -> None:
    """What the right draft quotes, the report prints."""
    report, draft = (DRAFT / "report.txt").read_text(encoding="utf-8"), _draft("right.json")
    people, documents = draft["speakers"] + draft["attendees"] + draft["mentioned"], draft["documents"]
    quoted = [draft["title"], draft["date_basis"]["words"], draft["place"]["printed"]]
    quoted += [words for person in people for words in (person["name"], *person["roles"])]
    quoted += [document[key] for document in documents for key in ("printed", "number", "issuer", "title")]
    quoted += [caption["text"] for caption in draft["captions"]]
    quoted += [block.removeprefix("## ") for block in draft["body"].split("\n\n")]
    assert [words for words in quoted if words not in report] == []
