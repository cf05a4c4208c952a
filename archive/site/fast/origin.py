"""What the looks of a site are made of.

In: nothing. Out: `Origin`, which a plan keeps for the pages that go through MkDocs.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archive.config import Settings


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """What a theme is made of; its identity is that of the plan it belongs to."""

    config_file: Path
    settings: Settings
    labels: Mapping[str, Any]
