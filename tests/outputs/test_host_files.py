"""Files for hosts."""

from __future__ import annotations

import dataclasses

import pytest

from archive.config import Settings
from archive.outputs.host_files import header_lines


@pytest.mark.parametrize("base", ["/", "/kho/"])
def test_every_host_says_the_same(base: str, settings: Settings) -> None:
    """Each header stands once in each file, and assets whose names change with them are kept for a year."""
    settings = dataclasses.replace(settings, url=f"https://a.example{base}")
    names = ("_headers", ".htaccess", "nginx-headers.conf")
    files = {name: "\n".join(header_lines(name, settings)) + "\n" for name in names}
    assert files["_headers"].startswith(f"{base}*\n")
    for name, value in settings.security.headers.items():
        assert files["_headers"].count(f"\n  {name}: {value}\n") == 1
        assert files[".htaccess"].count(f'\nHeader always set {name} "{value}"\n') == 1
        assert files["nginx-headers.conf"].count(f'add_header {name} "{value}" always;\n') == 1
    for folder in settings.security.unchanging:
        assert f"\n{base}{folder}*\n  Cache-Control: public" in files["_headers"]
        assert f"location ^~ {base}{folder} {{ expires" in files["nginx-headers.conf"]
