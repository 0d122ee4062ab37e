"""The floors of the house: imports only go down, and the window loads nothing heavy."""

import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_HEAVY = ("torch", "transformers", "sentence_transformers", "sklearn", "umap", "hdbscan", "openvino", "faiss", "numba")
_HEAVY += ("httpx2", "huggingface_hub")  # only while a model is downloaded
_HEAVY += ("pyarrow", "python_calamine", "xlsxwriter")  # only where such a file is read or written
_HEAVY += ("openai", "httpx2", "keyring")  # only where a server is asked


def test_the_import_contracts_hold() -> None:
    checked = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    "module",
    [
        "verbatlas.app.application",
        "verbatlas.app.desk_view",
        "verbatlas.engine",
        "verbatlas.engine.model_requests",
        "verbatlas.model_words",
        "verbatlas.study",
        "verbatlas.cli",
    ],
)
def test_the_window_process_loads_nothing_heavy(module: str) -> None:
    program = f"import sys, {module}; print([name for name in {_HEAVY} if name in sys.modules])"

    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert finished.stdout.strip() == "[]"


@pytest.mark.parametrize("module", ["verbatlas.cli", "verbatlas.label_job", "verbatlas.app.map.picture"])
def test_the_job_without_a_window_loads_no_qt(module: str) -> None:
    program = f"import sys, {module}; print('PySide6' in sys.modules)"

    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert finished.stdout.strip() == "False"
