"""Compiled patterns that outlive a process: compiling those of citations takes half as long as a small build.

In: patterns as text, a folder of the work folder. Out: `re.Pattern`. What is kept is the program that Python's
compiler made of a pattern; where this Python has no such door, every pattern is compiled as ever.
"""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

_NO_DOOR = (ImportError, AttributeError, TypeError, RuntimeError)
_SPOILT = (OSError, ValueError, TypeError, RuntimeError)


class KeptPatterns:
    """`compile` as `re.compile`, without flags; a file a pattern. A spoilt file is made again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def compile(self, regex: str) -> re.Pattern[str]:
        name = blake2b(f"{sys.version}\0{regex}".encode(), digest_size=16).hexdigest()
        file = self._folder / name
        with suppress(*_NO_DOOR):
            with suppress(*_SPOILT):
                return _made(regex, json.loads(file.read_bytes()))
            program = _program(regex)
            pattern = _made(regex, program)
            with suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                aside = file.with_name(f"{name}.{os.getpid()}")
                aside.write_text(json.dumps(program), encoding="ascii")
                aside.replace(file)
            return pattern
        return re.compile(regex)


def _program(regex: str) -> tuple[Any, ...]:
    """What `re.compile` hands to its engine after the pattern; as in `re._compiler.compile`."""
    compiler: Any = re._compiler  # type: ignore[attr-defined]
    parsed = compiler._parser.parse(regex, 0)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    return state.flags, compiler._code(parsed, 0), state.groups - 1, dict(state.groupdict), tuple(names)


def _made(regex: str, program: tuple[Any, ...]) -> re.Pattern[str]:
    import _sre  # type: ignore[import-not-found]

    flags, code, groups, places, names = program
    pattern: re.Pattern[str] = _sre.compile(regex, flags, code, groups, places, tuple(names))
    return pattern
