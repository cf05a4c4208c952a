"""The rules of an archive checked: files of site-config/ that no build needs, citation patterns against their examples.

In: site-config/. Out: nothing; ConfigError names the entry that can't be used.
"""

from __future__ import annotations

from pathlib import Path

from archive.citations import CitationFinder
from archive.config import load_rules, load_yaml
from archive.ingest.rules.importing import read_import_rules
from archive.knowledge import Knowledge
from archive.rules.reader import ConfigError
from archive.rules.tiles import TileRules
from archive.search.rules import SearchRules


def check_rules(site_config: Path, knowledge: Knowledge) -> None:
    """Raises ConfigError for what is missing or wrong in a file, and for a citation pattern that finds nothing."""
    read_import_rules(lambda name: load_yaml(site_config / f"{name}.yml"))
    load_rules(SearchRules, site_config, "search")
    _check_tiles(load_rules(TileRules, site_config, "tiles"), knowledge)
    finder = CitationFinder(knowledge.citations, knowledge.document_types)
    finder.compile()
    for at, rule in enumerate(knowledge.citations.patterns):
        found = (citation for example in rule.examples for citation in finder.find(example.text))
        if not any(citation.pattern == rule.id for citation in found):
            said = (
                f"{rule.id}: none of its examples is found; are their first words in parts: anchor, and anchor_words?"
            )
            raise ConfigError(said, "citations", ("patterns", at))


def _check_tiles(rules: TileRules, knowledge: Knowledge) -> None:
    """Every tile is a unit, or is named and belongs to one; it stands within the map, and alone."""
    taken: dict[tuple[int, int], str] = {}
    for code, tile in rules.tiles.items():
        other = taken.setdefault((tile.column, tile.row), code)
        said = ""
        if code not in knowledge.places and not (tile.name and tile.part_of in knowledge.places):
            said = "no unit of places.yml; without one it needs `name`, and in `part_of` a unit that is there"
        elif tile.column > rules.columns:
            said = f"column {tile.column} of {rules.columns}"
        elif other != code:
            said = f"{other} is there already"
        if said:
            raise ConfigError(said, "tiles", ("tiles", code))
