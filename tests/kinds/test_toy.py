"""What follows from the toy archive: mentions, passages, dossiers, timelines."""

from __future__ import annotations

import pytest

from archive.build.loading import Loaded
from archive.extract.passages import LONGEST_PASSAGE
from archive.kinds import RenderContext, subject_of
from archive.kinds.document import open_citation
from archive.kinds.timeline import moment
from archive.knowledge import Knowledge
from archive.language.spelling import comparable
from archive.model.dates import Shape
from archive.model.derived import Passage
from archive.render import Lists


class Dossiers:
    """The dossiers of the toy archive by kind and id."""

    def __init__(self, toy: Loaded) -> None:
        context = self.context = RenderContext(toy.db, toy.knowledge, toy.settings)
        self.articles, self.events, self.officials, self.documents = (
            {id: subject_of(context, kind, id).dossier for id in toy.corpus.records(kind)}
            for kind in ("articles", "events", "officials", "documents")
        )


@pytest.fixture(scope="module")
def made(toy: Loaded) -> Dossiers:
    return Dossiers(toy)


def passages(made: Dossiers) -> list[Passage]:
    """Every passage any page may show."""
    derived = made
    found = [p for d in derived.documents.values() for p in (*d.citations, *d.evidence)]
    found += [p for d in derived.documents.values() for s in (*d.relations, *d.carried_out_by) for p in s.passages]
    found += [p for o in derived.officials.values() for p in o.mentions]
    found += [post.passage for o in derived.officials.values() for post in o.posts]
    found += [a.passage for o in derived.officials.values() for a in o.appearances]
    found += [reported.passage for e in derived.events.values() for reported in e.dates]
    found += [p for read in derived.articles.values() for p in (read.date, read.place, *read.people.values())]
    return found


def mentions(made: Dossiers, article: str, kind: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(m.printed, m.targets) for m in made.articles[article].mentions if m.kind == kind]


def test_spans_point_to_the_printed_words(made: Dossiers) -> None:
    """A mention stands where its span says, no two overlap, and all are in reading order."""
    for article, read in made.articles.items():
        done = ("", 0)
        for mention in read.mentions:
            block = read.blocks[mention.span.anchor]
            assert mention.span.article == article
            assert block.text[mention.span.start : mention.span.end] == mention.printed
            assert mention.span.anchor != done[0] or mention.span.start >= done[1]
            done = (mention.span.anchor, mention.span.end)


def test_mentions_close_their_brackets(made: Dossiers) -> None:
    """No mention cuts a pair of brackets in two."""
    for read in made.articles.values():
        assert all(m.printed.count("(") == m.printed.count(")") for m in read.mentions)


def test_passages_are_words_of_their_articles(made: Dossiers) -> None:
    """A passage is printed in the block it names, marked within its bounds, and not too long to read."""
    shown = [passage for passage in passages(made) if passage.text]
    assert len(shown) > 60
    for passage in shown:
        text = made.articles[passage.article].blocks[passage.anchor].text
        assert passage.text in text
        assert (
            passage.cut_before
            or text.startswith(passage.text)
            or text[: text.index(passage.text)].rstrip()[-1] in ".!?…”"
        )
        assert all(0 <= start < end <= len(passage.text) for start, end in passage.marks)
        assert len(passage.text) <= LONGEST_PASSAGE + 200


def test_marks_are_the_words_meant(made: Dossiers) -> None:
    """What is marked in a passage that cites a document is the citation."""
    for id, dossier in made.documents.items():
        for passage in dossier.citations:
            marked = {comparable(passage.text[a:b]) for a, b in passage.marks}
            own = {comparable(m.printed) for m in made.articles[passage.article].mentions if id in m.targets}
            assert marked <= own


def test_two_candidates_are_unresolved(made: Dossiers) -> None:
    """A bare number that fits two documents resolves to neither; both pages and the list say so."""
    both = ("ket-luan-957-kl-tu-2019-09-09", "ket-luan-957-kl-tw-2013-03-08")
    assert ("Kết luận 957", both) in mentions(made, "giao-ban-quy-1-suoi-may", "documents")
    citation = open_citation(made.context, "giao-ban-quy-1-suoi-may", 1)
    assert (citation.printed, citation.candidates, len(citation.passages)) == ("Kết luận 957", both, 2)
    for id in both:
        assert citation in made.documents[id].possible
        assert all(passage.article != "giao-ban-quy-1-suoi-may" for passage in made.documents[id].citations)


