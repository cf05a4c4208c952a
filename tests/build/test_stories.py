"""Builds in a row that a single change doesn't show: other commands between, limits, repairs, searches."""

from __future__ import annotations

import os

import pytest

from archive import workers
from archive.build.site import accept, check
from archive.bundle import write_bundle
from archive.problems import Report
from tests.archives import QUIET, codes, tree
from tests.build.changing import ARTICLES, DONG_MAY, GIAO_BAN, GIU_LUA, Changing, set_front_matter
from tests.build.test_changes import NEW_ARTICLE, PEOPLE, add, delete, edit, everything_at_once, retitle


def limit_lists(archive: Changing, size: int, section: int, newest: int) -> None:
    for name, old, new in (("list_size", 200, size), ("section_size", 50, section), ("newest_of_many", 20, newest)):
        archive.replace("site-config/site.yml", f"{name}: {old}", f"{name}: {new}")
    archive.build()


def test_a_list_grows_over_its_limit_and_falls_below_it(changing: Changing) -> None:
    """Pages of parts and of sections appear and vanish with the entries that make a list long."""
    limit_lists(changing, 3, 2, 1)
    for number in range(4):
        text = NEW_ARTICLE.replace("Một bài mới", f"Bài thứ {number}")
        changing.write(f"{ARTICLES}/2026/bai-{number}.md", text)
        assert changing.compare() == []
    assert "nguoi/ta-dinh-khoi/nhac-ten/index.html" in tree(changing.out)
    assert "bai-viet/nam/2026/trang-2/index.html" in tree(changing.out)
    for number in (0, 2):
        changing.delete(f"{ARTICLES}/2026/bai-{number}.md")
    assert changing.compare() == []
    assert "bai-viet/nam/2026/trang-2/index.html" not in tree(changing.out)


def test_articles_go_until_a_list_is_short(changing: Changing) -> None:
    """A divided list becomes one page again; citations that led to its months lead to the whole."""
    limit_lists(changing, 11, 11, 11)
    assert "bai-viet/nam/2019/index.html" in tree(changing.out)
    delete(changing)
    assert changing.compare() == []
    changing.delete(f"{ARTICLES}/1994/nhung-nam-chin-muoi.md")
    assert changing.compare() == []
    assert "bai-viet/nam/2020/index.html" not in tree(changing.out)


def test_check_in_between_hides_nothing(changing: Changing) -> None:
    """What `check` finds out is kept, and the next build still makes every page that it touches."""
    add(changing)
    check(changing.paths, Report(), QUIET)
    assert changing.compare() == []


def test_check_with_another_look_leaves_no_trace(changing: Changing) -> None:
    """A look that was checked and taken back is not in the pages of the next build."""
    changing.replace("mkdocs.yml", "primary: custom", "primary: teal")
    check(changing.paths, Report(), QUIET)
    changing.undo()
    edit(changing)
    assert changing.compare() == []


def test_a_failed_build_with_another_look_leaves_no_trace(changing: Changing) -> None:
    changing.replace("mkdocs.yml", "primary: custom", "primary: teal")
    changing.delete("content/pages/dong-gop.md")
    assert changing.build() != ""
    changing.undo()
    edit(changing)
    assert changing.compare() == []


def test_a_link_that_an_editor_wrote_dies_with_its_anchor(changing: Changing) -> None:
    """The note is on another page, which nothing else makes anew."""
    name = f"{PEOPLE}/hoang-thuy-hoa.md"
    changing.write(name, changing.text(name) + "\nXem [đoạn](../../bai-viet/nguoi-giu-lua/#doan-2).\n")
    assert changing.build() == ""
    changing.replace(GIU_LUA, "\n\nKhông ai", " Không ai")
    printed = changing.build()
    assert "dead-anchor" in printed
    assert "site/nguoi/hoang-thuy-hoa/index.html" in printed
    assert changing.compare() == []
    changing.delete(GIU_LUA)
    assert "dead-link" in changing.build()
    assert changing.compare() == []


def test_a_redirect_dies_with_its_target(changing: Changing) -> None:
    """The page that leads on rests on nothing but site-config, and yet it has to be looked at again."""
    changing.write(f"{PEOPLE}/moi.md", '---\nname: "Người Mới"\n---\n\nChưa có bài.\n')
    changing.write("site-config/redirects.yml", "redirects: [{from: /nguoi/ten-cu/, to: /nguoi/moi/}]\n")
    assert changing.build() == ""
    changing.delete(f"{PEOPLE}/moi.md")
    assert "redirect-nowhere" in changing.build()
    assert changing.compare() == []


def test_a_redirect_makes_its_own_files(changing: Changing) -> None:
    """It is read as content: no page is made again for it but its own, and nothing is forgotten."""
    written = {path: (changing.out / path).stat().st_mtime_ns for path in changing.first}
    changing.write("site-config/redirects.yml", "redirects: [{from: /nguoi/ten-cu/, to: /nguoi/lo-sang/}]\n")
    assert changing.build() == ""
    now = {path: (changing.out / path).stat().st_mtime_ns for path in tree(changing.out)}
    others = {path for path, time in now.items() if written.get(path) != time}
    of_hosts = {"_redirects", ".htaccess", "nginx-redirects.conf"}
    assert others - {"sitemap.xml", "sitemap.xml.gz"} == of_hosts | {"nguoi/ten-cu/index.html", ".archive-build"}


