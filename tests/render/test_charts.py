"""Pictures: whole and safe for no, one and many entries; what they draw is what their data say."""

from __future__ import annotations

import datetime
import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from archive.config import load_rules
from archive.knowledge import Knowledge, load_knowledge
from archive.model.dates import Date
from archive.model.edtf import parse_date
from archive.render import charts
from archive.render.charts import Bar, Box, Cell, Lane, Mark, Related, Row, Shape, Side, YearCounts
from archive.render.charts.axis import axis_of, ticks
from archive.render.charts.marks import MANY
from archive.render.charts.relations import MOST
from archive.render.charts.shades import bounds_of, shade
from archive.rules.tiles import TileRules
from tests.archives import ROOT, SITE_CONFIG

WORDS = load_knowledge(SITE_CONFIG).labels["charts"]
RULES = load_rules(TileRules, SITE_CONFIG, "tiles")
REPORTS = WORDS["reports"]
HOSTILE = "<script>alert(1)</script> \"'&*_`|\n\n# x"
LONG = "Phó Trưởng ban Thường trực " * 12
EDTFS = [
    "2024-04-11",
    "2024-04",
    "2024",
    "2023-12/2024-02~",
    "2020-40",
    "199X",
    "XXXX-10-15",
    "2025-03-20/..",
    "../2019",
]
CSS = (ROOT / "templates/theme/assets/charts.css").read_text(encoding="utf-8")


