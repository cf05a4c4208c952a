"""`python3 build.py bench import`: the importer on both parts of the labelled set, beside underthesea.

Prints figures for the part that rules were tuned on and for the part kept back, lists what was
missed in the tuned part alone, and counts the people that underthesea's named-entity recogniser
finds in the same texts, if asked to (`--peers`: installed from PyPI into an environment of its own).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import venv
from pathlib import Path

import yaml

from archive.commands.words import Words
from archive.ingest.draft import Importer
from archive.problems import Report
from bench.import_eval import ROOT, Count, Doubted, Scores, make_importer, score

EVAL = ROOT / "tests" / "eval"
PARTS = ("tuned", "held_out")
_DOUBTED = ("wrong", "told", "right", "idle")  # of `Doubted`
PEER, PEER_VERSION = "underthesea", "9.5.0"
PEER_SIZE = 20  # MB that are downloaded with all it needs; five times that on disk
_NER = """
import json, sys
from underthesea import ner
found = []
for line in sys.stdin:
    names, current = set(), []
    for word, _, _, tag in ner(json.loads(line)):
        if tag == "B-PER":
            names.add(" ".join(current)); current = [word]
        elif tag == "I-PER":
            current.append(word)
        else:
            names.add(" ".join(current)); current = []
    names.add(" ".join(current))
    print(json.dumps(sorted(names - {""}), ensure_ascii=False), flush=True)
"""


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--misses", action="store_true", help=words("import-misses"))
    about = words("import-peers", version=PEER_VERSION, size=PEER_SIZE)
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=False, help=about)


def run(chosen: argparse.Namespace) -> int:
    importer = make_importer()
    for part in PARTS:
        if (EVAL / part).is_dir():
            _print(part, score(EVAL / part, importer), with_misses=part == "tuned" and chosen.misses)
    _print_speed(importer)
    return _print_peer(chosen.words) if chosen.peers else 0


def _print(part: str, scores: Scores, *, with_misses: bool) -> None:
    print(f"\n{part}: {scores.texts} reports")
    print(f"{'':22}{'precision':>10}{'recall':>10}{'F1':>10}")
    for name, count in scores.counts.items():
        print(f"{name:22}{count.precision:10.3f}{count.recall:10.3f}{count.f1:10.3f}")
    total = sum(scores.dates.values()) or 1
    print("date                  " + ", ".join(f"{kind} {n}/{total}" for kind, n in scores.dates.items()))
    _print_doubts(scores)
    if with_misses:
        print("\n".join(scores.misses))


def _print_doubts(scores: Scores) -> None:
    """Of the wrong values those that carry a doubt (recall), of the doubts those at a wrong value (precision)."""
    found = sorted(scores.doubts.items())
    every = Doubted(*(sum(getattr(doubted, name) for _, doubted in found) for name in _DOUBTED))
    print(f"{'doubts of':22}{'precision':>10}{'recall':>10}{''.join(f'{name:>10}' for name in _DOUBTED)}")
    for name, doubted in [*found, ("all", every)]:
        counts = "".join(f"{getattr(doubted, name):10}" for name in _DOUBTED)
        print(f"{name:22}{doubted.precision:10.3f}{doubted.recall:10.3f}{counts}")
    print(f"corrections           {scores.corrections_an_article:.2f} an article")


def _print_speed(importer: Importer) -> None:
    """Files a second on one core, over texts that are all different."""
    texts = [path.read_bytes() for path in sorted(EVAL.glob("*/*.txt"))]
    start = time.process_time()
    for number, data in enumerate(texts):
        importer.extract(f"{number}.txt", data, Report())
    spent = time.process_time() - start
    print(f"\nspeed: {len(texts) / spent:.0f} files a CPU second")


def _print_peer(words: Words) -> int:
    folder = ROOT / ".build" / "bench" / f"{PEER}-{PEER_VERSION}"
    if refused := _install_peer(folder, words):
        print(words("import-not-installed", version=PEER_VERSION, detail=refused), file=sys.stderr)
        return 1
    print(f"\n{PEER} {PEER_VERSION}, people alone:")
    for part in PARTS:
        count = Count()
        files = sorted((EVAL / part).glob("*.yml"))
        lines = "\n".join(json.dumps(f.with_suffix(".txt").read_text(encoding="utf-8")) for f in files)
        done = subprocess.run(
            [str(_python_of(folder)), "-c", _NER], input=lines, capture_output=True, text=True, check=False
        )
        for label_file, line in zip(files, done.stdout.splitlines(), strict=False):
            labels = yaml.safe_load(label_file.read_text(encoding="utf-8"))
            want = {person["name"] for person in labels.get("people") or ()}
            got = set(json.loads(line))
            count.right += len(want & got)
            count.wrong += len(got - want)
            count.missed += len(want - got)
        print(f"{part:22}{count.precision:10.3f}{count.recall:10.3f}{count.f1:10.3f}")
    return 0


def _install_peer(folder: Path, words: Words) -> str:
    """An environment that holds the peer and nothing of ours, made once; returns what went wrong."""
    made = folder / "made"
    if made.is_file():
        return ""
    shown = folder.relative_to(ROOT).as_posix()
    print(words("import-installing", version=PEER_VERSION, folder=shown, size=PEER_SIZE), file=sys.stderr, flush=True)
    venv.create(folder, clear=True, with_pip=True)
    pip = [str(_python_of(folder)), "-m", "pip", "install", "--quiet", f"{PEER}=={PEER_VERSION}"]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["pip"]
        return next((line for line in said if line.startswith("ERROR")), said[-1])
    made.touch()
    return ""


def _python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
