"""Where things are, and the settings of one archive.

In: the archive's root folder, site-config/site.yml and security.yml. Out: `Paths` and `Settings`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import yaml  # not there in a browser, where archive/desk.py is at work

from archive.model.security import Security, parse_security
from archive.problems import Position
from archive.rules.reader import ConfigError, Keys, read_rules
from archive.rules.site import SiteRules

ENGINES = ("fast", "mkdocs", "zensical")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paths:
    """The rooms of an archive on disk. Tests put another `content` or `site_config` in place."""

    content: Path
    site_config: Path
    templates: Path
    mkdocs: Path
    work: Path

    @classmethod
    def below(cls, root: Path) -> Paths:
        return cls(
            content=root / "content",
            site_config=root / "site-config",
            templates=root / "templates",
            mkdocs=root / "mkdocs.yml",
            work=root / ".build",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(SiteRules):
    """site-config/site.yml, and `security` of site-config/security.yml."""

    security: Security


def load_settings(site_config: Path) -> Settings:
    """Raises ConfigError with the name of what is missing or unknown."""
    site = load_rules(SiteRules, site_config, "site")
    rights = load_yaml(site_config / "vocabularies.yml").get("rights") or {}
    if site.import_rights not in rights:
        raise ConfigError(f"{site.import_rights} ({', '.join(rights)})", "site", ("import_rights",))
    security = parse_security(load_yaml(site_config / "security.yml"), pagefind=site.search.engine != "syllable")
    return Settings(**{field.name: getattr(site, field.name) for field in fields(site)}, security=security)


def load_rules(kind: type[T], site_config: Path, name: str) -> T:
    """A file of site-config/ (`name` without ending) as its class. Raises ConfigError with the entry at fault."""
    return read_rules(kind, load_yaml(site_config / f"{name}.yml"), name)


def said_with_line(error: ConfigError, site_config: Path) -> str:
    """What a ConfigError says, with the line of the entry at fault where there is one."""
    line = _line_of(site_config / f"{error.file}.yml", error.keys) if error.file else None
    return str(error) if line is None else f"site-config/{error.file}.yml:{line}: {error.entry}"


def _line_of(path: Path, keys: Keys) -> int | None:
    """The line of an entry, counted from 1; of the nearest around it if it is missing."""
    import yaml

    node: yaml.Node | None = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    line = 0
    for key in keys:
        if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key]
            line = node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == key), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
    return line + 1


def places_of(path: Path, key: str) -> list[Position]:
    """Where the entries of the list under `key` begin in a YAML file that has been read, in their order."""
    import yaml

    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    lists = [value for name, value in pairs if name.value == key and isinstance(value, yaml.SequenceNode)]
    marks = (entry.start_mark for found in lists for entry in found.value)
    return [Position(mark.line + 1, mark.column + 1) for mark in marks]


@cache
def _strings() -> type[yaml.CBaseLoader]:
    """A loader with every scalar a string, except `null` and an empty value, which are None; no key stands twice."""
    import yaml

    class Strings(yaml.CBaseLoader):
        pass

    def scalar(loader: yaml.CBaseLoader, node: yaml.ScalarNode) -> str | None:
        if not node.style and node.value in ("", "~", "null"):
            return None
        return str(node.value)

    def mapping(loader: yaml.CBaseLoader, node: yaml.MappingNode) -> dict[object, object]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:  # the last one would win without a word
                raise yaml.constructor.ConstructorError(None, None, f"`{key.value}` stands twice", key.start_mark)
            seen.add(key.value)
        return dict(loader.construct_mapping(node, deep=True))

    Strings.add_constructor("tag:yaml.org,2002:str", scalar)
    Strings.add_constructor("tag:yaml.org,2002:map", mapping)
    return Strings


def load_yaml(path: Path) -> dict[str, Any]:
    """A mapping from a file of site-config/: strings, lists and mappings, nothing else."""
    import yaml

    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_strings())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(str(error), path.stem) from error
    if not isinstance(loaded, dict):
        raise ConfigError("a mapping (key: value) belongs here", path.stem)
    return loaded
