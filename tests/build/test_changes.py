"""Whatever changes, a build that makes only what changed gives the site of a clean build, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

import pytest

from tests.archives import tree
from tests.build.changing import (
    ARTICLES,
    DONG_MAY,
    GIAO_BAN,
    GIU_LUA,
    TONG_KET,
    XOM,
    Changing,
    set_front_matter,
)

REMOVED = """\
---
kind: articles
date: "2026-11-21"
reason: "Theo yêu cầu của toà soạn"
---
"""
Change = Callable[[Changing], None]
PEOPLE, DOCUMENTS, EVENTS = "content/officials", "content/documents", "content/events"
NOTE = "\nXem [đoạn ấy](../../bai-viet/nguoi-giu-lua/#doan-2).\n"
NEW_ARTICLE = """\
---
title: "Một bài mới về Tạ Đình Khói"
date: "2026-02-03"
date_basis: {kind: "stated", words: "Ngày 3/2/2026"}
level: "vung"
place: {printed: "xã Mới", unit: "hoa-binh", basis: "text"}
rights: "full"
mentioned:
  - official: "ta-dinh-khoi"
    name: "Tạ Đình Khói"
    roles: []
    capacity: ["nhac-den"]
---

Ngày 3/2/2026, tại xã Mới, ông Tạ Đình Khói nhắc tới Kết luận số 943-KL/TW và Nghị quyết số 999-NQ/TW.
"""


def edit(archive: Changing) -> None:
    archive.replace(GIU_LUA, "ấm nước đầu ca", "ấm chè đầu ca, theo Kết luận số 944-KL/TW")


def retitle(archive: Changing) -> None:
    set_front_matter(archive, GIAO_BAN, "title", '"Án Suối Mây"')


def add(archive: Changing) -> None:
    archive.write(f"{ARTICLES}/2026/bai-moi.md", NEW_ARTICLE)


def delete(archive: Changing) -> None:
    archive.delete(DONG_MAY)


def rename(archive: Changing) -> None:
    archive.rename(DONG_MAY, f"{ARTICLES}/2019/an-dong-may.md")


def move_between_folders(archive: Changing) -> None:
    archive.rename(DONG_MAY, f"{ARTICLES}/khong-ro/huyen-dong-may-doi-thoai.md")


def authority_renamed(archive: Changing) -> None:
    archive.replace(f"{PEOPLE}/lo-sang.md", "Lò Sáng", "An Lò Sáng")


def authority_alias(archive: Changing) -> None:
    """The article prints the alias, so that it mentions the person once more."""
    archive.replace(f"{PEOPLE}/lo-sang.md", 'name: "Lò Sáng"', 'name: "Lò Sáng"\naliases: ["Hà Nhiên"]')


def document_alias(archive: Changing) -> None:
    """A citation that two records fitted fits three."""
    name = f"{DOCUMENTS}/ket-luan-943-kl-tw-2023-10-24.md"
    archive.replace(name, "evidence:", 'aliases: ["Kết luận 957"]\nevidence:')


def document_name(archive: Changing) -> None:
    archive.replace(f"{DOCUMENTS}/ket-luan-943-kl-tw-2023-10-24.md", 'name: "Kết', 'name: "Bản kết')


def citation_pattern(archive: Changing) -> None:
    archive.replace("site-config/citations.yml", "(?:<number>|<tailed>|<bare>)", r"(?:\d{6})")


def document_type(archive: Changing) -> None:
    archive.replace("site-config/document-types.yml", "Kết luận", "Lời kết luận")


def template(archive: Changing) -> None:
    name = "templates/pages/article.md.j2"
    archive.write(name, archive.text(name) + "\n<p>Hết bài.</p>\n")


def theme_template(archive: Changing) -> None:
    archive.replace("templates/theme/main.html", '<article class="', '<article class="theme ')


def stylesheet(archive: Changing) -> None:
    archive.write("templates/theme/assets/archive.css", archive.text("templates/theme/assets/archive.css") + "\np{}\n")


def theme_option(archive: Changing) -> None:
    archive.replace("mkdocs.yml", 'name: "Chuyển sang nền tối"', 'name: "Nền tối"')


def nav(archive: Changing) -> None:
    archive.replace("mkdocs.yml", "- Năm: nam/index.md", "- Các năm: nam/index.md")


def label(archive: Changing) -> None:
    archive.replace("site-config/labels.yml", 'home: "Trang chủ"', 'home: "Trang thứ nhất"')


def field_explained(archive: Changing) -> None:
    """Said nowhere but in the JSON Schemas."""
    archive.replace("site-config/fields.yml", 'officials.name: "Họ tên', 'officials.name: "Họ và tên')


def policy(archive: Changing) -> None:
    archive.replace("site-config/security.yml", "connect-src: \"'self'\"", "connect-src: \"'none'\"")


def place_of_article(archive: Changing) -> None:
    archive.replace(DONG_MAY, 'unit: "kon-tum"', 'unit: "ha-noi"')


def place_nobody_else_has(archive: Changing) -> None:
    archive.replace(DONG_MAY, 'unit: "kon-tum"', 'unit: "hoa-binh"')


def level_of_article(archive: Changing) -> None:
    archive.replace(DONG_MAY, 'level: "huyen"', 'level: "vung"')


def date_of_article(archive: Changing) -> None:
    """It moves to another year, alone there."""
    set_front_matter(archive, DONG_MAY, "date", '"2017-05"')


def date_across_years(archive: Changing) -> None:
    set_front_matter(archive, DONG_MAY, "date", '"2019-12-30/2020-01-02"')


def date_gone(archive: Changing) -> None:
    archive.replace(DONG_MAY, 'date: "[2019-08-20,2019-08-21]"\n', "")
    text = archive.text(DONG_MAY)
    start, end = text.index("date_basis:"), text.index("level:")
    archive.write(DONG_MAY, text[:start] + text[end:])


def rights_of_article(archive: Changing) -> None:
    archive.replace(TONG_KET, 'rights: "full"', 'rights: "metadata"')


def event_of_article(archive: Changing) -> None:
    """It stood for itself in every list, and is now a report of an event."""
    set_front_matter(archive, DONG_MAY, "event", '"hop-bao-chua-co-bai"')


def article_leaves_event(archive: Changing) -> None:
    archive.replace(TONG_KET, 'event: "tong-ket-dan-van-2023"\n', "")


def official_deleted(archive: Changing) -> None:
    archive.delete(f"{PEOPLE}/hoang-thuy-hoa.md")


def official_deleted_and_forgotten(archive: Changing) -> None:
    archive.delete(f"{PEOPLE}/lo-sang.md")
    for path in archive.paths.content.rglob("*.md"):
        name = path.relative_to(archive.path("")).as_posix()
        if '"lo-sang"' in archive.text(name):
            archive.replace(name, '"lo-sang"', "null")


def official_deleted_but_named(archive: Changing) -> None:
    """An error: articles point to the record."""
    archive.delete(f"{PEOPLE}/lo-sang.md")


def document_deleted(archive: Changing) -> None:
    archive.delete(f"{DOCUMENTS}/ket-luan-957-kl-tw-2013-03-08.md")


def event_deleted(archive: Changing) -> None:
    archive.delete(f"{EVENTS}/hop-bao-chua-co-bai.md")


def event_elsewhere(archive: Changing) -> None:
    """Nothing is left at the place of its article, and the article leads there no more."""
    set_front_matter(archive, f"{EVENTS}/tong-ket-dan-van-2023.md", "place", '{unit: "kim-boi", basis: "editor"}')


def names_swapped(archive: Changing) -> None:
    archive.replace(f"{PEOPLE}/vu-thi-ngan.md", 'name: "Vũ Thị Ngân"', 'name: "Vũ Thị Ngàn"')
    archive.replace(f"{PEOPLE}/vu-thi-ngan-ba-song.md", 'name: "Vũ Thị Ngàn"', 'name: "Vũ Thị Ngân"')


def names_alike(archive: Changing) -> None:
    """A notice: two people's names differ by a mark."""
    archive.replace(f"{PEOPLE}/hoang-thuy-hoa.md", "Hoàng Thuý Hoà", "Tạ Đình Khôi")


