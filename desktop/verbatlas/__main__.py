"""Run the command line with ``python -m verbatlas``."""

import sys

from verbatlas.cli import main

if __name__ == "__main__":
    sys.exit(main())
