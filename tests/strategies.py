"""What Hypothesis makes up: dates, Vietnamese words, hostile text."""

from __future__ import annotations

import datetime
import unicodedata

from hypothesis import strategies as st

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ"
MARKUP = "\\`*_{}[]()<>#+-.!|~^=:&;\"'/@$%?,0123456789"

days = st.dates(datetime.date(1800, 1, 1), datetime.date(2199, 12, 31))
years = st.integers(1800, 2199).map(str)
months = days.map(lambda day: day.strftime("%Y-%m") if day.year > 999 else "")
parts = st.tuples(years, st.sampled_from([*range(21, 25), *range(33, 42)])).map(lambda p: f"{p[0]}-{p[1]}")
plain = st.one_of(days.map(str), years, months)
marked = st.tuples(plain, st.sampled_from(["", "~", "?", "%"])).map("".join)
without_year = days.map(lambda day: f"XXXX-{day:%m-%d}")
vague = st.sampled_from(["199X", "202X", "19XX", "20XX", "2024-XX-11", "2024-04-XX", "XXXX-04", "XXXX-XX-11"])
points = st.one_of(marked, parts, without_year, vague)
intervals = st.one_of(
    st.tuples(marked, marked).map(lambda ends: "/".join(sorted(ends))),
    marked.map("../{}".format),
    marked.map("{}/..".format),
)
sets = st.tuples(st.sampled_from(["[]", "{}"]), st.lists(plain, min_size=2, max_size=4)).map(
    lambda made: made[0][0] + ",".join(made[1]) + made[0][1]
)
dates = st.one_of(points, intervals, sets)

letters = st.sampled_from(VIETNAMESE + VIETNAMESE.upper())
words = st.text(letters, min_size=1, max_size=8)
sentences = st.lists(words, min_size=1, max_size=12).map(" ".join)
any_text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
marked_up = st.lists(
    st.one_of(st.text(MARKUP, min_size=1, max_size=6), words, st.just(" "), any_text), min_size=1, max_size=10
).map("".join)
in_any_form = st.tuples(st.one_of(sentences, any_text), st.sampled_from(["NFC", "NFD"])).map(
    lambda made: unicodedata.normalize(made[1], made[0])  # type: ignore[arg-type]
)
