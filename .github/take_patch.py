"""Judges a patch that a job without any right has made, and takes it into the checkout: index and files.

Usage: take_patch.py accept|ledger PATCH, in the checkout. `accept` may add records and sources, and take bundles out of
content/inbox/; `ledger` may add and change files of content/ledger/. Anything else, however it is written, is refused,
and then the checkout is as it was. Out: a line for each path; status 0 (taken, or nothing to take), 1 (refused).

What is judged is not what the patch says of itself but what it does to a copy of the index: that has every path on both
sides of a renaming, with its mode. Needs Python and git, and nothing of the archive.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

MOST_BYTES = 100_000_000
FILE, NOTHING = "100644", "000000"
ALLOWED = {
    "accept": {
        "A": r"content/(?!inbox/|ledger/|pages/|removed/)[a-z-]+/.+",
        "D": r"content/inbox/[^/]+\.txtar",
    },
    "ledger": dict.fromkeys("AM", r"content/ledger/[^/]+"),
}
MAY_BE_BINARY = r"content/sources/[^/]+"


class Refused(Exception):
    """The patch does what it must not; the argument says what."""


class Change(NamedTuple):
    """One path; modes as git has them, `kind` is A, M, D or T (another type of file)."""

    old: str
    new: str
    kind: str
    path: str


def git(*arguments: str, index: Path | None = None) -> bytes:
    environment = {**os.environ, **({"GIT_INDEX_FILE": str(index)} if index else {})}
    done = subprocess.run(["git", *arguments], env=environment, capture_output=True, check=False)
    if done.returncode:
        raise Refused(done.stderr.decode(errors="replace").strip() or f"git {arguments[0]}")
    return done.stdout


def changes(index: Path) -> Iterator[Change]:
    """What an index has otherwise than the last commit, a renaming as a path that goes and one that comes."""
    fields = git("diff-index", "--cached", "--raw", "-z", "--no-renames", "HEAD", index=index).split(b"\0")
    for about, path in zip(fields[::2], fields[1::2], strict=False):
        old, new, _, _, kind = about.decode().removeprefix(":").split(" ")
        yield Change(old, new, kind, path.decode("utf-8", "surrogateescape"))


def binaries(index: Path) -> Iterator[str]:
    """Paths whose new content is no text to git."""
    for line in git("diff-index", "--cached", "--numstat", "-z", "--no-renames", "HEAD", index=index).split(b"\0"):
        added, _, path = line.decode("utf-8", "surrogateescape").split("\t", 2) if line else ("", "", "")
        if added == "-":
            yield path


def fault(change: Change, purpose: str) -> str | None:
    """What is wrong with a change; None if it is allowed."""
    path = ALLOWED[purpose].get(change.kind)
    if path is None or not re.fullmatch(path, change.path):
        return "không thuộc phần được sửa"
    if {change.old, change.new} - {FILE, NOTHING}:
        return f"không phải tệp thường ({change.old} → {change.new})"
    if any(part.startswith(".") for part in change.path.split("/")) or not change.path.isprintable():
        return "tên tệp không được nhận"
    return None


def judged(purpose: str, patch: Path, index: Path) -> list[Change]:
    """The changes of a patch, applied to an index that nobody else uses. Raises Refused."""
    git("read-tree", "HEAD", index=index)
    git("apply", "--cached", "--check", str(patch), index=index)
    git("apply", "--cached", str(patch), index=index)
    found = list(changes(index))
    faults = [f"{change.path!r}: {why}" for change in found if (why := fault(change, purpose))]
    faults += [f"{path!r}: không phải văn bản" for path in binaries(index) if not re.fullmatch(MAY_BE_BINARY, path)]
    if faults:
        raise Refused("\n".join(faults))
    return found


def take(purpose: str, patch: Path) -> list[Change]:
    """Applies a patch for one purpose, if it does nothing else. Raises Refused."""
    if not patch.is_file() or not patch.stat().st_size:
        return []
    if patch.stat().st_size > MOST_BYTES:
        raise Refused(f"{patch.stat().st_size} byte")
    if git("status", "--porcelain", "--untracked-files=no"):
        raise Refused("checkout không sạch")
    with tempfile.TemporaryDirectory() as folder:
        found = judged(purpose, patch, Path(folder, "index"))
        tree = git("write-tree", index=Path(folder, "index"))
    git("apply", "--index", str(patch))
    if git("write-tree") != tree:
        git("reset", "--hard", "--quiet", "HEAD")
        raise Refused("kết quả khác bản đã xem")
    return found


def main(purpose: str, patch: str) -> int:
    try:
        found = take(purpose, Path(patch).resolve())
    except Refused as error:
        for line in str(error).splitlines():
            print(f"::error title=take_patch::{line.replace('%', '%25')}")
        return 1
    for change in found:
        print(change.kind, change.path)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