def test_a_date_or_an_own_record_resolves_a_bare_number(made: Dossiers) -> None:
    """`Kết luận 957 năm 2013` is the one of 2013; beside an identified 957, a bare one is that."""
    assert mentions(made, "hai-ngay-o-ben-doi", "documents") == [
        ("Kết luận 957 của Tỉnh ủy", ("ket-luan-957-kl-tu-2019-09-09",)),
        ("Kết luận 957 năm 2013", ("ket-luan-957-kl-tw-2013-03-08",)),
        ("Kết luận 957", ("ket-luan-957-kl-tu-2019-09-09",)),
    ]


def test_one_number_of_two_terms(made: Dossiers) -> None:
    """Two resolutions of one number are told apart by term."""
    found = dict(mentions(made, "tong-ket-dan-van-2023", "documents"))
    assert found["Nghị quyết số 905-NQ/TW (khóa IX)"] == ("nghi-quyet-905-nq-tw-2003-03-12",)
    assert [ids for words, ids in found.items() if "905" in words] == [
        ("nghi-quyet-905-nq-tw-2013-06-04",),
        ("nghi-quyet-905-nq-tw-2003-03-12",),
    ]


def test_a_shared_suffix_is_two_documents(made: Dossiers) -> None:
    """`Quyết định 917, 918-QĐ/TW của Bộ Chính trị` cites both."""
    found = mentions(made, "tong-ket-dan-van-2023", "documents")
    assert ("Quyết định 917", ("quyet-dinh-917-qd-tw-2013-12-12",)) in found
    assert ("918-QĐ/TW của Bộ Chính trị", ("quyet-dinh-918-qd-tw-2013-12-12",)) in found


def test_relations_from_both_ends(made: Dossiers) -> None:
    """Each relation stands on both documents, with the words it rests on, once an article."""
    stated = {(id, s.type, s.record) for id, d in made.documents.items() for s in d.relations}
    inverse = {(s.record, s.type, id) for id, d in made.documents.items() for s in d.inverse_relations}
    assert stated == inverse
    assert {type for _, type, _ in stated} == {"implements", "replaces", "amends", "continues"}
    for dossier in made.documents.values():
        for statement in dossier.relations:
            assert len(statement.passages) == 1 and statement.passages[0].text


def test_names_of_two_people(made: Dossiers) -> None:
    """One printed name of two people points to both, and no page of either claims the mention for sure."""
    both = ("phan-minh-tu-lang-gio", "phan-minh-tu-trung-uong")
    assert mentions(made, "huyen-dong-may-doi-thoai", "officials") == [("Phan Minh Tú", both)] * 2
    assert ("Phan Minh Tú", ("phan-minh-tu-lang-gio",)) in mentions(made, "lang-gio-phat-dong-thang-ba", "officials")


def test_spellings_of_one_name(made: Dossiers) -> None:
    """Tone placement and apostrophes do not hide a name."""
    assert mentions(made, "hop-mat-dau-thu", "officials") == [
        ("Hoàng Thuý Hoà", ("hoang-thuy-hoa",)),
        ("Hoàng Thúy Hòa", ("hoang-thuy-hoa",)),
    ]
    names = [words for words, ids in mentions(made, "tong-ket-dan-van-2023", "officials") if ids == ("y-blieu-k-lang",)]
    assert names == ["Y Bliêu K’Lang", "Y Bliêu K'Lang"]


def test_possibly_the_same_is_shown_on_both(made: Dossiers) -> None:
    """An editor's doubt stands on both records, with its reason; not_same_as stands on none."""
    officials = made.officials
    one, other = officials["vu-thi-ngan"].possibly_same, officials["vu-thi-ngan-ba-song"].possibly_same
    assert [(p.record, bool(p.why)) for p in one] == [("vu-thi-ngan-ba-song", True)]
    assert [(p.record, bool(p.why)) for p in other] == [("vu-thi-ngan", True)]
    assert officials["dang-hai-trieu"].possibly_same == ()


