"""Judges the level of the event: what its organiser, the posts of who chairs, the headline and the day say together.

In: the bodies of the opening, the text, places and cues, the event's day. Out: `Level`.
The level follows the organiser, not the venue; a doubt stands where another level is nearly as likely, and names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.ingest.city_level import CityJudge
from archive.ingest.level_cues import LevelCues
from archive.ingest.organisers import CITY, Body
from archive.model.dates import Date
from archive.model.draft import Reason, Unsure

_CLOSE = 0.75  # nearer than this the second level is named
_SPEAKING = frozenset({"chairs", "acts", "acts-next", "named-as-organiser", "joined", "holds-congress", "common"})
_WEAK = 3.0  # a body that hardly organised anything
_IN_PASSING = frozenset({"mentioned", "visited", "only-there"})


@dataclass(frozen=True, slots=True)
class Level:
    """The level, the body it follows, and what is doubtful; `city` is the city meant by the body, as printed."""

    code: str | None
    organiser: Body | None = None
    unsure: tuple[Unsure, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A body with the level it stands for, all weights, and a doubt about the city it belongs to."""

    body: Body
    code: str
    score: float
    weights: tuple[tuple[str, float], ...]
    doubt: str


def judge_level(bodies: Sequence[Body], scene: str, cities: CityJudge, cues: LevelCues, date: Date | None) -> Level:
    """The level of the likeliest body; `scene` are the first sentences, for a report in which nobody organises."""
    if not bodies:
        return _of_scene(scene, cities, cues)
    candidates = [_candidate(body, bodies, cities, cues, date) for body in bodies]
    best = max(candidates, key=lambda candidate: candidate.score)
    others = [candidate for candidate in candidates if candidate.code != best.code]
    second = max(others, key=lambda candidate: candidate.score, default=None)
    if best.body.part == "attends" and (local := _of_scene(scene, cities, cues)).code not in (None, best.code):
        doubt = Unsure("level", str(local.code), "level-by-place", best.body.words, best.code)
        return replace(local, unsure=(doubt,))
    reasons = tuple(_reason(item, name, weight) for item in (best, second) if item for name, weight in item.weights)
    return Level(best.code, best.body, tuple(_doubts(best, second)), reasons)


def _candidate(body: Body, bodies: Sequence[Body], cities: CityJudge, cues: LevelCues, date: Date | None) -> _Candidate:
    code, doubt = cities.level(body.city, body.words) if body.cue.means == CITY else (body.cue.means, "")
    weights = list(body.features.items())
    if _has_ended(code, date, cues):
        weights.append(("level-has-ended", cues.body_weights["level-has-ended"]))
    like = [other for other in bodies if other is not body and other.cue.means == body.cue.means]
    if any(other.is_in_title for other in like):
        weights.append(("headline-agrees", cues.body_weights["headline-agrees"]))
    if any(other.part in _SPEAKING for other in like):
        weights.append(("others-agree", cues.body_weights["others-agree"]))
    return _Candidate(body, code, sum(weight for _, weight in weights), tuple(weights), doubt)


def _has_ended(code: str, date: Date | None, cues: LevelCues) -> bool:
    """True if there was no such level any more on the day of the event."""
    until = cues.level_until.get(code)
    return until is not None and date is not None and date.earliest is not None and date.earliest > until


def _doubts(best: _Candidate, second: _Candidate | None) -> list[Unsure]:
    words = best.body.words
    if best.doubt:
        return [Unsure("level", best.code, best.doubt, words, "huyen" if best.code == "tinh" else "tinh")]
    why = _why_unsure(best, second)
    return [Unsure("level", best.code, why, words, second.code if second else "")] if why else []


def _why_unsure(best: _Candidate, second: _Candidate | None) -> str | None:
    margin = best.score - second.score if second else best.score
    if best.body.is_of_a_person and (margin < 2 * _CLOSE or best.score < _WEAK):
        return "level-by-post"
    if best.body.part in _IN_PASSING and best.score < _WEAK:
        return "no-organiser"
    is_asked = best.body.cue.rule.ask and margin < 2 * _CLOSE
    return "organiser-unclear" if second and (margin < _CLOSE or is_asked) else None


def _of_scene(scene: str, cities: CityJudge, cues: LevelCues) -> Level:
    """Nobody organises anything: the unit that the report is about.

    Doubtful where units of two kinds are named, or one where others hold meetings, too.
    """
    found = [(match.start(), cue, match) for cue in cues.scenes if (match := cue.regex.search(scene))]
    if not found:
        return Level(None, None, (Unsure("level", "", "no-organiser"),))
    _, first, match = min(found, key=lambda item: item[0])
    code = first.means
    if code == CITY:
        code, _ = cities.level(match.groupdict().get("city_name"), match.group())
    rivals = [cue.means for _, cue, _ in found if cue.means not in (CITY, code)]
    is_asked = bool(rivals) or first.rule.ask
    doubts = (Unsure("level", code, "level-by-place", match.group(), next(iter(rivals), "")),) if is_asked else ()
    return Level(code, None, doubts, (Reason("level", code, "level-by-place", match.group()),))


def _reason(candidate: _Candidate, name: str, weight: float) -> Reason:
    return Reason("level", candidate.code, f"level-{name}", candidate.body.words, weight)
