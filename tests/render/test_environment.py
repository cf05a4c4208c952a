"""What templates print is escaped once, whatever way it takes, and what is not there stops the build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import pytest

from archive.render.environment import make_environment


class Tool:
    def shout(self, words: str, mark: str = "!") -> str:
        return words.upper() + mark


def environment(folder: Path, words: dict[str, Any], **files: str) -> jinja2.Environment:
    pages = folder / "pages"
    pages.mkdir()
    for name, text in files.items():
        (pages / f"{name}.j2").write_text(text, encoding="utf-8")
    return make_environment(folder, {"t": words, "v": Tool()})


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ name }}", "a&#42;b"),
        ("{{ 3 }} {{ 0.5 }} {{ none }}", "3 0.5 None"),
        ("{{ t.a.words }} {{ t.a['words'] }} {{ t[key].words }}", "x&#95;y x&#95;y x&#95;y"),
        ("{{ v.shout(name) }} {{ v.shout(name, mark='?') }}", "A&#42;B! A&#42;B?"),
        ("{% macro m(x, y='_') %}<b>{{ x }}{{ y }}</b>{% endmacro %}{{ m(name) }}", "<b>a&#42;b&#95;</b>"),
        ("{% macro m() %}<b>{{ caller() }}</b>{% endmacro %}{% call m() %}{{ name }}{% endcall %}", "<b>a&#42;b</b>"),
        ("{% set x %}<i>{{ name }}</i>{% endset %}{{ x }}", "<i>a&#42;b</i>"),
        ("{% import 'other.j2' as o %}{{ o.m(name) }}", "<i>a&#42;bx&#95;y</i>"),
    ],
)
def test_values_are_escaped_once(tmp_path: Path, template: str, expected: str) -> None:
    """Values, words, tools, macros, blocks and imports."""
    other = "{% macro m(x) %}<i>{{ x }}{{ t.a.words }}</i>{% endmacro %}"
    made = environment(tmp_path, {"a": {"words": "x_y"}}, other=other, page=template)
    assert made.get_template("page.j2").render(name="a*b", key="a") == expected


@pytest.mark.parametrize("template", ["{{ nothing }}", "{{ t.a.nothing }}", "{{ pair.nothing }}"])
def test_what_is_not_there_is_an_error(tmp_path: Path, template: str) -> None:
    """A name that is misspelt stops the build; it never prints nothing."""
    made = environment(tmp_path, {"a": {}}, page=template)
    with pytest.raises(jinja2.UndefinedError):
        made.get_template("page.j2").render(pair={})
