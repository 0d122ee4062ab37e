"""The window may import the floor's types without loading what computes."""

import subprocess
import sys


def test_importing_the_floor_loads_nothing_heavy() -> None:
    program = (
        "import sys, verbatlas.analysis; "
        "heavy = ('sklearn', 'scipy', 'numba', 'faiss', 'hdbscan', 'rjieba', 'torch'); "
        "print([name for name in heavy if name in sys.modules])"
    )

    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert finished.stdout.strip() == "[]"
