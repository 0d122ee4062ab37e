"""Classes of Qt's are defined on the window's thread alone."""

import subprocess
import sys

from verbatlas.app import application


def test_what_another_thread_imports_has_no_part_of_qt() -> None:
    names = ", ".join(application._PARTS)
    code = f"import sys, {names}; print([name for name in sys.modules if name.startswith(('PySide6', 'pyqtgraph'))])"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


def test_the_kernels_of_the_map_have_no_part_of_qt() -> None:
    code = (
        "import sys, verbatlas.app.map.kernels, verbatlas.app.map.warm_kernels\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'pyqtgraph'))])"
    )

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


def test_charts_are_loaded_at_once() -> None:
    code = "import sys; from verbatlas.app.charts import load_charts; load_charts(); print('pyqtgraph' in sys.modules)"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "True"