def test_a_warning_of_a_page_comes_and_goes_with_it(changing: Changing) -> None:
    """It is said by the build that makes the page, by every build after that, and not once it is mended."""
    limit = max(map(len, changing.first.values())) // 1024 + 1
    changing.replace("site-config/site.yml", "page_weight_kb: 600", f"page_weight_kb: {limit}")
    changing.build()
    changing.replace(GIU_LUA, "ấm nước đầu ca", "ấm nước đầu ca " * limit * 100)
    assert "heavy-page" in changing.build()
    assert "heavy-page" in changing.build()
    assert changing.compare() == []
    changing.undo()
    changing.replace("site-config/site.yml", "page_weight_kb: 600", f"page_weight_kb: {limit}")
    assert changing.build() == ""


def test_an_address_is_taken_once(changing: Changing) -> None:
    """A redirect at any page that is there is a problem, sections of records and the page of data among them."""
    taken = ["nguoi/ta-dinh-khoi/nhac-ten", "du-lieu", "nguoi/lo-sang", "gioi-thieu", "nguoi/theo-ho"]
    lines = "".join(f"  - {{from: /{address}/, to: /nguoi/}}\n" for address in taken)
    changing.write("site-config/redirects.yml", f"redirects:\n{lines}")
    limit_lists(changing, 3, 2, 1)
    assert changing.build().count("[address-taken]") == len(taken)
    assert changing.compare() == []


def test_an_official_may_not_be_called_like_a_list(changing: Changing) -> None:
    """The record's page and the list of names in full would share an address."""
    changing.write(f"{PEOPLE}/theo-ho.md", '---\nname: "Theo Họ"\n---\n')
    assert "address-taken" in changing.build()
    assert changing.compare() == []


def test_two_outputs_in_turn(changing: Changing) -> None:
    """Each is made whole when it is its turn, with all that changed meanwhile."""
    first, second = changing.out, changing.out.with_name("site2")
    for out in (second, first, second):
        retitle(changing) if out == second else edit(changing)
        changing.out = out
        assert changing.compare() == []
    changing.out = first
    assert changing.compare() == []


def test_without_search_then_with(changing: Changing) -> None:
    """The index comes, follows what changes, and goes."""
    changing.search = True
    assert changing.compare() == []
    with_index = tree(changing.out).keys()
    assert with_index > changing.first.keys()
    everything_at_once(changing)
    assert changing.compare() == []
    changing.search = False
    assert changing.compare() == []
    assert tree(changing.out).keys() & with_index < with_index
    changing.search = True
    changing.undo()
    changing.build()
    edit(changing)
    assert changing.compare() == []


def test_other_processes_make_the_same(changing: Changing, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole build and one of changes, with the work spread over two processes from the first task on."""
    monkeypatch.setattr(workers, "ENOUGH", 1)
    changing.jobs = 2
    everything_at_once(changing)
    set_front_matter(changing, GIAO_BAN, "date", '"2024-05-02"')
    printed = changing.build()
    changing.jobs = 1
    made, said = changing.clean()
    assert tree(changing.out) == made
    assert printed == said


def test_a_file_is_read_again_whatever_its_time_says(changing: Changing) -> None:
    """An editor that keeps a file's time and size does not hide the change."""
    path = changing.path(DONG_MAY)
    text, status = changing.text(DONG_MAY), path.stat()
    changing.write(DONG_MAY, text.replace("Báo Bến Đợi", "Báo Bến Đời"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert changing.compare() == []
    assert tree(changing.out) != changing.first


def test_bundles_are_tried_and_taken_back(changing: Changing) -> None:
    """What `check` and `accept` try out over a changed archive leaves no trace; what is accepted is built as ever."""
    everything_at_once(changing)
    article = NEW_ARTICLE.encode()
    person = '---\nname: "Người Trong Gói"\n---\n'.encode()
    good = write_bundle({"articles/2026/trong-goi.md": article, "officials/nguoi-trong-goi.md": person})
    bad = write_bundle({"articles/2026/goi-hong.md": article.replace(b'rights: "full"', b"rights: no")})
    changing.write("content/inbox/a.txtar", bad)
    changing.write("content/inbox/b.txtar", good)
    for _ in range(2):
        report = Report()
        check(changing.paths, report, QUIET)
        assert "unknown-value" in codes(p for p in report if p.path == "content/inbox/a.txtar")
        assert changing.compare() == []
        assert not any("trong-goi" in path or "goi-hong" in path for path in tree(changing.out))
    report = Report()
    assert [one.taken for one in accept(changing.paths, [], report, QUIET)] == [False, True]
    changing.delete("content/inbox/a.txtar")
    assert changing.compare() == []
    assert {"bai-viet/trong-goi/index.html", "nguoi/nguoi-trong-goi/index.html"} <= tree(changing.out).keys()
