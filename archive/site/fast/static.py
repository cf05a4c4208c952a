"""The files of the theme, on the site.

In: a plan and the folder of the site. Out: files.
"""

from __future__ import annotations

from pathlib import Path

from archive.site.assets import publish
from archive.site.fast.plan import Plan


def write_static(plan: Plan, out: Path) -> None:
    """The files of the theme, on the site."""
    for name, path in plan.assets.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(publish(name, Path(path).read_bytes()))
    for name, data in plan.static.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
