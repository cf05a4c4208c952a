"""Whatever is done in whatever order, what is built step by step is what a clean build makes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from archive.build.site import check
from archive.problems import Report
from tests.archives import QUIET
from tests.build.changing import ARTICLES, Changing, set_front_matter
from tests.build.test_changes import NEW_ARTICLE

IDS = [f"bai-{number}" for number in range(5)]
PEOPLE = ["ta-dinh-khoi", "lo-sang", "vu-thi-ngan", "vu-thi-ngan-ba-song", "moi", "hoang-thuy-hoa"]
NAMES = ["Tạ Đình Khói", "Lò Sáng", "Vũ Thị Ngân", "Vũ Thị Ngàn", "An Lò Sáng", "Ông Ích"]
WORDS = [
    "ông Tạ Đình Khói và bà Vũ Thị Ngân",
    "Kết luận 957",
    "Kết luận số 943-KL/TW về thực hiện Quyết định số 917-QĐ/TW",
    "Nghị quyết số 999-NQ/TW ngày 03/3/2024",
    "một câu không nêu ai",
]
DATES = ["2024-05-06", "2024-05", "2019-08-20", "2026", "2019-12-31/2020-01-01"]
EVENTS = ["giao-ban-dan-van-quy-1-2024", "hop-bao-chua-co-bai", ""]


class Sequences(RuleBasedStateMachine):
    """Changes one after another; some of them are errors, and builds come at any moment."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.archive = Changing(self.folder)
        for name, old, new in (("list_size", 200, 4), ("section_size", 50, 2), ("newest_of_many", 20, 1)):
            self.archive.replace("site-config/site.yml", f"{name}: {old}", f"{name}: {new}")
        self.archive.build()

    @rule(
        id=st.sampled_from(IDS),
        words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
        date=st.sampled_from(DATES),
        event=st.sampled_from(EVENTS),
        person=st.sampled_from(PEOPLE),
        level=st.sampled_from(["tinh", "xa"]),
    )
    def write_article(self, id: str, words: list[str], date: str, event: str, person: str, level: str) -> None:
        name = f"{ARTICLES}/2026/{id}.md"
        self.archive.write(name, NEW_ARTICLE + "".join(f"\nTiếp theo, {text}.\n" for text in words))
        set_front_matter(self.archive, name, "date", f'"{date}"')
        set_front_matter(self.archive, name, "title", f'"Bài {id}: {words[0]}"')
        set_front_matter(self.archive, name, "level", f'"{level}"')
        if event:
            set_front_matter(self.archive, name, "event", f'"{event}"')
        self.archive.replace(name, '"ta-dinh-khoi"', f'"{person}"')

    @rule(id=st.sampled_from(IDS), new=st.sampled_from(IDS))
    def rename_article(self, id: str, new: str) -> None:
        if self.archive.path(f"{ARTICLES}/2026/{id}.md").exists():
            self.archive.rename(f"{ARTICLES}/2026/{id}.md", f"{ARTICLES}/2026/{new}.md")

    @rule(id=st.sampled_from(IDS))
    def delete_article(self, id: str) -> None:
        self.archive.path(f"{ARTICLES}/2026/{id}.md").unlink(missing_ok=True)

    @rule(id=st.sampled_from(PEOPLE), name=st.sampled_from(NAMES), other=st.sampled_from([*PEOPLE, ""]))
    def write_official(self, id: str, name: str, other: str) -> None:
        same = f'possibly_same_as:\n  - record: "{other}"\n    why: "Chưa rõ."\n' if other else ""
        self.archive.write(f"content/officials/{id}.md", f'---\nname: "{name}"\n{same}---\n')

    @rule(id=st.sampled_from(PEOPLE))
    def delete_official(self, id: str) -> None:
        """Often an error, as others point to the record."""
        self.archive.path(f"content/officials/{id}.md").unlink(missing_ok=True)

    @rule(id=st.sampled_from(IDS), anchor=st.sampled_from(["doan-1", "doan-3"]))
    def note_on_an_article(self, id: str, anchor: str) -> None:
        """A link that an editor wrote, and that may lead nowhere."""
        text = f'---\nname: "Có ghi chú"\n---\n\nXem [bài](../../bai-viet/{id}/#{anchor}).\n'
        self.archive.write("content/events/ghi-chu.md", text)

    @rule()
    def drop_note(self) -> None:
        self.archive.path("content/events/ghi-chu.md").unlink(missing_ok=True)

    @rule()
    def build(self) -> None:
        self.archive.build()

    @rule()
    def check(self) -> None:
        check(self.archive.paths, Report(), QUIET)

    @invariant()
    def site_is_there(self) -> None:
        assert (self.archive.out / "index.html").is_file()

    def mend(self) -> None:
        """Everybody to whom articles may point is there, and no link leads nowhere."""
        for id in PEOPLE:
            if not self.archive.path(f"content/officials/{id}.md").exists():
                self.write_official(id, f"Người {id}", "")
        self.drop_note()

    def teardown(self) -> None:
        try:
            assert self.archive.compare() == []
            self.mend()
            assert self.archive.compare() == []
        finally:
            shutil.rmtree(self.archive.path(""))


@pytest.fixture
def sequences(tmp_path: Path, quick: None) -> Iterator[type[Sequences]]:
    yield type("Here", (Sequences,), {"folder": tmp_path})


def test_any_sequence_gives_the_clean_site(sequences: type[Sequences], pytestconfig: pytest.Config) -> None:
    """Written, renamed and deleted articles and people, notes, errors, checks and builds between."""
    examples = 12 if pytestconfig.getoption("--long") else 3
    limits = settings(max_examples=examples, stateful_step_count=12, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(sequences, settings=limits)
