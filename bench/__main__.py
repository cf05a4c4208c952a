"""`python3 build.py bench build`, `… bench import`, `… bench search`: which benchmarks there are."""

from __future__ import annotations

import sys

from bench import build_bench, import_bench, search_bench

BENCHES = {"build": build_bench.main, "import": import_bench.main, "search": search_bench.main}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in BENCHES:
        print(f"python3 build.py bench {{{','.join(BENCHES)}}}", file=sys.stderr)
        return 2
    return BENCHES[arguments[0]](arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