def same_as_noted(archive: Changing) -> None:
    archive.replace(
        f"{PEOPLE}/lo-sang.md",
        'name: "Lò Sáng"\n',
        'name: "Lò Sáng"\npossibly_same_as:\n  - record: "hoang-thuy-hoa"\n    why: "Chưa rõ."\n',
    )


def same_as_taken_back(archive: Changing) -> None:
    archive.write(f"{PEOPLE}/vu-thi-ngan.md", '---\nname: "Vũ Thị Ngân"\n---\n')


def not_same_as_taken_back(archive: Changing) -> None:
    archive.replace(f"{PEOPLE}/phan-minh-tu-trung-uong.md", 'not_same_as: ["phan-minh-tu-lang-gio"]\n', "")


def correction_added(archive: Changing) -> None:
    line = '  - {date: "2026-03-01", field: "name", before: "Lo Sáng", after: "Lò Sáng", reason: "Gõ thiếu dấu."}'
    archive.replace(f"{PEOPLE}/lo-sang.md", 'name: "Lò Sáng"\n', f'name: "Lò Sáng"\ncorrections:\n{line}\n')


def correction_moves_to_another_year(archive: Changing) -> None:
    archive.replace(GIAO_BAN, "2025-03-02", "2024-12-31")


def correction_in_other_words(archive: Changing) -> None:
    archive.replace(f"{PEOPLE}/ta-dinh-khoi.md", "Hai người khác nhau.", "Đấy là hai người.")


