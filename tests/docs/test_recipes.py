"""docs/sua-ban-ghi.md: every recipe is one command that does what the page says it prints."""

from __future__ import annotations

import re
import shlex

import pytest

from archive.commands.main import main
from archive.config import Paths
from archive.records import REDIRECTS
from tests.archives import ROOT

PAGE = (ROOT / "docs" / "sua-ban-ghi.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"```sh\npython3 build\.py ([^\n]*)\n```\n\n```text\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("command", "printed"), RECIPES, ids=[command.split(" --")[0] for command, _ in RECIPES])
def test_a_recipe_prints_what_the_page_says(
    toy_copy: Paths, capsys: pytest.CaptureFixture[str], command: str, printed: str
) -> None:
    """The lines of the page stand in the output in this order, `…` for anything; with --do it is written."""
    assert PAGE.count("```sh\n") == len(RECIPES) > 5
    arguments = [*shlex.split(command), "--root", str(toy_copy.content.parent)]
    before = (toy_copy.content.parent / REDIRECTS).read_text(encoding="utf-8")
    assert main(arguments) == 0
    said = capsys.readouterr()
    place = 0
    for line in printed.splitlines():
        found = re.compile(".*".join(map(re.escape, line.split("…")))).search(said.out + said.err, place)
        assert found, line
        place = found.end()
    assert (toy_copy.content.parent / REDIRECTS).read_text(encoding="utf-8") == before
    assert main([*arguments, "--do"]) == 0
    assert main(["check", "--root", str(toy_copy.content.parent)]) == 0
