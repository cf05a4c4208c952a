"""site-config: what the project says of itself is whole, and what can't be used is refused by name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive.config import load_settings, load_yaml
from archive.fields import fields_of_kind
from archive.knowledge import Knowledge, load_knowledge
from archive.model.edtf import parse_date
from archive.model.records import UNSURE
from archive.rules.reader import ConfigError, read_rules
from archive.search.rules import SearchRules
from tests.archives import SITE_CONFIG, write_files

KIND = "folder: hoi, address: hoi, template: entity, index: entities, name: hội, plural: Hội"


def config_with(root: Path, name: str, text: str) -> Path:
    """A copy of the project's site-config with one file in other words."""
    shutil.copytree(SITE_CONFIG, root / "site-config")
    return write_files(root / "site-config", {name: text})


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("levels.yml", "tinh: Tỉnh\n", r"levels\.yml: tinh"),
        ("levels.yml", "- tinh\n", r"levels\.yml"),
        ("levels.yml", "tinh: {name: Tỉnh}\ntinh: {name: Huyện}\n", r"levels\.yml: `tinh` stands twice"),
        ("levels.yml", "tinh: {name: 'Tỉnh\n", r"levels\.yml"),
        ("kinds.yml", "hoi: {folder: hoi}\n", "hoi: `address` is missing"),
        ("kinds.yml", f"hoi: {{{KIND}}}\n", "hoi: `article_field`"),
        ("kinds.yml", f"hoi: {{{KIND}, model: Person}}\n", "hoi: model: Person"),
        ("kinds.yml", f"hoi: {{{KIND}, adress: hoi}}\n", "hoi: adress: unknown; did you mean `address`"),
        ("redirects.yml", "redirects: [{from: nguoi/a, to: /nguoi/b/}]\n", "redirects"),
        ("redirects.yml", "redirects: [{from: /nguoi/../../a/, to: /nguoi/b/}]\n", "redirects"),
        ("redirects.yml", "redirects: [{from: /ngườI/, to: /nguoi/}]\n", "redirects"),
        ("redirects.yml", "tombstones: [{at: /nguoi/a/}]\n", "tombstones: .*content/removed"),
    ],
)
def test_bad_knowledge(name: str, text: str, said: str, tmp_path: Path) -> None:
    """A file that can't be used stops everything, with its own name and the entry's."""
    with pytest.raises(ConfigError, match=said):
        load_knowledge(config_with(tmp_path, name, text))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("abbreviations", ["CTDV"]),
        ("leave_out", "là gì"),
        ("issuers", [["tw"]]),
        ("capitals_only", None),
        ("around", {}),
    ],
)
def test_bad_search_words(name: str, value: object) -> None:
    """A missing or misshapen entry of search.yml is refused by its name."""
    search = load_yaml(SITE_CONFIG / "search.yml")
    with pytest.raises(ConfigError, match=rf"search\.yml: {name}"):
        read_rules(SearchRules, {**search, name: value}, "search")


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("url:", 'url: "kho.example"'),
        ("url:", 'url: "https://kho.example"'),
        ("url:", "url: null"),
        ("repository:", 'repository: "https://github.com/kho/tu-lieu/"'),
        ("repository:", 'repository: "javascript:alert(1)"'),
        ("newest_events:", "newest_events: nhiều"),
        ("newest_events:", ""),
        ("import_rights:", "import_rights: all"),
        ("import_rights:", "import_rights: null"),
        ("import_rights:", ""),
        ("name:", 'name: "Kho"\nten: "Kho"'),
    ],
)
def test_bad_settings(line: str, instead: str, tmp_path: Path) -> None:
    """Settings that are missing, unknown or no address are refused with the name of the file."""
    text = (SITE_CONFIG / "site.yml").read_text(encoding="utf-8")
    kept = [instead if old.startswith(line) else old for old in text.splitlines()]
    with pytest.raises(ConfigError, match=r"site\.yml"):
        load_settings(config_with(tmp_path, "site.yml", "\n".join(kept) + "\n"))


@pytest.mark.parametrize("name", ["list_size", "section_size", "newest_of_many", "page_weight_kb"])
def test_a_bad_number_is_refused_by_name(name: str, tmp_path: Path) -> None:
    text = (SITE_CONFIG / "site.yml").read_text(encoding="utf-8")
    kept = [f"{name}: nhiều" if old.startswith(f"{name}:") else old for old in text.splitlines()]
    with pytest.raises(ConfigError, match=rf"site\.yml: {name}: nhiều"):
        load_settings(config_with(tmp_path, "site.yml", "\n".join(kept) + "\n"))


def test_a_bad_policy_is_refused_by_its_place(tmp_path: Path) -> None:
    text = (SITE_CONFIG / "security.yml").read_text(encoding="utf-8").replace("'none'", "'none'; img-src *", 1)
    with pytest.raises(ConfigError, match=r"security\.yml: policy: default-src"):
        load_settings(config_with(tmp_path, "security.yml", text))


def test_values_are_strings(tmp_path: Path) -> None:
    """Nothing is guessed in site-config either: `no` is a word, `07` is two figures, empty is nothing."""
    write_files(tmp_path, {"a.yml": 'a: no\nb: 07\nc:\nd: "null"\ne: [1, ~]\n'})
    assert load_yaml(tmp_path / "a.yml") == {"a": "no", "b": "07", "c": None, "d": "null", "e": ["1", None]}


def test_places_lead_somewhere(knowledge: Knowledge) -> None:
    """Every unit a place names is there; a former unit has a last day and, itself or around it, today's unit."""
    places = knowledge.places
    for code, place in places.items():
        named = [place.now, place.part_of, *place.absorbed]
        assert {name for name in named if name} <= set(places), code
        if until := place.until:
            assert parse_date(until).is_day
            today = knowledge.place_today(code)
            assert today is not None and today.until is None, code
        for absorbed in place.absorbed:
            assert places[absorbed].now == code
    assert sum(place.kind in ("tinh", "thanh-pho") and place.until is None for place in places.values()) == 34


def test_every_field_is_explained(knowledge: Knowledge) -> None:
    """Every field of every kind has words for `build.py new` and for the reference."""
    for kind in knowledge.kinds.values():
        for name in fields_of_kind(kind, knowledge):
            assert knowledge.fields.get(f"{kind.id}.{name}") or knowledge.fields.get(name), f"{kind.id}.{name}"


def test_every_relation_has_its_inverse(knowledge: Knowledge) -> None:
    """A relation has a name from either end."""
    assert all(term.inverse for term in knowledge.relations.values())


def test_every_field_has_a_name_for_readers(knowledge: Knowledge) -> None:
    """A correction says in words which field it was made in, whatever the field."""
    names = {name for kind in knowledge.kinds.values() for name in fields_of_kind(kind, knowledge)}
    assert names - {"corrections", UNSURE} <= set(knowledge.labels["corrected_fields"])
