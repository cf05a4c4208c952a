"""Passages, mentions and events of records made for one case."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.extract.lists import record_entries
from archive.extract.passages import LONGEST_PASSAGE, Text
from archive.kinds import subject_of
from archive.kinds.official import PrintedPost, by_role
from archive.knowledge import load_knowledge
from archive.language.spelling import comparable
from archive.model.derived import Passage
from archive.model.edtf import parse_date
from archive.model.records import CitedDocument, Participant
from archive.model.text import Span
from archive.render import Lists
from tests.archives import ADDRESSES, SITE_CONFIG
from tests.made import article, context_of, document, event, official
from tests.strategies import marked_up, sentences, words

KNOWLEDGE = load_knowledge(SITE_CONFIG)


@given(st.lists(sentences, min_size=1, max_size=30).map(". ".join), st.data())
def test_passage_marks_the_words(body: str, data: st.DataObject) -> None:
    """However long the sentence, the marked words are in the passage, which is cut between words."""
    text = Text.of(article(body), (), ADDRESSES.anchors)
    block = next(iter(text.blocks.values())) if "doan-1" not in text.blocks else text.blocks["doan-1"]
    start = data.draw(st.integers(0, len(block.text) - 1))
    end = data.draw(st.integers(start + 1, min(len(block.text), start + 60)))
    passage = text.passage([Span("bai", block.anchor, start, end)])
    first, last = passage.marks[0]
    assert passage.text in block.text
    assert passage.text[first:last] == block.text[start:end][: last - first]
    assert len(passage.text) <= LONGEST_PASSAGE + 60


@given(words, st.lists(words, max_size=5), st.lists(words, max_size=5))
def test_whole_words_only(name: str, before: list[str], after: list[str]) -> None:
    """Words are found as whole words, every time they stand there."""
    body = " ".join([*before, name, *after])
    spans = list(Text.of(article(body, title="-"), (), ADDRESSES.anchors).occurrences(name))
    assert len(spans) == [comparable(word) for word in body.split()].count(comparable(name))
    assert not list(Text.of(article(f"x{name}y"), (), ADDRESSES.anchors).occurrences(name))


@given(st.lists(st.one_of(marked_up, sentences), min_size=1, max_size=4), words.filter(lambda w: len(w) > 1))
def test_mentions_point_back(lines: list[str], name: str) -> None:
    """Whatever stands around a name, its mention is the name as printed."""
    made = article("\n\n".join([*lines, f"Ông {name} nói."]), speakers=(Participant(official="nguoi", name=name),))
    dossier = subject_of(context_of(KNOWLEDGE, made, official(name=name)), "articles", "bai").dossier
    assert [mention for mention in dossier.mentions if mention.kind == "officials"]
    for mention in dossier.mentions:
        assert dossier.blocks[mention.span.anchor].text[mention.span.start : mention.span.end] == mention.printed


def test_reports_of_different_precision() -> None:
    """A month and a day within it do not differ: the event has the day; a day outside differs."""
    month = article(id="a", event="su-kien", date=parse_date("2024-04"))
    day = article(id="b", event="su-kien", date=parse_date("2024-04-11"))
    agreeing = subject_of(context_of(KNOWLEDGE, event(), month, day), "events", "su-kien").dossier
    assert (str(agreeing.date), agreeing.dates_differ) == ("2024-04-11", False)
    later = article(id="b", event="su-kien", date=parse_date("2024-05-11"))
    assert subject_of(context_of(KNOWLEDGE, event(), month, later), "events", "su-kien").dossier.dates_differ


def test_an_event_without_reports_is_a_moment() -> None:
    """An event that nobody reports has no date and still stands on the timeline."""
    assert Lists(context_of(KNOWLEDGE, event())).ids("moments", "") == ("events/su-kien",)


def test_two_of_the_articles_own_documents_are_two() -> None:
    """Beside two identified documents of one number, the bare number is neither."""
    records = [document(id=id, name=id, type="ket-luan", number=f"957-{id}") for id in ("KL/TU", "KL/TW")]
    entries = tuple(
        CitedDocument(document=record.id, printed=f"Kết luận {record.number}", type="ket-luan", number="957")
        for record in records
    )
    made = article("Theo Kết luận 957-KL/TU và Kết luận 957-KL/TW. Nhắc Kết luận 957.", documents=entries)
    dossier = subject_of(context_of(KNOWLEDGE, made, *records), "articles", "bai").dossier
    assert [mention.targets for mention in dossier.mentions] == [("KL/TU",), ("KL/TW",), ("KL/TU", "KL/TW")]


def test_a_role_is_one_row_however_often_it_is_printed() -> None:
    """A thousand posts of two roles are two, the latest first, with first and last day, and none of the posts lost;
    capitals and places of tones make no other role, and what has no date is behind what has one."""
    spellings = ("Trưởng ban Hòa giải", "Trưởng Ban Hoà giải", "Thư ký")
    posts = [
        PrintedPost(
            spellings[2] if n < 400 else spellings[n % 2],
            parse_date(f"{2000 + n // 50}-0{n % 9 + 1}-11") if n < 990 else None,
            Passage(f"bai-{n}"),
        )
        for n in range(1000)
    ]
    posts.sort(key=lambda post: post.date.edtf if post.date else "~")
    first, second = by_role(posts)
    assert (first.role, first.articles, second.role, second.articles) == (spellings[1], 600, spellings[2], 400)
    assert [date.edtf for date in first.dates] == ["2008-01-11", "2019-09-11"]
    assert [post.date for post in first.posts[-10:]] == [None] * 10
    assert {post.passage.article for role in (first, second) for post in role.posts} == {
        f"bai-{n}" for n in range(1000)
    }


def test_the_latest_role_has_a_date() -> None:
    """What an article without a date prints is not the latest, unless no article has a date."""
    undated = article("Ông Người, Thư ký.", id="a", speakers=(Participant("nguoi", "Người", ("Thư ký",)),))
    dated = article(
        "Ông Người, Tổ trưởng.",
        id="b",
        date=parse_date("2020-01-02"),
        speakers=(Participant("nguoi", "Người", ("Tổ trưởng",)),),
    )
    for records, expected in (((undated, dated), "Tổ trưởng"), ((undated,), "Thư ký")):
        context = context_of(KNOWLEDGE, official(), *records)
        dossier = subject_of(context, "officials", "nguoi").dossier
        assert [post.role for post in dossier.latest] == [expected]
        assert Lists(context).last_role("nguoi") == expected


def test_namesakes_are_named() -> None:
    """Who has the very same name is named, but for the notes that say that they may be one."""
    records = [official(id=id, name=name) for id, name in (("a", "Lò Sáng"), ("b", "Lò Sáng"), ("c", "Lò Sàng"))]
    assert subject_of(context_of(KNOWLEDGE, *records), "officials", "a").dossier.namesakes == ("b",)


def test_one_number_of_two_documents() -> None:
    """Another document under the same number is named."""
    records = [document(id=id, number=number) for id, number in (("a", "7-NQ/TW"), ("b", "7-NQ/TW"), ("c", None))]
    context = context_of(KNOWLEDGE, *records)
    assert [subject_of(context, "documents", id).dossier.same_number for id in "abc"] == [("b",), ("a",), ()]


def test_numbers_sort_as_numbers() -> None:
    """Documents of one type stand in the order of their numbers: 25 before 118."""
    names = ["Quyết định số 118-QĐ/TW", "Quyết định số 25-QĐ/TW", "Quyết định số 3-QĐ/TW"]
    made = [
        next(iter(record_entries("documents", document(id=name, name=name), KNOWLEDGE.collation))) for name in names
    ]
    assert [entry.id for entry in sorted(made, key=lambda entry: entry.sort)] == names[::-1]
