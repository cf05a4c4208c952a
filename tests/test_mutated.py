"""Records and dates as slips and strangers make them: problems at a line, never an exception."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from archive.build.site import check
from archive.config import Paths, load_rules
from archive.date_words import DateWords
from archive.model.edtf import parse_date
from archive.model.lists import month_part, year_parts
from archive.problems import Report
from archive.render.timeline import strip
from archive.rules.dates import DateRules
from tests.archives import QUIET, SITE_CONFIG, TOY

RECORDS, TOGETHER, SHARE = 4_000, 400, 400
DATES, SHARE_OF_DATES = 2_500, 500
KINDS = ("articles", "events", "officials", "documents")
VALUES = (
    *("../5/2024", "2024-1X", "/..", "?1950S2", "19XX/2000", "XXXX", "9999999999", "-1", "1e9", "٢٠٢٤", "2024-02-30"),
    *("https://[", "http://[địa chỉ]/", "https://a:99999999/", "javascript:x", "http://", "//", "https://xn--/", "#"),
    *("~", "null", "[]", "{}", "[[]]", "{a: {b: c}}", "[{}]", '""', "''", "|", ">-", "&a", "*a", "<<", "!!python/x y"),
    *(
        '"\\x00"',
        '"\\ud800"',
        '"\\u202e"',
        "[x](http://[)",
        "<script>",
        "{{ x }}",
        "{% raw %}",
        "%",
        "`",
        "@",
        "con",
        "..",
    ),
    *(
        "a" * 30_000,
        "[" * 200,
        "\t",
        "\u00a0",
        "\ufeff",
        "e\u0301" * 40,
        "khong-co",
        "Kết luận số 58-KL/TW",
        "1",
        "true",
    ),
)
PLACES = re.compile(r"(?<=: ).+|(?<=- ).+")


def mutated(text: str, chance: random.Random) -> str:
    """A record with one to three things changed that a person or a program may have changed."""
    for _ in range(chance.randint(1, 3)):
        lines = text.split("\n")
        at = chance.randrange(len(lines))
        match chance.randrange(8):
            case 0 | 1 | 2:
                lines[at] = PLACES.sub(lambda _: chance.choice(VALUES), lines[at])
            case 3:
                del lines[at]
            case 4:
                lines.insert(at, chance.choice(lines))
            case 5:
                lines[at] = chance.choice(("  ", " ", "\t", "- ")) + lines[at]
            case 6:
                cut = chance.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:cut] + chance.choice("\"'[]{}:,#-|>&*!%@`\\<\0\r\x85\u2028") + lines[at][cut:]
            case 7:
                cut = chance.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:cut] + lines[at][cut + 1 :]
        text = "\n".join(lines)
    return text


def batches(number: int) -> Iterator[dict[str, str]]:
    """Mutated records, as many archives full of them as it takes: path below content/ → text."""
    chance = random.Random(20_240_411)
    records = [path for kind in KINDS for path in sorted((TOY / kind).rglob("*.md"))]
    texts = {path: path.read_text(encoding="utf-8") for path in records}
    for _ in range(0, number, TOGETHER):
        batch = {}
        for count in range(TOGETHER):
            path = chance.choice(records)
            name = path.relative_to(TOY).with_name(f"{path.stem}-{count}.md").as_posix()
            batch[name] = mutated(texts[path], chance)
        yield batch


def test_mutated_records(toy_copy: Paths, pytestconfig: pytest.Config) -> None:
    """`check` goes through them all, and every problem names a file of the archive."""
    found = 0
    for batch in batches(RECORDS if pytestconfig.getoption("--long") else SHARE):
        for name, text in batch.items():
            (toy_copy.content / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        report = Report()
        check(toy_copy, report, QUIET)
        told = {problem.path for problem in report}
        assert all((toy_copy.content.parent / path).exists() for path in told if path.startswith("content/"))
        found += len({path for path in told if path.removeprefix("content/") in batch})
        for name in batch:
            (toy_copy.content / name).unlink()
    assert found > SHARE / 2


PARTS = (
    "2024",
    "1985",
    "19XX",
    "199X",
    "XXXX",
    "2024-04",
    "2024-04-11",
    "2024-1X",
    "XXXX-04-11",
    "2024-34",
    "2024-02-30",
)
SIGNS = (
    "/",
    "..",
    "?",
    "~",
    "%",
    "X",
    "-",
    "[",
    "]",
    "{",
    "}",
    ",",
    "S2",
    "Y",
    "E",
    "T10:00",
    "+",
    " ",
    "0",
    "9",
    "Ấ",
    "\n",
    "\0",
)


def test_mutated_dates(pytestconfig: pytest.Config) -> None:
    """Each is refused with one exception, or can be said, drawn and put into lists."""
    chance = random.Random(1985)
    words = DateWords(load_rules(DateRules, SITE_CONFIG, "dates"))
    taken = 0
    for _ in range(DATES if pytestconfig.getoption("--long") else SHARE_OF_DATES):
        parts = chance.choices((*PARTS, *SIGNS), k=chance.randint(1, 5))
        text = "".join(parts)
        try:
            date = parse_date(text)
        except ValueError:
            continue
        taken += 1
        assert words.display(date) and words.short(date), text
        assert year_parts(date) and isinstance(month_part(date), str)
        assert not date.is_day or date.is_certain
        strip(date)
    assert taken > 20
