"""Assets as they are published."""

from __future__ import annotations

import pytest

from archive.site.assets import publish
from tests.archives import ROOT

MODULE = b"""/* What it is for,
   on two lines. */
const url = "http://a/*b*/"; /* stays */

/*! licence */
function add(a, b) {
  /* reason */
  return a + b;
}
"""


def test_modules_lose_comments_and_indentation() -> None:
    """Only comments on lines of their own go; what stands in a text or behind code stays."""
    assert publish("assets/a.js", MODULE) == (
        b'const url = "http://a/*b*/"; /* stays */\n/*! licence */\nfunction add(a, b) {\nreturn a + b;\n}\n'
    )


@pytest.mark.parametrize("path", ["a.css", "a.min.js", "a.svg"])
def test_others_stay(path: str) -> None:
    """What is no module of our own is published byte for byte."""
    assert publish(path, MODULE) == MODULE


def test_a_text_over_several_lines_is_left_alone() -> None:
    """A module whose text goes over several lines is published as it is: blanks there mean something."""
    module = b"const text = `one\n  two`;\n"
    assert publish("a.js", module) == module


def test_every_module_of_the_theme_gets_smaller() -> None:
    """No module of the theme is written so that it has to be published as it is."""
    modules = sorted((ROOT / "templates" / "theme" / "assets").rglob("*.js"))
    assert modules
    for path in modules:
        data = path.read_bytes()
        made = publish(path.name, data)
        assert len(made) < 0.95 * len(data), path
        assert publish(path.name, made) == made
