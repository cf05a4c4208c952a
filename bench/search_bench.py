"""`python3 build.py bench search`: right answers, bytes, time and building of search, beside peers, in Chromium.

Makes an archive of each size (kept below .build/bench/), labelled queries, the index of each engine, and asks
all queries. Figures are printed for the part that may be tuned on and for the part kept back.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

from archive.commands.words import Words
from archive.search import SearchFailed
from bench import keystrokes, search_queries, search_questions, search_texts
from bench.corpus import ROOT, Archive
from bench.search_entries import archive_of, entries_of
from bench.search_queries import EACH, make_queries
from bench.search_query import Query, by_class
from bench.search_site import OWN, PEERS, Built, build_own, build_peer, edit_one, rebuilt_equal

RESULTS = ROOT / "bench" / "results"
PEER_QUERIES = {200: 12, 2000: 12}  # of a class; peers take seconds for a query in large archives
_FEW = 4
_MOBILE_QUERIES = 96


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    engines, peers = ",".join(OWN), ",".join(PEERS)
    parser.add_argument("--n", default="200,2000,10000", help=words("search-n"))
    parser.add_argument("--engine", default=engines, help=words("search-engine", engines=engines))
    parser.add_argument("--peers", default=peers, help=words("search-peers", peers=peers))
    parser.add_argument("--no-peers", action="store_true", help=words("no-peers"))
    parser.add_argument("--misses", action="store_true", help=words("search-misses"))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=words("seed"))
    parser.add_argument("--quick", action="store_true", help=words("search-quick"))
    parser.add_argument("--each", type=int, default=EACH, metavar="N", help=words("search-each", each=EACH))
    parser.add_argument("--write", metavar=words("machine"), help=words("write"))


def run(chosen: argparse.Namespace) -> int:
    for n in map(int, chosen.n.split(",")):
        results = _bench(archive_of(n, chosen.seed), chosen)
        if chosen.write:
            _write(results, n, chosen.seed, chosen.write)
    return 0


def _bench(archive: Archive, chosen: argparse.Namespace) -> list[dict[str, Any]]:
    queries = _fewer(queries_of(archive), chosen.each)
    print(f"\n{archive.n} articles, seed {archive.seed}: {len(queries)} queries", flush=True)
    shared = (
        queries
        if chosen.each <= PEER_QUERIES.get(archive.n, _FEW)
        else _fewer(queries, PEER_QUERIES.get(archive.n, _FEW))
    )
    results = []
    missed: list[str] = []
    for engine in filter(None, chosen.engine.split(",")):
        if built := _try(lambda engine=engine: build_own(archive, engine), engine):  # type: ignore[misc]
            result, lines = _judge(built, queries, shared, chosen)
            result["build"] |= {} if chosen.quick else _again(archive, engine, built)
            results.append(result)
            missed += lines
    for peer in () if chosen.no_peers else filter(None, chosen.peers.split(",")):
        if built := _try(lambda peer=peer: build_peer(archive, peer), peer):  # type: ignore[misc]
            results.append(_judge(built, shared, shared, chosen)[0])
    from bench.search_figures import table

    print("\n".join(table(results) if results else ()))
    for result in results:
        if "one edit s" in result["build"]:
            build = result["build"]
            print(
                f"{result['engine']}: one edit {build['one edit s']:.2f} s in the search room; "
                f"edited equals clean: {build['edited equals clean']}; two builds equal: {build['two builds equal']}"
            )
    if chosen.misses:
        print("\n".join(missed))
    return results


def queries_of(archive: Archive) -> list[Query]:
    """The queries of an archive, kept beside it while generator and query classes are unchanged."""
    modules = (keystrokes, search_queries, search_questions, search_texts)
    code = [Path(module.__file__ or "").read_text(encoding="utf-8") for module in modules]
    code.append((archive.folder / "stamp").read_text())
    kept = archive.folder / "queries.json"
    if kept.is_file():
        held = json.loads(kept.read_text(encoding="utf-8"))
        if held["code"] == code:
            return [Query(**{**row, "right": tuple(row["right"])}) for row in held["queries"]]
    queries = make_queries(archive, entries_of(archive))
    kept.write_text(json.dumps({"code": code, "queries": [asdict(query) for query in queries]}), encoding="utf-8")
    return queries


def _try(make: Callable[[], Built], name: str) -> Built | None:
    print(f"  {name}…", flush=True)
    try:
        return make()
    except (subprocess.CalledProcessError, SearchFailed, FileNotFoundError) as error:
        print(f"  {name} could not be built: {error}")
        return None


def _judge(
    built: Built, queries: Sequence[Query], shared: Sequence[Query], chosen: argparse.Namespace
) -> tuple[dict[str, Any], list[str]]:
    from bench.search_browser import ask  # needs playwright, which no other benchmark does
    from bench.search_figures import figures, misses

    answers = ask(built.site, queries)
    some = Random(2).sample(list(queries), min(_MOBILE_QUERIES, len(queries)))
    mobile = [] if chosen.quick else ask(built.site, some, mobile=True)
    return figures(built, answers, mobile, {query.id for query in shared}), [f"{built.engine}:", *misses(answers)]


def _again(archive: Archive, engine: str, built: Built) -> dict[str, Any]:
    seconds, same = edit_one(archive, engine)
    return {
        "one edit s": seconds,
        "edited equals clean": same,
        "two builds equal": rebuilt_equal(archive, engine, built),
    }


def _fewer(queries: Sequence[Query], each: int) -> list[Query]:
    return [query for _, found in by_class(queries) for query in found[:each]]


def _write(results: list[dict[str, Any]], n: int, seed: int, where: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    held = {"articles": n, "seed": seed, "where": where, "engines": results}
    text = json.dumps(held, ensure_ascii=False, indent=1) + "\n"
    (RESULTS / f"search-{n}.json").write_text(text, encoding="utf-8", newline="\n")
