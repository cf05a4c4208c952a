"""`python -m archive COMMAND`: what build.py hands over to."""

from __future__ import annotations

import sys

from archive.commands.main import main
from archive.workers import collect_rarely

if __name__ == "__main__":  # worker processes import this module and must not run the command again
    collect_rarely()
    sys.exit(main(sys.argv[1:]))