def corrected_record_in_other_words(archive: Changing) -> None:
    """Its name stands in the list of corrections."""
    archive.replace(f"{DOCUMENTS}/quyet-dinh-950-qd-tw-2022-02-01.md", 'name: "', 'name: "Bản ')


def corrections_forgotten(archive: Changing) -> None:
    text = archive.text(f"{PEOPLE}/ta-dinh-khoi.md")
    start, end = text.index("corrections:"), text.index("evidence:")
    archive.write(f"{PEOPLE}/ta-dinh-khoi.md", text[:start] + text[end:])


def relation_added(archive: Changing) -> None:
    archive.replace(
        f"{DOCUMENTS}/quyet-dinh-918-qd-tw-2013-12-12.md",
        "evidence:\n",
        'relations:\n  - type: "implements"\n    document: "luat-thuc-hien-dan-chu-o-co-so-toy"\n    evidence:\n'
        '      - article: "tong-ket-dan-van-2023"\n        words: "Quyết định 917, 918-QĐ/TW của Bộ Chính trị"\n'
        "evidence:\n",
    )


def relation_removed(archive: Changing) -> None:
    text = archive.text(f"{DOCUMENTS}/quyet-dinh-951-qd-tw-2023-03-03.md")
    start, end = text.index("relations:"), text.index("evidence:\n  - article")
    archive.write(f"{DOCUMENTS}/quyet-dinh-951-qd-tw-2023-03-03.md", text[:start] + text[end:])


def carried_out_removed(archive: Changing) -> None:
    text = archive.text(f"{EVENTS}/phat-dong-thang-ba-lang-gio.md")
    archive.write(f"{EVENTS}/phat-dong-thang-ba-lang-gio.md", text[: text.index("carries_out:")] + "---\n")


def evidence_moves_in_its_article(archive: Changing) -> None:
    """Words on which a record rests stand in another paragraph; nothing else of the article changes."""
    archive.replace(XOM, "Ở xóm Trên có", "Một đoạn thêm vào trước mọi đoạn.\n\nỞ xóm Trên có")


def evidence_gone(archive: Changing) -> None:
    """An error: the words on which a record rests are not there any more."""
    archive.replace(TONG_KET, "thay thế Quyết định số 949-QĐ/TW", "thay cho Quyết định số 949-QĐ/TW")


def name_for_an_id(archive: Changing) -> None:
    """An error, and what may have been meant is looked for among the records."""
    archive.replace(GIAO_BAN, 'official: "lo-sang"', 'official: "Lò Sàng"')


def source_changed(archive: Changing) -> None:
    """An error: the checksum on record is another."""
    archive.write("content/sources/dong-may.txt", "Khác.")


def source_changed_with_its_checksum(archive: Changing) -> None:
    source = archive.path("content/sources/dong-may.txt")
    old, text = hashlib.sha256(source.read_bytes()).hexdigest(), f"\n{source.read_text(encoding='utf-8')}"
    archive.write("content/sources/dong-may.txt", text)
    archive.replace(DONG_MAY, old, hashlib.sha256(text.encode()).hexdigest())


