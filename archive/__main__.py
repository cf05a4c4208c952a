"""`python -m archive COMMAND`: what build.py hands over to."""

import sys

from archive.commands.main import main

sys.exit(main(sys.argv[1:]))
