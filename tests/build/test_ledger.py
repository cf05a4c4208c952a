"""Every address that was published answers, and its days are those of what is said there."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from archive.build.site import check, renew_ledger
from archive.ledger import Entry, parse_ledger
from archive.problems import Report
from archive.published import NoCopy, addresses_published
from tests.archives import QUIET, codes, tree
from tests.browser.serving import served
from tests.build.changing import ARTICLES, DONG_MAY, Changing, set_front_matter
from tests.build.test_changes import NEW_ARTICLE, REMOVED
from tests.build.test_stories import limit_lists

NEW = "content/officials/moi.md"
NEW_RECORD = '---\nname: "Người Mới"\n---\n\nGiữ lại cho những bài sẽ nhập.\n'
COPY = "du-lieu/addresses.csv"


def publish(archive: Changing, day: str) -> Report:
    report = Report()
    renew_ledger(archive.paths, day, report, QUIET)
    return report


def entries(archive: Changing) -> dict[str, Entry]:
    files = sorted((archive.paths.content / "ledger").glob("*.tsv"))
    every = (parse_ledger(file.read_text("utf-8"), file.name, Report()) for file in files)
    return {entry.place: entry for found in every for entry in found}


def changed(archive: Changing, day: str) -> set[str]:
    """What has changed on a day, and was there before."""
    return {place for place, entry in entries(archive).items() if entry.changed == day != entry.first}


def lost(report: Report) -> dict[str, str]:
    """Address → the line that mends it."""
    found = [dict(problem.values) for problem in report if problem.code == "address-lost"]
    return {values["address"]: values["line"] for values in found}


def test_the_first_ledger_and_a_rerun(changing: Changing) -> None:
    """It has every page but numbered ones, and every paragraph; on another day nothing of it moves."""
    limit_lists(changing, 3, 2, 1)
    assert codes(publish(changing, "2026-12-01")) == []
    first = tree(changing.paths.content / "ledger")
    assert list(first) == ["2026.tsv"]
    assert changing.build() == ""
    pages = {f"/{path.removesuffix('index.html')}" for path in tree(changing.out) if path.endswith("index.html")}
    there = entries(changing)
    assert {entry.address for entry in there.values()} == {page for page in pages if "/trang-" not in page}
    assert any("/trang-" in page for page in pages)
    assert "/bai-viet/giao-ban-quy-1-suoi-may/#doan-2" in there
    assert codes(publish(changing, "2026-12-24")) == []
    assert tree(changing.paths.content / "ledger") == first
    assert changing.compare() == []


def test_a_new_report_changes_whom_it_names(changing: Changing) -> None:
    """People, event, year and lists change with it; nobody else does, and it is first published on its day."""
    publish(changing, "2026-12-01")
    changing.write(f"{ARTICLES}/2026/bai-moi.md", NEW_ARTICLE)
    publish(changing, "2026-12-02")
    moved = changed(changing, "2026-12-02")
    assert {"/nguoi/ta-dinh-khoi/", "/bai-viet/"} <= moved
    assert not moved & {"/nguoi/lo-sang/", "/gioi-thieu/", "/bai-viet/giao-ban-quy-1-suoi-may/"}
    assert entries(changing)["/bai-viet/bai-moi/"].first == "2026-12-02"


def test_a_new_look_changes_nothing(changing: Changing) -> None:
    """Words of labels and templates are no values."""
    publish(changing, "2026-12-01")
    before = tree(changing.paths.content / "ledger")
    changing.replace("site-config/labels.yml", 'title: "Trang đã gỡ"', 'title: "Đã gỡ"')
    changing.replace("templates/pages/official.md.j2", "{% import", "Mới.\n\n{% import")
    publish(changing, "2026-12-02")
    assert tree(changing.paths.content / "ledger") == before


def test_what_only_follows_stays(changing: Changing) -> None:
    """The last report of a year is taken down: its pages, and those of the year and its places, go on answering."""
    publish(changing, "2026-12-01")
    changing.delete(DONG_MAY)
    changing.delete("content/sources/dong-may.txt")
    changing.write("content/removed/huyen-dong-may-doi-thoai.md", REMOVED)
    assert changing.compare() == []
    assert codes(publish(changing, "2026-12-02")) == []
    year = changing.text("site/nam/2019/index.html")
    assert "Nay không còn sự kiện nào ở đây" in year
    assert "/bai-viet/huyen-dong-may-doi-thoai/#doan-1" in entries(changing)
    assert entries(changing)["/bai-viet/huyen-dong-may-doi-thoai/#doan-1"].digest == "-1:"
    for entry in entries(changing).values():
        assert (changing.out / entry.address[1:] / "index.html").is_file(), entry.address


def test_parts_of_lists_that_were_long(changing: Changing) -> None:
    """Once a list and a section fit on one page again, their parts lead there."""
    limit_lists(changing, 3, 2, 1)
    publish(changing, "2026-12-01")
    before = set(entries(changing))
    assert {"/nguoi/ta-dinh-khoi/nhac-ten/", "/nguoi/chu/k/"} <= before
    for name, now, old in (("list_size", 3, 200), ("section_size", 2, 50), ("newest_of_many", 1, 20)):
        changing.replace("site-config/site.yml", f"{name}: {now}", f"{name}: {old}")
    assert codes(publish(changing, "2026-12-02")) == []
    assert changing.compare() == []
    section = changing.text("site/nguoi/ta-dinh-khoi/nhac-ten/index.html")
    assert 'content="0; url=../../../nguoi/ta-dinh-khoi/"' in section
    assert 'content="0; url=../../../nguoi/"' in changing.text("site/nguoi/chu/k/index.html")


def test_a_lost_address(changing: Changing) -> None:
    """A record that goes without a word is told, with a line that mends it."""
    changing.write(NEW, NEW_RECORD)
    publish(changing, "2026-12-01")
    changing.rename(NEW, "content/officials/nguoi-moi.md")
    assert "[address-lost] địa chỉ /nguoi/moi/" in changing.build()
    told = lost(publish(changing, "2026-12-02"))
    assert told == {"/nguoi/moi/": '- {from: /nguoi/moi/, to: /nguoi/nguoi-moi/, reason: "…"}'}
    changing.write("site-config/redirects.yml", f"redirects:\n  {told['/nguoi/moi/']}\n")
    assert changing.build() == ""
    assert changing.compare() == []
    assert codes(publish(changing, "2026-12-02")) == []
    changing.write("site-config/redirects.yml", "redirects: []\n")
    assert "[address-lost]" in changing.build()


def test_a_live_site_is_asked(changing: Changing) -> None:
    """What a copy of the live site has, in a folder or on the web, is not lost, though the ledger has lost it."""
    changing.write(NEW, NEW_RECORD)
    publish(changing, "2026-12-01")
    assert changing.build() == ""
    live = changing.root / "live"
    changing.out.rename(live)
    changing.delete(NEW)
    changing.delete("content/ledger/2026.tsv")
    with served(live, {}) as address:
        for where in (str(live), address):
            report = Report()
            check(changing.paths, report, QUIET, addresses_published(where, COPY, "test"))
            assert list(lost(report)) == ["/nguoi/moi/"]
        with pytest.raises(NoCopy):
            addresses_published(f"{address}nguoi", COPY, "test")
    with pytest.raises(NoCopy):
        addresses_published(str(changing.root), COPY, "test")


SEEDS = 3


@pytest.mark.parametrize("seed", range(SEEDS))
def test_any_sequence(changing: Changing, seed: int) -> None:
    """Reports come, change, move, are taken down or lost: what is lost is told, and nothing else; the rest answers."""
    limit_lists(changing, 4, 2, 1)
    story = Story(changing, random.Random(seed))
    publish(changing, "2026-12-01")
    for number in range(12):
        gone = story.go_on(number)
        told = lost(publish(changing, f"2026-12-{number + 2:02}"))
        assert set(told) == gone
        if gone:
            for address, line in told.items():
                story.moved[address] = re.search(r"to: ([^,]+),", line)[1]  # type: ignore[index]
            story.write_redirects()
            assert lost(publish(changing, f"2026-12-{number + 2:02}")) == {}
    assert ": lỗi [" not in changing.build()
    assert changing.compare() == []
    for entry in entries(changing).values():
        assert (changing.out / entry.address[1:] / "index.html").is_file(), entry.address


class Story:
    """What editors do; `go_on` gives the addresses that they lose."""

    def __init__(self, archive: Changing, chance: random.Random) -> None:
        self.archive, self.chance = archive, chance
        self.moved: dict[str, str] = {}
        self.there: list[str] = []

    def go_on(self, number: int) -> set[str]:
        acts = [self.write, self.write, self.write, self.change, self.rename, self.take_down, self.lose]
        return self.chance.choice(acts if self.there else [self.write])(f"bai-{number}")

    def file(self, id: str) -> str:
        return f"{ARTICLES}/2026/{id}.md"

    def write(self, id: str) -> set[str]:
        self.archive.write(self.file(id), NEW_ARTICLE.replace("Một bài mới", f"Bài {id}"))
        set_front_matter(self.archive, self.file(id), "title", f'"Bài {id}"')
        set_front_matter(self.archive, self.file(id), "level", f'"{self.chance.choice(["tinh", "xa"])}"')
        self.there.append(id)
        return set()

    def change(self, _: str) -> set[str]:
        id = self.chance.choice(self.there)
        self.archive.write(self.file(id), self.archive.text(self.file(id)) + "\nThêm một đoạn.\n")
        return set()

    def rename(self, new: str) -> set[str]:
        id = self.take()
        self.archive.rename(self.file(id), self.file(new))
        self.there.append(new)
        ends = {f"/bai-viet/{id}/": f"/bai-viet/{new}/"}
        self.moved = {source: ends.get(to, to) for source, to in self.moved.items()} | ends
        self.write_redirects()
        return set()

    def take_down(self, _: str) -> set[str]:
        id = self.take()
        self.archive.delete(self.file(id))
        self.archive.write(f"content/removed/{id}.md", REMOVED)
        return set()

    def lose(self, _: str) -> set[str]:
        id = self.take()
        self.archive.delete(self.file(id))
        address = f"/bai-viet/{id}/"
        sources = {source for source, to in self.moved.items() if to == address}
        self.moved = {source: to for source, to in self.moved.items() if source not in sources}
        self.write_redirects()
        return {address, *sources}

    def take(self) -> str:
        return self.there.pop(self.chance.randrange(len(self.there)))

    def write_redirects(self) -> None:
        lines = "".join(f"  - {{from: {source}, to: {to}}}\n" for source, to in self.moved.items())
        self.archive.write("site-config/redirects.yml", f"redirects:\n{lines}" if lines else "redirects: []\n")


def test_the_folder_holds_nothing_else(changing: Changing) -> None:
    """Another file of content/ledger/ is told."""
    changing.write("content/ledger/ghi-chu.txt", "")
    assert "[stray-file]" in changing.build()
    assert not Path(changing.path("content/ledger/2026.tsv")).exists()