def source_deleted(archive: Changing) -> None:
    archive.delete("content/sources/dong-may.txt")


def source_left_over(archive: Changing) -> None:
    """A warning: nobody names the file."""
    archive.write("content/sources/thua.txt", "Thừa.")


def source_is_a_link(archive: Changing) -> None:
    archive.path("content/sources/thua.txt").symlink_to(archive.path("content/sources/dong-may.txt"))


def stray_file(archive: Changing) -> None:
    archive.write(f"{ARTICLES}/2019/ghi-chu.txt", "Chữ.")


def moved_addresses(archive: Changing) -> None:
    archive.write("site-config/redirects.yml", "redirects: [{from: /nguoi/ten-cu/, to: /nguoi/lo-sang/}]\n")


def taken_down(archive: Changing) -> None:
    """Nothing but its event rests on it."""
    archive.delete(DONG_MAY)
    archive.delete("content/sources/dong-may.txt")
    archive.write("content/removed/huyen-dong-may-doi-thoai.md", REMOVED)


def taken_down_for_another_reason(archive: Changing) -> None:
    archive.replace("content/removed/huyen-dong-may-doi-thoai.md", "Theo yêu cầu", "Theo lời đề nghị")


def tombstone_forgotten(archive: Changing) -> None:
    archive.delete("content/removed/huyen-dong-may-doi-thoai.md")


def excerpt_of_article(archive: Changing) -> None:
    archive.replace(DONG_MAY, 'rights: "full"', 'rights: "excerpt"')


def withheld_words_change(archive: Changing) -> None:
    """What no reader sees is still checked: an error, for a statement rests on it."""
    archive.replace(f"{ARTICLES}/2020/truong-lang-cham-so-ket.md", "thầy giáo Lò Sáng phát", "thầy Lò Sáng phát")


def taken_down_and_still_there(archive: Changing) -> None:
    archive.write("content/removed/huyen-dong-may-doi-thoai.md", REMOVED)


def taken_down_and_still_named(archive: Changing) -> None:
    archive.delete(TONG_KET)
    archive.write("content/removed/tong-ket-dan-van-2023.md", REMOVED)


def source_of_what_was_taken_down(archive: Changing) -> None:
    taken_down(archive)
    archive.write("content/sources/huyen-dong-may-doi-thoai.txt", "Chữ.")


def notes_with_a_link(archive: Changing) -> None:
    archive.write(f"{PEOPLE}/lo-sang.md", archive.text(f"{PEOPLE}/lo-sang.md") + NOTE)


def written_page(archive: Changing) -> None:
    archive.replace("content/pages/gioi-thieu.md", "bịa ra", "đặt ra")


def written_page_added(archive: Changing) -> None:
    archive.write("content/pages/huong-dan.md", '---\ntitle: "Hướng dẫn"\n---\n\nXem [bài](../bai-viet/).\n')


def written_page_with_a_dead_link(archive: Changing) -> None:
    """An error, in what the page says and in no fact."""
    archive.replace("content/pages/gioi-thieu.md", "[Trang đầu](../)", "[Trang đầu](../khong-co/)")


def written_page_that_all_pages_lead_to_deleted(archive: Changing) -> None:
    """An error on every page: they lead to it, and none of them is made again."""
    archive.delete("content/pages/dong-gop.md")


def anchor_that_another_page_leads_to_gone(archive: Changing) -> None:
    """An error on a page that is not made again."""
    archive.replace("content/pages/dong-gop.md", "## Báo lỗi", "## Báo tin")


def near_duplicate(archive: Changing) -> None:
    """A warning on two articles of one text."""
    archive.write(f"{ARTICLES}/2023/ban-sao.md", archive.text(TONG_KET))


def duplicate_id(archive: Changing) -> None:
    archive.write(f"{ARTICLES}/2026/nguoi-giu-lua.md", NEW_ARTICLE)


def broken_file(archive: Changing) -> None:
    archive.write(GIU_LUA, "---\ntitle: \n")


def new_neighbours_of_a_year(archive: Changing) -> None:
    """Years between the first and the last have no page, and their neighbours change."""
    set_front_matter(archive, DONG_MAY, "date", '"2018-08"')