def test_dates_of_reports(made: Dossiers) -> None:
    """Reports that differ are shown side by side and nobody chooses; an own date counts before them."""
    events = made.events
    differing = events["giao-ban-dan-van-quy-1-2024"]
    assert differing.dates_differ and differing.date is not None and differing.date.shape is Shape.ONE_OF
    assert [str(given.date) for given in differing.dates] == ["2024-04-11", "2024-04-12"]
    agreeing = events["tong-ket-dan-van-2023"]
    assert (str(agreeing.date), agreeing.dates_differ, len(agreeing.dates)) == ("2023-12-28", False, 2)
    own = events["phat-dong-thang-ba-lang-gio"]
    assert (str(own.date), own.dates_differ) == ("2025-03-15", False)
    assert [given.passage.article for given in own.dates] == ["lang-gio-phat-dong-thang-ba"] * 2


def test_posts_keep_their_words(made: Dossiers) -> None:
    """A post is what an article prints, in its sentence, beside the name."""
    posts = made.officials["ta-dinh-khoi"].posts
    assert [post.role for post in posts] == [
        "Ủy viên Ban Thường vụ",
        "Trưởng Ban Dân vận Tỉnh ủy",
        "Trưởng Ban Dân vận Tỉnh ủy",
    ]
    assert all("Tạ Đình Khói" in post.passage.text and post.role in post.passage.text for post in posts)


def test_venues_are_units_of_events(made: Dossiers) -> None:
    """A person's page counts the events in each unit; who was at none has no such list."""
    venues = [(venue.unit, venue.events) for venue in made.officials["ta-dinh-khoi"].venues]
    assert venues == [("kim-boi", ("giao-ban-dan-van-quy-1-2024",))]
    assert made.officials["dang-hai-trieu-ca-mau"].venues == ()


def test_companions_were_there(made: Dossiers) -> None:
    """People share an event if both were present; being named is not being there."""
    companions = {c.official for c in made.officials["dang-hai-trieu"].companions}
    assert companions == {"phan-minh-tu-trung-uong", "y-blieu-k-lang"}
    assert made.officials["dang-hai-trieu-ca-mau"].companions == ()


def test_rights_hide_text(made: Dossiers) -> None:
    """Nothing of a text is derived that its rights do not let us show."""
    metadata = made.articles["truong-lang-cham-so-ket"]
    assert set(metadata.blocks) == {"dau-trang"}
    assert all(p.text == "" for p in metadata.people.values())
    excerpt = made.articles["suoi-may-hop-giao-ban"]
    assert list(excerpt.blocks) == ["dau-trang", "doan-1", "doan-2"]
    assert not any("KHÔNGĐƯỢCĐĂNG" in passage.text for passage in passages(made))


def test_timelines(made: Dossiers, toy: Loaded) -> None:
    """Each event, and each article without one, is one moment; the lists of years hold them in order of time."""
    lists = Lists(made.context)
    years = {part: lists.moments(lists.ids("moments", part)) for part in lists.counts("moments")}
    moments = {moment.key: moment for held in years.values() for moment in held}
    events = [moment for moment in moments.values() if moment.kind == "events"]
    assert len(events) == len(toy.corpus.events)
    assert len(moments) - len(events) == sum(a.event is None for a in toy.corpus.articles.values())
    for year, held in years.items():
        dates = [moment.date.sort_key if moment.date else None for moment in held]
        known = [date for date in dates if date]
        assert dates == sorted(known) + [None] * (len(dates) - len(known))
        if year:
            assert all(moment.date and int(year) in moment.date.years for moment in held)
    assert [m.key for year in sorted(years) for m in years[year] if m.certain] == [
        "articles/hai-ngay-o-ben-doi",
        "events/tong-ket-dan-van-2023",
        "events/phat-dong-thang-ba-lang-gio",
    ]
    with pytest.raises(KeyError):
        moment(made.context, "events/khong-co")


def test_places_lead_to_today(made: Dossiers, knowledge: Knowledge) -> None:
    """What happened in a former province is found under it and under today's."""
    lists = Lists(made.context)
    assert lists.ids("moments/place:kon-tum", "2019") == lists.ids("moments/place:quang-ngai", "2019") != ()
    assert "articles/hai-ngay-o-ben-doi" in lists.ids("moments/place:phu-tho", "2022")
    today = knowledge.place_today("kim-boi")
    assert today is not None and today.code == "phu-tho"
    assert [term.code for term in knowledge.place_line("kim-boi")] == ["kim-boi", "hoa-binh"]
    assert knowledge.place_today("ha-noi") is None


def test_every_level_has_its_list(made: Dossiers, knowledge: Knowledge) -> None:
    """Every level of the toy archive lists what belongs to it."""
    assert {*Lists(made.context).named("moments/level:")} == set(knowledge.vocabularies["levels"])
