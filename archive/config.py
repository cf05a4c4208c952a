"""Where things are, and the settings of one archive.

In: the archive's root folder, site-config/site.yml and security.yml. Out: `Paths` and `Settings`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import yaml  # not there in a browser, where archive/desk.py is at work

from archive.model.security import Security, parse_security

ENGINES = ("fast", "mkdocs", "zensical")
SEARCH_ENGINES = ("auto", "syllable", "pagefind")


class ConfigError(Exception):
    """site-config/ can't be used as it stands; the message says which file and what is wrong."""


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


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Which search engine the site gets; `auto` takes Pagefind up to a number of pages that can be found."""

    engine: str
    auto_pagefind_up_to: int

    def __post_init__(self) -> None:
        if self.engine not in SEARCH_ENGINES:
            raise ValueError(f"search: engine: {self.engine} ({', '.join(SEARCH_ENGINES)})")


@dataclass(frozen=True, slots=True)
class Settings:
    """site-config/site.yml, and `security` of site-config/security.yml."""

    name: str
    description: str
    url: str
    language: str
    repository: str | None
    branch: str
    newest_events: int
    list_size: int
    section_size: int
    newest_of_many: int
    page_weight_kb: int
    import_rights: str
    contribution_tool: bool
    search: SearchSettings
    security: Security


def load_settings(site_config: Path) -> Settings:
    """Raises ConfigError with the name of what is missing or unknown."""
    values = load_yaml(site_config / "site.yml")
    try:
        for name in ("newest_events", "list_size", "section_size", "newest_of_many", "page_weight_kb"):
            values[name] = _whole(name, values[name])
        values["contribution_tool"] = _yes("contribution_tool", values["contribution_tool"])
        values["import_rights"] = _rights(site_config, values["import_rights"])
        search = dict(values["search"] or {})
        search["auto_pagefind_up_to"] = _whole("search: auto_pagefind_up_to", search["auto_pagefind_up_to"])
        values["search"] = SearchSettings(**search)
        settings = Settings(**values, security=_security(site_config, values["search"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigError(f"site-config/site.yml: {error}") from error
    if not 0 < settings.newest_of_many <= settings.section_size <= settings.list_size:
        raise ConfigError("site-config/site.yml: 0 < newest_of_many <= section_size <= list_size")
    if not re.match(r"https?://.*/\Z", settings.url or ""):
        raise ConfigError("site-config/site.yml: url: http(s)://…/ (with a slash at the end)")
    if settings.repository and not re.match(r"https://[^\s/]+/[^\s/?#]+/[^\s/?#]+\Z", settings.repository):
        raise ConfigError(
            "site-config/site.yml: repository: https://github.com/owner/name (nothing behind it), or null"
        )
    return settings


def _security(site_config: Path, search: SearchSettings) -> Security:
    try:
        return parse_security(load_yaml(site_config / "security.yml"), pagefind=search.engine != "syllable")
    except (TypeError, ValueError) as error:
        raise ConfigError(f"site-config/security.yml: {error}") from error


def _rights(site_config: Path, value: object) -> str:
    known = load_yaml(site_config / "vocabularies.yml").get("rights") or {}
    if value not in known:
        raise ValueError(f"import_rights: {value} ({', '.join(known)})")
    return str(value)


def _whole(name: str, value: object) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{name}: {text} (a whole number, such as 200)")
    return int(text)


def _yes(name: str, value: object) -> bool:
    if value not in ("true", "false"):
        raise ValueError(f"{name}: {value} (true, false)")
    return value == "true"


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

    def mapping(loader: yaml.CBaseLoader, node: yaml.MappingNode) -> dict[Any, Any]:
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
        raise ConfigError(f"site-config/{path.name}: {error}") from error
    if not isinstance(loaded, dict):
        raise ConfigError(f"site-config/{path.name}: a mapping (key: value) belongs here")
    return loaded
