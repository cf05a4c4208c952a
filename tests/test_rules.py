"""Entries of site-config/: what is missing, unknown or of another shape is named with its line, in every file."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from archive.build.rules import check_rules
from archive.commands.main import main
from archive.config import load_rules, said_with_line
from archive.ingest.rules.people import PeopleRules
from archive.kinds import KINDS
from archive.knowledge import load_knowledge
from archive.rules.reader import ConfigError
from tests.archives import ADDRESSES, ROOT, SITE_CONFIG, write_files


def changed(root: Path, name: str, old: str, new: str) -> Path:
    """A copy of site-config/ with the first place of `old` in a file replaced."""
    shutil.copytree(SITE_CONFIG, root / "site-config", dirs_exist_ok=True)
    text = (SITE_CONFIG / name).read_text(encoding="utf-8")
    assert old in text
    return write_files(root / "site-config", {name: text.replace(old, new, 1)})


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("people.yml", "\nsaints:", "\nsaint:", r"saint: unknown; did you mean `saints`\?"),
        ("people.yml", "name_threshold:", "#", r"`name_threshold` is missing"),
        (
            "people.yml",
            "  rare-surname:",
            "  rare-surnames:",
            r"name_weights: rare-surnames: unknown; did",
        ),
        (
            "people.yml",
            "who: after",
            "who: behind",
            r"capacity_cues: #\d+: who: behind \(before, after",
        ),
        ("noise.yml", "where: line", "where: lines", r"groups: image: where: lines \(line, start"),
        (
            "citations.yml",
            "    not:",
            "    note:",
            r"patterns: #1: note: unknown; did you mean `not`\?",
        ),
        ("event-dates.yml", 'weight: "6"', "weight: sáu", r"years: #1: weight: sáu \(a number"),
        ("level-cues.yml", 'ask: "true"', "ask: yes", r"organisers: #2: ask: yes \(true, false\)"),
        ("dates.yml", "\nday:", "\ndays:", r"days: unknown; did you mean `day`\?"),
        ("places.yml", "kind: tinh", "kind: [tinh]", r"an-giang: kind: words belong here"),
        (
            "document-types.yml",
            "bare:",
            "bear:",
            r"hien-phap: bear: unknown; did you mean `bare`",
        ),
        ("linking.yml", "  doubt:", "  doubts:", r"event: doubts: unknown; did you mean `doubt`"),
        ("search.yml", "year:", "yaer:", r"around: yaer: unknown; did you mean `year`"),
        ("tiles.yml", "row: 1}", "row: một}", r"tiles: lai-chau: row: một \(a whole number"),
        ("tiles.yml", "lai-chau:", "lai-chou:", r"tiles: lai-chou: no unit of places\.yml"),
        ("tiles.yml", "lao-cai: {column: 3", "lao-cai: {column: 2", r"tiles: lao-cai: lai-chau is there already"),
        ("tiles.yml", "dien-bien: {column: 1", "dien-bien: {column: 8", r"tiles: dien-bien: column 8 of 7"),
        ("tiles.yml", "dien-bien: {column: 1", "dien-bien: {column: 0", r"tiles: dien-bien: column: 1–12"),
        ("labels.yml", "  tagline: ", "  tagline: # ", r"site: tagline: words belong here"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line(name: str, old: str, new: str, said: str, tmp_path: Path) -> None:
    """`check` refuses it with file, line, entry and what belongs there."""
    site_config = changed(tmp_path, name, old, new)
    with pytest.raises(ConfigError) as refused:
        check_rules(site_config, load_knowledge(site_config))
    told = said_with_line(refused.value, site_config)
    assert re.match(rf"site-config/{name}:\d+: {said}", told)
    line = int(told.split(":")[1])
    key = refused.value.keys[-1] if refused.value.keys else ""
    assert str(key) in (site_config / name).read_text(encoding="utf-8").split("\n")[line - 1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("(?:(?:[Bb]ộ luật|", "(?:(?:[Bb]ộ luật|(", r"patterns: #1: regex: missing \)"),
        (
            "<types>|<short_types>",
            "không đâu có",
            r"patterns: #1: law: none of its examples is found",
        ),
        ("<and_number>", "<and_numbers>", r"patterns: #\d+: regex: no part 'and_numbers'"),
    ],
)
def test_a_pattern_that_finds_nothing_is_refused(old: str, new: str, said: str, tmp_path: Path) -> None:
    """A citation pattern is refused where it is no regular expression, or where no anchor leads to its examples."""
    site_config = changed(tmp_path, "citations.yml", old, new)
    with pytest.raises(ConfigError) as refused:
        check_rules(site_config, load_knowledge(site_config))
    assert re.match(rf"site-config/citations\.yml:\d+: {said}", said_with_line(refused.value, site_config))


def test_the_command_line_says_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A command ends with the sentence and its line, never with a traceback."""
    changed(tmp_path, "levels.yml", "name:", "nam:")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    (tmp_path / "content").mkdir()
    assert main(["check", "--root", str(tmp_path)]) != 0
    said = capsys.readouterr().err
    assert re.search(r"site-config/levels\.yml:\d+: trung-uong: nam: unknown; did you mean `name`\?", said)


def test_numbers_and_days_are_read() -> None:
    """What the files write as text is a number where the class says so."""
    people = load_rules(PeopleRules, SITE_CONFIG, "people")
    assert people.name_threshold == 2.0 and people.name_weights["rare-surname"] == 2


_LABEL = re.compile(r"\b(?:t|labels)(?:\.(\w+)\.(\w+)|\[\"(\w+)\"\]\[\"(\w+)\"\])")


def test_every_label_that_is_asked_for_is_there() -> None:
    """Templates and code name no words that labels.yml lacks."""
    labels = load_knowledge(SITE_CONFIG).labels
    files = [
        *(ROOT / "templates").rglob("*.j2"),
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "archive").rglob("*.py"),
    ]
    asked = {
        (match[1] or match[3], match[2] or match[4], path.name)
        for path in files
        for match in _LABEL.finditer(path.read_text(encoding="utf-8"))
    }
    assert len(asked) > 200
    methods = {"items", "get"}
    assert {one for one in asked if one[1] not in labels.get(one[0], {}) and one[1] not in methods} == set()


def test_every_section_has_an_address() -> None:
    """The pages of every section have their own word below the record, and addresses.yml names no other."""
    assert ADDRESSES.sections.keys() == {module.group for module in KINDS.values() if module.sections}
    for module in KINDS.values():
        slugs = ADDRESSES.sections.get(module.group, {})
        assert slugs.keys() == {section.field for section in module.sections}
        assert len({*slugs.values()}) == len(slugs)
