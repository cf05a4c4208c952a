"""site-config/linking.yml: units in names of bodies, what links reports of one event, and names of meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from archive.rules.reader import Every

_EVENT_WEIGHTS = Every(
    """
    organiser-same unit-same unit-other place-same place-other person-shared nobody-shared words-alike words-differ
    level-other
    """
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A word for a unit: `huyện ủy` is the `body` of a unit of a `level` and `kind`."""

    level: str
    kind: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class EventLinking:
    """From `doubt` on a person is asked whether two reports are of one event, from `link` on they are linked."""

    doubt: float
    link: float
    weights: Annotated[Mapping[str, float], _EVENT_WEIGHTS]
    alike: float
    differ: float


@dataclass(frozen=True, slots=True)
class MeetingWords:
    """How the phrase begins and ends that names a meeting; lengths are in words and characters."""

    heads: tuple[str, ...]
    acts: tuple[str, ...]
    going_on: tuple[str, ...]
    stops: tuple[str, ...]
    not_after: tuple[str, ...]
    dangling: tuple[str, ...]
    shortest: int
    whole: int
    longest: int


@dataclass(frozen=True, slots=True)
class LinkingRules:
    """The file."""

    markers: Mapping[str, Marker]
    forces: tuple[str, ...]
    not_units: tuple[str, ...]
    province_bodies: tuple[str, ...]
    central: tuple[str, ...]
    maybe_central: tuple[str, ...]
    not_bodies: tuple[str, ...]
    short_forms: Mapping[str, str]
    held_by_many: tuple[str, ...]
    memberships: tuple[str, ...]
    papers: Mapping[str, tuple[str, ...]]
    yearly: tuple[str, ...]
    event: EventLinking
    meeting: MeetingWords
