"""Search entries made for tests: a vocabulary, and small archives of entries that change."""

from __future__ import annotations

from hypothesis import strategies as st

from archive.config import load_rules
from archive.knowledge import load_knowledge
from archive.model.search import SearchEntry
from archive.search.rules import SearchRules
from archive.search.vocabulary import make_vocabulary
from tests.archives import SITE_CONFIG

KNOWLEDGE = load_knowledge(SITE_CONFIG)
SEARCH = load_rules(SearchRules, SITE_CONFIG, "search")
VOCABULARY = make_vocabulary(KNOWLEDGE, SEARCH)

_SAID = (
    "dân vận khéo công tác đoàn kết đại hội nghị quyết số 43-NQ/TW CTDV ở xã Hòa Bình. Đường dương dưỡng đã họp; "
    "TW Đảng K'Ré ngày 24/11/2023 Nghị quyết 43 mặt trận tổ quốc MTTQ tỉnh ủy"
)

texts = st.lists(st.sampled_from(_SAID.split()), max_size=30).map(" ".join)


@st.composite
def search_entries(draw: st.DrawFn, number: int) -> SearchEntry:
    """An entry at an address of its own, dated or not."""
    return SearchEntry(
        address=f"bai-viet/{number}/",
        kind=draw(st.sampled_from(["articles", "officials"])),
        title=draw(texts) or "không đề",
        date=draw(st.sampled_from(["", "2023", "2023-11", "2023-11-24", "2024-01-05", "202X"])),
        names=tuple(draw(st.lists(texts.filter(bool), max_size=2))),
        blocks=tuple(("doan-1", text) for text in draw(st.lists(texts, max_size=3))),
        filters={"year": draw(st.sampled_from([(), (("2023", "2023"),), (("2024", "2024"),)]))},
    )