def days(count: int, first: int = 2009, last: int = 2025) -> list[Date]:
    """So many days, spread over the years."""
    start, end = datetime.date(first, 1, 1).toordinal(), datetime.date(last, 12, 31).toordinal()
    return [
        parse_date(datetime.date.fromordinal(start + at * (end - start) // max(count - 1, 1)).isoformat())
        for at in range(count)
    ]


def lane(dates: Sequence[Date | None], name: str = "Chủ tịch", shape: Shape = Shape.SPEAKS) -> Lane:
    return Lane(name, tuple(Mark(date, bool(date and date.is_day), shape, "bài", "bai-viet/a/") for date in dates))


def year_bars(counts: Sequence[tuple[int, int]], first: int = 2009) -> str:
    data = [Bar(first + at, *one) for at, one in enumerate(counts)]
    return charts.bars(data, words=WORDS, label="Số bài", counted=REPORTS, to="nam/{year}/")


def career(*posts: Lane) -> str:
    return charts.career(posts, words=WORDS, label="Chức vụ", counted=REPORTS)


def relations(before: int, after: int, name: str = "12-KH/TU") -> str:
    sides = [
        Side(name, tuple(Related(Box(name, name, f"van-ban/{at}/", is_open=at == 0), name) for at in range(count)))
        for count in (before, after)
    ]
    return charts.relations(sides[0], Box(name, name), sides[1], heading=name, label=name)


def tile_maps(knowledge: Knowledge, count: int) -> list[str]:
    counts = dict.fromkeys(knowledge.places, count)
    tiles = charts.tiles_of(RULES, knowledge.places, counts, counts, "dia-phuong/{unit}/")
    return [
        draw(tiles, RULES, words=WORDS, label="Bản đồ", counted=REPORTS)
        for draw in (charts.tile_map, charts.former_map)
    ]


def month_pictures(dates: Sequence[Date | None]) -> list[str]:
    years = charts.count_by_month(dates)
    grid = charts.months(
        years,
        words=WORDS,
        label="L",
        counted=REPORTS,
        to_year="#nam-{year}",
        to_month="#n{year}-{month}",
        to_unknown="#x",
    )
    milestones = [charts.Milestone(year, 6, "Nghị quyết") for year in (1990, 2010, 2011, 2024)]
    bars = charts.month_bars(years, words=WORDS, label="L", counted=REPORTS, milestones=milestones, to="nam/{year}/")
    return [grid, bars]


def pictures(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Every picture with ordinary, extreme and hostile data; only hostile ones hold hostile words."""
    odd: list[Date | None] = [*map(parse_date, EDTFS), None]
    for dates in ([], days(1), odd, days(5000), days(60, 1966, 2025), days(3, 2024, 2024)):
        yield f"career {len(dates)}", career(lane(dates), lane(dates[:3], LONG, Shape.ATTENDS))
        lanes = [lane(dates, HOSTILE, Shape.HAPPENS), lane([], "Xã")]
        yield f"lanes {len(dates)}", charts.lanes(lanes, words=WORDS, label=HOSTILE, counted=REPORTS, corner="Cấp")
        yield from ((f"months {len(dates)}", drawn) for drawn in month_pictures(dates))
    for counts in (
        [],
        [(0, 0)],
        [(1, 0)],
        [(5000, 12)],
        [(3, 1), (0, 0), (0, 2)],
        [(at % 7 * 200, at % 3) for at in range(60)],
    ):
        yield f"bars {len(counts)}", year_bars(counts)
    for before, after in ((0, 0), (1, 0), (0, 1), (5, 6), (20, 30)):
        yield f"relations {before} {after}", relations(before, after, HOSTILE)
    for count in (0, 1, 5000):
        yield from ((f"tiles {count}", drawn) for drawn in tile_maps(knowledge, count))
    for columns in (1, 17, 60):
        rows = [
            Row(HOSTILE, tuple(Cell(at * 9, "#x") for at in range(columns)), 5, "dia-phuong/x/"),
            Row("y", (Cell(0),) * columns, 0),
        ]
        heads = [str(2000 + at) for at in range(columns)]
        yield (
            f"grid {columns}",
            charts.grid(rows, heads, words=WORDS, label="L", counted=REPORTS, corner="Nơi", sum_name="Cộng"),
        )
    for series in ([], [3], [0, 0], [1, 0, 5], list(range(60))):
        yield f"sparkline {len(series)}", charts.sparkline(series, 2000, 59, words=WORDS)
    yield from ((f"strip {edtf}", charts.strip(parse_date(edtf))) for edtf in EDTFS)


def test_every_picture_is_whole_and_safe(knowledge: Knowledge) -> None:
    """Elements close, words are escaped, no style and no colour stands in them, and Markdown finds no blank line."""
    for name, drawn in pictures(knowledge):
        tree = ET.fromstring(f"<x>{drawn}</x>")
        assert not re.search(r"<script|style=|fill=|stroke=|#[0-9a-f]{3,6}\b(?!;)", drawn), name
        assert "\n\n" not in drawn and not re.search(r"^\s", drawn, re.MULTILINE), name
        for svg in tree.iter("svg"):
            assert not ("viewBox" in svg.attrib and list(svg.iter("text"))), name
        outer = [svg for svg in tree.iter("svg") if "role" in svg.attrib]
        for svg in outer:
            assert svg.get("aria-label"), name
            assert svg.get("role") == ("group" if list(svg.iter("a")) else "img"), name


def test_same_data_same_bytes(knowledge: Knowledge) -> None:
    """Drawn twice, every picture is the same."""
    assert list(pictures(knowledge)) == list(pictures(knowledge))


def test_nothing_to_show_is_nothing() -> None:
    """Without counts, known years or relations there is no picture at all."""
    unknown = lane([None, parse_date("XXXX-10-15")])
    assert [*month_pictures([])] == ["", ""]
    assert (year_bars([]), year_bars([(0, 0)]), career(), career(unknown), relations(0, 0)) == ("",) * 5


def test_every_class_has_its_look(knowledge: Knowledge) -> None:
    """A class in a picture is one of the stylesheet, which has a place for every tile and names no colour."""
    used = {
        one
        for _, drawn in pictures(knowledge)
        for names in re.findall(r'class="([^"]*)"', drawn)
        for one in names.split()
    }
    known = set(re.findall(r"\.(c-[\w-]+)", CSS))
    plain = {"c-chart", "c-lanes", "c-heat--months", "c-heat--wide", "c-spark", "c-rel__this"}
    assert used - known - plain == set()
    assert {f"c-x{tile.column}" for tile in RULES.tiles.values()} <= known
    assert {f"c-y{tile.row}" for tile in RULES.tiles.values()} <= known
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", CSS)
    assert min(map(int, re.findall(r"font(?:-size)?: (\d+)px", CSS))) >= 11


def test_every_word_is_there_and_used() -> None:
    """Pictures ask for the words that labels.yml has for them, and for no others."""
    files = (ROOT / "archive/render/charts").glob("*.py")
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    asked = set(re.findall(r"""words\[["'](\w+)["']\]""", code))
    assert asked == set(WORDS) - {"reports", "events", "moments"}


def figures(drawn: str) -> list[int]:
    """The figures of a picture's table."""
    return [int(cell.text or 0) for cell in ET.fromstring(drawn).iter("td") if cell.get("class") == "c-n"]


def test_bars_say_all_they_hold() -> None:
    """The table has every year's counts, the tallest bar its figure, an uncertain part its own pale bar."""
    drawn = year_bars([(4, 1), (0, 0), (12, 0)])
    assert figures(drawn) == [4, 1, 12, 0]
    assert ">12</text>" in drawn and drawn.count('class="c-bar c-pale" x') == 1
    assert "2009: 5 bài, trong đó 1 chưa chắc năm" in drawn
    assert 'href="nam/2009/"' in drawn and "nam/2010/" not in drawn


def test_figures_do_not_touch() -> None:
    """Where sixty bars are narrow, figures are as far apart as they are wide, and none lies on a taller bar."""
    counts = [(at * 37 % 1200, 0) for at in range(60)]
    shown = [(float(x), int(n)) for x, n in re.findall(r'c-ink" x="([\d.]+)%" y="[\d.]+">(\d+)<', year_bars(counts))]
    assert max(n for n, _ in counts) in [n for _, n in shown]
    for (left, n), (right, m) in itertools.pairwise(shown):
        assert (right - left) / 100 * 280 >= 6 * max(len(str(n)), len(str(m)))


@given(st.lists(st.one_of(st.none(), st.sampled_from(EDTFS)), max_size=12))
@hypothesis_settings(max_examples=50)
def test_months_count_like_the_bars(edtfs: list[str | None]) -> None:
    """A year holds all that may fall in it; what has no year has a row of its own; no bar tells of a whole year."""
    dates = [parse_date(edtf) if edtf else None for edtf in edtfs]
    years = charts.count_by_month(dates)
    known = {one.year: one.total for one in years}
    for year in {year for date in dates if date for year in date.years}:
        assert known[year] == sum(year in date.years for date in dates if date)
    assert known.get(None, 0) == sum(not (date and date.years) for date in dates)
    assert all(len(one.spans) < 12 or one.without_month > 1 for one in years)


def test_a_span_is_a_bar_below_its_months() -> None:
    """December to February: the bar goes over the turn of the year, and ends with February."""
    later, earlier = charts.count_by_month([parse_date("2023-12/2024-02~")])
    assert (set(later.spans), later.came_on, set(earlier.spans), earlier.goes_on) == ({1, 2}, True, {12}, True)
    grid, _ = month_pictures([parse_date("2023-12/2024-02~")])
    kinds = [
        cell.get("class") for cell in ET.fromstring(f"<x>{grid}</x>").iter("td") if "c-sp" in (cell.get("class") or "")
    ]
    assert kinds == ["c-s0 c-sp", "c-s0 c-sp c-sp-e", "c-s0 c-sp c-sp-s"]


def test_what_has_no_month_shades_no_month() -> None:
    """A hundred reports without a month leave the five shades to the months."""
    grid, _ = month_pictures([parse_date("2024-04"), parse_date("2024-05"), *[parse_date("2024")] * 100])
    assert 'class="c-s1"' in grid and 'class="c-aside"' in grid and "c-s5" not in grid.split("c-ramp")[0]


def test_sure_dates_are_dots_and_others_bars() -> None:
    """Chairing is a dot, attending a ring, an uncertain date a bar, an unknown end fades, no year is said in words."""
    dates = [parse_date(edtf) for edtf in ("2024-04-11", "2024-04", "2025-03-20/..", "XXXX-10-15")]
    drawn = career(lane(dates), lane([parse_date("2022-01-05")], "Ủy viên", Shape.ATTENDS)).split("c-lane--axis")[0]
    assert [drawn.count(f'class="{kind}"') for kind in ("c-says", "c-there", "c-unsure")] == [1, 1, 2]
    assert drawn.count("-4h") == 3  # the pieces of one unknown end
    assert "1 bài không rõ năm" in drawn


def test_a_stated_meeting_of_several_days_is_sure() -> None:
    """Whether a date is sure is the caller's word: three days that are stated are a dot at the first."""
    drawn = career(Lane("Chủ tịch", (Mark(parse_date("2020-04-30/2020-05-02"), is_sure=True),)))
    assert "c-says" in drawn and "c-unsure" not in drawn


@pytest.mark.parametrize(("count", "is_binned"), [(MANY, False), (MANY + 1, True)])
def test_many_marks_are_columns(count: int, is_binned: bool) -> None:
    """From 41 marks in a row on, columns by quarter stand in their place; the table counts them all the same."""
    drawn = career(lane(days(count)))
    assert (drawn.count('class="c-hit"') == 0) is is_binned
    assert (f"trên {MANY}" in drawn) is is_binned
    assert sum(figures(drawn)) == count


def test_marks_of_one_day_do_not_hide_each_other() -> None:
    """Three reports of one day are three dots above each other."""
    drawn = career(lane([parse_date("2024-04-11")] * 3))
    assert len(set(re.findall(r'class="c-says" cx="[\d.]+%" cy="([\d.]+)"', drawn))) == 3


@given(st.integers(1800, 2190), st.integers(0, 300))
def test_ticks_are_few_and_in_order(first: int, more: int) -> None:
    """An axis has at most eleven words, from left to right, within its width."""
    axis = axis_of([parse_date(f"{first}"), parse_date(f"{min(first + more, 2199)}")])
    assert axis is not None
    found = ticks(axis, WORDS)
    assert 2 <= len(found) <= 11 and [tick.at for tick in found] == sorted(tick.at for tick in found)
    assert all(0 <= tick.at <= 1 for tick in found)


def test_twelve_boxes_have_arrows() -> None:
    """Up to twelve boxes, the document's own among them, are drawn with arrows; one more, and it is a list."""
    assert "c-rel--list" not in relations(5, MOST - 6) and "c-rel--list" in relations(5, MOST - 5)
    assert relations(2, 1).count("c-rel__said") == 3
    assert '<span class="c-nb">12-KH/TU</span>' in relations(1, 0)


def test_the_map_has_every_province(knowledge: Knowledge) -> None:
    """34 units of today and two groups of islands; 63 of before July 2025, each once."""
    tiles = charts.tiles_of(RULES, knowledge.places, {}, {})
    provinces = {code for code, place in knowledge.places.items() if place.kind in ("tinh", "thanh-pho")}
    today = {code for code in provinces if not knowledge.places[code].until}
    assert today == set(RULES.tiles) - {"hoang-sa", "truong-sa"} and len(today) == 34
    assert [(tile.unit.name, tile.belongs_to) for tile in tiles if tile.belongs_to] == [
        ("Hoàng Sa", "Đà Nẵng"),
        ("Trường Sa", "Khánh Hòa"),
    ]
    former = [unit.name for tile in tiles for unit in tile.former]
    assert len(former) == len(set(former)) == 63
    assert {name for tile in tiles for name in tile.names} == {
        knowledge.places[code].name for code in provinces - today
    }


def test_a_renamed_unit_keeps_its_reports(knowledge: Knowledge) -> None:
    """What was reported of Thừa Thiên Huế is on the tile of Huế in both maps."""
    tiles = charts.tiles_of(RULES, knowledge.places, {"hue": 5}, {"thua-thien-hue": 3, "hue": 2})
    hue = next(tile for tile in tiles if tile.unit.name == "Huế")
    assert (hue.unit.count, [unit.count for unit in hue.former], hue.names) == (5, [5], ("Thừa Thiên Huế",))


def test_a_tile_says_name_and_number(knowledge: Knowledge) -> None:
    """A tile with reports is a link; one without is none, and still says 0."""
    counts = {"lao-cai": 16}
    tiles = charts.tiles_of(RULES, knowledge.places, counts, counts, "dia-phuong/{unit}/")
    drawn = charts.tile_map(tiles, RULES, words=WORDS, label="Bản đồ", counted=REPORTS, link=lambda to: f"../{to}")
    assert drawn.count("<a ") == 1 and '<a href="../dia-phuong/lao-cai/"><b>Lào Cai</b>' in drawn
    assert "16<" in drawn and drawn.count(" <i>0<") == 35


@given(st.lists(st.integers(0, 9000), min_size=1))
def test_shades_rise_with_the_counts(counts: list[int]) -> None:
    """Nothing has shade 0 and only nothing; more is never paler; the most is never the palest of many."""
    bounds = bounds_of(counts)
    assert list(bounds) == sorted(set(bounds)) and bounds[0] == 1
    shades = [shade(count, bounds) for count in sorted(counts)]
    assert shades == sorted(shades)
    assert all((shade(count, bounds) == "c-s0") == (count == 0) for count in counts)
    assert max(counts) < 5 or shade(max(counts), bounds) == "c-s5"


def test_sparklines_of_a_list_have_one_scale() -> None:
    """The same count is as high in each line of a list, and all figures are in the name."""
    lines = [[0, 4, 2], [4, 0, 8]]
    most = charts.scale_of(lines)
    first, second = (charts.sparkline(line, 2020, most, words=WORDS) for line in lines)
    assert most == 8 and "v-10h" in first and "v-10h" in second and "v-20h" in second
    assert 'aria-label="Số bài theo năm, 2020–2022: 0, 4, 2"' in first


def test_a_strip_has_ticks_and_its_years() -> None:
    """A date over the turn of a year names both years; an exact day and an open end have no strip."""
    drawn = charts.strip(parse_date("2023-12/2024-02~"))
    assert ">2023</text>" in drawn and ">2024</text>" in drawn and "c-vague" in drawn and "c-axis" in drawn
    assert charts.strip(parse_date("2024-04-11")) == "" and charts.strip(None) == ""


def test_a_year_without_months_is_in_the_year() -> None:
    """Bars of months name the count of the whole year, and the table has what has no month."""
    years = [YearCounts(2024, (1, *(0,) * 11), without_month=2)]
    drawn = charts.month_bars(years, words=WORDS, label="L", counted=REPORTS)
    assert "<title>2024: 3 bài</title>" in drawn and figures(drawn)[-2:] == [2, 3]
