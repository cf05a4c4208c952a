"""`python -m archive COMMAND`: what build.py hands over to."""

from __future__ import annotations

import sys

from archive.commands.main import main

if __name__ == "__main__":  # worker processes import this module and must not run the command again
    sys.exit(main(sys.argv[1:]))
