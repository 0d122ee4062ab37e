"""Let the tests of the whole program find their tools."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
