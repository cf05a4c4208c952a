"""Templates mean what Jinja says they mean, though they are compiled in our own way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import pytest

from archive.render.compiling import PageEnvironment
from archive.render.environment import make_environment


class Tool:
    def shout(self, words: str, mark: str = "!") -> str:
        return words.upper() + mark


def environment(folder: Path, words: dict[str, Any], compiled: Path | None = None, **files: str) -> PageEnvironment:
    pages = folder / "pages"
    pages.mkdir(exist_ok=True)
    for name, text in files.items():
        (pages / f"{name}.j2").write_text(text, encoding="utf-8")
    return make_environment(folder, {"t": words, "v": Tool()}, compiled)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ name }}", "a&#42;b"),
        ("{{ 3 }} {{ 0.5 }} {{ none }}", "3 0.5 None"),
        ("{{ t.a.words }} {{ t.a['words'] }} {{ t[key].words }}", "x&#95;y x&#95;y x&#95;y"),
        ("{{ t.a.words.split('_')[0] }}", "x"),
        ("{{ t.a.items() | length }}", "1"),
        ("{% for t in [{'a': 1}] %}{{ t.a }}{% endfor %}", "1"),
        ("{{ v.shout(name) }} {{ v.shout(name, mark='?') }} {{ v.shout(*[name], **{'mark': '.'}) }}", None),
        ("{{ pair.first }} {{ pair.keys() | list | length }}", "1 1"),
        ("{% macro m(x, y='_') %}[{{ x }}{{ y }}]{% endmacro %}{{ m(1, 2) }}{{ m(1) }}{{ m(y=3, x=4) }}", None),
        ("{% macro m() %}<b>{{ varargs | join }}</b>{% endmacro %}{{ m(1, 2) }}", "<b>12</b>"),
        ("{% macro m() %}<b>{{ caller() }}</b>{% endmacro %}{% call m() %}{{ name }}{% endcall %}", None),
        ("{% filter upper %}<b>{{ name }}</b>{% endfilter %}", "<B>A&#42;B</B>"),
        ("{% import 'other.j2' as o %}{{ o.m(name) }}", "<i>a&#42;bx&#95;y</i>"),
        ("{% import 'other.j2' as o with context %}{{ o.own() }}", "a&#42;b"),
    ],
)
def test_templates_mean_what_they_say(tmp_path: Path, template: str, expected: str | None) -> None:
    """Values, words, tools, macros, filters and imports; where nothing is said, as Jinja with the same rule has it."""
    other = "{% macro m(x) %}<i>{{ x }}{{ t.a.words }}</i>{% endmacro %}{% macro own() %}{{ name }}{% endmacro %}"
    made = environment(tmp_path, {"a": {"words": "x_y"}}, other=other, page=template)
    values = {"name": "a*b", "key": "a", "pair": {"first": 1}}
    if expected is None:
        plain = jinja2.Environment(
            autoescape=True, finalize=lambda value: made.put(value) if type(value) is str else value
        )
        expected = plain.from_string(template).render(**made.tools, **values)
    assert made.get_template("page.j2").render(**values) == expected


@pytest.mark.parametrize("template", ["{{ nothing }}", "{{ t.a.nothing }}", "{{ pair.nothing }}"])
def test_what_is_not_there_is_an_error(tmp_path: Path, template: str) -> None:
    """A name that is misspelt stops the build; it never prints nothing."""
    made = environment(tmp_path, {"a": {}}, page=template)
    with pytest.raises(jinja2.UndefinedError):
        made.get_template("page.j2").render(pair={})


def test_kept_templates_hold_the_words_of_today(tmp_path: Path) -> None:
    """Words stand in the compiled code, so other words make it anew."""
    for words in ("một", "hai"):
        made = environment(tmp_path, {"a": words}, tmp_path / "kept", page="{{ t.a }}")
        assert made.get_template("page.j2").render() == words