def everything_at_once(archive: Changing) -> None:
    for change in (edit, retitle, add, delete, authority_renamed, names_swapped, relation_added, event_deleted):
        change(archive)


GROUPS: list[list[Change]] = [
    [edit, retitle, add, rights_of_article, written_page, written_page_added],
    [delete, authority_renamed, document_name, names_swapped],
    [rename, authority_alias, document_alias, relation_added],
    [move_between_folders, names_alike, same_as_taken_back, relation_removed],
    [place_of_article, level_of_article, date_of_article, event_deleted, article_leaves_event, document_deleted],
    [event_elsewhere],
    [place_nobody_else_has, date_across_years, not_same_as_taken_back, official_deleted, stray_file],
    [date_gone, event_of_article, source_left_over, near_duplicate],
    [official_deleted_and_forgotten, carried_out_removed, evidence_moves_in_its_article, new_neighbours_of_a_year],
    [same_as_noted, notes_with_a_link, source_changed_with_its_checksum, source_is_a_link],
    [correction_added, correction_moves_to_another_year, correction_in_other_words],
    [corrected_record_in_other_words, corrections_forgotten],
    [citation_pattern, document_type],
    [moved_addresses],
    [excerpt_of_article, taken_down, taken_down_for_another_reason, tombstone_forgotten],
    [stylesheet],
    [everything_at_once],
]
ERRORS: list[Change] = [
    official_deleted_but_named,
    evidence_gone,
    source_changed,
    source_deleted,
    written_page_with_a_dead_link,
    written_page_that_all_pages_lead_to_deleted,
    anchor_that_another_page_leads_to_gone,
    duplicate_id,
    broken_file,
    withheld_words_change,
    taken_down_and_still_there,
    taken_down_and_still_named,
    source_of_what_was_taken_down,
    name_for_an_id,
]
LOOKS: list[Change] = [template, theme_template, theme_option, nav, label, field_explained]


def _names(changes: Iterable[Change]) -> str:
    return "+".join(change.__name__ for change in changes)


@pytest.mark.parametrize("changes", GROUPS, ids=_names)
def test_changes_give_the_clean_site(changing: Changing, changes: list[Change]) -> None:
    """Each change shows; after them all, and after they are undone (see `changing`), all is as in a clean build."""
    before = (changing.first, "")
    for change in changes:
        change(changing)
        printed = changing.build()
        now = (tree(changing.out), printed)
        assert now != before, change.__name__
        before = now
    assert changing.compare() == []


@pytest.mark.parametrize("change", ERRORS, ids=lambda change: change.__name__)
def test_an_error_publishes_nothing(changing: Changing, change: Change) -> None:
    """What a clean build says is said; the old site stays whole; what else changed is there once it is mended."""
    retitle(changing)
    change(changing)
    assert changing.compare() == []
    assert tree(changing.out) == changing.first
    assert changing.build() != ""


def test_a_suggestion_follows_the_records(changing: Changing) -> None:
    """A record that comes is suggested in the place of another, though the file with the slip stays as it was."""
    name_for_an_id(changing)
    assert "Ý bạn là “lo-sang”?" in changing.build()
    changing.rename(f"{PEOPLE}/lo-sang.md", f"{PEOPLE}/lo-sanh.md")
    assert "Ý bạn là “lo-sanh”?" in changing.build()
    assert changing.compare() == []


def test_what_changed_beside_an_error_shows_once_it_is_mended(changing: Changing) -> None:
    """The facts of the failed build are kept, and the pages that they touch are made by the next."""
    level_of_article(changing)
    broken_file(changing)
    assert "unclosed-front-matter" in changing.build()
    kept = changing.text(DONG_MAY)
    changing.undo()
    changing.write(DONG_MAY, kept)
    assert changing.compare() == []
    assert tree(changing.out) != changing.first


@pytest.mark.parametrize("change", LOOKS, ids=lambda change: change.__name__)
def test_a_changed_look_gives_the_clean_site(changing: Changing, change: Change) -> None:
    """All pages are made anew, and the next edit is made in the new look."""
    change(changing)
    changing.build()
    assert tree(changing.out) != changing.first
    edit(changing)
    assert changing.compare() == []
