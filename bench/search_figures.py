"""Answers to figures: success at rank 1 and 5, MRR, bytes, requests, time; and how they are printed.

In: answers of one engine. Out: plain mappings that are written as JSON, and lines of text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from bench.search_browser import Answer
from bench.search_site import Built

PARTS = ("tuned", "kept back")


def quality(answers: Iterable[Answer]) -> dict[str, float]:
    ranks = [answer.rank for answer in answers]
    count = len(ranks) or 1
    return {
        "queries": len(ranks),
        "success@1": sum(rank == 1 for rank in ranks) / count,
        "success@5": sum(1 <= rank <= 5 for rank in ranks) / count,
        "mrr": sum(1 / rank for rank in ranks if rank) / count,
    }


def cost(answers: Sequence[Answer]) -> dict[str, dict[str, float]]:
    """Of first queries and of later ones: kilobytes, requests, milliseconds."""
    return {
        name: {
            "queries": len(part),
            "kb p50": quantile([a.bytes / 1024 for a in part], 0.5),
            "kb p95": quantile([a.bytes / 1024 for a in part], 0.95),
            "kb max": quantile([a.bytes / 1024 for a in part], 1),
            "requests p50": quantile([a.requests for a in part], 0.5),
            "opening ms p50": quantile([a.opening_ms for a in part], 0.5),
            "opening ms p95": quantile([a.opening_ms for a in part], 0.95),
            "ms p50": quantile([a.ms for a in part], 0.5),
            "ms p95": quantile([a.ms for a in part], 0.95),
        }
        for name, part in {"cold": [a for a in answers if a.cold], "later": [a for a in answers if not a.cold]}.items()
    }


def quantile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def figures(
    built: Built, answers: Sequence[Answer], mobile: Sequence[Answer], shared: Collection[str]
) -> dict[str, Any]:
    """`shared`: ids of the queries that every engine of the run is asked."""
    parts = {
        "tuned": [a for a in answers if not a.query.kept_back],
        "kept back": [a for a in answers if a.query.kept_back],
    }
    return {
        "engine": built.engine,
        "quality": {name: quality(part) for name, part in parts.items()},
        "same queries": quality(a for a in answers if a.query.id in shared),
        "classes": {name: {kind: quality(of) for kind, of in by_class(part)} for name, part in parts.items()},
        "cost": cost(answers),
        "4g": cost(mobile),
        "build": {
            "wall s": built.spent.wall,
            "cpu s": built.spent.cpu,
            "peak MB": built.spent.peak_mb,
            "size MB": built.size / 1e6,
            "files": built.files,
        },
        "failed": sorted({a.failed for a in [*answers, *mobile] if a.failed}),
    }


def by_class(answers: Iterable[Answer]) -> Iterator[tuple[str, list[Answer]]]:
    found: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        found[answer.query.kind].append(answer)
    yield from sorted(found.items())


def misses(answers: Iterable[Answer]) -> Iterator[str]:
    """What did not come first, of the tuned part alone: the part kept back stays unseen."""
    for answer in sorted(answers, key=lambda answer: answer.query.id):
        if answer.rank != 1 and not answer.query.kept_back:
            top = answer.addresses[0] if answer.addresses else "–"
            said = f" [{answer.failed}]" if answer.failed else ""
            asked = f"  {answer.query.kind:20} {answer.query.query!r} rank {answer.rank or '–'}"
            yield f"{asked}; first: {top}; right: {answer.query.right[0]}{said}"


def table(results: Sequence[dict[str, Any]]) -> Iterator[str]:
    """All engines of one size beside each other."""
    yield _line("", [result["engine"] for result in results])
    yield _line("same queries: success@1 / MRR", [_pair(result["same queries"]) for result in results])
    yield _line("same queries: number", [str(result["same queries"]["queries"]) for result in results])
    for part in PARTS:
        of_part = [result["quality"][part] for result in results]
        yield _line(f"{part}: success@1 / MRR", map(_pair, of_part))
        yield _line(f"{part}: success@5", [f"{of['success@5']:.3f}" for of in of_part])
        for kind in sorted({kind for result in results for kind in result["classes"][part]}):
            yield _line(f"  {part}, {kind}", [_pair(result["classes"][part].get(kind)) for result in results])
    for where, names in {"cost": ("kb", "requests", "opening", "ms"), "4g": ("opening", "ms")}.items():
        for when in ("cold", "later"):
            held = [result[where][when] for result in results]
            for name in [
                name for name in held[0] if name.startswith(names) and (when, name[:7]) != ("later", "opening")
            ]:
                values = [f"{of[name]:.0f}" if of["queries"] else "" for of in held]
                yield _line(f"{'here' if where == 'cost' else where}, {when}: {name}", values)
    builds = [result["build"] for result in results]
    for name in ("wall s", "cpu s", "peak MB", "size MB", "files"):
        yield _line(f"index: {name}", [f"{of[name]:.1f}" if of[name] is not None else "?" for of in builds])
    first = builds[0]["wall s"]
    yield _line(f"index: wall, times {results[0]['engine']}'s", [f"{of['wall s'] / first:.2f}" for of in builds])
    yield from (f"{result['engine']}: {failed}" for result in results for failed in result["failed"])


def _pair(of: dict[str, float] | None) -> str:
    return f"{of['success@1']:.3f} / {of['mrr']:.3f}" if of else ""


def _line(name: str, values: Iterable[str]) -> str:
    return f"{name:34}" + "".join(f"{value:>16}" for value in values)
